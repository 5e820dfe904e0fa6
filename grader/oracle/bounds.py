"""What is expected of a case, and how far a right program may be from it.

The driver plays the reference once, on numbers that carry their own rounding (rounding/): the
value is computed in extended precision, and beside it a radius that holds whatever evaluates the
same formulas in any order. With the natural scale s of a quantity, its largest value or, for
weights, its largest update, but at least 1e-5 of the weight and 1e-3 of what is summed, the bound
is the larger of the radius and 2e-11 s. Where the radius is above 1e-9 s the case is badly
conditioned, and cases/suite.py takes another in its place. In float32 the three are 1e-3 of the
weight, 2e-5 s and 1e-2 s, and inputs are rounded to float32 first.

Where the reference does not compute with NumPy, `reference/twins/<id>.py` does so in its place: a
function for a test group takes the inputs by name and the sizes, and returns what the driver
observes.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from grader.compare import LIMIT, loaded_before, natural_scale
from grader.errors import ProblemError
from grader.model import Array, Case, Expected, FloatArray, Problem, Quantity
from grader.oracle import extended, load, trusted
from grader.oracle.rounding import Rounded, as_rounded

U = {"float64": 2.0**-53, "float32": 2.0**-24}
FLOOR = {"float64": 2e-11, "float32": 2e-5}  # of the natural scale
CANCELLED = 1e-3  # the least natural scale, in parts of what was summed
COARSE = 10  # limits: nothing right is so far off, whatever its bound


def expect(problem: Problem, case: Case) -> Expected:
    """Return value and bound of every quantity that the case's group observes, flattened.

    Raises ProblemError if the reference gives another shape, or nothing finite.
    """
    group = problem.group(case.group)
    played = {p: _play_rounded(problem, case, p) for p in {q.precision for q in group.observes}}
    parts = []
    for q in group.observes:
        found = as_rounded(played[q.precision][q.name], U[q.precision])
        if found.shape != q.shape_in(case.sizes) or not np.isfinite(found.v.astype(float)).all():
            raise ProblemError(
                f"{problem.id}: {case.group}: the reference's {q.name} is not finite or has the "
                f"shape {found.shape}, not {q.shape_in(case.sizes)}"
            )
        parts.append(_expected(q, found, case))
    value, bound, scale, radius = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Expected(value, bound, scale, bool((radius <= scale).all()))


def sketch(problem: Problem, case: Case) -> Expected:
    """Return quickly what a case should give, with bounds so wide that nothing right comes near.

    Where the reference has a twin, computing the bounds is quick as well, and they are exact.
    """
    if getattr(load.twin(problem), case.group, None) is not None:
        return expect(problem, case)
    seen, parts = trusted.play(problem, load.reference(problem), case), []
    for q in problem.group(case.group).observes:
        value = np.asarray(seen[q.name], np.float64)
        scale = np.full(value.size, natural_scale(q, value, case.inputs))
        parts.append((value.ravel(), COARSE * LIMIT[q.precision] * scale, scale))
    value, bound, scale = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Expected(value, bound, scale)


def _play_rounded(problem: Problem, case: Case, precision: str) -> Mapping[str, Any]:
    """Return what the driver observes of the reference, as Rounded or plain arrays by name."""
    inputs = {n: _widened(a, precision) for n, a in case.inputs.items()}
    return trusted.observed(problem, case, replace(case, inputs=inputs))


def _widened(array: Array, precision: str) -> Any:
    if array.dtype.kind != "f":
        return array
    return Rounded(extended.widen(array.astype(precision)), u=U[precision])


def _expected(q: Quantity, found: Rounded, case: Case) -> tuple[FloatArray, ...]:
    """Return value, bound, natural scale and the radius over its limit, flattened."""
    summed = found.m
    if q.update_of is not None:
        before = loaded_before(found.v, case.inputs[q.update_of])
        summed = found.m - np.abs(before.astype(np.float64))
    least = CANCELLED * float(np.max(summed, initial=0.0))
    scale = np.full(found.size, natural_scale(q, found.v, case.inputs, least))
    value, radius = found.v.astype(np.float64), found.radius()
    radius = np.where(np.isnan(radius), np.inf, radius)  # beyond all floats: no bound
    radius = (radius + np.where(radius > 0, U["float64"] * np.abs(value), 0.0)).ravel()
    bound = np.maximum(radius, FLOOR[q.precision] * scale)
    return value.ravel(), bound, scale, radius / LIMIT[q.precision]
