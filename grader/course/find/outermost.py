"""What lies outermost in a class: whose each folder and loose file is, and what is nobody's."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from grader.course.find import gradescope
from grader.course.find.choose import CUSTOMARY, Choice, File, Matches, choice
from grader.course.find.names import Reading, read_name
from grader.course.find.platforms import Owner, owners, readable, shared_prefix
from grader.course.find.root import is_results
from grader.course.find.roster import Listed
from grader.course.find.tree import REFUSED, Member, Tree, below
from grader.course.identity import key
from grader.errors import GraderError
from grader.model import Identity

Reason = tuple[str, str]  # a file or a student, and why it was left or is not certain
SHOWN = 200  # characters of a name that is nobody's
FOLDERS = ("folder", "a symbolic link")  # where a student's submission should be


class Handed(NamedTuple):
    """What one student handed in, before it is known which file is the submission."""

    student: str
    identity: Identity
    choice: Choice
    why: str = ""  # nothing of it is judged
    note: str = ""


class Outermost(NamedTuple):
    """What lies below a root."""

    handed: list[Handed]
    skipped: list[Reason]


def known_by(roster: Sequence[Listed]) -> Callable[[str], bool]:
    """Return a test whether an outermost name is somebody's on the roster."""
    said = _said_by(roster)

    def known(name: str) -> bool:
        found = owners([name], []) | owners([], [name])
        return any(key(text) in said for o in found.values() for text in _said(o.identity))

    return known


def any_known_by(roster: Sequence[Listed]) -> Callable[[Sequence[str], Sequence[str]], bool]:
    """Return a test whether folders and files have the names of a class: one is on the roster.

    That is as it stands, or behind what GitHub Classroom or Classroom 50 put before every one.
    """
    known, said = known_by(roster), _said_by(roster)

    def any_known(folders: Sequence[str], files: Sequence[str]) -> bool:
        return any(map(known, (*folders, *files))) or bool(shared_prefix(folders, said))

    return any_known


def _said_by(roster: Sequence[Listed]) -> set[str]:
    return {key(text) for one in roster for text in _said(one.identity)}


def _said(identity: Identity) -> tuple[str, ...]:
    """Return everything that an identity is, numbers with the name of who gave them."""
    numbers = [f"{n} of Moodle" for n in identity.moodle]
    numbers += [f"{n} of Canvas" for n in identity.canvas]
    label = (identity.label,) if identity.label else ()
    return (*numbers, *identity.ids, *identity.emails, *identity.names, *label)


def outermost(tree: Tree, root: str, roster: Sequence[Listed], matches: Matches) -> Outermost:
    """Return what lies below a root, by student. matches: which files may be submissions."""
    members = tree.children(root)
    skipped = [(readable(m.path)[:SHOWN], m.kind) for m in members if m.kind in REFUSED]
    ours = [m for m in members if is_results(tree, m)]
    skipped += [(readable(m.path), "the results of a class") for m in ours]
    inside = {_last(m.path): m for m in members if m.kind not in REFUSED and m not in ours}
    folders = [name for name, m in inside.items() if m.kind in FOLDERS]
    files = [name for name, m in inside.items() if m.kind not in FOLDERS]
    if gradescope.is_export(folders, files):
        found, told = _of_gradescope(tree, root, [inside[f] for f in folders], matches)
        skipped += [*told, *_nobodys(inside[f] for f in files if f != gradescope.METADATA)]
        return Outermost(found, skipped)
    known = known_by(roster)
    readings = {name: read_name(name, known, sure=m.sure) for name, m in inside.items()}
    whose = _whose(readings, folders, files)
    if matches:
        loose = (f for f in files if f not in whose and matches(inside[f].path))
        whose |= {f: _by_stem(readings[f].text or f) for f in loose}
    handed = _by_student(tree, inside, whose, readings, matches)
    skipped += _nobodys(inside[f] for f in files if f not in whose)
    return Outermost(_of_assignment(handed, whose, roster), skipped)


def _whose(
    readings: Mapping[str, Reading], folders: Sequence[str], files: Sequence[str]
) -> dict[str, Owner]:
    """Return the owners by the names as they lie there."""
    read = {name: reading.text or name for name, reading in readings.items()}
    found = owners([read[f] for f in folders], [read[f] for f in files])
    return {name: found[text] for name, text in read.items() if text in found}


def _by_stem(name: str) -> Owner:
    stem = readable(PurePosixPath(name).stem)
    return Owner(stem, stem, Identity(label=stem), name)


def _by_student(
    tree: Tree,
    inside: Mapping[str, Member],
    whose: Mapping[str, Owner],
    readings: Mapping[str, Reading],
    matches: Matches,
) -> list[Handed]:
    together: dict[str, list[str]] = defaultdict(list)
    for name, owner in whose.items():
        together[owner.label].append(name)
    handed = []
    for label, names in together.items():
        places = ((inside[name], whose[name].file) for name in names)
        files = (f for place in places for f in _files(tree, *place))
        flaw = next((readings[name].flaw for name in names if readings[name].flaw), "")
        identity = whose[names[0]].identity
        late = "handed in late" if any(whose[name].late for name in names) else ""
        handed.append(
            Handed(
                label,
                identity.doubtful(flaw) if flaw else identity,
                choice(files, matches),
                why=(flaw if tree.packed else "") or _no_folder(inside[names[0]]),
                note=late,
            )
        )
    return handed


def _no_folder(member: Member) -> str:
    return f"it is {member.kind}" if member.kind == "a symbolic link" else ""


def _files(tree: Tree, member: Member, own_name: str) -> Iterator[File]:
    if member.kind != "folder":
        yield File(member.path, member.kind, own_name or _last(member.path), 0)
        return
    for m in below(tree, member.path):
        yield File(m.path, m.kind, _last(m.path), m.path.count("/") - member.path.count("/"))


def _of_assignment(
    handed: list[Handed], whose: Mapping[str, Owner], roster: Sequence[Listed]
) -> list[Handed]:
    """Return the same, without the name of the assignment before every name.

    A platform put it there if the roster knows the rest.
    """
    plain = [o.written for o in whose.values() if o.identity.label and not o.file]
    prefix = readable(shared_prefix(plain, _said_by(roster))) if len(plain) == len(whose) else ""
    if not prefix:
        return handed
    return [
        h._replace(identity=Identity(label=h.identity.label.removeprefix(prefix))) for h in handed
    ]


def _of_gradescope(
    tree: Tree, root: str, folders: Sequence[Member], matches: Matches
) -> tuple[list[Handed], list[Reason]]:
    """Return what was handed in by whom, and what Gradescope's list does not say."""
    path = f"{root}/{gradescope.METADATA}" if root else gradescope.METADATA
    listed: dict[str, gradescope.Submitters] = {}
    told: list[Reason] = []
    try:
        data = tree.read(path, gradescope.MOST_METADATA)
        listed = gradescope.submitters(data)
        if len(data) > gradescope.MOST_METADATA:
            told.append((readable(path), "too large to be read; nobody is known by it"))
    except GraderError as error:
        told.append((readable(path), str(error)))
    several = Counter(who for found in listed.values() for who, _ in found.who)
    handed: list[Handed] = []
    for member in folders:
        folder = _last(member.path)
        found = listed.pop(folder, None) or gradescope.Submitters((), "not in Gradescope's list")
        chosen = choice(_files(tree, member, ""), matches)
        for who, identity in found.who or ((folder, Identity(doubt=found.flaw)),):
            student = f"{who} ({folder})" if several[who] > 1 else who
            handed.append(Handed(student, identity, chosen, _no_folder(member), found.flaw))
        told += [(folder, found.flaw)] if found.flaw else []
    for folder, found in listed.items():
        why = f"there is no folder {folder}"
        handed += [Handed(who, identity, Choice(), why) for who, identity in found.who]
    return handed, told


def _nobodys(members: Iterator[Member]) -> list[Reason]:
    return [(readable(m.path), f"not of the name {CUSTOMARY}") for m in members]


def _last(path: str) -> str:
    return path.rpartition("/")[2]
