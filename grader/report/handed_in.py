"""What became of everything that was handed in: taken, left or missing."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.report.cells import lines
from grader.report.escape import terminal

STATES = ("taken", "left", "missing")
WIDE = 40


class Line(NamedTuple):
    """A student or a file, and what became of it."""

    state: str  # one of STATES
    what: str
    why: str
    usual: bool = False  # as everybody would expect


def text(table: Sequence[Line], most: int, file: str = "") -> str:
    """Return a table of what is not as everybody expects, at most so many lines of a kind.

    Its last line counts all, and says in which file they stand. Nothing if all is as expected.
    """
    shown = [line for line in table if not line.usual]
    wide = min(WIDE, max((len(terminal(line.what)) for line in shown), default=0))
    kinds = ([line for line in shown if line.state == state] for state in STATES)
    rows = [row for kind in kinds for row in _rows(kind, wide, most)]
    counted = ", ".join(f"{sum(n.state == state for n in table)} {state}" for state in STATES)
    place = f"; all of it: {file}" if file else ""
    return "\n".join([*rows, counted + place] if rows else [])


def _rows(kind: Sequence[Line], wide: int, most: int) -> Iterator[str]:
    for line in kind[:most]:
        row = f"{line.state:7}  {terminal(line.what):{wide}}  {terminal(line.why)}"
        yield row.replace("\n", " ").rstrip()
    if len(kind) > most:
        yield f"{kind[0].state:7}  and {len(kind) - most} more"


def as_csv(table: Sequence[Line]) -> str:
    """Return the whole table as CSV."""
    return lines([("state", "what", "why"), *(line[:3] for line in table)])
