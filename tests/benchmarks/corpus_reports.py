"""Reports on every file of the corpora, kept and compared: what a change of the judge changed.

    python -m tests.benchmarks.corpus_reports keep FILE [PROBLEM ...]   one line of JSON a file
    python -m tests.benchmarks.corpus_reports compare OLD NEW           what differs, and the costs

Kept are verdict, points, groups, diagnoses, the smallest case and processor time, that of the judge
and that of its sandbox together. Files that may wait for a limit are judged with short ones.
"""

import json
import os
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path

from grader.judge.judge import Judge
from grader.problems.load import load_problem, problem_ids
from tests.support import FOLDERS, SEED, hurried, samples

KEPT = ("verdict", "score", "groups", "diagnosis")


def cpu_s(judge):
    """Processor time of the judge, its zygote and every worker that ended."""
    fields = Path(f"/proc/{judge.sandbox.process.pid}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def kept(report, cost):
    """What is compared of a report."""
    shown = report.counterexample
    return {
        "verdict": report.verdict.value,
        "score": report.score,
        "groups": [
            (g.name, g.verdict and g.verdict.value, g.score, g.failed, g.message, g.message_zh)
            for g in report.groups
        ],
        "diagnosis": [(d.id, d.message, d.message_zh) for d in report.diagnosis],
        "shown": shown and (shown.group, dict(shown.sizes), dict(shown.inputs), shown.message),
        "undone": getattr(report, "undone", ""),
        "cpu_s": round(cost, 4),
    }


def keep(file, ids):
    """Judge every file of the corpora of these problems and write a line for each."""
    with Path(file).open("w", encoding="utf-8") as out:
        for problem_id in ids or problem_ids():
            problem = load_problem(problem_id)
            judges = {}
            for sample in samples(*FOLDERS, "hostile"):
                if sample.problem != problem_id:
                    continue
                if sample.waits not in judges:
                    chosen = hurried(problem) if sample.waits else problem
                    judges[sample.waits] = Judge(chosen, SEED)
                    judges[sample.waits].judge(b"raise ValueError", "warm")
                judge = judges[sample.waits]
                before = cpu_s(judge)
                report = judge.judge(sample.source, "solution.py")
                line = {"file": str(sample), **kept(report, cpu_s(judge) - before)}
                print(json.dumps(line, ensure_ascii=False), file=out, flush=True)
            for judge in judges.values():
                judge.close()


def read(file):
    """The lines of a file by the name of the submission."""
    with Path(file).open(encoding="utf-8") as lines:
        return {found["file"]: found for found in map(json.loads, lines)}


def compare(old, new):
    """Print what differs between two runs; return how many reports differ in what is kept."""
    before, after = read(old), read(new)
    differing = 0
    for name in before.keys() & after.keys():
        a, b = before[name], after[name]
        parts = [k for k in KEPT if a[k] != b[k]]
        differing += bool(parts)
        for part in parts:
            print(f"{name}: {part}\n  was {a[part]}\n  is  {b[part]}")
        if bool(a["shown"]) != bool(b["shown"]):
            print(f"{name}: smallest case\n  was {a['shown']}\n  is  {b['shown']}")
        if b["undone"]:
            print(f"{name}: left undone: {b['undone']}")
    print(f"{len(before.keys() & after.keys())} files in both, {differing} reports differ")
    for which in (before, after):
        _summary(which)
    return differing


def _summary(found):
    """Print sizes and simplicity of the smallest cases, and what the folders cost."""
    shown = [f["shown"] for f in found.values() if f["shown"]]
    largest = [max(s[1].values()) for s in shown if s[1]]
    small = sum(n <= 2 for n in largest) / max(len(largest), 1)
    numbers = [sum(map(_nonzero, s[2].values())) for s in shown]
    print(
        f"smallest cases: {len(shown)}, sizes at most 2 in {100 * small:.1f} %, numbers that are "
        f"not 0: mean {statistics.mean(numbers or [0]):.2f}, median {statistics.median(numbers)}"
    )
    costs = defaultdict(list)
    for name, line in found.items():
        costs["/".join(name.split("/")[:2])].append(line["cpu_s"])
    for folder, values in sorted(costs.items()):
        print(f"  {folder:40} median {statistics.median(values):7.3f} s, worst {max(values):.1f} s")


def _nonzero(part):
    return sum(map(_nonzero, part)) if isinstance(part, list) else part != 0


if __name__ == "__main__":
    if sys.argv[1] == "keep":
        keep(sys.argv[2], sys.argv[3:])
    else:
        sys.exit(bool(compare(*sys.argv[2:4])))
