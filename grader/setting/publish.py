"""Writes a problem's samples, with answers from the reference."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from grader.cases.samples import sample_cases
from grader.model import Array, Case, Problem
from grader.oracle.bounds import expect


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
    expected = expect(problem, case)
    where = group.positions(case.sizes)
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
