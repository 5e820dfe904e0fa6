"""The whole of it: three processes, a socket, a sandbox, and what becomes of them when they are hurt."""

import itertools
import json
import os
import re
import signal
import subprocess
import sys
import threading

import pytest

from grader.course.store import Store
from grader.errors import GraderError
from tests import needs
from tests.cluster import cluster
from tests.support import CORPUS, eventually

pytestmark = pytest.mark.serve
needs.imported("serve", "grader.serve.web.run")
RIGHT = (CORPUS / "simple_rnn" / "accepted" / "slots.py").read_bytes()
WRONG = (CORPUS / "simple_rnn" / "wrong_answer" / "init_scale_0_1.py").read_bytes()


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
