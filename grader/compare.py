"""Expected against claimed, number by number: where they first differ, or nothing."""

import numpy as np

from grader.model import Case, Claims, Expected, FloatArray, Group, Mismatch


def first_mismatch(group: Group, case: Case, expected: Expected, claims: Claims) -> Mismatch | None:
    """Return the first place where a claim is not right, in the order of the quantities, or None.

    Right means |claim - value| <= bound, element by element; NaN fails that test. A quantity
    that does not count (wrong shape or type) is wrong whatever it holds.
    """
    if not claims.faults:
        error = _error(claims.values, expected.value)
        if (error <= expected.bound).all():
            return None
    at = 0
    for q in group.observes:
        shape = q.shape_in(case.sizes)
        part = slice(at, at + int(np.prod(shape)))
        at = part.stop
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
    error = _error(claim, expected.value)
    wrong = ~(error <= expected.bound)
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
        worst=float(np.max(error[wrong])) / scale if finite and scale else float("inf"),
    )


def _error(claim: FloatArray, value: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore", over="ignore"):
        return np.abs(claim - value)
