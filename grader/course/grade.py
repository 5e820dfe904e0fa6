"""Judges a class: what is missing in the store is judged and kept, one submission at a time.

First everybody gets verdict and points; then lines at fault are looked for, which takes longest.

The same bytes are judged once, whoever handed them in. Rows out = submissions in. A run that is
killed at any moment has lost what was in flight, which has no row and is therefore judged at the
next start; nothing is judged twice, since the store is asked about student, source, problem, suite,
seed and versions before anything is handed out.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from grader.course.attempts import Member, RunKey, now
from grader.course.find.discover import Entry, Found
from grader.course.find.tree import Tree
from grader.course.judges.task import Task
from grader.course.store import Store
from grader.errors import GraderError
from grader.messages.phrases import both, say
from grader.model import FAULTY_LINE, Report, Suite, Verdict
from grader.report import json as report_json
from grader.versions import versions

Judges = Callable[[Iterator[Task]], Iterator[tuple[Task, str]]]
OnReport = Callable[[str, str], None]  # called with every report's student and verdict
FOUND, NOT_FOUND = "found", "not found"  # of a line at fault


class Plan(NamedTuple):
    """What a run has to do."""

    key: RunKey
    run: int
    todo: tuple[Entry, ...]
    kept: int
    force: bool  # judge what has been judged, too


def run_key(suite: Suite, *, weak: bool = False) -> RunKey:
    """Return what the reports of a run depend on; points and drivers are part of the suite."""
    total = hashlib.sha256(suite.digest.encode())
    for name in ("problem.yaml", "driver.py"):
        total.update(_file(suite.problem.root / name))
    conditions = {**versions(), **({"isolation": "weak"} if weak else {})}
    versions_text = json.dumps(conditions, sort_keys=True)
    return RunKey(suite.problem.id, total.hexdigest(), suite.seed, versions_text)


def _file(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def plan(store: Store, tree: Tree, found: Found, key: RunKey, *, force: bool = False) -> Plan:
    """Enter the class into the store and return what there is left to judge."""
    sources = {e.student: _source(tree, e)[0] for e in found.entries}
    who = found.identities
    members = [
        Member(e.student, shown(e.path), sources[e.student], e.note, who[e.student])
        for e in found.entries
    ]
    absent = [Member(student, "", None, why, who[student]) for student, why in found.missing]
    run = store.start_run(key, [*members, *absent])
    todo = [
        e for e in found.entries if force or not store.judged(key, e.student, sources[e.student])
    ]
    return Plan(key, run, tuple(todo), len(found.entries) - len(todo), force)


def judge_class(
    store: Store, tree: Tree, planned: Plan, judges: Judges, on_report: OnReport
) -> list[str]:
    """Judge what is left and keep every report; return the students who are without a verdict.

    Lines at fault are left pending.
    """

    def keep(task: Task, report: str) -> None:
        member = Member(task.student, task.name, _digest(task.source, task.refusal))
        store.save(planned.key, member, task.source, task.began_at, report)
        on_report(task.student, str(json.loads(report)["verdict"]))

    def taken_over(entry: Entry) -> bool:
        """Return whether somebody's report on the same bytes serves, which is kept then."""
        task = _task(tree, entry)
        report = None
        if not task.refusal:
            report = store.report_on(planned.key, _digest(task.source, ""))
        if report is not None:
            keep(task, _named(report_json.parse(json.loads(report)), task.name))
        return report is not None

    todo = [e for e in planned.todo if planned.force or not taken_over(e)]
    copies: list[Entry] = []
    for task, report in judges(_without_copies(tree, todo, copies)):
        keep(task, report)
    left = [e for e in copies if not taken_over(e)]  # after a judge error
    for task, report in judges(_task(tree, entry) for entry in left):
        keep(task, report)
    return store.unjudged(planned.run)


def find_lines(store: Store, numbers: Sequence[int], judges: Judges, on_line: OnReport) -> None:
    """Look for the lines at fault that the reports on these attempts leave pending.

    Where a judge fails over it, verdict and points stand without.
    """

    def waiting() -> Iterator[Task]:
        for number in numbers:
            member, source, report = store.attempted(number)
            yield Task(str(number), member.name, source, report=report)

    for task, text in judges(waiting()):
        report = report_json.parse(json.loads(text))
        if report.verdict is Verdict.JE:
            why = both(lambda lang: say(lang, "no diagnosis", why=Verdict.JE))
            first = report_json.parse(json.loads(task.report))
            report = replace(first, pending=False, left_out=(*first.left_out, why))
        store.tell_line(int(task.student), partial(_named, report))
        on_line(
            task.name, FOUND if any(d.id == FAULTY_LINE for d in report.diagnosis) else NOT_FOUND
        )


def _named(report: Report, name: str) -> str:
    return report_json.render(replace(report, submission=name), solution=True)


def _without_copies(tree: Tree, entries: Sequence[Entry], copies: list[Entry]) -> Iterator[Task]:
    """Yield submissions of which no two are the same, and put aside the others.

    Each is read when a judge is free: memory does not grow with the class.
    """
    seen: set[str] = set()
    for entry in entries:
        task = _task(tree, entry)
        digest = _digest(task.source, task.refusal)
        if digest in seen and not task.refusal:
            copies.append(entry)
        else:
            seen.add(digest)
            yield task


def _task(tree: Tree, entry: Entry) -> Task:
    _, source, refusal = _source(tree, entry)
    return Task(entry.student, shown(entry.path), source, refusal, began_at=now(), line=False)


def _digest(source: bytes, refusal: str) -> str:
    return hashlib.sha256(source or refusal.encode()).hexdigest()


def _source(tree: Tree, entry: Entry) -> tuple[str, bytes, str]:
    """Return digest, bytes, and why there are none."""
    refusal = entry.flaw
    source = b""
    try:
        source = b"" if refusal else tree.read(entry.path)
    except GraderError as error:
        refusal = str(error)
    return _digest(source, refusal), source, refusal


def shown(path: str) -> str:
    """Return a path that every encoding can hold."""
    return path.encode("utf-8", "backslashreplace").decode()
