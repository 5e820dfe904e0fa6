"""A judge process of a class run: takes submissions on standard input, gives back reports.

The suite comes with the first messages, so that every process judges by the very same numbers
and none computes them again. The first answer says that the sandbox stands: what happens later is
not for want of a judge.
"""

import os
import select
import sys
import threading

from grader.cases.pack import unpack_suite
from grader.course.judges.pipes import receive, send
from grader.course.judges.task import Task, unpack_task
from grader.judge.judge import Judge
from grader.model import Verdict
from grader.problems.load import load_problem
from grader.report import json
from grader.sandbox import wire
from grader.sandbox.host import Sandbox

READY = b"ready"
MOST_KILLS = 20  # of the sandbox by somebody, while one submission is judged


def main() -> None:
    """Judge until the parent closes the pipe."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    orders, results = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not get between the reports
    setup = wire.unpack(receive(orders))[0]
    problem = load_problem(setup["problem"])
    with Sandbox(problem, weak=setup["weak"]) as sandbox:  # it warms up while the suite is made
        suite = unpack_suite(problem, receive(orders))
        with Judge(problem, setup["seed"], sandbox=sandbox, suite=suite) as judge:
            judge.sandbox.wait()
            send(results, READY)
            while True:
                try:
                    message = receive(orders)
                except EOFError:
                    return
                send(results, answer(judge, unpack_task(message)).encode())


def answer(judge: Judge, task: Task) -> str:
    """Return the report on a submission, as JSON."""
    if task.refusal:
        return json.render(judge.refuse(task.name, task.refusal, Verdict(task.verdict)))
    try:
        report = judge.judge(task.source, task.name)
        for _ in range(MOST_KILLS):
            if report.verdict is not Verdict.JE or not judge.sandbox.was_killed():
                break
            report = judge.judge(task.source, task.name)
        return json.render(report, solution=True)
    except Exception as error:  # noqa: BLE001  # our own fault is one report, not the end of a run
        why = f"{type(error).__name__}: {error}"
        return json.render(judge.refuse(task.name, why, Verdict.JE))


def _end_with_parent() -> None:
    """End this process when nobody reads its results any more, whatever it is doing."""
    poller = select.poll()
    poller.register(1, 0)  # only errors: the other end of the pipe is closed
    while not poller.poll():
        pass
    os._exit(1)
