BEGIN TRANSACTION;
CREATE TABLE attempts (
            id INTEGER PRIMARY KEY, student TEXT NOT NULL, name TEXT NOT NULL,
            source TEXT NOT NULL, problem TEXT NOT NULL, suite TEXT NOT NULL,
            seed INTEGER NOT NULL, versions TEXT NOT NULL, verdict TEXT NOT NULL,
            score INTEGER NOT NULL, max_score INTEGER NOT NULL, began_at TEXT NOT NULL,
            judged_at TEXT NOT NULL, report TEXT NOT NULL);
INSERT INTO "attempts" VALUES(1,'ada','ada/solution.py','14cf4b34121bfc49d55eb5eb662dcede2e15922d58f30a656768c62d747c24fa','simple_rnn','7505873d72efa6260bb3707eb9febe757dabd432b567013c299f813ac6f445ea',20240607,'{"hypothesis": "6.170.17", "numpy": "2.4.6", "python": "3.11.7", "rnn-judge": "0.1.0"}','AC',100,100,'2026-11-25T12:56:33+00:00','2026-11-25T12:56:33+00:00','{
  "problem": "simple_rnn",
  "submission": "ada/solution.py",
  "seed": 20240607,
  "verdict": "AC",
  "score": 100,
  "max_score": 100,
  "message": "",
  "message_zh": "",
  "groups": [
    {
      "name": "initialisation",
      "title": "seeded initial weights",
      "title_zh": "固定种子下的初始权重",
      "verdict": "AC",
      "score": 10,
      "max_score": 10,
      "message": "all 9 cases are right",
      "message_zh": "9 个测例全部正确",
      "cases": 9,
      "failed": 0,
      "line": null
    },
    {
      "name": "forward",
      "title": "outputs of a sequence",
      "title_zh": "整个序列的输出",
      "verdict": "AC",
      "score": 25,
      "max_score": 25,
      "message": "all 38 cases are right",
      "message_zh": "38 个测例全部正确",
      "cases": 38,
      "failed": 0,
      "line": null
    },
    {
      "name": "backward",
      "title": "weights after one forward and backward",
      "title_zh": "一次前向与反向之后的权重",
      "verdict": "AC",
      "score": 40,
      "max_score": 40,
      "message": "all 48 cases are right",
      "message_zh": "48 个测例全部正确",
      "cases": 48,
      "failed": 0,
      "line": null
    },
    {
      "name": "training",
      "title": "weights and outputs along several steps",
      "title_zh": "连续多步训练中的权重与输出",
      "verdict": "AC",
      "score": 15,
      "max_score": 15,
      "message": "all 14 cases are right",
      "message_zh": "14 个测例全部正确",
      "cases": 14,
      "failed": 0,
      "line": null
    },
    {
      "name": "conduct",
      "title": "calls independent, arguments untouched, learning rate honoured",
      "title_zh": "调用互不影响、参数不被修改、学习率生效",
      "verdict": "AC",
      "score": 10,
      "max_score": 10,
      "message": "all 12 cases are right",
      "message_zh": "12 个测例全部正确",
      "cases": 12,
      "failed": 0,
      "line": null
    }
  ],
  "diagnosis": [],
  "counterexample": null,
  "isolation": [
    "session",
    "descriptors",
    "environment",
    "directory",
    "limits",
    "privileges",
    "landlock",
    "seccomp"
  ],
  "missing_isolation": {},
  "printed": "",
  "suite": {
    "digest": "768a7de427279ac34365cf2cdfa0f4539bfab1a462ff7b64b28b47b538be9268",
    "cases": 121
  },
  "versions": {
    "rnn-judge": "0.1.0",
    "python": "3.11.7",
    "numpy": "2.4.6",
    "hypothesis": "6.170.17"
  },
  "usage": {
    "cpu_s": 0.108,
    "judged_s": 0.433,
    "wall_s": 0.434,
    "peak_mib": 35.1
  },
  "line": null
}');
INSERT INTO "attempts" VALUES(2,'bob','bob/solution.py','6b55f307d56b78b9fb2421320b4b2a9d616bc010435760b3722a94b7af4acb81','simple_rnn','7505873d72efa6260bb3707eb9febe757dabd432b567013c299f813ac6f445ea',20240607,'{"hypothesis": "6.170.17", "numpy": "2.4.6", "python": "3.11.7", "rnn-judge": "0.1.0"}','WA',90,100,'2026-11-25T12:56:33+00:00','2026-11-25T12:56:34+00:00','{
  "problem": "simple_rnn",
  "submission": "bob/solution.py",
  "seed": 20240607,
  "verdict": "WA",
  "score": 90,
  "max_score": 100,
  "message": "",
  "message_zh": "",
  "groups": [
    {
      "name": "initialisation",
      "title": "seeded initial weights",
      "title_zh": "固定种子下的初始权重",
      "verdict": "WA",
      "score": 0,
      "max_score": 10,
      "message": "W_xh[0, 0] should be 0.0153241, it is 0.153241; off by 0.14, allowed 3.1e-13 (I=1, H=1, O=1) (9 of 9 cases are wrong)",
      "message_zh": "W_xh[0, 0] 应为 0.0153241，实际为 0.153241；相差 0.14，允许 3.1e-13（I=1, H=1, O=1）（9 个测例中有 9 个出错）",
      "cases": 9,
      "failed": 9,
      "line": 12
    },
    {
      "name": "forward",
      "title": "outputs of a sequence",
      "title_zh": "整个序列的输出",
      "verdict": "AC",
      "score": 25,
      "max_score": 25,
      "message": "all 38 cases are right",
      "message_zh": "38 个测例全部正确",
      "cases": 38,
      "failed": 0,
      "line": null
    },
    {
      "name": "backward",
      "title": "weights after one forward and backward",
      "title_zh": "一次前向与反向之后的权重",
      "verdict": "AC",
      "score": 40,
      "max_score": 40,
      "message": "all 48 cases are right",
      "message_zh": "48 个测例全部正确",
      "cases": 48,
      "failed": 0,
      "line": null
    },
    {
      "name": "training",
      "title": "weights and outputs along several steps",
      "title_zh": "连续多步训练中的权重与输出",
      "verdict": "AC",
      "score": 15,
      "max_score": 15,
      "message": "all 14 cases are right",
      "message_zh": "14 个测例全部正确",
      "cases": 14,
      "failed": 0,
      "line": null
    },
    {
      "name": "conduct",
      "title": "calls independent, arguments untouched, learning rate honoured",
      "title_zh": "调用互不影响、参数不被修改、学习率生效",
      "verdict": "AC",
      "score": 10,
      "max_score": 10,
      "message": "all 12 cases are right",
      "message_zh": "12 个测例全部正确",
      "cases": 12,
      "failed": 0,
      "line": null
    }
  ],
  "diagnosis": [
    {
      "id": "initial-scale",
      "message": "The initial weights are 0.1 times standard normal numbers. The statement asks for another scale. (Checked on 6 fresh cases.)",
      "message_zh": "初始权重等于标准正态随机数乘以 0.1，与题面要求的尺度不同。（已在 6 个新测例上核对。）"
    }
  ],
  "counterexample": {
    "group": "initialisation",
    "sizes": {
      "H": 1,
      "I": 1,
      "O": 1
    },
    "inputs": {},
    "seed": 0,
    "expected": {
      "W_xh": [
        [
          0.017640523459676642
        ]
      ],
      "W_hh": [
        [
          0.004001572083672233
        ]
      ],
      "W_hy": [
        [
          0.009787379841057393
        ]
      ],
      "b_h": [
        [
          0.0
        ]
      ],
      "b_y": [
        [
          0.0
        ]
      ]
    },
    "actual": {
      "W_xh": [
        [
          0.1764052345967664
        ]
      ],
      "W_hh": [
        [
          0.040015720836722335
        ]
      ],
      "W_hy": [
        [
          0.09787379841057392
        ]
      ],
      "b_h": [
        [
          0.0
        ]
      ],
      "b_y": [
        [
          0.0
        ]
      ]
    },
    "first_difference": {
      "quantity": "W_xh",
      "kind": "value",
      "index": [
        0,
        0
      ],
      "expected": 0.017640523459676642,
      "actual": 0.1764052345967664,
      "bound": 3.5281046919353285e-13
    },
    "message": "W_xh[0, 0] should be 0.0176405, it is 0.176405; off by 0.16, allowed 3.5e-13 (I=1, H=1, O=1)",
    "message_zh": "W_xh[0, 0] 应为 0.0176405，实际为 0.176405；相差 0.16，允许 3.5e-13（I=1, H=1, O=1）",
    "bounds": {
      "W_xh": [
        [
          3.5281046919353285e-13
        ]
      ],
      "W_hh": [
        [
          8.003144167344466e-14
        ]
      ],
      "W_hy": [
        [
          1.9574759682114784e-13
        ]
      ],
      "b_h": [
        [
          0.0
        ]
      ],
      "b_y": [
        [
          0.0
        ]
      ]
    },
    "shapes": {
      "W_xh": [
        "H",
        "I"
      ],
      "W_hh": [
        "H",
        "H"
      ],
      "W_hy": [
        "O",
        "H"
      ],
      "b_h": [
        "H",
        1
      ],
      "b_y": [
        "O",
        1
      ]
    },
    "dtypes": {}
  },
  "isolation": [
    "session",
    "descriptors",
    "environment",
    "directory",
    "limits",
    "privileges",
    "landlock",
    "seccomp"
  ],
  "missing_isolation": {},
  "printed": "",
  "suite": {
    "digest": "768a7de427279ac34365cf2cdfa0f4539bfab1a462ff7b64b28b47b538be9268",
    "cases": 121
  },
  "versions": {
    "rnn-judge": "0.1.0",
    "python": "3.11.7",
    "numpy": "2.4.6",
    "hypothesis": "6.170.17"
  },
  "usage": {
    "cpu_s": 0.049,
    "judged_s": 0.208,
    "wall_s": 0.506,
    "peak_mib": 26.6
  },
  "line": null
}');
INSERT INTO "attempts" VALUES(3,'eve','eve/solution.py','1d89522bffe96c35667f63fbf92d163d80b279c25095bcfe8b3039c137806dfc','simple_rnn','7505873d72efa6260bb3707eb9febe757dabd432b567013c299f813ac6f445ea',20240607,'{"hypothesis": "6.170.17", "numpy": "2.4.6", "python": "3.11.7", "rnn-judge": "0.1.0"}','CE',0,100,'2026-11-25T12:56:34+00:00','2026-11-25T12:56:34+00:00','{
  "problem": "simple_rnn",
  "submission": "eve/solution.py",
  "seed": 20240607,
  "verdict": "CE",
  "score": 0,
  "max_score": 100,
  "message": "SyntaxError: ''('' was never closed, line 2",
  "message_zh": "SyntaxError: ''('' was never closed，第 2 行",
  "groups": [
    {
      "name": "initialisation",
      "title": "seeded initial weights",
      "title_zh": "固定种子下的初始权重",
      "verdict": null,
      "score": 0,
      "max_score": 10,
      "message": "not judged, because the submission could not be started",
      "message_zh": "未评测，因为程序无法启动",
      "cases": 0,
      "failed": 0,
      "line": null
    },
    {
      "name": "forward",
      "title": "outputs of a sequence",
      "title_zh": "整个序列的输出",
      "verdict": null,
      "score": 0,
      "max_score": 25,
      "message": "not judged, because the submission could not be started",
      "message_zh": "未评测，因为程序无法启动",
      "cases": 0,
      "failed": 0,
      "line": null
    },
    {
      "name": "backward",
      "title": "weights after one forward and backward",
      "title_zh": "一次前向与反向之后的权重",
      "verdict": null,
      "score": 0,
      "max_score": 40,
      "message": "not judged, because the submission could not be started",
      "message_zh": "未评测，因为程序无法启动",
      "cases": 0,
      "failed": 0,
      "line": null
    },
    {
      "name": "training",
      "title": "weights and outputs along several steps",
      "title_zh": "连续多步训练中的权重与输出",
      "verdict": null,
      "score": 0,
      "max_score": 15,
      "message": "not judged, because the submission could not be started",
      "message_zh": "未评测，因为程序无法启动",
      "cases": 0,
      "failed": 0,
      "line": null
    },
    {
      "name": "conduct",
      "title": "calls independent, arguments untouched, learning rate honoured",
      "title_zh": "调用互不影响、参数不被修改、学习率生效",
      "verdict": null,
      "score": 0,
      "max_score": 10,
      "message": "not judged, because the submission could not be started",
      "message_zh": "未评测，因为程序无法启动",
      "cases": 0,
      "failed": 0,
      "line": null
    }
  ],
  "diagnosis": [],
  "counterexample": null,
  "isolation": [
    "session",
    "descriptors",
    "environment",
    "directory",
    "limits",
    "privileges",
    "landlock",
    "seccomp"
  ],
  "missing_isolation": {},
  "printed": "",
  "suite": {
    "digest": "768a7de427279ac34365cf2cdfa0f4539bfab1a462ff7b64b28b47b538be9268",
    "cases": 121
  },
  "versions": {
    "rnn-judge": "0.1.0",
    "python": "3.11.7",
    "numpy": "2.4.6",
    "hypothesis": "6.170.17"
  },
  "usage": {
    "cpu_s": 0.004,
    "judged_s": 0.012,
    "wall_s": 0.012,
    "peak_mib": 23.1
  },
  "line": 2
}');
INSERT INTO "attempts" VALUES(4,'bob','bob/solution.py','33b45d35d79e2bb3c2bfbd784b70330468621f24a5518693e53a522ecce531c0','simple_rnn','7505873d72efa6260bb3707eb9febe757dabd432b567013c299f813ac6f445ea',20240607,'{"hypothesis": "6.170.17", "numpy": "2.4.6", "python": "3.11.7", "rnn-judge": "0.1.0"}','WA',35,100,'2026-11-25T12:56:39+00:00','2026-11-25T12:56:43+00:00','{
  "problem": "simple_rnn",
  "submission": "bob/solution.py",
  "seed": 20240607,
  "verdict": "WA",
  "score": 35,
  "max_score": 100,
  "message": "",
  "message_zh": "",
  "groups": [
    {
      "name": "initialisation",
      "title": "seeded initial weights",
      "title_zh": "固定种子下的初始权重",
      "verdict": "AC",
      "score": 10,
      "max_score": 10,
      "message": "all 9 cases are right",
      "message_zh": "9 个测例全部正确",
      "cases": 9,
      "failed": 0,
      "line": null
    },
    {
      "name": "forward",
      "title": "outputs of a sequence",
      "title_zh": "整个序列的输出",
      "verdict": "AC",
      "score": 25,
      "max_score": 25,
      "message": "all 38 cases are right",
      "message_zh": "38 个测例全部正确",
      "cases": 38,
      "failed": 0,
      "line": null
    },
    {
      "name": "backward",
      "title": "weights after one forward and backward",
      "title_zh": "一次前向与反向之后的权重",
      "verdict": "WA",
      "score": 0,
      "max_score": 40,
      "message": "W_xh[0, 0] should be 1.13206, it is 1.13117; off by 0.00089, allowed 1.1e-12; 25 of 25 values differ (T=5, I=5, H=5, O=5) (33 of 48 cases are wrong)",
      "message_zh": "W_xh[0, 0] 应为 1.13206，实际为 1.13117；相差 0.00089，允许 1.1e-12；25 个值中有 25 个不同（T=5, I=5, H=5, O=5）（48 个测例中有 33 个出错）",
      "cases": 48,
      "failed": 33,
      "line": 51
    },
    {
      "name": "training",
      "title": "weights and outputs along several steps",
      "title_zh": "连续多步训练中的权重与输出",
      "verdict": null,
      "score": 0,
      "max_score": 15,
      "message": "not judged, because backward fails; mend that first",
      "message_zh": "未评测，因为 backward 没有通过；请先改正它",
      "cases": 0,
      "failed": 0,
      "line": null
    },
    {
      "name": "conduct",
      "title": "calls independent, arguments untouched, learning rate honoured",
      "title_zh": "调用互不影响、参数不被修改、学习率生效",
      "verdict": null,
      "score": 0,
      "max_score": 10,
      "message": "not judged, because backward fails; mend that first",
      "message_zh": "未评测，因为 backward 没有通过；请先改正它",
      "cases": 0,
      "failed": 0,
      "line": null
    }
  ],
  "diagnosis": [
    {
      "id": "truncated-bptt",
      "message": "Backpropagation through time is cut off: the error of a step flows back 2 step(s) and no further. Look at the range of the loop that goes back from a step. (Checked on 75 fresh cases.)",
      "message_zh": "时间反向传播被截断：每一步的误差只向后传 2 步。请检查从某一步往回走的循环范围。（已在 75 个新测例上核对。）"
    }
  ],
  "counterexample": {
    "group": "backward",
    "sizes": {
      "H": 1,
      "I": 1,
      "O": 1,
      "T": 4
    },
    "inputs": {
      "W_xh": [
        [
          0.1580663208928576
        ]
      ],
      "W_hh": [
        [
          -0.35386641999720164
        ]
      ],
      "W_hy": [
        [
          -0.373852925682425
        ]
      ],
      "b_h": [
        [
          -0.18920738368727794
        ]
      ],
      "b_y": [
        [
          0.9031657384060833
        ]
      ],
      "x": [
        [
          0.7378054022374345
        ],
        [
          -1.0787193782097149
        ],
        [
          -0.33559339706841657
        ],
        [
          0.7747415974677474
        ]
      ],
      "y": [
        [
          -0.7825531926889703
        ],
        [
          0.8340441717286944
        ],
        [
          -0.17928574184976462
        ],
        [
          -0.34971777526494147
        ]
      ]
    },
    "seed": 0,
    "expected": {
      "W_xh": [
        [
          0.16579000670739222
        ]
      ],
      "W_hh": [
        [
          -0.3552662315317803
        ]
      ],
      "W_hy": [
        [
          -0.37028717775630804
        ]
      ],
      "b_h": [
        [
          -0.1757151209478867
        ]
      ],
      "b_y": [
        [
          0.8602310001408336
        ]
      ]
    },
    "actual": {
      "W_xh": [
        [
          0.16592510686743006
        ]
      ],
      "W_hh": [
        [
          -0.3552662315317803
        ]
      ],
      "W_hy": [
        [
          -0.37028717775630804
        ]
      ],
      "b_h": [
        [
          -0.1755320101172691
        ]
      ],
      "b_y": [
        [
          0.8602310001408336
        ]
      ]
    },
    "first_difference": {
      "quantity": "W_xh",
      "kind": "value",
      "index": [
        0,
        0
      ],
      "expected": 0.16579000670739222,
      "actual": 0.16592510686743006,
      "bound": 1.5447371629069212e-13
    },
    "message": "W_xh[0, 0] should be 0.16579, it is 0.165925; off by 0.00014, allowed 1.5e-13 (T=4, I=1, H=1, O=1)",
    "message_zh": "W_xh[0, 0] 应为 0.16579，实际为 0.165925；相差 0.00014，允许 1.5e-13（T=4, I=1, H=1, O=1）",
    "bounds": {
      "W_xh": [
        [
          1.5447371629069212e-13
        ]
      ],
      "W_hh": [
        [
          2.7996230691573133e-14
        ]
      ],
      "W_hy": [
        [
          1.475327697698958e-13
        ]
      ],
      "b_h": [
        [
          2.698452547878251e-13
        ]
      ],
      "b_y": [
        [
          8.586947653049922e-13
        ]
      ]
    },
    "shapes": {
      "W_xh": [
        "H",
        "I"
      ],
      "W_hh": [
        "H",
        "H"
      ],
      "W_hy": [
        "O",
        "H"
      ],
      "b_h": [
        "H",
        1
      ],
      "b_y": [
        "O",
        1
      ]
    },
    "dtypes": {
      "W_xh": "float64",
      "W_hh": "float64",
      "W_hy": "float64",
      "b_h": "float64",
      "b_y": "float64",
      "x": "float64",
      "y": "float64"
    }
  },
  "isolation": [
    "session",
    "descriptors",
    "environment",
    "directory",
    "limits",
    "privileges",
    "landlock",
    "seccomp"
  ],
  "missing_isolation": {},
  "printed": "",
  "suite": {
    "digest": "768a7de427279ac34365cf2cdfa0f4539bfab1a462ff7b64b28b47b538be9268",
    "cases": 121
  },
  "versions": {
    "rnn-judge": "0.1.0",
    "python": "3.11.7",
    "numpy": "2.4.6",
    "hypothesis": "6.170.17"
  },
  "usage": {
    "cpu_s": 0.069,
    "judged_s": 0.239,
    "wall_s": 1.739,
    "peak_mib": 26.8
  },
  "line": null
}');
INSERT INTO "attempts" VALUES(5,'max','max/solution.py','c74ad5e20c1fad6baf544400cb448ccdad4d45adde66a485925c48f9e225622a','simple_rnn','7505873d72efa6260bb3707eb9febe757dabd432b567013c299f813ac6f445ea',20240607,'{"hypothesis": "6.170.17", "numpy": "2.4.6", "python": "3.11.7", "rnn-judge": "0.1.0"}','CE',0,100,'2026-11-25T12:56:49+00:00','2026-11-25T12:56:49+00:00','{
  "problem": "simple_rnn",
  "submission": "max/solution.py",
  "seed": 20240607,
  "verdict": "CE",
  "score": 0,
  "max_score": 100,
  "message": "max/solution.py is a symbolic link, not an ordinary file",
  "message_zh": "max/solution.py is a symbolic link, not an ordinary file",
  "groups": [
    {
      "name": "initialisation",
      "title": "seeded initial weights",
      "title_zh": "固定种子下的初始权重",
      "verdict": null,
      "score": 0,
      "max_score": 10,
      "message": "not judged",
      "message_zh": "未评测",
      "cases": 0,
      "failed": 0,
      "line": null
    },
    {
      "name": "forward",
      "title": "outputs of a sequence",
      "title_zh": "整个序列的输出",
      "verdict": null,
      "score": 0,
      "max_score": 25,
      "message": "not judged",
      "message_zh": "未评测",
      "cases": 0,
      "failed": 0,
      "line": null
    },
    {
      "name": "backward",
      "title": "weights after one forward and backward",
      "title_zh": "一次前向与反向之后的权重",
      "verdict": null,
      "score": 0,
      "max_score": 40,
      "message": "not judged",
      "message_zh": "未评测",
      "cases": 0,
      "failed": 0,
      "line": null
    },
    {
      "name": "training",
      "title": "weights and outputs along several steps",
      "title_zh": "连续多步训练中的权重与输出",
      "verdict": null,
      "score": 0,
      "max_score": 15,
      "message": "not judged",
      "message_zh": "未评测",
      "cases": 0,
      "failed": 0,
      "line": null
    },
    {
      "name": "conduct",
      "title": "calls independent, arguments untouched, learning rate honoured",
      "title_zh": "调用互不影响、参数不被修改、学习率生效",
      "verdict": null,
      "score": 0,
      "max_score": 10,
      "message": "not judged",
      "message_zh": "未评测",
      "cases": 0,
      "failed": 0,
      "line": null
    }
  ],
  "diagnosis": [],
  "counterexample": null,
  "isolation": [],
  "missing_isolation": {},
  "printed": "",
  "suite": {
    "digest": "768a7de427279ac34365cf2cdfa0f4539bfab1a462ff7b64b28b47b538be9268",
    "cases": 121
  },
  "versions": {
    "rnn-judge": "0.1.0",
    "python": "3.11.7",
    "numpy": "2.4.6",
    "hypothesis": "6.170.17"
  },
  "usage": {},
  "line": null
}');
CREATE TABLE members (
            student TEXT PRIMARY KEY, name TEXT NOT NULL, source TEXT, note TEXT NOT NULL,
            run INTEGER NOT NULL REFERENCES runs(id)) WITHOUT ROWID;
INSERT INTO "members" VALUES('ada','ada/solution.py','14cf4b34121bfc49d55eb5eb662dcede2e15922d58f30a656768c62d747c24fa','',3);
INSERT INTO "members" VALUES('bob','bob/solution.py','33b45d35d79e2bb3c2bfbd784b70330468621f24a5518693e53a522ecce531c0','',3);
INSERT INTO "members" VALUES('eve','eve/solution.py','1d89522bffe96c35667f63fbf92d163d80b279c25095bcfe8b3039c137806dfc','',3);
INSERT INTO "members" VALUES('max','max/solution.py','c74ad5e20c1fad6baf544400cb448ccdad4d45adde66a485925c48f9e225622a','',3);
CREATE TABLE runs (
            id INTEGER PRIMARY KEY, began_at TEXT NOT NULL, problem TEXT NOT NULL,
            suite TEXT NOT NULL, seed INTEGER NOT NULL, versions TEXT NOT NULL);
INSERT INTO "runs" VALUES(1,'2026-11-25T12:56:33+00:00','simple_rnn','7505873d72efa6260bb3707eb9febe757dabd432b567013c299f813ac6f445ea',20240607,'{"hypothesis": "6.170.17", "numpy": "2.4.6", "python": "3.11.7", "rnn-judge": "0.1.0"}');
INSERT INTO "runs" VALUES(2,'2026-11-25T12:56:39+00:00','simple_rnn','7505873d72efa6260bb3707eb9febe757dabd432b567013c299f813ac6f445ea',20240607,'{"hypothesis": "6.170.17", "numpy": "2.4.6", "python": "3.11.7", "rnn-judge": "0.1.0"}');
INSERT INTO "runs" VALUES(3,'2026-11-25T12:56:49+00:00','simple_rnn','7505873d72efa6260bb3707eb9febe757dabd432b567013c299f813ac6f445ea',20240607,'{"hypothesis": "6.170.17", "numpy": "2.4.6", "python": "3.11.7", "rnn-judge": "0.1.0"}');
CREATE TABLE sources (source TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;
INSERT INTO "sources" VALUES('14cf4b34121bfc49d55eb5eb662dcede2e15922d58f30a656768c62d747c24fa',X'2320476F6C6665643A206C616D626461732C2077616C7275732C20616363756D756C61746520616E642065786563206F6620612074656D706C61746520696E7374656164206F66206D6574686F6473207370656C6C6564206F75742E0A66726F6D2069746572746F6F6C7320696D706F727420616363756D756C6174650A66726F6D206E756D707920696D706F7274202A0A4E203D2027575F786820575F686820575F687920625F6820625F79272E73706C697428290A636C6173732053696D706C65524E4E3A0A20202020646566205F5F696E69745F5F28732C20492C20482C204F293A20732E5F5F646963745F5F207C3D2064696374287A6970284E2C205B2E3031202A2072616E646F6D2E72616E646E28612C20622920666F7220612C206220696E202828482C2049292C2028482C2048292C20284F2C204829295D202B205B7A65726F732828482C203129292C207A65726F7328284F2C203129295D29290A20202020666F7277617264203D206C616D62646120732C20783A20287365746174747228732C202768272C2068203A3D206172726179285B2A616363756D756C61746528785B2E2E2E2C204E6F6E655D2C206C616D62646120682C20763A2074616E6828732E575F786820402076202B20732E575F686820402068202B20732E625F68292C20696E697469616C3D30202A20732E625F68295D29292C207365746174747228732C20276F272C206F203A3D20732E575F6879204020685B313A5D202B20732E625F7929295B315D206F7220732E6F0A20202020646566206261636B7761726428732C20782C20792C2072293A0A202020202020202065203D20732E6F202D20795B2E2E2E2C204E6F6E655D3B2070203D2031202D20732E685B313A5D2A2A323B2071203D20732E575F68792E54204020653B2057203D20732E575F68682E540A202020202020202064203D206172726179285B2A616363756D756C6174652872616E6765286C656E287829295B3A3A2D315D2C206C616D62646120642C20743A2028715B745D202B20572040206429202A20705B745D2C20696E697469616C3D30202A20732E625F68295D5B3A303A2D315D290A202020202020202074203D206C616D62646120613A20612E737761706178657328312C2032290A2020202020202020666F72206E2C206720696E207A6970284E2C202864204020785B3A2C204E6F6E655D2C20642040207428732E685B3A2D315D292C20652040207428732E685B313A5D292C20642C206529293A2065786563286627732E7B6E7D203D20732E7B6E7D202D2072202A20672E73756D28302927290A');
INSERT INTO "sources" VALUES('1d89522bffe96c35667f63fbf92d163d80b279c25095bcfe8b3039c137806dfc',X'636C6173732053696D706C65524E4E3A0A2020202064656620666F72776172642873656C663A0A');
INSERT INTO "sources" VALUES('33b45d35d79e2bb3c2bfbd784b70330468621f24a5518693e53a522ecce531c0',X'232077726F6E673A206261636B70726F7061676174696F6E207468726F7567682074696D65206973207472756E63617465643A20746865206572726F72206F662061207374657020666C6F77732074776F207374657073206261636B2E0A23206C6F7365733A206261636B776172640A23206E656564733A20543E333A206E6F206572726F7220636F756C6420666C6F772066757274686572206261636B20696E20612073686F727465722073657175656E63650A696D706F7274206E756D7079206173206E700A0A0A636C6173732053696D706C65524E4E3A0A20202020646566205F5F696E69745F5F2873656C662C20776F72645F64696D2C2068696464656E5F64696D2C206F75745F64696D2C20627074745F7472756E636174653D32293A0A202020202020202073656C662E627074745F7472756E63617465203D20627074745F7472756E636174650A202020202020202073656C662E68696464656E5F64696D203D2068696464656E5F64696D0A202020202020202073656C662E575F7868203D206E702E72616E646F6D2E72616E646E2868696464656E5F64696D2C20776F72645F64696D29202A20302E3031202020202320550A202020202020202073656C662E575F6868203D206E702E72616E646F6D2E72616E646E2868696464656E5F64696D2C2068696464656E5F64696D29202A20302E303120202320570A202020202020202073656C662E575F6879203D206E702E72616E646F6D2E72616E646E286F75745F64696D2C2068696464656E5F64696D29202A20302E303120202020202320560A202020202020202073656C662E625F68203D206E702E7A65726F73282868696464656E5F64696D2C203129290A202020202020202073656C662E625F79203D206E702E7A65726F7328286F75745F64696D2C203129290A0A2020202064656620666F72776172645F70726F7061676174696F6E2873656C662C2078293A0A202020202020202054203D206C656E2878290A202020202020202023206F6E65206164646974696F6E616C20656C656D656E74206F66207320666F722074686520696E697469616C2068696464656E2073746174652C20735B2D315D0A202020202020202073203D206E702E7A65726F73282854202B20312C2073656C662E68696464656E5F64696D29290A20202020202020206F203D206E702E7A65726F732828542C2073656C662E575F68792E73686170655B305D29290A2020202020202020666F72207420696E206E702E6172616E67652854293A0A202020202020202020202020735B745D203D206E702E74616E682873656C662E575F78682E646F7428785B745D29202B2073656C662E575F68682E646F7428735B74202D20315D29202B2073656C662E625F685B3A2C20305D290A2020202020202020202020206F5B745D203D2073656C662E575F68792E646F7428735B745D29202B2073656C662E625F795B3A2C20305D0A202020202020202072657475726E206F2C20730A0A2020202064656620666F72776172642873656C662C2078293A0A20202020202020206F2C2073203D2073656C662E666F72776172645F70726F7061676174696F6E2878290A202020202020202072657475726E206F5B2E2E2E2C204E6F6E655D0A0A2020202064656620627074742873656C662C20782C2079293A0A202020202020202054203D206C656E2879290A20202020202020206F2C2073203D2073656C662E666F72776172645F70726F7061676174696F6E2878290A2020202020202020644C6455203D206E702E7A65726F732873656C662E575F78682E7368617065290A2020202020202020644C6456203D206E702E7A65726F732873656C662E575F68792E7368617065290A2020202020202020644C6457203D206E702E7A65726F732873656C662E575F68682E7368617065290A2020202020202020644C6462203D206E702E7A65726F732873656C662E68696464656E5F64696D290A202020202020202064656C74615F6F203D206F202D20790A20202020202020202320666F722065616368206F7574707574206261636B77617264732E2E2E0A2020202020202020666F72207420696E206E702E6172616E67652854295B3A3A2D315D3A0A202020202020202020202020644C6456202B3D206E702E6F757465722864656C74615F6F5B745D2C20735B745D290A20202020202020202020202064656C74615F74203D2073656C662E575F68792E542E646F742864656C74615F6F5B745D29202A202831202D2028735B745D202A2A203229290A20202020202020202020202023206261636B70726F7061676174696F6E207468726F7567682074696D650A202020202020202020202020666F7220627074745F7374657020696E206E702E6172616E6765286D617828302C2074202D2073656C662E627074745F7472756E63617465292C2074202B2031295B3A3A2D315D3A0A20202020202020202020202020202020644C6457202B3D206E702E6F757465722864656C74615F742C20735B627074745F73746570202D20315D290A20202020202020202020202020202020644C6455202B3D206E702E6F757465722864656C74615F742C20785B627074745F737465705D290A20202020202020202020202020202020644C6462202B3D2064656C74615F740A2020202020202020202020202020202064656C74615F74203D2073656C662E575F68682E542E646F742864656C74615F7429202A202831202D20735B627074745F73746570202D20315D202A2A2032290A202020202020202072657475726E20644C64552C20644C64562C20644C64572C20644C64622C2064656C74615F6F2E73756D28617869733D30290A0A20202020646566206261636B776172642873656C662C20782C20792C206C6561726E696E675F72617465293A0A2020202020202020644C64552C20644C64562C20644C64572C20644C64622C20644C6463203D2073656C662E6270747428782C2079290A202020202020202073656C662E575F7868202D3D206C6561726E696E675F72617465202A20644C64550A202020202020202073656C662E575F6879202D3D206C6561726E696E675F72617465202A20644C64560A202020202020202073656C662E575F6868202D3D206C6561726E696E675F72617465202A20644C64570A202020202020202073656C662E625F68202D3D206C6561726E696E675F72617465202A20644C64622E72657368617065282D312C2031290A202020202020202073656C662E625F79202D3D206C6561726E696E675F72617465202A20644C64632E72657368617065282D312C2031290A');
INSERT INTO "sources" VALUES('6b55f307d56b78b9fb2421320b4b2a9d616bc010435760b3722a94b7af4acb81',X'232077726F6E673A2074686520696E697469616C2077656967687473206861766520746865207363616C6520302E312E0A23206C6F7365733A20696E697469616C69736174696F6E0A66726F6D206E756D707920696D706F72742065696E73756D2C20656D7074792C2074616E682C207A65726F730A696D706F7274206E756D70792E72616E646F6D0A0A0A636C6173732053696D706C65524E4E3A0A20202020222222416C6C2070726F647563747320617265207772697474656E20776974682065696E73756D3A206920696E7075742C20682F6B2068696464656E2C206F206F75747075742E2222220A0A202020205343414C45203D20302E310A0A20202020646566205F5F696E69745F5F2873656C662C20492C20482C204F293A0A202020202020202064726177203D206E756D70792E72616E646F6D2E72616E646E0A202020202020202073656C662E575F7868203D206472617728482C204929202A2073656C662E5343414C450A202020202020202073656C662E575F6868203D206472617728482C204829202A2073656C662E5343414C450A202020202020202073656C662E575F6879203D2064726177284F2C204829202A2073656C662E5343414C450A202020202020202073656C662E625F682C2073656C662E625F79203D207A65726F732828482C203129292C207A65726F7328284F2C203129290A0A2020202064656620666F72776172642873656C662C2078293A0A202020202020202054203D206C656E2878290A202020202020202068203D207A65726F73286C656E2873656C662E625F6829290A2020202020202020737461746573203D205B685D0A2020202020202020666F72207420696E2072616E67652854293A0A20202020202020202020202068203D2074616E682865696E73756D282268692C692D3E68222C2073656C662E575F78682C20785B745D29202B2065696E73756D2822686B2C6B2D3E68222C2073656C662E575F68682C206829202B2073656C662E625F685B3A2C20305D290A2020202020202020202020207374617465732E617070656E642868290A202020202020202073656C662E737461746573203D207374617465730A20202020202020206F7574203D20656D7074792828542C206C656E2873656C662E625F79292C203129290A2020202020202020666F72207420696E2072616E67652854293A0A2020202020202020202020206F75745B742C203A2C20305D203D2065696E73756D28226F682C682D3E6F222C2073656C662E575F68792C207374617465735B74202B20315D29202B2073656C662E625F795B3A2C20305D0A202020202020202073656C662E6F7574203D206F75742E636F707928290A202020202020202072657475726E206F75740A0A20202020646566206261636B776172642873656C662C20782C20792C206C6561726E696E675F72617465293A0A202020202020202054203D206C656E2878290A202020202020202073203D2073656C662E7374617465730A2020202020202020657272203D2073656C662E6F75745B3A2C203A2C20305D202D20790A202020202020202064656C7461203D20656D7074792828542C206C656E2873656C662E625F682929290A2020202020202020667574757265203D207A65726F73286C656E2873656C662E625F6829290A2020202020202020666F72207420696E2072616E67652854202D20312C202D312C202D31293A0A2020202020202020202020206468203D2065696E73756D28226F682C6F2D3E68222C2073656C662E575F68792C206572725B745D29202B206675747572650A20202020202020202020202064656C74615B745D203D206468202A202831202D20735B74202B20315D202A2A2032290A202020202020202020202020667574757265203D2065696E73756D2822686B2C682D3E6B222C2073656C662E575F68682C2064656C74615B745D290A2020202020202020675F776879203D2065696E73756D2822746F2C74682D3E6F68222C206572722C20735B313A5D290A2020202020202020675F776868203D2065696E73756D282274682C746B2D3E686B222C2064656C74612C20735B3A2D315D290A2020202020202020675F777868203D2065696E73756D282274682C74692D3E6869222C2064656C74612C2078290A202020202020202073656C662E575F6879203D2073656C662E575F6879202D206C6561726E696E675F72617465202A20675F7768790A202020202020202073656C662E575F6868203D2073656C662E575F6868202D206C6561726E696E675F72617465202A20675F7768680A202020202020202073656C662E575F7868203D2073656C662E575F7868202D206C6561726E696E675F72617465202A20675F7778680A202020202020202073656C662E625F68203D2073656C662E625F68202D206C6561726E696E675F72617465202A2065696E73756D282274682D3E68222C2064656C7461295B3A2C204E6F6E655D0A202020202020202073656C662E625F79203D2073656C662E625F79202D206C6561726E696E675F72617465202A2065696E73756D2822746F2D3E6F222C20657272295B3A2C204E6F6E655D0A');
INSERT INTO "sources" VALUES('c74ad5e20c1fad6baf544400cb448ccdad4d45adde66a485925c48f9e225622a',X'');
CREATE INDEX by_student ON attempts (student, source);
COMMIT;
PRAGMA user_version = 2;
