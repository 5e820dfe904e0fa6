"""Published cases: which they are, and how a file of one is read back.

Their answers come from the reference, never by hand: setting/publish.py writes them.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.cases import generate
from grader.errors import ProblemError
from grader.model import Array, Case, Group, Problem
from grader.problems.uses import READABLE

# The sizes of the samples, given out in turn to the symbols in order; all different, so that a
# swapped or transposed array shows.
SIZES = ((1,), (2, 3, 1), (3, 1, 2))


def sample_cases(problem: Problem) -> Iterator[tuple[str, Case]]:
    """Yield file name and case of every sample: a few tiny ones for each test group."""
    for number, group in enumerate(problem.groups):
        regime = READABLE if READABLE in problem.regimes else group.draws[0].regime
        seen = set()
        for cycle, wanted in enumerate(SIZES):
            sizes = _sizes(problem, group, wanted)
            if tuple(sizes.items()) not in seen:
                seen.add(tuple(sizes.items()))
                fill = (number, cycle, generate.SAMPLES)
                case = generate.make_case(problem, group, regime, sizes, seed=cycle, fill=fill)
                yield f"{number + 1}_{group.name}_{len(seen)}.json", case


def _sizes(problem: Problem, group: Group, wanted: tuple[int, ...]) -> dict[str, int]:
    symbols = sorted(group.symbols)
    clipped = {}
    for n, symbol in enumerate(symbols):
        low, high = problem.sizes[symbol]
        clipped[symbol] = min(high, max(low, wanted[n % len(wanted)]))
    return clipped


def parse(problem: Problem, text: str) -> tuple[Case, dict[str, Array]]:
    """Return the case that a sample holds, and the values it publishes, by name.

    Raises ProblemError if it is not a case of the problem.
    """
    try:
        data = json.loads(text)
        group = next(g for g in problem.groups if g.name == data["group"])
        types: Mapping[str, str] = data.get("types", {})
        inputs = {n: np.asarray(v, types.get(n, "float64")) for n, v in data["inputs"].items()}
        sizes = {str(n): int(size) for n, size in data["sizes"].items()}
        _require(set(inputs) == {q.name for q in group.inputs}, "inputs of other names")
        _require(set(sizes) == group.symbols, "sizes of other names")
        for q in group.inputs:
            _require(inputs[q.name].shape == q.shape_in(sizes), f"{q.name} has another shape")
        case = Case(group.name, sizes, inputs, int(data["seed"]), reported=problem.reported)
        return case, {n: np.asarray(v, float) for n, v in data["expected"].items()}
    except (ValueError, KeyError, TypeError, StopIteration, AttributeError) as error:
        raise ProblemError(f"not a case of {problem.id}: {error!r}") from error


def _require(holds: Any, otherwise: str) -> None:  # noqa: ANN401  # any condition
    if not holds:
        raise ValueError(otherwise)
