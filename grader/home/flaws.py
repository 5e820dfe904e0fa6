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

LEAST = 1e-300  # natural scale of a sample
CANCELLED = 1e-3  # of the largest number observed: the least scale, where terms cancel to zero


def sample_flaw(
    problem: Problem, case: Case, values: dict[str, Array], claims: Claims, lang: str
) -> str:
    """Return what is wrong with the claims on a sample, or nothing. values: by quantity."""
    group = problem.group(case.group)
    found = compare.first_mismatch(group, case, _expected(group, case, values), claims)
    return mismatch_text(case, found, lang) if found else ""


def _expected(group: Group, case: Case, published: dict[str, Array]) -> Expected:
    """Return what a sample publishes, with the widest bounds that any case may have."""
    parts = []
    for q in group.observes:
        value = published[q.name].ravel()
        size = compare.natural_scale(q, published[q.name], case.inputs, least=LEAST)
        scale = np.full(value.size, size)
        parts.append((value, compare.LIMIT[q.precision] * scale, scale))
    value, bound, scale = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Expected(value, bound, scale)


def pair_flaw(group: Group, case: Case, claims: Claims, lang: str) -> str:
    """Return which pair of a self-check does not agree, and where; nothing if all do."""
    where = group.positions(case.sizes)
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
    wrong = ~compare.right(one, other, q.within * largest)
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
