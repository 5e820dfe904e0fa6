"""What arithmetic and elementary functions do to values and their rounding."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.errors import ProblemError
from grader.model import FloatArray
from grader.oracle.rounding.array import (
    EXACT,
    FUNCTION_ERROR,
    RULES,
    Rounded,
    absolute,
    afresh,
    at_least_1,
    doubled,
    plus,
    unknown,
)


def elementary(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of a reference that counts as elementary: its parts stay together.

    Its value may be wrong by 16 u of max(1, |value|) beside what its argument moves it by; how
    it is written in the reference does not count. On plain arrays it does what it says.
    """

    @functools.wraps(function)
    def marked(*args: Any, **options: Any) -> Any:
        units = [a.u for a in args if isinstance(a, Rounded)]
        if not units:
            return function(*args, **options)
        u = max(units)
        inside = [afresh(a.v, a.width(), 0.0) if isinstance(a, Rounded) else a for a in args]
        with np.errstate(all="ignore"):
            found = function(*inside, **options)
        return afresh(found.v, found.radius() + FUNCTION_ERROR * u * at_least_1(found.v), u)

    return marked


def _add(a: Rounded, b: Rounded) -> Rounded:
    p, e = plus(a.p, b.p), plus(a.e, b.e)
    return Rounded(a.v + b.v, u=a.u, p=p, m=a.m + b.m, e=e, t=a.t + b.t, added=True)


def _negative(a: Rounded) -> Rounded:
    return Rounded(-a.v, u=a.u, p=a.p, m=a.m, e=a.e, t=a.t, added=a.added)


def product(
    a: Rounded, b: Rounded, multiply: Callable[[Any, Any], Any], terms: float = 1
) -> Rounded:
    """Return a product of any kind, each of whose elements is a sum of so many products."""
    m = multiply(a.m, b.m)
    e, p = m, EXACT
    for one, other, swap in ((a, b, False), (b, a, True)):
        if one.closed() is not EXACT:
            e = e + _in_order(multiply, one.closed(), other.m, swap=swap)
        if one.p is not EXACT:
            p = plus(p, _in_order(multiply, one.p, other.reach(), swap=swap))
    return Rounded(multiply(a.v, b.v), u=a.u, p=p, m=m, e=e, t=terms)


def _in_order(multiply: Callable[[Any, Any], Any], one: Any, other: Any, *, swap: bool) -> Any:
    return multiply(other, one) if swap else multiply(one, other)


def multiply(a: Rounded, b: Rounded) -> Rounded:
    """Return the products of the elements; an exact factor leaves a sum open."""
    found = product(a, b, np.multiply)
    for number, total in ((a, b), (b, a)):  # c (x + y) = c x + c y: the sum may stay open
        if number.size == 1 and number.exact:
            if not number.v.any():
                return Rounded(found.v, u=a.u)  # zero, however it is summed
            e = total.e * number.m + found.m
            return Rounded(found.v, u=a.u, p=found.p, m=found.m, e=e, t=total.t, added=total.added)
    return found


def _matmul(a: Rounded, b: Rounded) -> Rounded:
    return product(a, b, np.matmul, a.shape[-1])


def _divide(a: Rounded, b: Rounded) -> Rounded:
    """Return a quotient: a divisor that may be zero leaves no bound."""
    if b.exact:
        found = multiply(a, Rounded(1 / b.v, u=a.u))
        found.e = found.e + found.m  # it may be multiplied with the rounded reciprocal
        return found
    v, r = np.true_divide(a.v, b.v), b.radius()
    low = absolute(b.v) - r
    p = np.where(low > 0, (a.radius() + absolute(v) * r) / low, np.inf)
    found = afresh(v, p, a.u)
    found.e = 2 * found.m
    return found


def _power(a: Rounded, b: Rounded) -> Rounded:
    exponent = int(b.v) if b.size == 1 else 0
    if exponent < 1 or exponent != b.v:
        raise ProblemError(unknown("power with other exponents than 1, 2, 3, ..."))
    return functools.reduce(multiply, [a] * exponent)


def _applied(move: Callable[[Any, FloatArray], FloatArray], function: np.ufunc) -> Any:
    """Return the rule of an elementary function; move(argument, r) bounds how far it shifts."""

    def rule(a: Rounded) -> Rounded:
        with np.errstate(all="ignore"):
            v, moved = function(a.v), move(a, a.radius())
            return afresh(v, moved + FUNCTION_ERROR * a.u * at_least_1(v), a.u)

    return rule


def _tanh(a: Rounded) -> Rounded:
    """The slope is 1 - tanh^2, steepest where the argument may be nearest to zero."""
    r = a.radius()
    nearest = np.tanh(np.maximum(absolute(a.v) - r, 0.0))
    return afresh(np.tanh(a.v), r * (1 - nearest * nearest) + FUNCTION_ERROR * a.u, a.u)


def _largest(function: np.ufunc) -> Callable[[Rounded, Rounded], Rounded]:
    def rule(a: Rounded, b: Rounded) -> Rounded:
        return afresh(function(a.v, b.v), np.maximum(a.radius(), b.radius()), a.u)

    return rule


def _abs(a: Rounded) -> Rounded:
    return Rounded(np.abs(a.v), u=a.u, p=a.p, m=a.m, e=a.e, t=a.t, added=a.added)


RULES |= {
    np.add: _add,
    np.subtract: lambda a, b: _add(a, _negative(b)),
    np.negative: _negative,
    np.positive: lambda a: a,
    np.multiply: multiply,
    np.square: lambda a: multiply(a, a),
    np.matmul: _matmul,
    np.true_divide: _divide,
    np.power: _power,
    np.maximum: _largest(np.maximum),
    np.minimum: _largest(np.minimum),
    np.absolute: _abs,
    np.rint: lambda a: a.round(),
    np.tanh: _tanh,
    np.exp: _applied(lambda a, r: np.exp(doubled(a.v)) * np.expm1(r), np.exp),
    np.sin: _applied(lambda _, r: r, np.sin),
    np.cos: _applied(lambda _, r: r, np.cos),
    np.sqrt: _applied(lambda a, r: r / np.sqrt(np.maximum(doubled(a.v) - r, 0.0)), np.sqrt),
    np.log: _applied(lambda a, r: -np.log1p(-r / doubled(a.v)), np.log),
    np.log1p: _applied(lambda a, r: -np.log1p(-r / (1 + doubled(a.v))), np.log1p),
}
