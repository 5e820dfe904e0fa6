"""A failed group -> its smallest failing case, found by a search of its own."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from grader import generate, oracle, search
from grader.declaration.uses import READABLE
from grader.model import (
    Array,
    Case,
    Counterexample,
    Expected,
    Group,
    Mismatch,
    Outcome,
    Problem,
    Suite,
    Verdict,
)
from grader.phrases import both
from grader.sandbox.host import Sandbox
from grader.trial import Trial
from grader.wording import ended_text, mismatch_text

SMALL, SWEPT, SWEPT_AGAIN = 3, 240, 400  # the last for all regimes together
# Processor time of judge and workers, which a busy machine does not stretch; by the clock ten
# times as much, for a submission that sleeps.
CASES, CPU_S, WALL_PER_CPU = 900, 6.0, 10


class Sweep:
    """The cases that every search tries first, with their expected values; made once a run."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem, self.seed = problem, seed
        self.kept: dict[tuple[str, str, int], tuple[Case, ...]] = {}
        self.swept: set[int] = set()  # the identities of the cases in kept
        self.known: dict[int, Expected] = {}

    def cases(self, group: Group, regime: str, most: int) -> tuple[Case, ...]:
        """Return the small cases of a regime, by size."""
        key = (group.name, regime, most)
        if key not in self.kept:
            self.kept[key] = tuple(
                generate.growing_cases(
                    self.problem, group, regime, self.seed, largest=SMALL, most=most
                )
            )
            self.swept |= set(map(id, self.kept[key]))
        return self.kept[key]

    def expect(self, case: Case) -> Expected:
        """Return the expected values of any case, computed only once for those of cases()."""
        if id(case) not in self.swept:
            return oracle.expect(self.problem, case)
        if id(case) not in self.known:
            self.known[id(case)] = oracle.expect(self.problem, case)
        return self.known[id(case)]


def smallest_failure(
    suite: Suite,
    sandbox: Sandbox,
    source: bytes,
    group: Group,
    failed: Sequence[Case],
    sweep: Sweep | None = None,
) -> Counterexample | None:
    """Return the smallest case of the group that fails, or None if none is found in time.

    failed: the scored cases that failed; only their regimes and sizes are used, so that what
    is shown was never scored. sweep: what searches for other submissions have made already.
    """
    sweep = sweep or Sweep(suite.problem, suite.seed)
    with Trial(sandbox, source) as trial:
        case = _search(suite, trial, group, failed, sweep)
        if case is None or trial.hung:
            return None
        trial.renew()  # what is shown must fail by itself
        outcome = trial.play([case])[0]
        found = trial.mismatch(case, outcome)
        if found is None or outcome is None:
            return None
        return _described(suite.problem, group, case, found, outcome)


def _search(
    suite: Suite, trial: Trial, group: Group, failed: Sequence[Case], sweep: Sweep
) -> Case | None:
    budget = search.Budget(CASES, CPU_S, _clock(trial))

    def fails(cases: Sequence[Case]) -> list[bool]:
        return [_is_failure(m) for m in trial.mismatches(cases, sweep.expect)]

    def alone(cases: Sequence[Case]) -> list[bool]:
        trial.renew()
        return fails(cases)

    try:
        if READABLE in suite.problem.regimes:
            swept = sweep.cases(group, READABLE, SWEPT)
            case = search.first_failing(swept, fails, budget)
            if case is not None and alone([case])[0]:
                simple = search.simplify_values(case, fails, budget, suite.seed)
                return simple if alone([simple])[0] else case
        regimes = dict.fromkeys(c.regime for c in failed)
        for regime in regimes:
            swept = sweep.cases(group, regime, SWEPT_AGAIN // max(5, len(regimes)))
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

        def fresh(sizes: Mapping[str, int], number: int = number, like: Case = like) -> Case:
            fill = (suite.seed, number, generate.SEARCH, 1)
            return generate.make_case(problem, group, like.regime, sizes, seed=number, fill=fill)

        case = fresh(like.sizes)
        if alone([case])[0]:
            return search.cut_down(case, shapes, smallest, fails, budget, fresh)
    return None


def _clock(trial: Trial) -> Callable[[], float]:
    """Return a clock of the processor time used from now on, or a tenth of what passes if more."""
    cpu_s, wall_s = time.thread_time(), time.monotonic()

    def now() -> float:
        used_s = time.thread_time() - cpu_s + trial.cpu_s()
        return max(used_s, (time.monotonic() - wall_s) / WALL_PER_CPU)

    return now


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
            "expected": _number(found.expected) if found.kind in ("value", "nonfinite") else None,
            "actual": _number(found.actual)
            if found.kind in ("value", "nonfinite")
            else found.found,
            "bound": _number(found.bound),
        }
    said = both(
        lambda lang: (
            mismatch_text(case, found, lang)
            if isinstance(found, Mismatch)
            else ended_text(case, found, lang)
        )
    )
    return Counterexample(
        group=group.name,
        sizes=dict(case.sizes),
        inputs={n: plain(a) for n, a in case.inputs.items()},
        seed=case.seed,
        expected={n: plain(expected.value[p].reshape(shapes[n])) for n, p in where.items()},
        actual=actual,
        first_difference=first,
        message=said["en"],
        message_zh=said["zh"],
        bounds={n: plain(expected.bound[p].reshape(shapes[n])) for n, p in where.items()},
        shapes={q.name: list(q.shape) for q in group.observes},
        dtypes={n: a.dtype.name for n, a in case.inputs.items()},
    )


def plain(array: Array) -> Any:
    """Return nested lists of numbers; what is not finite becomes its name, as JSON has none."""
    if array.ndim == 0:
        return _number(array.item())
    return [plain(a) for a in array]


def _number(value: float) -> float | str:
    return value if np.isfinite(value) else str(float(value))
