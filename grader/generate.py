"""Problem -> the suite of scored cases that a seed fixes, and the small cases that a search plays.

Hypothesis draws every case's sizes and seeds; the arrays are filled by a NumPy generator from a
seed that was drawn, since drawing each element would take a hundred times as long. Only
elementary operations follow the generator, so the same versions give the same bits everywhere.
"""

import hashlib
import itertools
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from grader.model import Array, Case, FloatArray, Group, Problem, Quantity

SEEDS = st.integers(0, 2**32 - 1)
SCORED, SEARCH = 1, 2  # streams of the generator: a shown case is never a scored one


def draw_cases(problem: Problem, run_seed: int) -> tuple[Case, ...]:
    """Return the scored cases, group by group in the order of the problem.

    The whole suite is one draw: the first example that Hypothesis tries is the smallest
    possible, the second is random, and that one is the suite.
    """
    plan: list[tuple[Group, str, st.SearchStrategy[dict[str, int]]]] = []
    for group in problem.groups:
        for draw in group.draws:
            plan += [(group, draw.regime, _sizes(problem, group, draw.stratum))] * draw.count
    drawn: list[tuple[Any, ...]] = []

    @seed(run_seed)
    @settings(
        max_examples=2,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.tuples(*(st.tuples(sizes, SEEDS, SEEDS) for _, _, sizes in plan)))
    def one_suite(example: tuple[Any, ...]) -> None:
        drawn.append(example)

    one_suite()
    return tuple(
        make_case(problem, group, regime, sizes, seed=case_seed, fill=(fill, number, SCORED))
        for number, ((group, regime, _), (sizes, case_seed, fill)) in enumerate(
            zip(plan, drawn[-1], strict=True)
        )
    )


def make_case(
    problem: Problem,
    group: Group,
    regime: str,
    sizes: Mapping[str, int],
    *,
    seed: int,
    fill: tuple[int, ...],
) -> Case:
    """Return the case of these sizes whose inputs the generator fills from `fill`."""
    generator = np.random.Generator(np.random.PCG64(fill))
    spec = problem.regimes[regime]
    sizes = {symbol: sizes[symbol] for symbol in sorted(used_sizes(group))}
    inputs = {
        q.name: _fill(generator, q, sizes, spec.get(q.name, spec["default"])) for q in group.inputs
    }
    return Case(group.name, sizes, inputs, seed, regime)


def growing_cases(
    problem: Problem, group: Group, regime: str, run_seed: int, *, largest: int, most: int
) -> Iterator[Case]:
    """Yield at most `most` cases of ever larger sizes, two of each, none above `largest`.

    A size whose smallest value in the problem is above `largest` stays at that value.
    """
    symbols = sorted(used_sizes(group))
    ranges = [
        range(low, min(high, max(low, largest)) + 1)
        for low, high in (problem.sizes[s] for s in symbols)
    ]
    combinations = sorted(itertools.product(*ranges), key=lambda c: (sum(c), c))
    for number, combination in enumerate(combinations[: most // 2]):
        sizes = dict(zip(symbols, combination, strict=True))
        for repeat in range(2):
            fill = (run_seed, number, repeat, SEARCH)
            yield make_case(problem, group, regime, sizes, seed=number, fill=fill)


def digest(cases: tuple[Case, ...]) -> str:
    """Return the SHA-256 of everything that the cases hold."""
    total = hashlib.sha256()
    for case in cases:
        total.update(repr((case.group, sorted(case.sizes.items()), case.seed)).encode())
        for name, value in sorted(case.inputs.items()):
            total.update(struct.pack("<q", value.size) + name.encode() + value.tobytes())
    return total.hexdigest()


def used_sizes(group: Group) -> set[str]:
    """Return the symbols that a group's inputs and observed quantities are shaped by."""
    quantities = (*group.inputs, *group.observes)
    return {n for q in quantities for n in q.shape if isinstance(n, str)}


def _sizes(problem: Problem, group: Group, stratum: str) -> st.SearchStrategy[dict[str, int]]:
    """Return a strategy for the group's sizes; those declared equal are drawn once."""
    ranges = {**problem.sizes, **problem.strata[stratum]}
    drawn_as = {n: of if isinstance(of := ranges[n], str) else n for n in used_sizes(group)}
    free = sorted(set(drawn_as.values()))
    numbers = st.tuples(*(st.integers(*ranges[n]) for n in free))

    def named(drawn: tuple[int, ...]) -> dict[str, int]:
        sizes = dict(zip(free, drawn, strict=True))
        return {n: sizes[of] for n, of in drawn_as.items()}

    return numbers.map(named)


def _fill(
    generator: np.random.Generator, q: Quantity, sizes: Mapping[str, int], spec: Mapping[str, Any]
) -> Array:
    """Return an array of the quantity's shape; `spec` is a distribution of problem.yaml."""
    shape = q.shape_in(sizes)
    kind, parameter = next((k, v) for k, v in spec.items() if k != "per")
    array = DISTRIBUTIONS[kind](generator, shape, parameter)
    return np.asarray(array / np.sqrt(sizes[spec["per"]]) if "per" in spec else array)


def _signed_permutation(
    generator: np.random.Generator, shape: tuple[int, ...], scale: float
) -> FloatArray:
    """An orthogonal matrix times scale: what goes through it is neither lost nor amplified."""
    array = np.zeros(shape)
    array[np.arange(shape[0]), generator.permutation(shape[0])] = scale
    return array * generator.choice([-1.0, 1.0], shape[0])[:, None]


def _nonzero_quarters(
    generator: np.random.Generator, shape: tuple[int, ...], bound: int
) -> FloatArray:
    size = generator.integers(1, 4 * bound, shape, endpoint=True) / 4
    return np.asarray(size * generator.choice([-1.0, 1.0], shape))


DISTRIBUTIONS: Mapping[str, Callable[[np.random.Generator, tuple[int, ...], Any], Any]] = {
    "normal": lambda g, shape, scale: scale * g.standard_normal(shape),
    "uniform": lambda g, shape, ends: g.uniform(ends[0], ends[1], shape),
    "quarters": lambda g, shape, bound: g.integers(-4 * bound, 4 * bound, shape, endpoint=True) / 4,
    "nonzero_quarters": _nonzero_quarters,
    "zeros": lambda _, shape, __: np.zeros(shape),
    "signed_permutation": _signed_permutation,
    "bits": lambda g, shape, _: g.integers(0, 2, shape, dtype=np.uint8),
    "integers": lambda g, shape, ends: g.integers(ends[0], ends[1], shape, endpoint=True),
}
