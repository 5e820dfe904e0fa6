"""What a problem's own code stumbles over, told with the line that did."""

import traceback
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from grader import generate, oracle
from grader.declaration.groups import shape_text
from grader.errors import GraderError
from grader.judge import Judge
from grader.model import Problem
from grader.problem import line_of
from grader.verify.findings import Check, Finding, error


def guarded(problem: Problem, name: str, check: Callable[[], Check]) -> Check:
    """Return the check's result; what it stumbles over is an error of the problem."""
    try:
        return check()
    except Exception as failure:  # noqa: BLE001  # the problem's own code may raise anything
        return Check(name, "could not be carried out", (error(_told(problem, failure)),))


def suite_errors(problem: Problem, bench: Judge) -> tuple[Finding, ...]:
    """Return why the reference cannot play the suite; nothing where it can."""
    try:
        _ = bench.suite
    except Exception as failure:  # noqa: BLE001  # the problem's own code may raise anything
        return tuple(map(error, _misfits(problem, bench.seed))) or (error(_told(problem, failure)),)
    return ()


def _told(problem: Problem, failure: BaseException) -> str:
    """Return the deepest line of the problem's own files, and what was raised there."""
    kit = problem.root.parent.parent
    cause = failure.__cause__ if isinstance(failure, GraderError) else failure
    if cause is None:
        return str(failure)
    if isinstance(cause, SyntaxError):
        return f"{cause.filename}:{cause.lineno}: cannot be compiled: {cause.msg}: mend that line"
    frames = traceback.extract_tb(cause.__traceback__)
    ours = [f for f in frames if f.filename.startswith(f"{kit}/") and "/grader/" not in f.filename]
    place = f"{ours[-1].filename}:{ours[-1].lineno}: " if ours else ""
    return f"{place}{type(cause).__name__}: {cause}: mend that line"


def _misfits(problem: Problem, seed: int) -> Iterator[str]:
    """Yield what the driver returns of the reference otherwise than it is declared, by group."""
    cases = [next(stream) for stream in generate.draw_cases(problem, seed)]
    for group in problem.groups:
        place = line_of(problem, "groups", group.name, "observes")
        case = next(c for c in reversed(cases) if c.group == group.name)
        try:
            seen = getattr(oracle.driver(problem), group.name)(oracle.reference(problem), case)
        except Exception as failure:  # noqa: BLE001  # the problem's own code may raise anything
            yield f"{place}: {group.name}: {_told(problem, failure)}"
            continue
        if not isinstance(seen, Mapping):
            what = type(seen).__name__
            yield f"{place}: driver.py: {group.name} returns a {what}, it should be a dict"
            continue
        for q in group.observes:
            if q.name not in seen:
                yield f"{place}: driver.py: {group.name} does not return {q.name}"
            elif (found := np.shape(seen[q.name])) != (wanted := q.shape_in(case.sizes)):
                text = f"{q.name} of the reference has the shape {found} and not {wanted}"
                yield f"{place}: {text}, {shape_text(q.shape)}: correct the one or the other"
