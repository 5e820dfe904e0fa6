"""What is wrong with the claims of one case at home, in words: against a sample, or one another."""

import numpy as np

from grader import compare
from grader.messages.phrases import say
from grader.messages.wording import mismatch_text, number_text, sizes_text
from grader.model import (
    Array,
    Case,
    Claims,
    Expected,
    FloatArray,
    Group,
    Mismatch,
    Problem,
    Quantity,
)
from grader.oracle import oracle

CANCELLED = 1e-3  # of the largest number observed: the least scale, where terms cancel to zero


def sample_flaw(
    problem: Problem, case: Case, values: dict[str, Array], claims: Claims, lang: str
) -> str:
    """Return what is wrong with the claims on a sample, or nothing. values: by quantity."""
    group = problem.group(case.group)
    scales = [_scale(q, case, values[q.name]) for q in group.observes]
    within = [oracle.LIMIT[q.precision] for q in group.observes]
    sizes = [values[q.name].size for q in group.observes]
    scale = np.repeat(scales, sizes)
    value = np.concatenate([values[q.name].ravel() for q in group.observes])
    expected = Expected(value, np.repeat(within, sizes) * scale, scale)
    found = compare.first_mismatch(group, case, expected, claims)
    return mismatch_text(case, found, lang) if found else ""


def _scale(q: Quantity, case: Case, value: Array) -> float:
    """Return the natural scale of a published quantity, for a weight that of its update."""
    if q.update_of is None:
        return float(np.max(np.abs(value), initial=1e-300))
    weight = case.inputs[q.update_of]
    change = np.abs(value - oracle.loaded_before(value, weight))
    least = oracle.OF_WEIGHT[q.precision] * np.max(np.abs(weight))
    return float(max(np.max(change), least, 1e-300))


def pair_flaw(group: Group, case: Case, claims: Claims, lang: str) -> str:
    """Return which pair of a self-check does not agree, and where; nothing if all do."""
    where = oracle.positions(group, case)
    for q in group.observes:
        if q.name in claims.faults:
            fault = claims.faults[q.name]
            shape = q.shape_in(case.sizes)
            return mismatch_text(case, Mismatch(q.name, fault.kind, shape, fault.found), lang)
    for q in group.observes:
        if q.agrees_with is not None:
            text = _disagreement(group, q, case, claims.values, where, lang)
            if text:
                return text
    return ""


def _disagreement(
    group: Group,
    q: Quantity,
    case: Case,
    values: FloatArray,
    where: dict[str, slice],
    lang: str,
) -> str:
    other_name = q.agrees_with or ""
    one, other = values[where[q.name]], values[where[other_name]]
    largest = max(_largest(one), _largest(other), CANCELLED * _largest(values))
    with np.errstate(invalid="ignore"):
        wrong = ~(np.abs(one - other) <= q.within * largest)
    if not wrong.any():
        return ""
    unsure = np.flatnonzero(~np.isfinite(other))
    first = int(unsure[0] if unsure.size else np.argmax(wrong))
    index = ", ".join(str(int(i)) for i in np.unravel_index(first, q.shape_in(case.sizes)))
    place = f"[{index}]" if index else ""
    return say(
        lang,
        "own not finite" if unsure.size else "own differs",
        one=f"{q.name}{place}",
        value=number_text(one[first], other[first]),
        other=f"{other_name}{place}",
        others=number_text(other[first], one[first]),
        groups=", ".join(group.requires) or other_name,
        where=say(lang, "at sizes", sizes=sizes_text(case)),
    )


def _largest(values: FloatArray) -> float:
    """Return the size of the largest finite value."""
    return float(np.max(np.abs(values[np.isfinite(values)]), initial=0))
