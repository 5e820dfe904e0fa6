"""The whole of it: three processes, a socket, a sandbox, and what becomes of them when they are hurt."""

import itertools
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter

import pytest

from grader.course.store import Store
from grader.errors import GraderError
from tests import needs
from tests.cluster import cluster
from tests.serve.served import Crowd, Served
from tests.support import CORPUS, eventually, samples

pytestmark = pytest.mark.serve
needs.imported("serve", "grader.serve.web.run")
KILLS = 200
RIGHT = (CORPUS / "simple_rnn" / "accepted" / "slots.py").read_bytes()
WRONG = (CORPUS / "simple_rnn" / "wrong_answer" / "init_scale_0_1.py").read_bytes()


@pytest.fixture
def served(tmp_path):
    """
    A function that serves a course with these students.
    """
    made = []

    def serve(*students, options=()):
        made.append(Served(tmp_path / f"course{len(made)}", students or ("ada", "bob")))
        return made[-1].start(*options)

    yield serve
    for one in made:
        if one.process.poll() is None:
            one.kill()


def test_from_a_file_to_a_verdict_and_an_end_that_waits(served, grader_command):
    """
    Handed in, watched until it is judged, in `grader gradebook` meanwhile; SIGTERM loses nothing.
    """
    course = served()
    ada = course.person("ada")
    public = ada.hand_in(RIGHT)
    stream = ada.wait_for(public)
    assert stream.count('"done": true') == 1
    assert "AC" in ada.ask(f"/submissions/{public}")[1]
    assert '"ada","",100,100,"AC"' in grader_command("gradebook", course.folder)
    with pytest.raises(GraderError, match="another run is writing"):
        Store(course.folder, writing=True)

    last = ada.hand_in(WRONG)
    assert eventually(lambda: "'playing'" in str(course.queue()) or course.verdicts()[last])
    assert course.stop() == 0
    assert course.verdicts() == {public: "AC", last: "WA"}
    log = (course.folder / "log").read_text()
    assert "Traceback" not in log
    assert not [code for code in course.codes.values() if code in log]


@pytest.fixture
def grader_command():
    def run(*arguments):
        command = [sys.executable, "-P", "-m", "grader", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()

    return run


SLOW = WRONG.replace(
    b"def forward(self, x):\n", b"def forward(self, x):\n        time.sleep(0.02)\n"
)
SLOW = b"import time\n" + SLOW


@pytest.mark.slow
def test_each_group_is_told_before_the_verdict(served):
    """
    To the page of who handed in, while the others are still being judged.
    """
    course = served()
    ada = course.person("ada")
    events = ada.wait_for(ada.hand_in(SLOW)).split("\n\n")
    told = [json.loads(e.removeprefix("data: "))["groups"] for e in events if "data: " in e]
    counts = [len(groups) for groups in told]

    assert len(set(counts)) > 2
    assert counts[:-1] == sorted(counts[:-1])
    assert counts[-1] == 0
    assert {g["verdict"] for g in told[-2]} <= {"AC", "WA", None}
    assert set(course.verdicts().values()) == {"WA"}


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
def test_one_who_floods_does_not_keep_the_others_waiting(served):
    """
    Handing in again and again is refused; of it at most one is before what another hands in.

    So another waits for one more than without the flood, which is twice as long at most.
    """
    course = served()
    flooding, quiet = course.person("ada"), course.person("bob")
    stop = threading.Event()
    answers = []

    def flood():
        for number in itertools.count():
            if stop.is_set():
                return
            answers.append(flooding.hand_in(WRONG + f"\n# {number}\n".encode(), f"{number}"))

    thread = threading.Thread(target=flood)
    thread.start()
    assert eventually(lambda: 429 in answers)
    before = []
    for number in range(8):
        stream = quiet.wait_for(quiet.hand_in(RIGHT + f"\n# {number}\n".encode(), f"{number}"))
        before += map(int, re.findall(r"(\d+) before this one", stream))
    stop.set()
    thread.join()

    assert max(before, default=0) <= 1
    assert set(map(type, answers)) == {str, int}
    assert {a for a in answers if isinstance(a, int)} == {429}
    assert course.judged_all(120)


@pytest.mark.slow
@pytest.mark.cluster
def test_a_cluster_judges_and_its_machines_are_looked_at(served):
    """
    No judge runs here; a worker that is killed costs nothing; staff read what `doctor` found.
    """
    with cluster() as (address, worker):
        course = served(options=("--scheduler", address))
        ada = course.person("ada")
        first = ada.hand_in(RIGHT)
        ada.wait_for(first)
        os.kill(worker, signal.SIGKILL)
        stream = ada.wait_for(ada.hand_in(SLOW))
        prof = course.person("prof")
        looked = eventually(lambda: "127.0.0.1" in prof.ask("/staff/machines")[1], 120)

        assert sorted(course.verdicts().values()) == ["AC", "WA"]
        assert '"verdict": "AC"' in stream  # of a group
        assert looked
        assert course.children("judges.child") == []
        assert course.stop() == 0


@pytest.mark.slow
def test_hostile_submissions_reach_nothing_through_the_page(served):
    """
    Those of the corpus that look for files, sockets and processes: a verdict each, all still runs.
    """
    course = served()
    quick = (s for s in samples("hostile") if s.problem == "simple_rnn" and not s.waits)
    files = sorted(s.path for s in quick)[::24]
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
