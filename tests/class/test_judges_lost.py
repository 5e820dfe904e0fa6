"""A judge that dies or hangs costs one submission, which is judged once more alone; then JE by name."""

import json
import os
import signal
import time

import pytest

from grader.course.judges.child import answer
from grader.course.judges.pool import PATIENCE_S, TRIES, Pool
from grader.course.judges.task import Task
from grader.errors import SandboxError
from grader.judge.judge import Judge
from grader.sandbox.host import Sandbox
from grader.sandbox.outside import ended_for_memory
from tests.support import CORPUS, SEED, SIMPLE_RNN, eventually, suite_of

RIGHT = (CORPUS / "simple_rnn" / "accepted" / "slots.py").read_bytes()


class Clock:
    """A clock that goes on only when it is told to."""

    now = 0.0

    def __call__(self):
        return self.now


class Watched(Pool):
    """A pool that hurts the judge of certain students as soon as they are given to one."""

    def hurt(self, who, how):
        self.who, self.how, self.given = who, how, []
        return self

    def _give(self, judge, task, tries):
        if not task.refusal:
            busy = [j.task.student for j in self.judges if j.task is not None]
            self.given.append((task.student, tries, busy))
            if task.student in self.who and tries <= self.who[task.student]:
                self.wait_until_ready()
                self.how(judge.process.pid)
        super()._give(judge, task, tries)

    def wait_until_ready(self):
        """Nobody is at work yet, or again, so that no report comes meanwhile."""
        assert eventually(
            lambda: all(j.ready for j in self.judges) or (list(self._attend()) and False)
        )


def judged(students, who, how, jobs=2, clock=time.monotonic):
    """What came of a class in which judges of some students are hurt, so many times each."""
    tasks = iter([Task(name, f"{name}.py", RIGHT) for name in students])
    with Watched(SIMPLE_RNN, SEED, jobs, clock=clock).hurt(who, how) as pool:
        pool.set_suite(suite_of())
        pool.wait_until_ready()
        reports = {task.student: json.loads(report) for task, report in pool.judge_all(tasks)}
        return reports, pool.given


def kill(pid):
    os.kill(pid, signal.SIGKILL)


def test_lost_judge_costs_nothing_if_it_is_lost_once():
    """
    A submission whose judge is killed is judged once more, after all others and alone.
    """
    reports, given = judged("abcd", {"b": 1}, kill)

    assert {s: r["verdict"] for s, r in reports.items()} == dict.fromkeys("abcd", "AC")
    assert given[-1] == ("b", TRIES, [])


@pytest.mark.slow
def test_judge_that_is_lost_twice_is_a_judge_error_by_name():
    """
    Even of the first submission of a class it costs that one, and the class goes on.
    """
    reports, _ = judged("abc", {"a": 2}, kill, jobs=1)

    assert {s: r["verdict"] for s, r in reports.items()} == {"a": "JE", "b": "AC", "c": "AC"}
    assert "ended 2 times" in reports["a"]["message"]


@pytest.mark.slow
def test_judge_that_hangs_is_given_up():
    """
    A judge that is stopped, so that it neither reads nor answers nor ends, is one submission too.
    """
    clock = Clock()

    def stopped(pid):
        os.kill(pid, signal.SIGSTOP)
        hung.append(pid)

    hung = []

    class Hurried(Watched):
        def _attend(self, timeout_s=1.0):
            if any(j.process.pid in hung and j.task for j in self.judges) and not [
                j for j in self.judges if j.task and j.process.pid not in hung
            ]:
                clock.now += 10 * (PATIENCE_S + SIMPLE_RNN.limits.wall_s)
            yield from super()._attend(timeout_s)

    tasks = iter([Task(name, f"{name}.py", RIGHT + b"#" * 2**19) for name in "abc"])
    with Hurried(SIMPLE_RNN, SEED, 2, clock=clock).hurt({"a": 2}, stopped) as pool:
        pool.set_suite(suite_of())
        pool.wait_until_ready()
        reports = {task.student: json.loads(report) for task, report in pool.judge_all(tasks)}

    assert {s: r["verdict"] for s, r in reports.items()} == {"a": "JE", "b": "AC", "c": "AC"}
    assert "hung 2 times" in reports["a"]["message"]


def test_judges_that_never_start_end_the_run(monkeypatch):
    """
    Where no judge can be made at all there is no report to be had, and one line says so.
    """
    monkeypatch.setenv("PYTHONHOME", "/nowhere")

    with pytest.raises(SandboxError, match="a judge process ended"):
        judged("ab", {}, kill)


class Hurt(Sandbox):
    """A sandbox whose zygote is killed as soon as it has forked, so many times."""

    kills = 2

    def fork(self, claims, out):
        pid = super().fork(claims, out)
        if self.kills:
            self.kills -= 1
            kill(self.process.pid)
        return pid


@pytest.mark.skipif(ended_for_memory() is None, reason="the kernel does not say who killed")
def test_a_sandbox_that_somebody_kills_costs_no_verdict():
    """
    What was played meanwhile is played again, which no submission can bring about.
    """
    with Hurt(SIMPLE_RNN) as sandbox:
        judge = Judge(SIMPLE_RNN, SEED, sandbox=sandbox, suite=suite_of())
        report = json.loads(answer(judge, Task("a", "a.py", RIGHT)))

    assert (report["verdict"], sandbox.kills) == ("AC", 0)
