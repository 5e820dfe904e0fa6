"""Whose an outermost file or folder is, by the name that a learning platform gave it.

    Moodle            NAME_NUMBER_assignsubmission_file/..., or the file's name behind one more _
    Canvas            NAME_[LATE_]USER_ATTACHMENT_FILE, all of them loose files
    GitHub Classroom  ASSIGNMENT-USER/..., which the roster's names confirm
    Classroom 50      CLASSROOM-ASSIGNMENT-USER/..., likewise
    anything else     NAME/...

What these names say is the platform's word. What lies further in is the student's, and is not read
here. (Moodle writes no other _ into NAME: mod/assign/classes/downloader.php; Canvas leaves word
characters only: lib/content_zipper.rb.)
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from os.path import commonprefix
from typing import NamedTuple

from grader.course.find.choose import SUFFIXES
from grader.model import Identity

MOODLE = re.compile(
    r"(?P<who>[^_]+)(?:_(?P<number>[0-9]+))?_assignsubmission_[a-z]+(?:_(?P<file>.*))?", re.DOTALL
)
CANVAS = re.compile(  # found wherever it may begin, since names hold numbers too
    r"(?<!LATE_)(?<![^_])(?=(?P<late>LATE_)?(?P<number>[0-9]+)_[0-9]+_(?P<file>.+))", re.DOTALL
)
ANONYMOUS = re.compile(
    r"(?P<late>LATE_)?(?P<who>anon_[A-Za-z0-9]{5})_[0-9]+_(?P<file>.+)", re.DOTALL
)


class Owner(NamedTuple):
    """Whose an outermost file or folder is: what results call them, and what is known of them."""

    label: str
    written: str  # the part of the name that says so, as it is written
    identity: Identity
    file: str = ""  # of a loose file, the name that the student gave it
    late: bool = False


def readable(name: str) -> str:
    """Return a name that every encoding can hold, different for different names."""
    return unicodedata.normalize("NFC", name).encode("utf-8", "backslashreplace").decode()


def owners(folders: Sequence[str], files: Sequence[str]) -> dict[str, Owner]:
    """Return whose each outermost folder is, and each file that a platform named."""
    found = {name: _of_moodle(name) or _plain(name) for name in folders}
    found |= {name: owner for name in files if (owner := _of_moodle(name))}
    if not folders:
        found |= {name: owner for name, owner in _of_canvas(files).items() if name not in found}
    return _told_apart(found)


def _plain(name: str) -> Owner:
    return Owner(readable(name), name, Identity(label=readable(name)))


def _of_moodle(name: str) -> Owner | None:
    form = MOODLE.fullmatch(name)
    if form is None:
        return None
    who, number = readable(form["who"]), form["number"] or ""
    label = f"{who}_{number}" if number else who
    names = (who, label) if number else (who,)
    identity = Identity(moodle=(number,) if number else (), names=names)
    return Owner(label, name[: name.index("_assignsubmission_")], identity, form["file"] or "")


def _of_canvas(files: Sequence[str]) -> dict[str, Owner]:
    """Return whose the files are if Canvas wrote all of them that are programs."""
    readings = {name: _readings(name) for name in files}
    if not all(readings[name] for name in files if name.lower().endswith(SUFFIXES)):
        return {}
    certain = {found[0].label for found in readings.values() if len(found) == 1}
    return {name: _one_of(found, certain) for name, found in readings.items() if found}


def _readings(name: str) -> list[Owner]:
    """Return every way to read a name as one of Canvas's."""
    if form := ANONYMOUS.fullmatch(name):
        who = form["who"]
        return [Owner(who, who, Identity(label=who), form["file"], bool(form["late"]))]
    return [_of_user(name, form) for form in CANVAS.finditer(name)]


def _of_user(name: str, form: re.Match[str]) -> Owner:
    who, number = readable(name[: form.start()].rstrip("_")), form["number"]
    label = f"{who}_{number}" if who else number
    identity = Identity(canvas=(number,), names=(who, label) if who else (label,))
    return Owner(label, label, identity, form["file"], bool(form["late"]))


def _one_of(readings: Sequence[Owner], certain: set[str]) -> Owner:
    """Return whose a file is; of nobody in the gradebook where its numbers may mean two."""
    known = [owner for owner in readings if owner.label in certain]
    if len(readings) == 1 or len(known) == 1:
        return (known or readings)[0]
    why = "which number in the name of the file is the student's is not certain"
    return readings[0]._replace(identity=Identity(doubt=why))


def _told_apart(found: Mapping[str, Owner]) -> dict[str, Owner]:
    """Return the owners; whose names differ in what a label does not show have different labels."""
    wrote: dict[str, set[str]] = defaultdict(set)
    for owner in found.values():
        wrote[owner.label].add(owner.written)
    return {
        name: owner
        if len(wrote[owner.label]) == 1 or owner.written == owner.label
        else owner._replace(label=f"{owner.label} #{_digest(owner.written)}")
        for name, owner in found.items()
    }


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def shared_prefix(folders: Sequence[str], known: set[str]) -> str:
    """Return what GitHub Classroom put before every name, so that the rest is on the roster.

    known: the roster's names, as they are compared. The shortest such prefix, often empty.
    """
    common = commonprefix(list(folders))  # noqa: RUF071  # of names, not of paths
    cuts = [0, *(n for n, c in enumerate(common, 1) if c == "-")]
    fits = (common[:cut] for cut in cuts if any(f[cut:].casefold() in known for f in folders))
    return next(fits, "")
