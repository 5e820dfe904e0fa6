"""A tree of files -> the submissions in it, one a student, and what was passed over and why.

Knows what learning platforms hand out:

    Moodle      NAME_NUMBER_assignsubmission_file_/solution.py, or the same with the file behind it
    Canvas      NAME_[LATE_]USER_SUBMISSION_solution.py
    Gradescope  submission_NUMBER/solution.py, and who it is in submission_metadata.yml
"""

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from grader.batch.tree import Member, Tree
from grader.errors import GraderError

CUSTOMARY = "solution.py"
MOODLE = re.compile(r"(?P<who>.+_\d+)_assignsubmission_[a-z]+_?(?P<file>.*)", re.DOTALL)
CANVAS = re.compile(r"(?P<who>[^_]+_)(?:LATE_)?(?P<number>\d+)_\d+_(?P<file>.+)", re.DOTALL)
METADATA = "submission_metadata.yml"
FOLDERS = ("folder", "a symbolic link")  # where a student's submission should be
MOST_METADATA = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Entry:
    """A submission and whose it is; flaw says why it cannot be one, as a link cannot."""

    student: str
    path: str
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Everything in a tree: nobody in it is neither an entry nor named among the skipped."""

    entries: tuple[Entry, ...]
    skipped: tuple[tuple[str, str], ...]  # what, and why
    missing: tuple[tuple[str, str], ...] = ()  # students who handed nothing in, and why we know


def find(tree: Tree, pattern: str | None = None) -> Found:
    """Return every student's submission; of several that match, one, and the others as skipped."""
    members = list(tree.members())
    matches = _pattern(pattern) if pattern else _is_customary
    place = _place(pattern) if pattern else None
    groups = _gradescope(tree, members)
    candidates: dict[str, list[Member]] = defaultdict(list)
    unmatched: list[Member] = []
    for member in members:
        if member.kind != "folder" and matches(member.path):
            for student in groups.get(_folder(member.path)) or [_student(member.path, place)]:
                candidates[_readable(student)].append(member)
        elif member.kind == "folder" and matches(member.path):
            candidates[_readable(_student(member.path, place))].append(member)
        else:
            unmatched.append(member)
    entries, skipped = _one_each(_told_apart(candidates, place))
    taken = [m.path for ms in candidates.values() for m in ms]
    missing = _empty_folders(unmatched, taken, groups, pattern or CUSTOMARY)
    wanted = f"the pattern {pattern}" if pattern else f"the name {CUSTOMARY}"
    loose = [m for m in unmatched if m.kind not in FOLDERS and "/" not in m.path]
    skipped += [(_readable(m.path), f"not of {wanted}") for m in loose if m.path != METADATA]
    return Found(tuple(sorted(entries, key=lambda e: e.student)), tuple(skipped), tuple(missing))


def with_roster(found: Found, roster: Path) -> Found:
    """Return what was found under the ids of a roster, with those on it who are not among them.

    The roster has a column `id`, and a column `name` where folders or files are named otherwise.
    """
    ids = _read_roster(roster)
    entries, strangers = [], []
    for entry in found.entries:
        student = ids.get(_key(entry.student))
        if student is None:
            strangers.append((entry.student, "judged, but not on the roster"))
        entries.append(replace(entry, student=student or entry.student))
    doubled = {e.student for e in entries if sum(o.student == e.student for o in entries) > 1}
    if doubled:
        raise GraderError(f"{roster}: more than one submission of {', '.join(sorted(doubled))}")
    present = {e.student for e in entries}
    missing = [(ids.get(_key(student), student), why) for student, why in found.missing]
    named = present | {student for student, _ in missing}
    absent = [(i, "on the roster, nothing handed in") for i in ids.values() if i not in named]
    return Found(
        tuple(sorted(entries, key=lambda e: e.student)),
        (*found.skipped, *strangers),
        (*missing, *dict.fromkeys(absent)),
    )


def _read_roster(roster: Path) -> dict[str, str]:
    try:
        text = roster.read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GraderError(f"{roster} cannot be read as a roster: {error}") from error
    if not rows or "id" not in rows[0]:
        raise GraderError(f"{roster}: a roster is a CSV with a column id (and perhaps name)")
    ids: dict[str, str] = {}
    for number, row in enumerate(rows, 2):
        student = unicodedata.normalize("NFC", (row["id"] or "").strip())
        key = _key((row.get("name") or "").strip() or student)
        if not student:
            raise GraderError(f"{roster}, line {number}: the id is empty")
        if key in ids:
            raise GraderError(f"{roster}, line {number}: {key} stands twice")
        ids[key] = student
    return ids


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _readable(name: str) -> str:
    """Return a name that every encoding can hold, different for different names."""
    return unicodedata.normalize("NFC", name).encode("utf-8", "backslashreplace").decode()


def _folder(path: str) -> str:
    """Return the name of the folder that holds a file."""
    return PurePosixPath(path).parent.name


def _is_customary(path: str) -> bool:
    """Return whether a file is called as submissions are by custom, or as a platform names one."""
    name = path.rpartition("/")[2]
    form = MOODLE.fullmatch(name) or CANVAS.fullmatch(name)
    return ("/" in path and name == CUSTOMARY) or (form is not None and name.endswith(".py"))


def _student(path: str, place: int | None = None) -> str:
    """Return whose file it is: as the platform says, else the folder's name, else the file's.

    place: which part of the path it is, where a pattern fixes that.
    """
    parts = path.split("/")
    if place is not None:
        parts = parts[: place + 1] + (["-"] if place < len(parts) - 1 else [])
    for part in reversed(parts):
        if form := MOODLE.fullmatch(part):
            return form["who"]
    if form := CANVAS.fullmatch(parts[-1]):
        return f"{form['who']}{form['number']}"
    return parts[-2] if len(parts) > 1 else PurePosixPath(path).stem


def _pattern(pattern: str) -> Callable[[str], object]:
    """Return a test whether a path is of a pattern: * within a name, ** for any folders."""
    means = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    split = re.split(r"(\*\*/|\*|\?)", pattern.removeprefix("./"))
    parts = [means.get(part, re.escape(part)) for part in split]
    return re.compile("".join(parts), re.DOTALL).fullmatch


def _place(pattern: str) -> int | None:
    """Return the first part of a pattern that names the student; None where that may vary."""
    parts = pattern.removeprefix("./").split("/")
    wild = next((n for n, part in enumerate(parts) if "*" in part or "?" in part), None)
    return None if wild is not None and parts[wild] == "**" else wild


def _told_apart(
    candidates: Mapping[str, list[Member]], place: int | None
) -> dict[str, list[Member]]:
    """Return the candidates; folders of one name in different places become different students."""
    apart: dict[str, list[Member]] = {}
    for student, members in candidates.items():
        folders = sorted({str(PurePosixPath(m.path).parent) for m in members})
        nested = all(f == folders[0] or f.startswith(f"{folders[0]}/") for f in folders)
        if nested or any(_student(m.path, place) != student for m in members):
            apart[student] = members
        else:
            for folder in folders:
                name = _readable(folder)
                apart[name] = [m for m in members if str(PurePosixPath(m.path).parent) == folder]
    return apart


def _one_each(candidates: Mapping[str, list[Member]]) -> tuple[list[Entry], list[tuple[str, str]]]:
    entries, skipped = [], []
    for student, several in candidates.items():
        members = sorted(several, key=lambda m: _preference(m.path))
        chosen = members[0]
        flaw = "" if chosen.kind == "file" else f"{_readable(chosen.path)} is {_a(chosen.kind)}"
        entries.append(Entry(student, chosen.path, flaw))
        why = f"{student} has several; {_readable(chosen.path)} is judged"
        skipped += [(_readable(m.path), why) for m in members[1:]]
    return entries, skipped


def _a(kind: str) -> str:
    return "a folder, not a file" if kind == "folder" else f"{kind}, not an ordinary file"


def _preference(path: str) -> tuple[bool, int, str]:
    name = path.rpartition("/")[2]
    form = MOODLE.fullmatch(name) or CANVAS.fullmatch(name)
    own = form["file"] if form else name
    return (not own.startswith("solution"), path.count("/"), path)


def _empty_folders(
    unmatched: Sequence[Member],
    taken: Sequence[str],
    groups: Mapping[str, list[str]],
    wanted: str,
) -> list[tuple[str, str]]:
    """Return the folders beside the students' in which nothing was found, with what they hold."""
    used = {str(p) for path in taken for p in PurePosixPath(path).parents}
    beside = {str(PurePosixPath(p).parent.parent) for p in taken if "/" in p} or {"."}
    missing = []
    for folder, kind in unmatched:
        if kind not in FOLDERS or folder in used:
            continue
        if str(PurePosixPath(folder).parent) not in beside:
            continue
        inside = (m.path for m in unmatched if m.path.startswith(f"{folder}/"))
        held = next(
            (f"there is {_readable(p)}" for p in inside),
            "it is empty" if kind == "folder" else f"it is {kind}",
        )
        students = groups.get(PurePosixPath(folder).name, [_student(f"{folder}/-")])
        missing += [(_readable(student), f"no {wanted} in it; {held}") for student in students]
    return missing


def _gradescope(tree: Tree, members: Sequence[Member]) -> dict[str, list[str]]:
    """Return folder -> students as Gradescope's metadata names them; empty without metadata."""
    path = next((m.path for m in members if m.path.rpartition("/")[2] == METADATA), None)
    if path is None:
        return {}
    try:
        data = yaml.load(tree.read(path, MOST_METADATA), Loader=_LOADER)  # noqa: S506  # a safe loader
        return {
            str(folder): [_submitter(s) for s in about[":submitters"]]
            for folder, about in data.items()
        }
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, OSError) as error:
        raise GraderError(f"{path} is not as Gradescope writes it: {error!r}") from error


class _LOADER(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # either
    """Plain data."""


def _submitter(about: Mapping[str, Any]) -> str:
    return str(about.get(":sid") or about.get(":email") or about[":name"])
