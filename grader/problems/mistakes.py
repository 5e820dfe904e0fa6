"""How known mistakes are written: what takes the place of which piece of the reference.

A piece is a function of the reference or a method of one of its classes; what takes its place is
called with

    me       the object that a method belongs to; for a function the whole solution, whose dict
             `memory` is empty before each play
    right    the reference's own piece
    ...      the arguments of the call
    name=    the value of the parameter, by its name, if the mistake leaves one open

so that `carry=lambda _me, right, d_a, most: np.clip(right(d_a), -most, most)` is a whole change.
Pieces see each other's changes. What lasts from call to call is kept on `me` or in its memory,
under a name that no other mistake uses: two that change different pieces may be made together.
"""

from collections.abc import Callable, Iterable
from typing import Any

from grader.model import Misconception, Parameter


class Catalogue(list[Misconception]):
    """The known mistakes of a problem, in the order in which they were written."""

    def wrong(
        self,
        identity: str,
        en: str,
        zh: str,
        parameter: Parameter | None = None,
        /,
        **changes: Callable[..., Any],
    ) -> None:
        """Add a mistake: what to tell of it, and what takes the place of which piece."""
        self.append(Misconception(identity, {"en": en, "zh": zh}, changes, parameter))


def one_of(*values: float) -> Callable[..., Iterable[float]]:
    """Return an estimate of a parameter that does not depend on what was claimed."""
    return lambda _solution, _case, _claims: values
