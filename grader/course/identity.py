"""Who a submission, a line of a roster and a line of a gradebook belong to, and which are one.

Two identities are compared by the strongest kind that both carry and by no weaker one beside it:
an LMS's own number, an id of the institution, an e-mail address, a name. So two students of one
name are never one where their numbers are known, and a number never belongs to another platform.
What nobody said the kind of, such as the name of a folder, may be an id, an address or a name.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.errors import GraderError
from grader.model import KINDS, Identity

NAMES = KINDS.index("names")
LABEL = len(KINDS)
WORDS = ("label", "doubt", "called", "language")  # fields of one text each


@dataclass(frozen=True, slots=True)
class Matched:
    """Which of two lists are one person, by position; each is in at most one pair."""

    pairs: Mapping[int, int]
    # What could be more than one, or is taken: the other side's positions, for each position.
    unsure: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    unsure_others: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


def key(text: str) -> str:
    """Return a name as it is compared: composed, in lower case, with single spaces."""
    folded = unicodedata.normalize("NFC", " ".join(text.split())).casefold()
    return unicodedata.normalize("NFC", folded)


def of_table(
    *,
    moodle: str = "",
    canvas: str = "",
    ids: Iterable[str] = (),
    emails: Iterable[str] = (),
    names: Iterable[str] = (),
    language: str = "",
) -> Identity:
    """Return the identity that the cells of a line give; an id with an @ is an address."""
    given = [text.strip() for text in (*ids, *emails) if text.strip()]
    return Identity(
        moodle=(moodle,) if moodle else (),
        canvas=(canvas,) if canvas else (),
        ids=tuple(t for t in given if "@" not in t),
        emails=tuple(t for t in given if "@" in t),
        names=tuple(dict.fromkeys(way for name in names for way in _ways(name.strip()))),
        language=language,
    )


def _ways(name: str) -> Iterator[str]:
    """Yield the ways to write a name: as it is, in the other order, and as Canvas's files do."""
    if not name:
        return
    yield name
    last, comma, given = (part.strip() for part in name.partition(","))
    if comma and last and given:
        yield f"{given} {last}"
    else:
        given, _, last = name.rpartition(" ")
    yield "".join(c for c in f"{last}{given}" if c.isalnum() or c == "_")


def strength(a: Identity, b: Identity) -> int | None:
    """Return by which kind two identities are one, as a position in KINDS; None if they are not."""
    mine, theirs = _sets(a), _sets(b)
    for kind, (one, other) in enumerate(zip(mine, theirs, strict=True)):
        if one and other:
            return kind if one & other else None
    if a.label or b.label:
        return LABEL if _any(a) & _any(b) else None
    return None


def _sets(identity: Identity) -> list[frozenset[str]]:
    return [frozenset(map(key, getattr(identity, kind))) for kind in KINDS]


def _any(identity: Identity) -> frozenset[str]:
    """Return everything that a label may be compared with; an LMS's number is not among it."""
    said = (*identity.ids, *identity.emails, *identity.names, identity.label)
    return frozenset(key(text) for text in said if text)


def match(ours: Sequence[Identity], others: Sequence[Identity]) -> Matched:
    """Return the pairs that are one person beyond doubt, and what could be more than one.

    A pair is one if each is the only one that the other fits best.
    """
    edges = _edges(ours, others)
    back: dict[int, dict[int, int]] = defaultdict(dict)
    for n, found in edges.items():
        for m, kind in found.items():
            back[m][n] = kind
    best = {n: _best(found) for n, found in edges.items()}
    best_back = {m: _best(found) for m, found in back.items()}
    pairs = {n: fit[0] for n, fit in best.items() if len(fit) == 1 and best_back[fit[0]] == (n,)}
    taken = set(pairs.values())
    return Matched(
        pairs,
        {n: tuple(found) for n, found in edges.items() if n not in pairs},
        {m: tuple(found) for m, found in back.items() if m not in taken},
    )


def _edges(ours: Sequence[Identity], others: Sequence[Identity]) -> dict[int, dict[int, int]]:
    """Return which may be one, and by which kind; looked up, not compared one by one."""
    known: dict[tuple[int, str], list[int]] = defaultdict(list)
    for m, other in enumerate(others):
        for place in _places(other):
            known[place].append(m)
    edges: dict[int, dict[int, int]] = {}
    for n, one in enumerate(ours):
        near = dict.fromkeys(m for place in _places(one) for m in known.get(place, ()))
        found = {m: kind for m in near if (kind := strength(one, others[m])) is not None}
        if found:
            edges[n] = found
    return edges


def _places(identity: Identity) -> set[tuple[int, str]]:
    """Return under what an identity is looked up."""
    told = {(kind, text) for kind, texts in enumerate(_sets(identity)) for text in texts}
    return told | {(LABEL, text) for text in _any(identity)}


def _best(found: Mapping[int, int]) -> tuple[int, ...]:
    strongest = min(found.values())
    return tuple(n for n, kind in found.items() if kind == strongest)


def as_data(identity: Identity) -> dict[str, object]:
    """Return the fields that say something, for JSON."""
    fields = {name: getattr(identity, name) for name in (*KINDS, *WORDS)}
    return {name: value for name, value in fields.items() if value}


def from_data(data: Mapping[str, Any]) -> Identity:
    """Return the identity of which as_data gave the fields; GraderError for anything else."""
    try:
        moodle, canvas, ids, emails, names = (tuple(map(str, data.get(k, ()))) for k in KINDS)
        label, doubt, called, language = (str(data.get(word, "")) for word in WORDS)
        return Identity(moodle, canvas, ids, emails, names, label, doubt, called, language)
    except (TypeError, AttributeError) as error:
        raise GraderError(f"a student's identity in the results is damaged: {error}") from error
