"""Which problem a file solves: what it defines, the folder it lies in, its first line.

The text is searched, not parsed: a parser is no place to meet a stranger's file.
"""

import contextlib
import re
from collections.abc import Iterable
from pathlib import Path

from grader.errors import GraderError
from grader.model import Problem
from grader.problems.load import load_problem, problem_ids

EVERYWHERE = "numpy"
DEFINED = re.compile(
    r"^[ \t]*(?:def|class)[ \t]+(\w+)|^(\w+)[ \t]*(?:=[^=]|:)", re.ASCII | re.MULTILINE
)
IMPORTED = re.compile(r"^[ \t]*(?:import|from)[ \t]+(\w+)", re.ASCII | re.MULTILINE)


def problem_of(path: Path, source: bytes) -> str:
    """Return the name of the problem; GraderError, which asks for it, unless there is one only."""
    ids = problem_ids()
    if len(ids) == 1:
        return ids[0]
    first = re.findall(r"\w+", source.lstrip().partition(b"\n")[0].decode("utf-8", "replace"))
    named = [i for i in ids if i in first]
    around = [p.name for p in path.absolute().parents if p.name in ids]
    problems = list(_readable(ids))
    fit = [p.id for p in problems if _defined(p, source) == len(p.interface) > 0]
    fit = [p for p in fit if _packages(p, problems, source)] or fit
    for likely in (named, around[:1]):
        if len(likely) == 1 and (not fit or likely[0] in fit):
            return likely[0]
    if not fit:
        count = {p.id: _defined(p, source) for p in problems}
        fit = [i for i, n in count.items() if n == max(count.values()) > 0]
        fit = [p for p in fit if _packages(p, problems, source)] or fit
    if len(fit) == 1:
        return fit[0]
    what = f"could solve {' or '.join(fit)}" if fit else f"names no problem of {', '.join(ids)}"
    raise GraderError(f"{path} {what}: say which with --problem ID")


def _readable(ids: Iterable[str]) -> Iterable[Problem]:
    for problem_id in ids:
        with contextlib.suppress(GraderError):
            yield load_problem(problem_id)


def _defined(problem: Problem, source: bytes) -> int:
    """Return how many names of the interface the file defines, spelt about so."""
    text = source.decode("utf-8", "replace")
    names = {_plain("".join(pair)) for pair in DEFINED.findall(text)}
    return sum(_plain(part.name) in names for part in problem.interface)


def _plain(name: str) -> str:
    return name.lower().replace("_", "")


def _packages(problem_id: str, problems: list[Problem], source: bytes) -> bool:
    """Return whether the file imports what this problem has beyond others, and no more."""
    special = {p for problem in problems for p in problem.packages} - {EVERYWHERE}
    found = special.intersection(IMPORTED.findall(source.decode("utf-8", "replace")))
    own = next(problem for problem in problems if problem.id == problem_id)
    return found == set(own.packages) - {EVERYWHERE}
