"""Plays the driver on solutions of our own, outside the sandbox."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.model import Array, Case, FloatArray, Problem
from grader.oracle import load


def play(problem: Problem, solution: Any, case: Case) -> dict[str, Array]:
    """Return what the driver observes of a trusted solution, as float arrays by name."""
    function: Callable[[Any, Case], Mapping[str, Any]] = getattr(load.driver(problem), case.group)
    getattr(solution, "memory", {}).clear()
    with np.errstate(all="ignore"):
        seen = function(solution, case)
        return {q.name: np.asarray(seen[q.name]) for q in problem.group(case.group).observes}


def observed(problem: Problem, case: Case, rich: Case) -> Mapping[str, Any]:
    """Return what the driver observes of the reference, by name.

    rich: the case with inputs that are more than numbers. Where the reference has a twin, that is
    asked in its place, and what the twin leaves out is not computed: the plain case serves.
    """
    other = getattr(load.twin(problem), case.group, None)
    with np.errstate(all="ignore"):
        if other is not None:
            return dict(other(rich.inputs, rich.sizes))
        function = getattr(load.driver(problem), case.group)
        return dict(function(load.reference(problem), rich if load.twin(problem) is None else case))


def claimed(problem: Problem, solution: Any, case: Case) -> tuple[FloatArray, dict[str, str]]:
    """Return what a trusted solution gives, flattened, and what does not count, in words.

    The words are those of the worker: a shape that is not the declared one, or a type. Such a
    quantity is NaN.
    """
    seen, values, words = play(problem, solution, case), [], {}
    for q in problem.group(case.group).observes:
        shape = q.shape_in(case.sizes)
        if fault := uncounted(seen[q.name], shape):
            words[q.name] = fault
        found = np.full(shape, np.nan) if fault else seen[q.name]
        values.append(np.asarray(found, np.float64).ravel())
    return np.concatenate(values), words


def uncounted(value: Array, shape: tuple[int, ...]) -> str:
    """Return what a trusted solution's value is, if it does not count: its type or its shape."""
    if value.dtype == object and value.ndim == 0:
        return type(value[()]).__name__
    return "" if value.shape == shape else str(value.shape)
