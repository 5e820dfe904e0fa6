"""What NumPy's functions do to arrays that carry their rounding."""

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.oracle.rounding.array import FUNCTIONS, Rounded, as_rounded, join, stack, units_of
from grader.oracle.rounding.rules import multiply, product


def _concatenate(parts: Sequence[Any], axis: int = 0) -> Rounded:
    return join(np.concatenate, parts, axis)


def _zeros_like(a: Rounded, dtype: Any = None, shape: Any = None, **_: Any) -> Rounded:
    v = np.zeros(a.shape if shape is None else shape, a.v.dtype if dtype is None else dtype)
    return Rounded(v, u=a.u).copy()


def _where(chosen: Any, a: Any, b: Any) -> Rounded:
    u = max(units_of([a, b]))
    a, b = as_rounded(a, u), as_rounded(b, u)
    parts = {n: np.where(chosen, getattr(a, n), getattr(b, n)) for n in ("v", "p", "m", "e")}
    return Rounded(parts.pop("v"), u=u, t=max(a.t, b.t), added=a.added or b.added, **parts)


def _sum(a: Any, axis: Any = None, *, keepdims: bool = False) -> Rounded:
    units = units_of(a)
    return as_rounded(a, max(units)).sum(axis=axis, keepdims=keepdims)


def _dot(a: Any, b: Any) -> Rounded:
    return multiply(a, b) if not np.ndim(a) or not np.ndim(b) else np.matmul(a, b)


def _outer(a: Any, b: Any) -> Rounded:
    return np.multiply(a.ravel()[:, None], b.ravel()[None, :])


def _einsum(form: str, *factors: Any) -> Rounded:
    """Products of two; every letter that is not in the result is summed over."""
    u = max(units_of(list(factors)))
    a, b = (as_rounded(f, u) for f in factors)
    names = form.replace(" ", "").split("->")
    sizes = dict(zip(names[0].replace(",", ""), (*a.shape, *b.shape), strict=True))
    terms = int(np.prod([n for letter, n in sizes.items() if letter not in names[1]]))
    return product(a, b, functools.partial(np.einsum, form), terms)


def _equal(a: Any, b: Any, **_: Any) -> bool:
    one, other = (np.asarray(n.v if isinstance(n, Rounded) else n) for n in (a, b))
    return one.shape == other.shape and bool((one == other).all())


FUNCTIONS |= {
    np.stack: stack,
    np.concatenate: _concatenate,
    np.zeros_like: _zeros_like,
    np.where: _where,
    np.sum: _sum,
    np.dot: _dot,
    np.outer: _outer,
    np.einsum: _einsum,
    np.mean: lambda a, axis=None, **options: a.mean(axis, **options),
    np.max: lambda a, axis=None, **options: a.max(axis, **options),
    np.amax: lambda a, axis=None, **options: a.max(axis, **options),
    np.round: lambda a, *_: a.round(),
    np.transpose: lambda a, axes=None: a.transpose(axes),
    np.swapaxes: lambda a, one, other: a.swapaxes(one, other),
    np.reshape: lambda a, *shape, **_: a.reshape(*shape),
    np.ravel: lambda a: a.ravel(),
    np.copy: lambda a: a,
    np.clip: lambda a, low, high: a.clip(low, high),
    np.shape: lambda a: a.shape,
    np.ndim: lambda a: a.ndim,
    np.array_equal: _equal,
}
