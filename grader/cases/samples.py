"""Published cases: written from the reference, never by hand, and read back as cases."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from grader.cases import generate
from grader.errors import ProblemError
from grader.model import Array, Case, Group, Problem
from grader.oracle import oracle
from grader.problems.uses import READABLE

STREAM = 3  # of the generator: a sample is neither a scored case nor one that a search shows
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
                fill = (number, cycle, STREAM)
                case = generate.make_case(problem, group, regime, sizes, seed=cycle, fill=fill)
                yield f"{number + 1}_{group.name}_{len(seen)}.json", case


def _sizes(problem: Problem, group: Group, wanted: tuple[int, ...]) -> dict[str, int]:
    symbols = sorted(group.symbols)
    clipped = {}
    for n, symbol in enumerate(symbols):
        low, high = problem.sizes[symbol]
        clipped[symbol] = min(high, max(low, wanted[n % len(wanted)]))
    return clipped


def write(problem: Problem) -> list[Path]:
    """Write the problem's samples, remove those that are no longer made, return the files."""
    folder = problem.root / "samples"
    folder.mkdir(exist_ok=True)
    texts = {name: render(problem, case) for name, case in sample_cases(problem)}
    for old in folder.glob("*.json"):
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in texts]


def render(problem: Problem, case: Case) -> str:
    """Return a sample as JSON, one line for each array; the same case gives the same bytes."""
    group = problem.group(case.group)
    expected = oracle.expect(problem, case)
    where = oracle.positions(group, case)
    values = {
        q.name: expected.value[where[q.name]].reshape(q.shape_in(case.sizes))
        for q in group.observes
    }
    types = {n: a.dtype.name for n, a in case.inputs.items() if a.dtype != np.float64}
    lines = [
        f'  "group": {json.dumps(case.group)}',
        f'  "sizes": {json.dumps(dict(case.sizes))}',
        f'  "seed": {case.seed}',
        *([f'  "types": {json.dumps(types)}'] if types else []),
        f'  "inputs": {_arrays(case.inputs)}',
        f'  "expected": {_arrays(values)}',
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _arrays(arrays: Mapping[str, Array]) -> str:
    lines = [f"    {json.dumps(n)}: {json.dumps(a.tolist())}" for n, a in arrays.items()]
    return "{\n" + ",\n".join(lines) + "\n  }" if lines else "{}"


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
        case = Case(group.name, sizes, inputs, int(data["seed"]))
        return case, {n: np.asarray(v, float) for n, v in data["expected"].items()}
    except (ValueError, KeyError, TypeError, StopIteration, AttributeError) as error:
        raise ProblemError(f"not a case of {problem.id}: {error!r}") from error


def _require(holds: Any, otherwise: str) -> None:  # noqa: ANN401  # any condition
    if not holds:
        raise ValueError(otherwise)
