"""A wrong shape against the one that was asked for: the usual slip, where it is certain."""

import re
from collections.abc import Callable, Mapping

import numpy as np

Shape = tuple[int, ...]
Sizes = Mapping[str, int]
NO_SIZES: Sizes = {}

# Each slip, and whether a shape that was found is the wanted one with this slip.
SLIPS: dict[str, Callable[[Shape, Shape], bool]] = {
    "number for an array": lambda found, wanted: not found and bool(wanted),
    "axis of 1 missing": lambda found, wanted: (
        0 < len(found) < len(wanted) and _longer_than_1(found) == _longer_than_1(wanted)
    ),
    "axis of 1 elsewhere": lambda found, wanted: (
        len(found) == len(wanted) and _longer_than_1(found) == _longer_than_1(wanted)
    ),
    "axis of 1 too many": lambda found, wanted: (
        len(found) > len(wanted) and _longer_than_1(found) == _longer_than_1(wanted)
    ),
    "one place of the first axis": lambda found, wanted: (
        len(found) >= 1 and found != wanted and found in (wanted[1:], (1, *wanted[1:]))
    ),
    "transposed": lambda found, wanted: len(_longer_than_1(wanted)) > 1 and found == wanted[::-1],
    "two axes swapped": lambda found, wanted: (
        len(found) == len(wanted) > 2
        and found != wanted[::-1]
        and sorted(found) == sorted(wanted)
        and sum(a != b for a, b in zip(found, wanted, strict=True)) == 2
        and _longer_than_1(found) != _longer_than_1(wanted)
    ),
    "column and row combined": lambda found, wanted: (
        len(wanted) > 1
        and wanted[-1] == 1
        and found == (*wanted[:-1], wanted[-2])
        and wanted[-2] > 1
    ),
    "flattened": lambda found, wanted: (
        len(_longer_than_1(wanted)) > 1 and found == (int(np.prod(wanted)),)
    ),
    "one too many": lambda found, wanted: (
        len(found) == len(wanted) > 0 and found == (wanted[0] + 1, *wanted[1:])
    ),
    "one too many at last": lambda found, wanted: (
        len(found) == len(wanted) > 2 and found == (*wanted[:-1], wanted[-1] + 1)
    ),
    "one too few": lambda found, wanted: (
        len(found) == len(wanted) > 0 and found == (wanted[0] - 1, *wanted[1:])
    ),
}


def slip(found: str, wanted: Shape, sizes: Sizes = NO_SIZES) -> str:
    """Return the name of the one slip that explains a shape such as "(3, 2)".

    Nothing where none does, or more than one: in small cases sizes may be equal by chance.
    """
    shape = read(found)
    if shape is None:
        return ""
    names = [name for name, explains in SLIPS.items() if explains(shape, wanted)]
    names += ["another size"] if other_size(found, wanted, sizes) else []
    return names[0] if len(names) == 1 else ""


def other_size(found: str, wanted: Shape, sizes: Sizes) -> str:
    """Return which size of the case stands where a shape should have another one, or nothing."""
    shape = read(found)
    if shape is None or len(shape) != len(wanted):
        return ""
    wrong = [a for a, b in zip(shape, wanted, strict=True) if a != b]
    names = [name for name, size in sizes.items() if wrong == [size] and size > 1]
    return names[0] if len(names) == 1 else ""


def read(found: str) -> Shape | None:
    """Return a shape that is written such as "(3, 2)"; None of any other text."""
    if not re.fullmatch(r"\((\d+,?( \d+,?)*)?\)", found):
        return None
    return tuple(int(n) for n in re.findall(r"\d+", found))


def _longer_than_1(shape: Shape) -> list[int]:
    return [n for n in shape if n != 1]
