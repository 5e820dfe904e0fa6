"""Arrays of any dimension laid out in rows and columns, cut where a page would become too long."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader import compare
from grader.messages.wording import number_text

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Symbols = Sequence[str | int]

WITHIN = 1e-9  # for reports from before they told their bounds


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as text; other is what the other side has instead, if they differ."""

    text: str
    differs: bool = False
    other: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells by row and column with their labels; of is how many there would be without the cut."""

    rows_name: str
    columns_name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    of: tuple[int, int]

    @property
    def cut(self) -> bool:
        """Whether there is more than is shown."""
        return self.of != (len(self.rows), len(self.columns))


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """Which flat positions of an array stand where, after the cut."""

    positions: NDArray[np.int64]  # rows by columns
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    rows_name: str
    columns_name: str
    of: tuple[int, int]

    @property
    def cut(self) -> bool:
        """Whether there is more than is shown."""
        return self.of != self.positions.shape


def floats(nested: Any) -> Floats:
    """Return nested lists as an array; names of what is not finite become that."""
    return np.array(nested, dtype=np.float64)


def wrong_cells(expected: Floats, actual: Floats, bounds: Any) -> Bools:
    """Return which cells are not within the bound; NaN is not."""
    allowed = floats(bounds) if bounds else WITHIN * np.maximum(1.0, np.abs(expected))
    return ~compare.right(actual, expected, allowed)


def window(
    shape: tuple[int, ...],
    symbols: Symbols,
    most: tuple[int, int],
    first: int = 0,
    *,
    steps: Collection[str] = (),
) -> Window:
    """Return where each number of an array stands; first: a flat position that must be seen.

    The last axis goes across and the others down; or those across that are of these steps.
    Axes that are 1 by definition are left out where more than two remain.
    """
    symbols = symbols if len(symbols) == len(shape) else [""] * len(shape)
    axes = list(range(len(shape)))
    while len(axes) > 2 and (one := next((a for a in axes if symbols[a] == 1), None)) is not None:
        axes.remove(one)
    across = [a for a in axes if symbols[a] in steps] or axes[-1:]
    down = [a for a in axes if a not in across]
    left_out = [a for a in range(len(shape)) if a not in axes]
    flat = np.arange(int(np.prod(shape))).reshape(shape).transpose(*down, *across, *left_out)
    flat = flat.reshape(_size(shape, down), _size(shape, across))
    row, column = (int(n[0]) for n in np.nonzero(flat == first)) if flat.size else (0, 0)
    rows, columns = around(row, flat.shape[0], most[0]), around(column, flat.shape[1], most[1])
    return Window(
        flat[rows, columns],
        tuple(_labels(shape, down))[rows],
        tuple(_labels(shape, across))[columns],
        _name(symbols, down),
        _name(symbols, across),
        (flat.shape[0], flat.shape[1]),
    )


def step_axis(symbols: Symbols, steps: Collection[str]) -> int | None:
    """Return the first axis that is one of these steps, or None."""
    return next((a for a, symbol in enumerate(symbols) if symbol in steps), None)


def _size(shape: tuple[int, ...], axes: Sequence[int]) -> int:
    return int(np.prod([shape[a] for a in axes], dtype=np.int64))


def around(place: int, size: int, most: int) -> slice:
    """Return a part of at most that many in which the place lies, with more after than before."""
    start = max(0, min(place - most // 3, size - most))
    return slice(start, min(start + most, size))


def _labels(shape: tuple[int, ...], axes: Sequence[int]) -> Iterator[str]:
    for index in np.ndindex(*(shape[a] for a in axes)):
        yield ",".join(map(str, index))


def _name(symbols: Symbols, axes: Sequence[int]) -> str:
    return ", ".join(s for a in axes if isinstance(s := symbols[a], str) and s)


def grids(
    expected: Floats,
    actual: Floats | None,
    wrong: Bools | None,
    symbols: Symbols,
    most: tuple[int, int],
) -> tuple[Grid, Grid | None]:
    """Return the grids of what should be and of what is, cut at the same place."""
    first = int(np.argmax(wrong)) if wrong is not None and wrong.any() else 0
    seen = window(expected.shape, symbols, most, first)
    if actual is None:
        return _grid(seen, expected.ravel(), None, None), None
    left, right = expected.ravel(), actual.ravel()
    bad = wrong.ravel() if wrong is not None else None
    return _grid(seen, left, right, bad), _grid(seen, right, left, bad)


def _grid(seen: Window, own: Floats, other: Floats | None, wrong: Bools | None) -> Grid:
    def cell(at: int) -> Cell:
        if other is None or wrong is None or not wrong[at]:
            return Cell(number_text(own[at]))
        texts = number_text(own[at], other[at]), number_text(other[at], own[at])
        return Cell(texts[0], differs=True, other=texts[1])

    rows = tuple(
        (label, tuple(cell(int(at)) for at in line))
        for label, line in zip(seen.rows, seen.positions, strict=True)
    )
    return Grid(seen.rows_name, seen.columns_name, seen.columns, rows, seen.of)


def sizes_of(symbols: Symbols, shape: tuple[int, ...], sizes: Mapping[str, int]) -> str:
    """Return a shape in symbols and numbers, such as (T=2, O=1, 1)."""
    if len(symbols) != len(shape):
        return str(shape)
    named = [f"{s}={n}" if s in sizes else str(n) for s, n in zip(symbols, shape, strict=True)]
    return f"({', '.join(named)})"
