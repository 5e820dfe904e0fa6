"""What a problem's own code stumbles over, told with the line that did."""

import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np

from grader import layout
from grader.cases import generate
from grader.errors import GraderError
from grader.judge.judge import Judge
from grader.model import Case, Group, Problem
from grader.oracle import load
from grader.problems.groups import shape_text
from grader.problems.load import line_of
from grader.problems.node import nearest
from grader.setting.verify.findings import Check, Finding, error


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
    ours_alone = isinstance(failure, GraderError) and failure.__cause__ is None
    cause = (failure.__cause__ or failure) if isinstance(failure, GraderError) else failure
    if isinstance(cause, SyntaxError):
        return f"{cause.filename}:{cause.lineno}: cannot be compiled: {cause.msg}: mend that line"
    frames = traceback.extract_tb(cause.__traceback__)
    own = tuple(f"{folder(problem.root)}/" for folder in (Path, layout.answers, layout.tests))
    ours = [f for f in frames if f.filename.startswith(own)]
    place = f"{ours[-1].filename}:{ours[-1].lineno}: " if ours else ""
    return f"{place}{cause}" if ours_alone else f"{place}{_raised(cause)}"


def _raised(cause: BaseException) -> str:
    return f"{type(cause).__name__}: {cause}: mend that line"


def _misfits(problem: Problem, seed: int) -> Iterator[str]:
    """Yield what does not fit, or raises, where driver and reference play by themselves."""
    cases = [next(stream) for stream in generate.draw_cases(problem, seed)]
    for group in problem.groups:
        place = line_of(problem, "groups", group.name, "observes")
        case = next(c for c in reversed(cases) if c.group == group.name)
        try:
            found = list(misfits_of(problem, group, case))
        except Exception as failure:  # noqa: BLE001  # the problem's own code may raise anything
            found = [f"{group.name}: {_told(problem, failure)}"]
        yield from (f"{place}: {said}" for said in found)


def misfits_of(problem: Problem, group: Group, case: Case) -> Iterator[str]:
    """Yield what the driver returns of the reference otherwise than declared, or changes."""
    before = {name: value.tobytes() for name, value in case.inputs.items()}
    seen = getattr(load.driver(problem), group.name)(load.reference(problem), case)
    if not isinstance(seen, Mapping):
        what = type(seen).__name__
        yield f"driver.py: {group.name} returns a {what}, it should be a dict"
        return
    declared = {q.name: q for q in group.observes}
    extra, lacking = sorted(set(seen) - set(declared)), sorted(set(declared) - set(seen))
    for name in lacking:
        yield f"driver.py: {group.name} does not return {name}{nearest(name, extra)}"
    for name in extra:
        hint = nearest(name, lacking)
        yield f"driver.py: {group.name} returns {name}, which is not under observes{hint}"
    for name, q in declared.items():
        wanted = q.shape_in(case.sizes)
        if name in seen and (found := np.shape(seen[name])) != wanted:
            text = f"{name} of the reference has the shape {found} and not {wanted}"
            yield f"{text}, {shape_text(q.shape)}: correct the one or the other"
    for name, value in case.inputs.items():
        if value.tobytes() != before[name]:
            yield f"driver.py: {group.name} changes the input {name}: let it change a copy"
