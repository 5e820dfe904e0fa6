"""What is proved of a submission's lines -> the diagnosis that reports show."""

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from grader.explain.faulty import words
from grader.explain.faulty.program import Program
from grader.messages.wording import places_text
from grader.model import FAULTY_LINE, Diagnosis, Place

CONTEXT, MOST_WIDTH = 8, 200  # lines before and after that are shown, and their characters
HUNK = re.compile(r"^@@ -(\d+).*@@$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Proof:
    """What changes of a program mend, in so many cases.

    where: the lines of each change, with its kind. sources: the programs that are right for it.
    mends: which of the changes that takes (words.EITHER, BOTH or PART). names: of PART, what is
    right then.
    """

    where: Sequence[tuple[Sequence[int], str]]
    sources: Sequence[bytes]
    cases: int
    mends: str = words.EITHER
    names: Sequence[str] = ()

    def told(
        self,
        program: Program,
        wrong: tuple[str, Sequence[str]],
        place: Callable[[int], Place],
        *,
        tells_change: bool,
    ) -> Diagnosis:
        """Return the diagnosis; wrong: a group, and what is wrong in it as it is."""
        where = [
            (list(map(place, lines)), program.lines[lines[0] - 1].strip(), kind)
            for lines, kind in self.where
        ]
        said = words.told(where, wrong, self.cases, self.mends, self.names)
        at, cell = place(self.where[0][0][0])
        lines = [n for lines, _ in self.where for n in lines if place(n).cell == cell]
        last = len(program.lines) - (not program.lines[-1])  # what follows the last line's end
        around = {n for at in lines for n in range(at - CONTEXT, at + CONTEXT + 1)}
        return Diagnosis(
            FAULTY_LINE,
            said["en"],
            said["zh"],
            line=at,
            cell=cell,
            excerpt=tuple(
                (place(n).line, program.lines[n - 1][:MOST_WIDTH])
                for n in sorted(around)
                if 1 <= n <= last and place(n).cell == cell
            ),
            change="\n".join(_diff(program, source, place) for source in self.sources),
            told=tells_change,
            more_lines=tuple(dict.fromkeys(place(n).line for n in lines if place(n).line != at)),
        )


def _diff(program: Program, changed: bytes, place: Callable[[int], Place]) -> str:
    new = changed.decode().splitlines()
    lines = difflib.unified_diff(program.text.splitlines(), new, lineterm="", n=0)
    hunks = "\n".join(islice(lines, 2, None))
    return HUNK.sub(lambda at: _header(at[0], place(int(at[1]))), hunks)


def _header(hunk: str, place: Place) -> str:
    return hunk if place.cell is None else f"@@ {places_text([place], 'en')} @@"
