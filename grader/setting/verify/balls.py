"""The bounds of the oracle against ball arithmetic, by a library that shares nothing with it.

The driver plays the reference once more, on Arb's balls of 200 bits, where every tanh and every
exponential is as wrong as the statement allows, by 16 u of the larger of its value and 1, tanh made
of exponentials included. A ball holds the true value and whatever such programs compute, but for
the rounding of sums and products. It must lie within the bound, for every number of every scored
case: that proves the expected value and the error that is handed on. What sums and products add
depends on their order, and is tried with correct programs of every style.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.cases.suite import make_suite
from grader.model import Array, Case, Expected, FloatArray, Problem, Suite
from grader.oracle import bounds, trusted
from grader.oracle.rounding import FUNCTION_ERROR
from grader.setting.verify.findings import Check, Finding, error

flint: Any
try:
    import flint
except ModuleNotFoundError:  # it comes with the extra dev
    flint = None

BITS = 200
SEEDS = (1, 2, 3, 4, 5)  # beside the default
LEAST_CASES = 30  # cases of a kind, before it is said how many of them are drawn again


class Ball:
    """One of Arb's balls that stands in an object array like a float."""

    __slots__ = ("ball", "u")

    def __init__(self, ball: Any, u: float) -> None:
        self.ball, self.u = ball, u

    def __float__(self) -> float:
        return float(self.ball)

    def __int__(self) -> int:
        return int(float(self.ball.mid()))

    def __neg__(self) -> "Ball":
        return Ball(-self.ball, self.u)

    def __abs__(self) -> "Ball":
        return Ball(abs(self.ball), self.u)

    def __pow__(self, other: Any) -> "Ball":
        return Ball(self.ball ** int(other), self.u)

    def __gt__(self, other: Any) -> bool:
        return float(self.ball.mid()) > float(_ball(other).mid())

    def __lt__(self, other: Any) -> bool:
        return float(self.ball.mid()) < float(_ball(other).mid())

    def __ge__(self, other: Any) -> bool:
        return not self < other

    def __le__(self, other: Any) -> bool:
        return not self > other

    def __eq__(self, other: object) -> bool:
        return not (self < other or self > other)

    __hash__ = None  # type: ignore[assignment]  # what is compared by value and can be set apart

    def conjugate(self) -> "Ball":
        """Return itself: NumPy asks for it in products."""
        return self

    def exp(self) -> "Ball":
        """Return e to this power; numpy.exp calls it."""
        return self._enlarged(self.ball.exp())

    def tanh(self) -> "Ball":
        """Return the hyperbolic tangent; numpy.tanh calls it."""
        return self._enlarged(self.ball.tanh())

    def _enlarged(self, ball: Any) -> "Ball":
        size = max(1.0, abs(float(ball.mid())))
        return Ball(ball + flint.arb(0, FUNCTION_ERROR * self.u * size), self.u)

    def rint(self) -> "Ball":
        """Return the nearest whole number; numpy.round calls it."""
        return Ball(flint.arb(float(np.rint(float(self.ball.mid())))), self.u)


def _operation(apply: Callable[[Any, Any], Any]) -> Any:
    def both(self: Ball, other: Any) -> Any:
        if isinstance(other, np.ndarray):
            return NotImplemented
        return Ball(apply(self.ball, _ball(other)), self.u)

    return both


def _swapped(apply: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda a, b: apply(b, a)


for _name, _apply in {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "truediv": lambda a, b: a / b,
}.items():
    setattr(Ball, f"__{_name}__", _operation(_apply))
    setattr(Ball, f"__r{_name}__", _operation(_swapped(_apply)))


def check_balls(suite: Suite, seeds: Sequence[int] = SEEDS) -> Check:
    """That every ball of the suite, and of those of more seeds, lies within its bound."""
    problem = suite.problem
    if flint is None:
        return Check("balls", "not compared: python-flint is not installed")
    findings: list[Finding] = []
    narrowest: dict[tuple[str, str], tuple[int, float]] = {}
    drawn: dict[tuple[str, str], list[int]] = {}
    for each in (suite, *(make_suite(problem, seed) for seed in seeds)):
        for case, expected in zip(each.cases, each.expected, strict=True):
            margins = margins_of(problem, case, expected)
            if not (margins >= 1).all():
                text = f"{case.group}, regime {case.regime}, seed {each.seed}: a ball of"
                findings.append(error(f"{text} ball arithmetic is wider than the bound"))
            count, margin = narrowest.get((case.group, case.regime), (0, np.inf))
            least = min(margin, float(np.min(margins, initial=np.inf)))
            narrowest[case.group, case.regime] = count + margins.size, least
        for case, times in zip(each.cases, each.passed_over, strict=True):
            drawn.setdefault((case.group, case.regime), []).append(times)
    rows = [
        (*key, f"{numbers}", f"{least:.3g}", f"{sum(drawn[key])} of {len(drawn[key])}")
        for key, (numbers, least) in narrowest.items()
    ]
    findings += [_often(*key, times) for key, times in drawn.items() if _too_often(times)]
    total, least = sum(n for n, _ in narrowest.values()), min(m for _, m in narrowest.values())
    summary = f"{total} numbers of {1 + len(seeds)} seeds, bound over ball at least {least:.3g}"
    figures = {"numbers": total, "smallest": least}
    table = (("group", "regime", "numbers", "bound over ball", "drawn again"), *rows)
    return Check("balls", summary, tuple(findings), figures, table)


def _too_often(times: Sequence[int]) -> bool:
    """Return whether more than one case in ten is drawn again, where there are enough to tell."""
    return len(times) >= LEAST_CASES and sum(times) > (len(times) + sum(times)) / 10


def _often(group: str, regime: str, times: Sequence[int]) -> Finding:
    return error(
        f"{group}, regime {regime}: {sum(times)} cases were drawn again for {len(times)}, since "
        "rounding could carry right programs too far; choose smaller sizes or values"
    )


def margins_of(problem: Problem, case: Case, expected: Expected) -> FloatArray:
    """Return bound over distance for every number; the distance is to the far end of its ball."""
    group = problem.group(case.group)
    played = {p: _play(problem, case, p) for p in {q.precision for q in group.observes}}
    seen = [np.asarray(played[q.precision][q.name], object).ravel() for q in group.observes]
    numbers = np.concatenate([np.empty(0, object), *seen])
    far = np.array([_farthest(n, v) for n, v in zip(numbers, expected.value, strict=True)], float)
    with np.errstate(divide="ignore", over="ignore"):
        return np.where(far > 0, expected.bound / np.where(far > 0, far, 1), np.inf)


def _farthest(number: Any, value: float) -> float:
    apart = _ball(number) - flint.arb(float(value))
    return float(abs(apart.mid())) + float(apart.rad())


def _play(problem: Problem, case: Case, precision: str) -> Mapping[str, Any]:
    before = flint.ctx.prec
    flint.ctx.prec = BITS
    try:
        inputs = {n: _balls(a, precision) for n, a in case.inputs.items()}
        return trusted.observed(problem, case, replace(case, inputs=inputs))
    finally:
        flint.ctx.prec = before


def _balls(array: Array, precision: str) -> Array:
    if array.dtype.kind != "f":
        return array
    exact = array.astype(precision).astype(np.float64)
    found = np.empty(exact.shape, object)
    for at in np.ndindex(exact.shape):
        found[at] = Ball(flint.arb(float(exact[at])), bounds.U[precision])
    return found


def _ball(number: Any) -> Any:
    return number.ball if isinstance(number, Ball) else flint.arb(float(number))
