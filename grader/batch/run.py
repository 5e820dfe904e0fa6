"""Judges a class: what is missing in the store is judged and kept, one submission at a time.

Rows out = submissions in. A run that is killed at any moment has lost what was in flight, which
has no row and is therefore judged at the next start; nothing is judged twice, since the store
is asked about student, source, problem, suite, seed and versions before anything is handed out.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from grader.batch.discover import Entry, Found
from grader.batch.task import Task
from grader.batch.tree import Tree
from grader.errors import GraderError
from grader.judge import versions
from grader.model import Suite
from grader.store import Member, RunKey, Store, now

Judges = Callable[[Iterator[Task]], Iterator[tuple[Task, str]]]
Told = Callable[[str, str], None]  # of every report: student and verdict


class Plan(NamedTuple):
    """What a run has to do."""

    key: RunKey
    run: int
    todo: tuple[Entry, ...]
    kept: int


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
    return Plan(key, run, tuple(todo), len(found.entries) - len(todo))


def judge_class(store: Store, tree: Tree, planned: Plan, judges: Judges, told: Told) -> list[str]:
    """Judge what is left and keep every report; return the students who are without a verdict."""
    for task, report in judges(_tasks(tree, planned.todo)):
        digest = hashlib.sha256(task.source or task.refusal.encode()).hexdigest()
        member = Member(task.student, task.name, digest)
        store.save(planned.key, member, task.source, task.began_at, report)
        told(task.student, str(json.loads(report)["verdict"]))
    return store.unjudged(planned.run)


def _tasks(tree: Tree, entries: Sequence[Entry]) -> Iterator[Task]:
    """Yield the submissions, read when a judge is free: memory does not grow with the class."""
    for entry in entries:
        _, source, refusal = _source(tree, entry)
        yield Task(entry.student, shown(entry.path), source, refusal, began_at=now())


def _source(tree: Tree, entry: Entry) -> tuple[str, bytes, str]:
    """Return digest, bytes, and why there are none."""
    refusal = entry.flaw
    source = b""
    try:
        source = b"" if refusal else tree.read(entry.path)
    except GraderError as error:
        refusal = str(error)
    return hashlib.sha256(source or refusal.encode()).hexdigest(), source, refusal


def shown(path: str) -> str:
    """Return a path that every encoding can hold."""
    return path.encode("utf-8", "backslashreplace").decode()
