"""Changes of one kind at twin places, made together: the same for each of several weights."""

import itertools
import re
from collections.abc import Iterable, Iterator

from grader.explain.faulty.edits import Edit
from grader.explain.faulty.program import Program

WORD = re.compile(r"[A-Za-z_]\w*")
CONSIDERED = 2500  # single changes, the likeliest
MOST = 12  # places of one set


def twins(program: Program, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the sets of changes that are the same but for the names of weights."""
    sets: dict[tuple[str, str, str], list[Edit]] = {}
    for edit, _ in zip(edits, range(CONSIDERED), strict=False):
        if len(edit.splices) == 1:
            begin, end, text = edit.splices[0]
            before = program.source[begin:end].decode()
            key = (edit.kind, _masked(before, program), _masked(text, program))
            sets.setdefault(key, []).append(edit)
    for alike in sets.values():
        lines = sorted({line for e in alike for line in e.lines})
        if 2 <= len(alike) <= MOST:
            splices = sorted(s for e in alike for s in e.splices)
            if all(a[1] <= b[0] for a, b in itertools.pairwise(splices)):
                yield Edit(alike[0].kind, tuple(lines), tuple(splices))


def _masked(text: str, program: Program) -> str:
    """Return the text with the names of weights, also at the end of others, made equal."""

    def mask(found: re.Match[str]) -> str:
        rest, weight = program.weight_in(found[0])
        return rest + "*" if weight else found[0]

    return WORD.sub(mask, text)
