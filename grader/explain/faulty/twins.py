"""Changes of one kind at twin places, made together: the same for each of several weights."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from grader.explain.faulty.edits import Edit
from grader.explain.faulty.program import Program

WORD = re.compile(r"[A-Za-z_]\w*")
CONSIDERED = 2500  # single changes, the likeliest
MOST = 12  # places of one set


def twins(program: Program, edits: Iterable[Edit], weights: Sequence[str]) -> Iterator[Edit]:
    """Yield the sets of changes that are the same but for the names of weights."""
    plain = sorted({w.replace("_", "").lower() for w in weights}, key=len, reverse=True)
    sets: dict[tuple[str, str, str], list[Edit]] = {}
    for edit, _ in zip(edits, range(CONSIDERED), strict=False):
        if len(edit.splices) == 1:
            begin, end, text = edit.splices[0]
            before = program.source[begin:end].decode()
            key = (edit.kind, _masked(before, plain), _masked(text, plain))
            sets.setdefault(key, []).append(edit)
    for alike in sets.values():
        lines = sorted({line for e in alike for line in e.lines})
        if 2 <= len(alike) <= MOST and len(lines) > 1:
            splices = sorted(s for e in alike for s in e.splices)
            if all(a[1] <= b[0] for a, b in itertools.pairwise(splices)):
                yield Edit(alike[0].kind, tuple(lines), tuple(splices))


def _masked(text: str, weights: Sequence[str]) -> str:
    """Return the text with the names of weights, also at the end of others, made equal."""

    def mask(found: re.Match[str]) -> str:
        name = found[0].replace("_", "").lower()
        ending = next((w for w in weights if name.endswith(w)), None)
        return found[0] if ending is None else name[: len(name) - len(ending)] + "*"

    return WORD.sub(mask, text)
