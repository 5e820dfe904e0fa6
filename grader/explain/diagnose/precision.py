"""Claims that are nearly right: what their digits say about how they were computed."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from grader.explain.diagnose.suspects import Bench
from grader.model import Claims, Diagnosis, FloatArray

MOST_OFF = 1e-5  # of the scale
PLACES = range(2, 13)
SHORTER = {"float64": "float32", "float32": "float16"}
LEAST_NUMBERS = 20  # numbers that must all have the form


def imprecise(bench: Bench, claims: Mapping[int, Claims], wrong: list[int]) -> Diagnosis | None:
    """Return what is known about claims that are all close to the reference's, or None."""
    worst, allowed = 0.0, 0.0
    wrong_values: list[FloatArray] = []
    asked: set[str] = set()
    regimes = {g.name: g.draws[0].regime for g in bench.problem.groups}
    for number in wrong:
        if bench.cases[number].regime != regimes[bench.cases[number].group]:
            continue  # far_en from the ordinary a small relative error may look large
        seen, expected = claims[number], bench.expected(number)
        if seen.faults:
            return None
        error = np.abs(seen.values - expected.value)
        with np.errstate(divide="ignore", invalid="ignore"):
            relative = np.where(error > expected.bound, error / expected.scale, 0.0)
        if not relative.max() <= 1e-2:
            return None
        if relative.max() > worst:
            at = int(relative.argmax())
            worst, allowed = float(relative[at]), float(expected.bound[at] / expected.scale[at])
        off = error > expected.bound
        wrong_values.append(seen.values[off])
        asked |= _precisions(bench, number, off)
    values = np.concatenate(wrong_values) if wrong_values else np.zeros(0)
    if values.size < LEAST_NUMBERS:
        return None
    wanted = max(asked)  # the longer one
    kind = next((k for k, form in FORMS.items() if k != wanted and form(values)), "")
    if not kind and not worst <= MOST_OFF:
        return None
    return _worded(kind, wanted, values, worst, allowed)


def _precisions(bench: Bench, number: int, off: NDArray[np.bool_]) -> set[str]:
    """Return in which precisions the claims of a case are to be that are off."""
    case = bench.cases[number]
    group = bench.problem.group(case.group)
    positions = group.positions(case.sizes)
    return {q.precision for q in group.observes if off[positions[q.name]].any()}


def _worded(kind: str, asked: str, values: FloatArray, worst: float, allowed: float) -> Diagnosis:
    far_en = f"{worst:.1g} of the quantity's size where {allowed:.1g} is allowed"
    far_zh = f"偏差最大为该量大小的 {worst:.1g}，允许 {allowed:.1g}"
    if kind == "rounded":
        places = _places(values)
        return Diagnosis(
            "rounded",
            f"The values are rounded to {places} decimals, which puts them off by up to {far_en}. "
            "Return what you computed.",
            f"数值被四舍五入到 {places} 位小数，{far_zh}。请直接返回计算结果。",
        )
    if kind:
        return Diagnosis(
            kind,
            f"Every wrong value is a {kind} number: somewhere the work is converted to {kind}, "
            f"off by up to {far_en}. Use {asked} throughout.",
            f"所有出错的数值都恰好是 {kind} 数：某处转换成了 {kind}，{far_zh}。"
            f"请始终使用 {asked}。",
        )
    return Diagnosis(
        "inexact",
        f"Nearly right: off by up to {far_en}. The formula may be right but the numbers are not "
        f"exact, as with {SHORTER[asked]} on the way, rounding, finite differences or a small "
        "constant added.",
        f"几乎正确：{far_zh}。公式可能没错，但数值不精确，"
        f"例如中途用了 {SHORTER[asked]}、四舍五入、数值差分或加了小常数。",
    )


def _places(values: FloatArray) -> int | None:
    """Return to how many decimals all values are rounded, if they are."""
    for places in PLACES:
        shifted = values * 10.0**places
        if (np.abs(shifted - np.round(shifted)) <= 1e-6).all() and np.abs(
            shifted
        ).max() > LEAST_NUMBERS:
            return places
    return None


def _exact_in(dtype: type[np.floating]) -> Callable[[FloatArray], bool]:
    def form(values: FloatArray) -> bool:
        with np.errstate(over="ignore"):
            return bool((values.astype(dtype).astype(np.float64) == values).all())

    return form


FORMS: Mapping[str, Callable[[FloatArray], bool]] = {
    "float16": _exact_in(np.float16),
    "float32": _exact_in(np.float32),
    "rounded": lambda values: _places(values) is not None,
}
HINTS = {"inexact", *FORMS}  # they say how a mistake shows, not where it is
