"""What "right" means: how far a claim may be from what is expected; and the first that is wrong."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from grader.model import Array, Case, Claims, Expected, FloatArray, Group, Mismatch, Quantity

# By what a quantity is computed in, and in parts of its natural scale: a deviation above LIMIT is
# wrong whatever the bound, and where a bound would have to be wider, the case is not scored.
LIMIT = {"float64": 1e-9, "float32": 1e-2}
OF_WEIGHT = {"float64": 1e-5, "float32": 1e-3}  # the least update that counts as a weight's scale


def right(claim: FloatArray, value: FloatArray, bound: FloatArray | float) -> NDArray[np.bool_]:
    """Return for every number whether it is right: |claim - value| <= bound; NaN never is."""
    return _error(claim, value) <= bound


def natural_scale(
    q: Quantity, value: Array, inputs: Mapping[str, Array], least: float = 0.0
) -> float:
    """Return the size by which an error of a quantity is measured.

    That is its largest value or, for a weight, its largest update, but at least OF_WEIGHT of the
    weight. value: what is expected, in the quantity's shape; inputs: what the case loads.
    """
    if q.update_of is not None:
        weight = inputs[q.update_of]
        value = value - loaded_before(value, weight)
        least = max(least, OF_WEIGHT[q.precision] * np.max(np.abs(weight), initial=0.0))
    return max(least, float(np.max(np.abs(value.astype(np.float64)), initial=0.0)))


def loaded_before(value: Array, weight: Array) -> Array:
    """Return the weights before each step, in the shape of those after it.

    value: after one step, or after each of several; weight: what was loaded, if it has one axis
    less before the first of several steps, else before as many steps as there are such weights.
    A later step goes on from what the one before it left.
    """
    loaded = (weight if value.ndim == weight.ndim else weight[None])[: len(value)]
    return np.concatenate([loaded, value[len(loaded) - 1 : -1]]) if value.ndim else weight


def first_mismatch(group: Group, case: Case, expected: Expected, claims: Claims) -> Mismatch | None:
    """Return the first place where a claim is not right, in the order of the quantities, or None.

    A quantity that does not count (wrong shape or type) is wrong whatever it holds.
    """
    if not claims.faults and right(claims.values, expected.value, expected.bound).all():
        return None
    where = group.positions(case.sizes)
    for q in group.observes:
        shape, part = q.shape_in(case.sizes), where[q.name]
        if q.name in claims.faults:
            fault = claims.faults[q.name]
            return Mismatch(q.name, fault.kind, shape, fault.found)
        found = _values(
            q.name,
            shape,
            claims.values[part],
            Expected(expected.value[part], expected.bound[part], expected.scale[part]),
            claims.dtypes[q.name],
        )
        if found is not None:
            return found
    return None


def _values(
    name: str, shape: tuple[int, ...], claim: FloatArray, expected: Expected, dtype: str
) -> Mismatch | None:
    wrong = ~right(claim, expected.value, expected.bound)
    if not wrong.any():
        return None
    first = int(np.argmax(wrong))
    finite = bool(np.isfinite(claim).all())
    scale = float(expected.scale[first])
    return Mismatch(
        quantity=name,
        kind="value" if finite else "nonfinite",
        shape=shape,
        dtype=dtype,
        index=tuple(int(i) for i in np.unravel_index(first, shape)),
        expected=float(expected.value[first]),
        actual=float(claim[first]),
        bound=float(expected.bound[first]),
        scale=scale,
        wrong=int(wrong.sum()),
        worst=float(np.max(_error(claim, expected.value)[wrong])) / scale
        if finite and scale
        else float("inf"),
    )


def _error(claim: FloatArray, value: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore", over="ignore"):
        return np.abs(claim - value)
