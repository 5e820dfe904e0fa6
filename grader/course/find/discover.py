"""A tree of files -> the submissions in it, one a student, and what was left and why.

Who a file belongs to is decided once, by its outermost name, which the platform or the instructor
wrote (`platforms`; in an export of Gradescope by its list, `gradescope`), and by the roster.
Whatever lies below is that student's, whatever it is called; which file is taken, `choose` says.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grader.course.find import choose, root
from grader.course.find.outermost import Handed, Reason, any_known_by, outermost
from grader.course.find.platforms import readable
from grader.course.find.roster import Listed
from grader.course.find.tree import Tree
from grader.course.identity import key, match
from grader.course.order import natural
from grader.model import Identity

MOST_LEFT = 10  # files or people that are named in one place
NOT_ON_ROSTER = "not on the roster (withdrew or renamed?)"


@dataclass(frozen=True, slots=True)
class Entry:
    """A submission and whose it is; flaw says why it cannot be one, as a link cannot."""

    student: str
    path: str
    flaw: str = ""
    note: str = ""
    usual: bool = True  # called and placed as everybody would expect


@dataclass(frozen=True, slots=True)
class Found:
    """Everything in a tree: whoever is in it is an entry, or named among the skipped."""

    entries: tuple[Entry, ...]
    skipped: tuple[Reason, ...]  # what, and why
    missing: tuple[Reason, ...] = ()  # students who handed nothing in, and why we know
    identities: Mapping[str, Identity] = field(default_factory=dict)  # of everybody


def find(
    tree: Tree,
    pattern: str | None = None,
    *,
    roster: Sequence[Listed] = (),
    below: str | None = None,
) -> Found:
    """Return every student's submission; of several files one, and the others as skipped.

    below: the folder in which the students' folders are, if not at the top; * is any one.
    """
    if pattern and below:
        pattern = f"{below}/{pattern}".removeprefix("./")
    matches = choose.pattern(pattern) if pattern else None
    roots = _roots(tree, pattern, roster, below)
    handed: list[Handed] = []
    skipped: list[Reason] = []
    for place in roots:
        part = outermost(tree, place, roster, matches)
        section = f"{readable(place)}/" if len(roots) > 1 else ""
        handed += [h._replace(student=section + h.student) for h in part.handed]
        skipped += part.skipped
    handed, missing = _on_roster(handed, roster)
    handed = _unique(handed)
    entries: list[Entry] = []
    for h in handed:
        if h.why or not h.choice.files:
            missing.append((h.student, h.why or _why_missing(h, pattern or choose.CUSTOMARY)))
        else:
            entries.append(_entry(h, h.choice.files[0]))
        skipped += _left(h)
    return Found(
        tuple(sorted(entries, key=lambda e: natural(e.student))),
        tuple(skipped),
        tuple(missing),
        {h.student: h.identity for h in handed} | _absent(roster, handed),
    )


def _roots(
    tree: Tree, pattern: str | None, roster: Sequence[Listed], below: str | None
) -> list[str]:
    if below is not None:
        return root.given(tree, below)
    if pattern:
        return root.given(tree, choose.root_of(pattern))
    return [root.found(tree, any_known_by(roster) if roster else None)]


def _on_roster(
    handed: Sequence[Handed], roster: Sequence[Listed]
) -> tuple[list[Handed], list[Reason]]:
    """Return what was handed in, under the roster's ids or with a note, and who did not."""
    if not roster:
        return list(handed), []
    matched = match([h.identity for h in handed], [one.identity for one in roster])
    ids = {key(one.student) for one in roster}
    found = []
    for n, h in enumerate(handed):
        if n in matched.pairs:
            one = roster[matched.pairs[n]]
            found.append(h._replace(student=one.student, identity=h.identity.beside(one.identity)))
            continue
        student = f"{h.student} (not certain)" if key(h.student) in ids else h.student
        if n in matched.unsure:
            who = _or([roster[m].student for m in matched.unsure[n]])
            note = f"could be {who} on the roster"
            identity = h.identity.doubtful(note)
        else:
            note, identity = NOT_ON_ROSTER, h.identity
        notes = "; ".join(filter(None, (h.note, note)))
        found.append(h._replace(student=student, identity=identity, note=notes))
    taken = set(matched.pairs.values())
    missing = [
        (one.student, _why_absent([handed[n].student for n in matched.unsure_others.get(m, ())]))
        for m, one in enumerate(roster)
        if m not in taken
    ]
    return found, missing


def _why_absent(could_be: Sequence[str]) -> str:
    if not could_be:
        return "on the roster, nothing handed in"
    return f"on the roster; {_or(could_be)} could be this student"


def _or(people: Sequence[str]) -> str:
    more = [f"{len(people) - MOST_LEFT} more"] if len(people) > MOST_LEFT else []
    return " or ".join([*people[:MOST_LEFT], *more])


def _absent(roster: Sequence[Listed], handed: Sequence[Handed]) -> dict[str, Identity]:
    present = {h.student for h in handed}
    return {one.student: one.identity for one in roster if one.student not in present}


def _entry(handed: Handed, chosen: choose.File) -> Entry:
    kind = "a folder, not a file" if chosen.kind == "folder" else chosen.kind
    kind = kind if "not a" in kind else f"{kind}, not an ordinary file"
    flaw = "" if chosen.kind == "file" else f"{readable(chosen.path)} is {kind}"
    usual = chosen.name in choose.PLAIN and chosen.depth <= 1 and not handed.note
    return Entry(handed.student, chosen.path, flaw, handed.note, usual)


def _left(handed: Handed) -> list[Reason]:
    """Return what of a student is not judged; of very much, how much it is."""
    files, _, cut = handed.choice
    told = [(handed.student, cut)] if cut else []
    if handed.why:
        return told
    why = f"{handed.student} has several; {readable(files[0].path)} is judged" if files else ""
    told += [(readable(f.path), why) for f in files[1 : MOST_LEFT + 1]]
    if len(files) > MOST_LEFT + 1:
        told.append((handed.student, f"has {len(files) - MOST_LEFT - 1} more"))
    return told


def _unique(handed: Sequence[Handed]) -> list[Handed]:
    """Return the same, everybody under a name of their own."""
    count: Counter[str] = Counter()
    found = []
    for h in handed:
        student = h.student
        while count[student]:
            count[h.student] += 1
            student = f"{h.student} #{count[h.student]}"
        count[student] += 1
        found.append(h._replace(student=student))
    return found


def _why_missing(handed: Handed, wanted: str) -> str:
    _, held, cut = handed.choice
    there = f"there is {readable(held)}" if held else cut or "it is empty"
    return f"no {wanted} in it; {there}"
