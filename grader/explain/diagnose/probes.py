"""The cases that a diagnosis is proved on: fresh, dense, and never scored or shown.

For every group and every way its scored cases are drawn there are a few cases of sizes that are
as different from each other as they can be, and large enough that every term of a formula
matters.
"""

from collections.abc import Mapping

import numpy as np

from grader.cases import generate
from grader.model import Case, Group, Problem

LOW, HIGH = 4, 8  # sizes at which every term shows and a case still costs little
OF_A_KIND = 3  # cases of one kind
TRIES = 40


def draw_probes(problem: Problem, run_seed: int) -> tuple[Case, ...]:
    """Return the cases of all groups, in the order of the problem."""
    return tuple(case for group in problem.groups for case in _of_group(problem, group, run_seed))


def _of_group(problem: Problem, group: Group, run_seed: int) -> list[Case]:
    distinct = dict.fromkeys((draw.stratum, draw.regime) for draw in group.draws)
    kinds = [
        (stratum, regime)
        for stratum, regime in distinct
        if _is_dense(problem, stratum)
        for _ in range(OF_A_KIND)
    ]
    place = problem.groups.index(group)
    cases = []
    for number, (stratum, regime) in enumerate(kinds):
        fill = (run_seed, place, number, generate.PROBES)
        generator = np.random.Generator(np.random.PCG64((*fill, 0)))
        sizes = dense_sizes(problem, group, stratum, generator)
        seed = int(generator.integers(0, 2**32))
        cases.append(generate.make_case(problem, group, regime, sizes, seed=seed, fill=fill))
    return cases


def _is_dense(problem: Problem, stratum: str) -> bool:
    """Return whether a stratum lets its sizes differ, and is not about 1 or the largest size."""
    return all(
        not isinstance(r, str) and r[1] > 1 and r[0] < problem.sizes[name][1]
        for name, r in problem.strata[stratum].items()
    )


def dense_sizes(
    problem: Problem, group: Group, stratum: str, generator: np.random.Generator
) -> Mapping[str, int]:
    """Return sizes within a stratum, of several draws those that differ most."""
    ranges = {n: _narrowed(*_range(problem, stratum, n)) for n in group.symbols}
    best: dict[str, int] = {}
    for _ in range(TRIES):
        drawn = {n: int(generator.integers(*ranges[n], endpoint=True)) for n in sorted(ranges)}
        if len(set(drawn.values())) > len(set(best.values())):
            best = drawn
    return best


def _range(problem: Problem, stratum: str, name: str) -> tuple[int, int]:
    found = problem.strata[stratum].get(name, problem.sizes[name])
    return problem.sizes[name] if isinstance(found, str) else found


def _narrowed(low: int, high: int) -> tuple[int, int]:
    if low > HIGH:  # a stratum that is about large sizes
        return (low + high) // 2, high
    least = max(low, min(LOW, high - 3))  # room for sizes that differ
    return least, min(max(low, HIGH), high)
