"""Arrays in more than double precision, for expected values.

Where NumPy's long double has extra digits (x86), that is what is used. Elsewhere it is the same
as double, and arrays hold Real objects instead: decimal numbers of 40 digits that know enough of
a float's manners for NumPy's arithmetic, matmul and ufuncs to work on them. That route is some
fifty times slower, and gives the same expected values.
"""

import functools
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

import numpy as np

from grader.model import Array

HAS_LONG_DOUBLE = bool(np.finfo(np.longdouble).eps < np.finfo(np.float64).eps / 100)
CONTEXT = Context(prec=40, Emax=999999, Emin=-999999)


@functools.total_ordering
class Real:
    """A number with 40 digits that stands in an object array like a float."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = _decimal(value)

    def __float__(self) -> float:
        return float(self.value)

    def __repr__(self) -> str:
        return f"Real({self.value})"

    def __bool__(self) -> bool:
        return bool(self.value)

    def __hash__(self) -> int:
        return hash(self.value)

    def __eq__(self, other: object) -> bool:
        return self.value == _decimal(other)

    def __lt__(self, other: Any) -> bool:
        return self.value < _decimal(other)

    def __neg__(self) -> "Real":
        return Real(self.value.copy_negate())

    def __abs__(self) -> "Real":
        return Real(self.value.copy_abs())

    def __add__(self, other: Any) -> "Real":
        return Real(CONTEXT.add(self.value, _decimal(other)))

    def __sub__(self, other: Any) -> "Real":
        return Real(CONTEXT.subtract(self.value, _decimal(other)))

    def __rsub__(self, other: Any) -> "Real":
        return Real(CONTEXT.subtract(_decimal(other), self.value))

    def __mul__(self, other: Any) -> "Real":
        return Real(CONTEXT.multiply(self.value, _decimal(other)))

    def __truediv__(self, other: Any) -> "Real":
        return Real(CONTEXT.divide(self.value, _decimal(other)))

    def __rtruediv__(self, other: Any) -> "Real":
        return Real(CONTEXT.divide(_decimal(other), self.value))

    def __pow__(self, other: Any) -> "Real":
        return Real(CONTEXT.power(self.value, _decimal(other)))

    __radd__ = __add__
    __rmul__ = __mul__

    def conjugate(self) -> "Real":
        """Return itself: NumPy asks for it in products."""
        return self

    def exp(self) -> "Real":
        """Return e to this power; numpy.exp calls it."""
        return Real(CONTEXT.exp(self.value))

    def log(self) -> "Real":
        """Return the natural logarithm; numpy.log calls it."""
        return Real(CONTEXT.ln(self.value))

    def sqrt(self) -> "Real":
        """Return the square root; numpy.sqrt calls it."""
        return Real(CONTEXT.sqrt(self.value))

    def rint(self) -> "Real":
        """Return the nearest whole number, a half to the even one; numpy.round calls it."""
        return Real(self.value.to_integral_value(ROUND_HALF_EVEN))

    def __int__(self) -> int:
        return int(self.value)

    def tanh(self) -> "Real":
        """Return the hyperbolic tangent; numpy.tanh calls it."""
        if abs(self.value) > 200:  # 1 to 40 digits, and more than 80 of them beyond
            return Real(Decimal(1).copy_sign(self.value))
        if abs(self.value) < Decimal("1e-20"):  # x - x^3/3 + ..., lost to cancelling otherwise
            return self
        twice = CONTEXT.exp(CONTEXT.multiply(2, self.value))
        one = Decimal(1)
        return Real(CONTEXT.divide(CONTEXT.subtract(twice, one), CONTEXT.add(twice, one)))


def widen(array: Array, *, long_double: bool = HAS_LONG_DOUBLE) -> Array:
    """Return the array with more digits than float64, of the same values."""
    if long_double:
        return array.astype(np.longdouble)
    wide = np.empty(array.shape, object)
    for index in np.ndindex(array.shape):
        wide[index] = Real(float(array[index]))
    return wide


def _decimal(value: Any) -> Decimal:
    if isinstance(value, Real):
        return value.value
    return Decimal(value) if isinstance(value, int | Decimal) else Decimal(float(value))
