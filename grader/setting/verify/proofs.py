"""Whether everything that a group observes is proved by something other than the reference.

There are four ways. `reference/losses/<id>.py` has, by test group: GRADIENTS (see gradients.py);
VALUES, a function from a case to what quantities should be, from the statement's formulas; REASONS,
for quantities that need no proof, a sentence each. And `tests/independent/<id>.py` is a solution of
its own (see independent.py). That a quantity is proved is tried: changed in all its numbers, in the
first alone or in the last alone, it must be refused.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from types import ModuleType
from typing import Any

import numpy as np

from grader import layout
from grader.errors import ProblemError
from grader.model import Array, Group, Problem, Suite
from grader.oracle import load
from grader.problems.load import line_of
from grader.problems.node import nearest
from grader.setting.verify.findings import Check, Finding, Observed, error, warning

Arrays = Mapping[str, Array]
KINDS = ("GRADIENTS", "VALUES", "REASONS")
MOST = 5  # findings of a kind
CHANGE, IN_BOUNDS = 1e-3, 10.0  # how far a number is moved: of its scale, and at least


def _losses(problem: Problem) -> ModuleType | None:
    path = layout.answers(problem.root) / "losses" / f"{problem.id}.py"
    return load.load_module(path) if path.is_file() else None


def declared(problem: Problem, kind: str) -> Mapping[str, Any]:
    """Return what the losses file has of that kind, by group.

    Raises ProblemError for a name of no group.
    """
    found: Mapping[str, Any] = getattr(_losses(problem), kind, {})
    groups = [g.name for g in problem.groups]
    for name in found:
        if name not in groups:
            place = f"reference/losses/{problem.id}.py: {kind}"
            raise ProblemError(f"{place}: there is no group {name}{nearest(name, groups)}")
    return found


def noticed(
    suite: Suite,
    number: int,
    seen: Arrays,
    errors_of: Callable[[Arrays], Mapping[str, float]],
    proved: Collection[Observed],
) -> set[Observed]:
    """Return the quantities of which every change makes an error above 1, but those proved."""
    group, steps = suite.problem.group(suite.cases[number].group), _steps(suite, number)
    if any(not off <= 1 for off in errors_of(seen).values()):
        return set()  # what is refused as it is tells nothing
    return {
        (group.name, q.name)
        for q in group.observes
        if (group.name, q.name) not in proved
        and all(
            any(not off <= 1 for off in errors_of({**seen, q.name: moved}).values())
            for moved in _moved(seen[q.name], steps[q.name])
        )
    }


def _steps(suite: Suite, number: int) -> dict[str, float]:
    """Return how far to move the numbers of each quantity."""
    case, expected = suite.cases[number], suite.expected[number]
    return {
        name: max(CHANGE * _largest(expected.scale[at]), IN_BOUNDS * _largest(expected.bound[at]))
        or CHANGE
        for name, at in suite.problem.group(case.group).positions(case.sizes).items()
    }


def _largest(values: Array) -> float:
    return float(np.max(values, initial=0.0))


def _moved(value: Array, step: float) -> Iterator[Array]:
    """Yield the value with all numbers moved, now up, now down, and with only one of them."""
    wide = np.array(value, np.longdouble)
    for chosen in (slice(None), slice(0, 1), slice(-1, None)):
        moved = wide.copy().ravel()
        moved[chosen] += step * np.resize([1, -1], moved.size)[chosen]
        yield moved.reshape(wide.shape)


def check_values(suite: Suite) -> Check:
    """That the reference gives what the statement's formulas give."""
    findings: list[Finding] = []
    proves: set[Observed] = set()
    worst = 0.0
    values = declared(suite.problem, "VALUES")
    for number, case in enumerate(suite.cases):
        if case.group in values:
            found, off = against(suite, number, values[case.group](case), proves)
            worst, proves = max(worst, off), proves | found
            if not off <= 1:
                text = f"VALUES of reference/losses/{suite.problem.id}.py and the reference differ"
                findings.append(error(f"{case.group}: {text} by {off:.2g} bounds: one is wrong"))
    summary = f"{len(proves)} quantities follow from formulas; worst {worst:.2g} of the bound"
    return Check(
        "values", summary, tuple(findings[:MOST]), {"worst": worst}, proves=frozenset(proves)
    )


def against(
    suite: Suite, number: int, wanted: Arrays, proved: Collection[Observed]
) -> tuple[set[Observed], float]:
    """Return what these values prove besides, and the reference's largest error in bounds.

    Values of another size are infinitely far off.
    """
    expected, case = suite.expected[number], suite.cases[number]
    where = suite.problem.group(case.group).positions(case.sizes)
    seen = {name: expected.value[at] for name, at in where.items()}
    values = {name: np.asarray(wanted[name]).ravel() for name in where if name in wanted}

    errors = {n: _off(seen[n], v, expected.bound[where[n]]) for n, v in values.items()}

    def errors_of(moved: Arrays) -> dict[str, float]:
        changed = [n for n in values if moved[n] is not seen[n]]
        off = {n: _off(moved[n], values[n], expected.bound[where[n]]) for n in changed}
        return {**errors, **off}

    worst = max(errors.values(), default=0.0)
    return noticed(suite, number, seen, errors_of, proved), worst


def _off(seen: Array, wanted: Array, bound: Array) -> float:
    if seen.shape != wanted.shape or wanted.dtype.kind not in "biuf":
        return np.inf
    return _largest(ratio(np.abs(seen - wanted.astype(np.float64)), bound))


def check_proved(problem: Problem, proved: frozenset[Observed]) -> Check:
    """That every observed quantity is proved, or has a reason why not."""
    findings: list[Finding] = []
    excused: set[Observed] = set()
    for name, reasons in declared(problem, "REASONS").items():
        excused |= {(name, quantity) for quantity in reasons}
        findings += _about_reasons(problem, problem.group(name), reasons, proved)
    for group in problem.groups:
        bare = [q.name for q in group.observes if (group.name, q.name) not in proved | excused]
        if bare:
            place = line_of(problem, "groups", group.name, "observes")
            text = f"nothing but the reference says what {', '.join(bare)} should be: prove it in"
            how = f"reference/losses/{problem.id}.py ({', '.join(KINDS)})"
            where = f"{how} or by tests/independent/{problem.id}.py"
            findings.append(error(f"{place}: {group.name}: {text} {where}"))
    total = sum(len(g.observes) for g in problem.groups)
    summary = f"{len(proved)} of {total} quantities by other means, {len(excused)} with a reason"
    figures = {"quantities": total, "proved": len(proved), "excused": len(excused)}
    return Check("proved", summary, tuple(findings), figures)


def _about_reasons(
    problem: Problem, group: Group, reasons: Mapping[str, str], proved: frozenset[Observed]
) -> Iterator[Finding]:
    place = f"reference/losses/{problem.id}.py: REASONS: {group.name}"
    for name, reason in reasons.items():
        known = [q.name for q in group.observes]
        if name not in known:
            yield error(f"{place}: {name} is not observed{nearest(name, known)}")
        elif (group.name, name) in proved:
            yield warning(f"{place}: {name} is proved, it needs no reason")
        if len(str(reason).split()) < 3:
            yield error(f"{place}: {name}: say in a sentence why it needs no proof")


def ratio(error_: Array, bound: Array | float) -> Array:
    """Return error / bound, infinite where the error is not a number, 0 where both are 0."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        parts = np.where(error_ == 0, 0.0, error_ / bound)
    return np.where(np.isnan(parts), np.inf, parts)
