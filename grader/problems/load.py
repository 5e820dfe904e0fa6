"""Finds a problem's folder and reads it into a Problem, or says in one line why it cannot."""

import contextlib
import os
from pathlib import Path

from grader.errors import GraderError, ProblemError
from grader.layout import KIT
from grader.model import Problem
from grader.problems.file import read
from grader.problems.node import nearest
from grader.problems.schema import Signature, read_problem, read_signature

# Problems may lie elsewhere, such as with an exported autograder; references lie beside them.
PROBLEMS = Path(os.environ.get("GRADER_PROBLEMS") or Path(KIT, "problem"))
FILE, SIZES = "problem.yaml", "sizes"


def problem_ids(root: Path = PROBLEMS) -> list[str]:
    """Return the names of all problem folders, sorted."""
    return sorted(p.parent.name for p in root.glob(f"*/{FILE}"))


def load_problem(problem_id: str, root: Path = PROBLEMS) -> Problem:
    """Return the problem of that name.

    Raises GraderError if there is no such problem, ProblemError with file and line if its
    problem.yaml is not as it must be.
    """
    folder = root / problem_id
    if problem_id not in problem_ids(root):
        if problem_id.isidentifier() and folder.is_dir():
            hint = nearest(FILE, [p.name for p in folder.iterdir()])
            raise GraderError(f"{folder} holds no {FILE}{hint}")
        hint = nearest(problem_id, problem_ids(root))
        raise GraderError(f"there is no problem {problem_id!r}{hint}; `grader problems` lists them")
    try:
        return read_problem(read(folder / FILE), folder)
    except RecursionError as error:
        raise ProblemError(f"{folder / FILE}:1: cannot be read: an alias holds itself") from error


def signatures(root: Path = PROBLEMS) -> list[Signature]:
    """Return what tells the files that solve each problem, of all problems that can be read."""
    found = (_signature(root / problem_id) for problem_id in problem_ids(root))
    return [signature for signature in found if signature]


def _signature(folder: Path) -> Signature | None:
    for before in (SIZES, ""):  # what tells it usually stands at the head, which is read sooner
        with contextlib.suppress(GraderError, RecursionError):
            return read_signature(read(folder / FILE, before), folder)
    return None


def line_of(problem: Problem, *keys: str) -> str:
    """Return file and line of a key of problem.yaml, as a message may begin."""
    node = read(problem.root / FILE)
    for key in keys:
        node = node.entries()[key]
    return f"{FILE}:{node.line}"
