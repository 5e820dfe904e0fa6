"""A failed group -> its smallest failing case, found by a search of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader import generate, oracle, search
from grader.model import (
    Array,
    Case,
    Counterexample,
    Group,
    Mismatch,
    Outcome,
    Problem,
    Suite,
    Verdict,
)
from grader.sandbox.host import Sandbox
from grader.trial import Trial
from grader.wording import ended_text, mismatch_text

READABLE = "readable"
SMALL, SWEPT, SWEPT_AGAIN = 3, 240, 80
CASES, SECONDS = 900, 3.0


def smallest_failure(
    suite: Suite, sandbox: Sandbox, source: bytes, group: Group, failed: Sequence[Case]
) -> Counterexample | None:
    """Return the smallest case of the group that fails, or None if none is found in time.

    failed: the scored cases that failed; only their regimes and sizes are used, so that what
    is shown was never scored.
    """
    with Trial(sandbox, source) as trial:
        case = _search(suite, trial, group, failed)
        if case is None or trial.hung:
            return None
        trial.renew()  # what is shown must fail by itself
        found = trial.mismatches([case])[0]
        trial.renew()
        outcome = trial.play([case])[0]
        if found is None or outcome is None:
            return None
        return _described(suite.problem, group, case, found, outcome)


def _search(suite: Suite, trial: Trial, group: Group, failed: Sequence[Case]) -> Case | None:
    problem = suite.problem
    budget = search.Budget(CASES, SECONDS)

    def fails(cases: Sequence[Case]) -> list[bool]:
        return [_is_failure(m) for m in trial.mismatches(cases)]

    def alone(cases: Sequence[Case]) -> list[bool]:
        trial.renew()
        return fails(cases)

    try:
        if READABLE in problem.regimes:
            swept = generate.growing_cases(
                problem, group, READABLE, suite.seed, largest=SMALL, most=SWEPT
            )
            case = search.first_failing(swept, fails, budget)
            if case is not None and alone([case])[0]:
                return search.simplify_values(case, fails, budget, suite.seed)
        for regime in dict.fromkeys(c.regime for c in failed):
            swept = generate.growing_cases(
                problem, group, regime, suite.seed, largest=SMALL, most=SWEPT_AGAIN
            )
            case = search.first_failing(swept, fails, budget)
            if case is not None and alone([case])[0]:
                return case
        return _cut_down(suite, group, failed, alone, fails, budget)
    except search.OutOfBudgetError:
        return None


def _cut_down(
    suite: Suite,
    group: Group,
    failed: Sequence[Case],
    alone: search.Check,
    fails: search.Check,
    budget: search.Budget,
) -> Case | None:
    """Return a fresh case of the size and regime of a failed one, cut down while it fails."""
    problem = suite.problem
    smallest = {n: low for n, (low, _) in problem.sizes.items()}

    def shapes(sizes: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
        return {q.name: q.shape_in(sizes) for q in group.inputs}

    kinds = {(c.regime, tuple(c.sizes.items())): c for c in failed}
    for number, like in enumerate(list(kinds.values())[:8]):
        fill = (suite.seed, number, generate.SEARCH, 1)
        case = generate.make_case(problem, group, like.regime, like.sizes, seed=number, fill=fill)
        if alone([case])[0]:
            return search.cut_down(case, shapes, smallest, fails, budget)
    return None


def _is_failure(found: Mismatch | Outcome | None) -> bool:
    if isinstance(found, Outcome):
        return found.verdict is Verdict.RTE
    return found is not None


def _described(
    problem: Problem, group: Group, case: Case, found: Mismatch | Outcome, outcome: Outcome
) -> Counterexample:
    expected = oracle.expect(problem, case)
    where = oracle.positions(group, case)
    shapes = {q.name: q.shape_in(case.sizes) for q in group.observes}
    actual: dict[str, Any] = {}
    if outcome.claims is not None:
        for name, part in where.items():
            fault = outcome.claims.faults.get(name)
            value = outcome.claims.values[part].reshape(shapes[name])
            actual[name] = fault.found if fault else plain(value)
    first = None
    if isinstance(found, Mismatch):
        first = {
            "quantity": found.quantity,
            "kind": found.kind,
            "index": list(found.index),
            "expected": found.expected if found.kind in ("value", "nonfinite") else None,
            "actual": _number(found.actual)
            if found.kind in ("value", "nonfinite")
            else found.found,
            "bound": found.bound,
        }
        message = mismatch_text(case, found)
    else:
        message = ended_text(case, found)
    return Counterexample(
        group=group.name,
        sizes=dict(case.sizes),
        inputs={n: plain(a) for n, a in case.inputs.items()},
        seed=case.seed,
        expected={n: plain(expected.value[p].reshape(shapes[n])) for n, p in where.items()},
        actual=actual,
        first_difference=first,
        message=message,
    )


def plain(array: Array) -> Any:
    """Return nested lists of numbers; what is not finite becomes its name, as JSON has none."""
    if array.ndim == 0:
        return _number(array.item())
    return [plain(a) for a in array]


def _number(value: float) -> float | str:
    return value if np.isfinite(value) else str(float(value))
