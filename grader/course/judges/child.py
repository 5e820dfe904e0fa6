"""A judge process of a class run: takes submissions on standard input, gives back reports.

The suite comes with the first messages, so that every process judges by the very same numbers
and none computes them again. The first answer says that the sandbox stands: what happens later is
not for want of a judge.
"""

import os
import select
import sys
import threading
from collections.abc import Callable
from json import loads

from grader.cases.pack import unpack_suite
from grader.course.judges.pipes import receive, send
from grader.course.judges.task import Task, unpack_task
from grader.course.so_far import as_text
from grader.judge.judge import Judge
from grader.judge.so_far import SoFar
from grader.model import Report, Verdict
from grader.problems.load import load_problem
from grader.report import json
from grader.sandbox import wire
from grader.sandbox.host import Sandbox

READY = b"ready"
SO_FAR = b"so far "  # before the groups that are judged; a report is a JSON object
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

            def say(groups: str) -> None:
                send(results, SO_FAR + groups.encode())

            tell = say if setup["tells"] else None
            while True:
                try:
                    message = receive(orders)
                except EOFError:
                    return
                send(results, answer(judge, unpack_task(message), tell).encode())


def answer(judge: Judge, task: Task, tell: Callable[[str], None] | None = None) -> str:
    """Return the report on a submission, as JSON.

    tell: is called with the groups that are judged before, as text of so_far.py.
    """
    if task.refusal:
        return json.render(judge.refuse(task.name, task.refusal, Verdict(task.verdict)))
    try:
        for _ in range(MOST_KILLS):
            report = _report(judge, task, tell)
            if report.verdict is not Verdict.JE or not judge.sandbox.was_killed():
                break
        return json.render(report, solution=True)
    except Exception as error:  # noqa: BLE001  # our own fault is one report, not the end of a run
        why = f"{type(error).__name__}: {error}"
        return json.render(judge.refuse(task.name, why, Verdict.JE))


def _report(judge: Judge, task: Task, tell: Callable[[str], None] | None) -> Report:
    if task.report:
        return judge.with_line(task.source, json.parse(loads(task.report)))
    so_far = SoFar(lambda groups: tell(as_text(groups))) if tell else None
    return judge.judge(task.source, task.name, line=task.line, so_far=so_far)


def _end_with_parent() -> None:
    """End this process when nobody reads its results any more, whatever it is doing."""
    poller = select.poll()
    poller.register(1, 0)  # only errors: the other end of the pipe is closed
    while not poller.poll():
        pass
    os._exit(1)
