"""A failing case -> a smaller and simpler one that fails, in a few rounds of many candidates.

Every round is one batch, or two: all that one step may change, the simplest first. The first that
fails is where the next round begins.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from grader.model import Array, Case, FloatArray

ROUNDS = 8
PARTS = 16  # of a size, that are tried in its place
BOLD = 16  # cases of other sizes that are played before the rest: they may be large
MANY = 20  # numbers of a case: beyond, whole arrays become zero first
SIMPLE = (1.0, -1.0, 0.5, -0.5, 2.0, -2.0)  # numbers, the simplest first; only 0 is simpler

First = Callable[[Sequence[Case]], int | None]  # the place of the first case that fails
Sizes = Mapping[str, int]


def cut_down(
    case: Case,
    shapes: Callable[[Sizes], Mapping[str, tuple[int, ...]]],
    smallest: Sizes,
    first: First,
    fresh: Callable[[Sizes], Case] | None = None,
) -> Iterator[Case]:
    """Yield failing cases of ever smaller sizes; `case` must fail.

    Arrays are cut to their leading part, so the values that remain are those of `case`; where such
    a case does not fail, a fresh one of the same sizes may.
    """
    right: Sizes = {}  # sizes of which each alone is too small for the case to fail
    for _ in range(ROUNDS):
        tried = []
        for sizes in _smaller(case.sizes, smallest, right):
            tried.append(_cut(case, sizes, shapes(sizes)))
            tried += [fresh(sizes)] if fresh else []
        bold, rest = tried[:BOLD], tried[BOLD:]
        at = first(bold)
        if at is None and rest:
            bold, at = rest, first(rest)
        if at is None:
            return
        right = _too_small(right, case.sizes, [c.sizes for c in (*tried[:BOLD], *bold[: at + 1])])
        case = bold[at]
        yield case


def _too_small(right: Sizes, sizes: Sizes, tried: Sequence[Sizes]) -> Sizes:
    """Return the largest size that did not fail before the last one of the same name did."""
    *before, failed = tried
    changed = [name for name, size in failed.items() if size != sizes[name]]
    if len(changed) > 1:
        return {}
    (name,) = changed
    alone = (s[name] for s in before if {**s, name: sizes[name]} == {**sizes})
    return {name: max(right.get(name, 0), *(size for size in alone if size < failed[name]), 0)}


def _cut(case: Case, sizes: Sizes, shapes: Mapping[str, tuple[int, ...]]) -> Case:
    inputs = {n: case.inputs[n][tuple(map(slice, shape))].copy() for n, shape in shapes.items()}
    return replace(case, sizes=sizes, inputs=inputs)


def _smaller(sizes: Sizes, smallest: Sizes, right: Sizes) -> list[dict[str, int]]:
    """Return sizes to try, the boldest first: all but two at their least, then one at a time.

    right: sizes from which on, each alone, no smaller one needs to be tried.
    """
    least = {name: min(size, smallest.get(name, 1)) for name, size in sizes.items()}
    above = [name for name in sizes if sizes[name] > least[name]]
    found = [
        {**least, **{name: sizes[name] for name in kept}}
        for count in range(3)
        for kept in itertools.combinations(above, count)
    ]
    for name in above:
        low, size = max(least[name], right.get(name, 0) + 1), sizes[name]
        steps = {low, low + 1, low + 2, size - 1}
        steps |= {low + (size - low) * part // PARTS for part in range(PARTS)}
        found += [{**sizes, name: s} for s in sorted(steps) if low <= s < size]
    unlike = {tuple(f.values()): f for f in found if f != sizes}
    return list(unlike.values())


def simplify_values(case: Case, first: First) -> Iterator[Case]:
    """Yield failing cases of the same sizes with ever simpler values; `case` must fail.

    Numbers become zero from the front on, as many as can: one batch tells which is the first that
    may not, and so which must stay. What stays becomes 1, or the like. Only floating point inputs
    change.
    """
    values = _floats(case)
    begin = [np.where(values == 0, 0.0, 1.0), values]
    units, at, whole = _units(case, values), 0, len(values) > MANY
    for number in range(ROUNDS):
        tried = [*_zeroed(begin, units, at)] + [(begin[0], at)] * (number == 0)
        tried = tried or [(v, at) for v in _plainer(values)]
        found = first([_with(case, v) for v, _ in tried]) if tried else None
        if found is not None:
            values, at = tried[found]
            yield _with(case, values)
        elif at >= len(units):
            return
        else:
            at += 1  # this one must stay
        begin = [values]
        if whole and at >= len(units):
            units, at, whole = [np.array([n]) for n in np.flatnonzero(values)][:MANY], 0, False


def _units(case: Case, values: FloatArray) -> list[Array]:
    """Return which numbers become zero together: each alone, or where there are many, an array."""
    if len(values) <= MANY:
        return [np.array([n]) for n in np.flatnonzero(values)]
    sizes = [a.size for a in case.inputs.values() if a.dtype.kind == "f"]
    return np.split(np.arange(len(values)), np.cumsum(sizes)[:-1])


def _zeroed(
    begin: Sequence[FloatArray], units: Sequence[Array], at: int
) -> Iterator[tuple[FloatArray, int]]:
    """Yield values with zeros from a unit on, the more the earlier, and where to go on."""
    for end in range(len(units), at, -1):
        for values in begin:
            zeroed = values.copy()
            zeroed[np.concatenate(units[at:end])] = 0
            yield zeroed, end + 1


def _plainer(values: FloatArray) -> Iterator[FloatArray]:
    """Yield values of which all, or else one, that are not zero become simpler numbers."""
    if (values == 0).all():
        return
    yield from (np.where(values == 0, 0.0, n) for n in SIMPLE if _plainer_than(n, values).any())
    for number in SIMPLE:
        for at in np.flatnonzero(_plainer_than(number, values)):
            changed = values.copy()
            changed[at] = number
            yield changed


def _plainer_than(number: float, values: FloatArray) -> Array:
    """Return which values are neither zero nor as simple as the number."""
    rank = np.full(values.shape, len(SIMPLE))
    for place, simple in reversed(list(enumerate(SIMPLE))):
        rank[values == simple] = place
    return (values != 0) & (rank > SIMPLE.index(number))


def _floats(case: Case) -> FloatArray:
    """Return all floating point inputs in one row."""
    found = [a.ravel() for a in case.inputs.values() if a.dtype.kind == "f"]
    return np.concatenate([*found, np.zeros(0)])


def _with(case: Case, values: FloatArray) -> Case:
    """Return the case with these floating point inputs."""
    inputs: dict[str, Array] = dict(case.inputs)
    at = 0
    for name, array in case.inputs.items():
        if array.dtype.kind == "f":
            inputs[name] = values[at : at + array.size].reshape(array.shape)
            at += array.size
    return replace(case, inputs=inputs)
