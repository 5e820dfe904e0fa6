"""The array that carries its rounding, and how it moves its parts about."""

from collections.abc import Callable, Sequence
from typing import Any, Self

import numpy as np

from grader.errors import ProblemError
from grader.model import Array, FloatArray

FUNCTION_ERROR = 16  # u of max(1, |f|)
SECOND_ORDER = 1.01
PARTS_UP_TO = 12  # terms of a sum that a program may well take in parts
EXACT: Any = 0.0

# What NumPy may do with such arrays; rules.py and functions.py fill them.
RULES: dict[np.ufunc, Callable[..., "Rounded"]] = {}
FUNCTIONS: dict[Callable[..., Any], Callable[..., Any]] = {}
OF_VALUES = {
    np.less, np.less_equal, np.greater, np.greater_equal, np.equal, np.not_equal, np.isfinite,
    np.isnan, np.sign,
}  # fmt: skip


class Rounded(np.lib.mixins.NDArrayOperatorsMixin):
    """An array with its rounding; see above. p, m and e have the shape of the value, or are 0."""

    __slots__ = ("added", "e", "m", "p", "t", "u", "v")

    def __init__(
        self,
        v: Array,
        *,
        u: float,
        p: Any = EXACT,
        m: Any = None,
        e: Any = EXACT,
        t: float = 1,
        added: bool = False,
    ) -> None:
        self.v, self.u, self.t, self.added = v, u, t, added
        self.p, self.e = _fitting(p, v.shape), _fitting(e, v.shape)
        self.m = absolute(v) if m is None else m

    # What a reference and a driver ask of an array.

    shape = property(lambda self: self.v.shape)
    ndim = property(lambda self: self.v.ndim)
    size = property(lambda self: self.v.size)
    nbytes = property(lambda self: self.v.nbytes)
    T = property(lambda self: self.transpose())
    dtype = np.dtype(np.float64)  # for arrays made beside it, which are exact

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # NumPy asks for its protocols
            raise AttributeError(name)
        known = sorted(n for n in {*dir(Rounded)} & {*dir(np.ndarray)} if not n.startswith("_"))
        raise AttributeError(
            f"numbers that carry their rounding have no {name!r}, but {', '.join(known)}"
        )

    def __array__(self, *_: Any, **__: Any) -> Array:
        raise TypeError(
            "numbers that carry their rounding cannot go into a plain array: make the array with "
            "np.zeros_like(x, shape=...), where x is one of the inputs"
        )

    def __float__(self) -> float:
        if not self.exact:
            raise TypeError("a float cannot carry its rounding")
        return float(self.v)

    def __len__(self) -> int:
        return len(self.v)

    def __iter__(self) -> Any:
        return (self[k] for k in range(len(self)))

    def __getitem__(self, key: Any) -> "Rounded":
        return self._each(lambda part: np.asarray(part[key]))

    def __setitem__(self, key: Any, value: Any) -> None:
        if key is Ellipsis:  # how drivers load weights; what they saw of the old ones must stay
            raise TypeError("all of an array at once is not written in place: assign another")
        value = as_rounded(value, self.u)
        own = self if self.p is not EXACT and self.e is not self.m else self.copy()
        for name in ("v", "p", "m", "e"):
            getattr(own, name)[key] = getattr(value, name)
            setattr(self, name, getattr(own, name))
        self.t = max(self.t, value.t)
        self.added = self.added or value.added

    def _each(self, move: Callable[[Array], Array]) -> "Rounded":
        """Return the same numbers in other places."""
        parts = {n: _moved(getattr(self, n), self.shape, move) for n in ("p", "m", "e")}
        return Rounded(move(self.v), u=self.u, t=self.t, added=self.added, **parts)

    @property
    def exact(self) -> bool:
        """Whether these are the numbers themselves, as inputs are."""
        return self.p is EXACT and self.e is EXACT and self.t == 1

    def copy(self) -> "Rounded":
        """Return the same numbers in places of their own."""
        parts = {n: whole(getattr(self, n), self.shape).copy() for n in ("p", "m", "e")}
        return Rounded(self.v.copy(), u=self.u, t=self.t, added=self.added, **parts)

    def astype(self, _dtype: Any, **_: Any) -> Self:
        """Return itself: there is one type of Rounded."""
        return self

    def swapaxes(self, one: int, other: int) -> "Rounded":
        """Return the array with two axes in each other's place."""
        return self._each(lambda part: part.swapaxes(one, other))

    def transpose(self, *axes: Any) -> "Rounded":
        """Return the array with its axes in another order."""
        return self._each(lambda part: part.transpose(*axes))

    def reshape(self, *shape: Any) -> "Rounded":
        """Return the array in another shape."""
        return self._each(lambda part: part.reshape(*shape))

    def ravel(self) -> "Rounded":
        """Return the array in one dimension."""
        return self._each(np.ravel)

    def sum(self, axis: Any = None, *, keepdims: bool = False) -> "Rounded":
        """Return sums over an axis, of terms that may be sums themselves."""
        e, t = (self.closed(), 1) if self.added else (self.e, self.t)
        p, m, e = (
            np.asarray(whole(part, self.shape).sum(axis=axis, keepdims=keepdims))
            for part in (self.p, self.m, e)
        )
        v = np.asarray(self.v.sum(axis=axis, keepdims=keepdims))
        k = self.v.size // max(v.size, 1)
        taken = k * (k + 1) / 2 if k <= PARTS_UP_TO else k
        return Rounded(v, u=self.u, p=p, m=m, e=e, t=t * taken)

    def mean(self, axis: Any = None, *, keepdims: bool = False) -> "Rounded":
        """Return means over an axis."""
        total = self.sum(axis=axis, keepdims=keepdims)
        return total / (self.v.size // max(total.v.size, 1))

    def max(self, axis: Any = None, *, keepdims: bool = False) -> "Rounded":
        """Return the largest over an axis; it moves no more than the farthest of them."""
        v = np.asarray(self.v.max(axis=axis, keepdims=keepdims))
        return afresh(v, np.asarray(self.radius().max(axis=axis, keepdims=keepdims)), self.u)

    def clip(self, low: Any, high: Any) -> "Rounded":
        """Return the array within two ends."""
        return np.minimum(np.maximum(self, low), high)

    def round(self, *_: Any) -> "Rounded":
        """Return whole numbers; where a half lies within the radius, either may come out."""
        v = np.rint(self.v)
        doubt = doubled(np.abs(np.abs(self.v - v) - 0.5)) <= self.radius()
        return afresh(v, np.where(doubt, 1.0, 0.0), self.u)

    def radius(self) -> FloatArray:
        """Return what every evaluation lies within, in the shape of the value."""
        return whole(self.width(), self.shape)

    def width(self) -> Any:
        """Return the radius as it is kept: EXACT, or what broadcasts to the shape."""
        if not self.u or (self.e is EXACT and self.t == 1):
            return EXACT if self.p is EXACT else SECOND_ORDER * self.p
        return SECOND_ORDER * plus(self.p, self.u * self.closed())

    def reach(self) -> FloatArray:
        """Return how large each number may be; afresh, that is its magnitude."""
        afresh = self.e is EXACT and self.t == 1
        return self.m if afresh else plus(self.p, absolute(self.v))

    def closed(self) -> Any:
        """Return the roundings up to here, the open sum's included."""
        return self.e if self.t == 1 else plus(self.e, (self.t - 1) * self.m)

    # What NumPy does with it.

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        """Apply the rule of a ufunc; comparisons and the like give plain arrays of the values."""
        if method == "__call__" and not options and ufunc in RULES:
            return RULES[ufunc](*(as_rounded(i, self.u) for i in inputs))
        if options.get("out"):
            raise ProblemError(unknown(f"{ufunc.__name__} in place (a += b for a = a + b)"))
        if method == "reduce" and ufunc in (np.add, np.maximum):
            name = {np.add: "sum", np.maximum: "max"}[ufunc]
            options = {n: o for n, o in options.items() if n in ("axis", "keepdims")}
            return getattr(self, name)(**options)
        if method == "__call__" and ufunc in OF_VALUES:
            return ufunc(*(i.v if isinstance(i, Rounded) else i for i in inputs), **options)
        raise ProblemError(unknown(f"{ufunc.__name__}.{method}"))

    def __array_function__(
        self, function: Callable[..., Any], _types: Any, args: Any, options: Any
    ) -> Any:
        """Apply the rule of a function of NumPy."""
        if function not in FUNCTIONS:
            raise ProblemError(unknown(getattr(function, "__name__", str(function))))
        return FUNCTIONS[function](*args, **options)

    def __repr__(self) -> str:
        return f"Rounded({doubled(self.v)}, radius {self.radius()})"


def as_rounded(value: Any, u: float) -> Rounded:
    """Return the value, or exact numbers that hold it; a list is stacked."""
    if isinstance(value, Rounded):
        return value
    if isinstance(value, (list, tuple)) and any(_holds(part) for part in value):
        return stack(value)
    plain = np.asarray(value)
    return Rounded(plain.astype(np.float64) if plain.dtype.kind in "biu" else plain, u=u)


def _holds(value: Any) -> bool:
    return isinstance(value, Rounded) or (
        isinstance(value, (list, tuple)) and any(_holds(part) for part in value)
    )


def join(function: Callable[..., Any], parts: Sequence[Any], axis: int) -> Rounded:
    """Return the parts put together by a function such as numpy.stack."""
    units = [u for part in parts for u in units_of(part)]
    rounded = [as_rounded(part, max(units)) for part in parts]
    parts_of = {
        n: function([whole(getattr(r, n), r.shape) for r in rounded], axis=axis) for n in "pme"
    }
    v = function([r.v for r in rounded], axis=axis)
    t, added = max(r.t for r in rounded), any(r.added for r in rounded)
    return Rounded(v, u=max(units), t=t, added=added, **parts_of)


def units_of(value: Any) -> list[float]:
    """Return the u of all Rounded in nested lists."""
    if isinstance(value, Rounded):
        return [value.u]
    return [u for part in value for u in units_of(part)] if isinstance(value, (list, tuple)) else []


def stack(parts: Sequence[Any], axis: int = 0) -> Rounded:
    """Return the parts along a new axis."""
    return join(np.stack, parts, axis)


def afresh(v: Array, p: Any, u: float) -> Rounded:
    """Return numbers that lie within p of v, and whose sums and products begin here."""
    return Rounded(v, u=u, p=p, m=plus(p, absolute(v)))


def absolute(v: Array) -> FloatArray:
    """Return the sizes of the values, in double precision."""
    return doubled(np.abs(v))


def doubled(v: Array) -> Any:
    """Return the values in double precision."""
    return np.asarray(v).astype(np.float64)


def at_least_1(v: Array) -> FloatArray:
    """Return what an elementary function may be wrong by, in 16 u: max(1, |v|)."""
    return np.maximum(absolute(v), 1.0)


def whole(part: Any, shape: tuple[int, ...]) -> FloatArray:
    """Return a part in the shape of the value; what is exact is 0."""
    if part is EXACT:
        return np.zeros(shape)
    return part if part.shape == shape else np.broadcast_to(part, shape)


def _fitting(part: Any, shape: tuple[int, ...]) -> Any:
    fits = part is EXACT or getattr(part, "shape", None) == shape
    return part if fits else np.broadcast_to(part, shape)


def _moved(part: Any, shape: tuple[int, ...], move: Callable[[Array], Array]) -> Any:
    return part if part is EXACT else move(whole(part, shape))


def unknown(name: str) -> str:
    """Return what to tell of a function that has no rule."""
    return (
        f"the reference calls numpy's {name} on numbers that carry their rounding, for which there "
        "is no rule: write it with +, -, *, /, @, sum, stack, tanh or exp, or name the function "
        "that calls it in ELEMENTARY if it is made of those"
    )


def plus(one: Any, other: Any) -> Any:
    """Return a sum of roundings, of which exact numbers have none."""
    if one is EXACT or other is EXACT:
        return other if one is EXACT else one
    return one + other
