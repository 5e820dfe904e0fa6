"""The whole of it: three processes, a socket, a sandbox, and what becomes of them when they are hurt."""

import http.client
import itertools
import os
import random
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
from tests.serve.served import Crowd, Person, Served
from tests.support import CORPUS, eventually

pytestmark = pytest.mark.serve
needs.imported("serve", "grader.serve.web.run")
KILLS = 12  # of 200, which take eight minutes, none cost anything either
RIGHT = (CORPUS / "simple_rnn" / "accepted" / "slots.py").read_bytes()
WRONG = (CORPUS / "simple_rnn" / "wrong_answer" / "init_scale_0_1.py").read_bytes()


@pytest.fixture
def served(tmp_path):
    """
    A function that serves a course with these students.
    """
    made = []

    def serve(*students):
        made.append(Served(tmp_path / f"course{len(made)}", students or ("ada", "bob")))
        return made[-1].start()

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


@pytest.mark.slow
def test_kills_cost_no_receipt_and_no_verdict(served):
    """
    Kills of web, judge, zygote and supervisor in turn: each receipt has exactly one verdict.
    """
    names = [f"s{n}" for n in range(4)]
    course = served(*names)
    crowd = Crowd(course, names, [RIGHT, RIGHT, WRONG])
    kinds = ("web.run", "serve.judging", "zygote", "supervisor")
    draw, back_s = random.Random(1), []
    for number in range(KILLS):
        hurt(course, kinds[number % len(kinds)])
        began = time.monotonic()
        assert eventually(lambda: alive(course), 120)
        back_s.append(time.monotonic() - began)
        time.sleep(draw.random())
    crowd.end()
    assert course.judged_all(300)

    verdicts = course.verdicts()
    assert set(crowd.receipts) <= set(verdicts)
    assert len(crowd.receipts) == len(set(crowd.receipts))
    print(f"{len(crowd.receipts)} receipts, {sorted(Counter(verdicts.values()).items())}")
    print(f"web back in {max(back_s):.1f} s at most")


def hurt(course, kind):
    """
    Kill one process of that kind; the supervisor is started again by hand.
    """
    if kind == "supervisor":
        course.kill()
        course.start()
    else:
        eventually(lambda: course.children(kind))
        for pid in course.children(kind)[:1]:
            os.kill(pid, signal.SIGKILL)


def alive(course):
    try:
        return Person(course).ask("/alive", timeout=2) == (200, "ok")
    except (OSError, http.client.HTTPException):
        return False


@pytest.mark.slow
def test_one_who_floods_does_not_keep_the_others_waiting(served):
    """
    Handing in again and again is refused; another's verdict comes as soon as ever.
    """
    course = served()
    flooding, quiet = course.person("ada"), course.person("bob")
    quiet.wait_for(quiet.hand_in(RIGHT))
    stop = threading.Event()
    answers = []

    def flood():
        for number in itertools.count():
            if stop.is_set():
                return
            answers.append(flooding.hand_in(WRONG + f"\n# {number}\n".encode(), f"{number}"))

    thread = threading.Thread(target=flood)
    thread.start()
    time.sleep(2)
    took = []
    for number in range(5):
        began = time.monotonic()
        quiet.wait_for(quiet.hand_in(RIGHT + f"\n# {number}\n".encode(), f"{number}"))
        took.append(time.monotonic() - began)
    stop.set()
    thread.join()
    print(f"flooded: {len(answers)} requests, the other's median {statistics.median(took):.2f} s")

    assert set(map(type, answers)) == {str, int}
    assert {a for a in answers if isinstance(a, int)} == {429}
    assert course.judged_all(120)


@pytest.mark.slow
def test_hostile_submissions_reach_nothing_through_the_page(served):
    """
    Those of the corpus that look for files, sockets and processes: a verdict each, all still runs.
    """
    course = served()
    files = sorted((CORPUS / "simple_rnn" / "hostile").glob("*.py"))[::12]
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
