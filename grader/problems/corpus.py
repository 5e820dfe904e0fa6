"""The submissions that a problem is tried with: which verdict each must get, and what it may say.

The folder states the verdict. A hostile file promises one in a comment; a wrong one may say in
another which groups it loses.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from grader import layout
from grader.model import Problem, Verdict

ACCEPTED, WRONG, HOSTILE = "accepted", "wrong_answer", "hostile"
FOLDERS: Mapping[str, Verdict] = {
    ACCEPTED: Verdict.AC,
    WRONG: Verdict.WA,
    "run_time_error": Verdict.RTE,
    "time_limit_exceeded": Verdict.TLE,
    "memory_limit_exceeded": Verdict.MLE,
    "output_limit_exceeded": Verdict.OLE,
    "compile_error": Verdict.CE,
}
PROMISE = re.compile(rb"^#\s*promise:\s*\S+\s+([A-Z|]+)")
LOSES = re.compile(rb"^# loses: (.+)$", re.MULTILINE)


def folder(problem: Problem) -> Path:
    """Return the problem's corpus."""
    return layout.tests(problem.root) / "corpus" / problem.id


def short(path: Path) -> str:
    """Return where a file of the corpus lies, from the kit's root."""
    return "/".join(("tests", *path.parts[path.parts.index("corpus") :]))


def loses_of(file: Path) -> set[str] | None:
    """Return the groups that a wrong file says it loses, if it does."""
    loses = LOSES.search(file.read_bytes())
    return {n.strip() for n in loses.group(1).decode().split(",")} if loses else None


def wanted_of(file: Path) -> tuple[str, ...]:
    """Return the verdicts that a file may get: its folder's, or what it promises."""
    if file.parent.name != HOSTILE:
        return (FOLDERS[file.parent.name],)
    promise = PROMISE.search(file.read_bytes())
    return tuple(promise.group(1).decode().split("|")) if promise else (Verdict.AC,)
