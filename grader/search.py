"""(cases by size, a check) -> the smallest failing case, within a budget."""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky, NoSuchExample

from grader.model import Array, Case

BATCH = 32
# Simplest first: shrinking moves towards the front.
ELEMENTS = st.sampled_from([0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 1.5, -1.5, 0.25, -0.25, 0.75])

Check = Callable[[Sequence[Case]], Sequence[bool]]


class OutOfBudgetError(Exception):
    """The search has used the calls or the time it was given."""


class Budget:
    """So many cases may be played, and so many seconds may pass; seconds are the last resort.

    The number decides in practice, so that the same seed finds the same case on every machine.
    clock: what counts as time; processor time, where others use the machine too.
    """

    def __init__(
        self, cases: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.cases, self.clock, self.until = cases, clock, clock() + seconds
        self.late = False

    def spend(self, cases: int) -> None:
        """Count cases that are about to be played; OutOfBudgetError if they are too many."""
        self.cases -= cases
        self.late = self.late or self.clock() > self.until
        if self.cases < 0 or self.late:
            raise OutOfBudgetError


def first_failing(cases: Iterable[Case], fails: Check, budget: Budget) -> Case | None:
    """Return the first case that fails, playing them in batches; None if none does."""
    remaining: Iterator[Case] = iter(cases)
    while batch := list(islice(remaining, BATCH)):
        budget.spend(len(batch))
        for case, failed in zip(batch, fails(batch), strict=True):
            if failed:
                return case
    return None


def cut_down(
    case: Case,
    shapes: Callable[[Mapping[str, int]], Mapping[str, tuple[int, ...]]],
    smallest: Mapping[str, int],
    fails: Check,
    budget: Budget,
    fresh: Callable[[Mapping[str, int]], Case] | None = None,
) -> Case:
    """Return a failing case whose sizes cannot be lowered one at a time; `case` must fail.

    Stops quietly when the budget is used up. Arrays are cut to their leading part, so the values
    that remain are those of `case`; where such a case does not fail, a fresh one of the same
    sizes may.
    """
    improved = True
    while improved:
        improved = False
        for name in case.sizes:
            for size in _smaller(case.sizes[name], smallest.get(name, 1)):
                sizes = {**case.sizes, name: size}
                inputs = {
                    n: case.inputs[n][tuple(slice(k) for k in shape)].copy()
                    for n, shape in shapes(sizes).items()
                }
                tried = [replace(case, sizes=sizes, inputs=inputs)]
                tried += [fresh(sizes)] if fresh else []
                try:
                    smaller = first_failing(tried, fails, budget)
                except OutOfBudgetError:
                    return case
                if smaller is not None:
                    case, improved = smaller, True
                    break
    return case


def _smaller(size: int, low: int) -> list[int]:
    """Return candidate sizes below size, most ambitious first."""
    steps = {low, low + 1, low + 2, size // 2, size * 3 // 4, size - 1}
    return sorted(s for s in steps if low <= s < size)


def simplify_values(case: Case, fails: Check, budget: Budget, seed: int) -> Case:
    """Return a failing case of the same sizes with the simplest values found; `case` must fail.

    Only floating point inputs change. Stops quietly when the budget is used up.
    """
    floats = {n: a for n, a in case.inputs.items() if a.dtype.kind == "f" and a.size}
    count = sum(a.size for a in floats.values())
    best = case

    def build(values: Sequence[float]) -> Case:
        inputs: dict[str, Array] = dict(case.inputs)
        at = 0
        for name, array in floats.items():
            part = np.array(values[at : at + array.size]).reshape(array.shape)
            inputs[name], at = part, at + array.size
        return replace(case, inputs=inputs)

    def still_fails(values: Sequence[float]) -> bool:
        nonlocal best
        budget.spend(1)
        candidate = build(values)
        failed = bool(fails([candidate])[0])
        if failed:
            best = candidate
        return failed

    quiet = settings(
        max_examples=30,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    try:
        values = find(
            st.lists(ELEMENTS, min_size=count, max_size=count),
            still_fails,
            settings=quiet,
            random=random.Random(seed),
        )
        return build(values)
    except Flaky:  # the submission remembers: the same case failed once, and once not
        return case
    except (OutOfBudgetError, NoSuchExample):
        return case if budget.late else best
