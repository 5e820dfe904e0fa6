"""What is hurt while a course is served costs nobody anything: kills, and hostile submissions."""

import random
import statistics
import time
from collections import Counter

import pytest

from tests import needs
from tests.serve.served import Crowd
from tests.support import CORPUS, LONG, eventually, samples

pytestmark = pytest.mark.serve
needs.imported("serve", "grader.serve.web.run")
KILLS = 200 if LONG else 12
RIGHT = (CORPUS / "simple_rnn" / "accepted" / "slots.py").read_bytes()
WRONG = (CORPUS / "simple_rnn" / "wrong_answer" / "init_scale_0_1.py").read_bytes()


@pytest.mark.slow
def test_kills_cost_no_receipt_and_no_verdict(served):
    """
    Kills of web, judge, zygote and supervisor in turn: each receipt has exactly one verdict.
    """
    names = [f"s{n}" for n in range(4)]
    course = served(*names, "first")
    first = course.person("first")
    first.wait_for(first.hand_in(WRONG))  # what is made once for a course is made
    crowd = Crowd(course, names, [RIGHT, RIGHT, WRONG])
    kinds = ("web.run", "serve.judging", "zygote", "supervisor")
    draw, away = random.Random(1), {kind: [] for kind in kinds}
    began = time.monotonic()
    for number in range(KILLS):
        kind = kinds[number % len(kinds)]
        assert eventually(lambda: "'playing'" in str(course.queue()), 120)
        time.sleep(draw.random())
        judge, hurt_at = course.judge_since(), time.monotonic()
        course.hurt(kind)
        if kind == "serve.judging":
            assert eventually(lambda j=judge: course.judge_since() not in (None, j), 120)
        assert eventually(course.is_up, 120)
        away[kind].append(time.monotonic() - hurt_at)
    took = time.monotonic() - began
    crowd.end()
    assert course.judged_all(600)

    verdicts = course.verdicts()
    assert set(crowd.receipts) <= set(verdicts)
    assert len(crowd.receipts) == len(set(crowd.receipts))
    assert not {v for v in verdicts.values() if v not in ("AC", "WA")}
    seconds = {k: f"{statistics.median(all_):.1f}, {max(all_):.1f}" for k, all_ in away.items()}
    print(f"{took:.0f} s, {len(crowd.receipts)} receipts, {Counter(verdicts.values())}")
    print(f"back after so many seconds, median and most: {seconds}")


@pytest.mark.slow
def test_hostile_submissions_reach_nothing_through_the_page(served):
    """
    Those of the corpus that look for files, sockets and processes: a verdict each, all still runs.
    """
    course = served()
    quick = (s for s in samples("hostile") if s.problem == "simple_rnn" and not s.waits)
    files = sorted(s.path for s in quick)[::40]
    before = (course.folder / "course.yaml").read_bytes()
    ada = course.person("ada")
    for number, file in enumerate(files):
        answer = ada.ask(
            "/assignments/rnn",
            {"text": file.read_bytes().decode("utf-8", "replace"), "nonce": str(number)},
        )
        assert answer[0] == 200
        ada.wait_for(ada.at.rpartition("/")[2])

    assert "JE" not in course.verdicts().values()
    assert len(course.verdicts()) == len(files)
    assert (course.folder / "course.yaml").read_bytes() == before
    assert course.stop() == 0
