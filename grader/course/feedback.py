"""What every student is handed back: the report as HTML and as text, named as a platform takes it.

    Moodle   NAME_NUMBER_assignsubmission_file_/FILE: whose it is, the number says
             (mod/assign/feedback/file/importziplib.php)
    Canvas   PREFIX_USER_ATTACHMENT_FILE: the first two parts that are numbers say it, and Canvas
             takes no attachment but one of that user's (infer_comment_context_from_filename)
    folder   STUDENT/FILE

A file goes to whom the platform itself named, or to nobody. A number that a platform wrote or the
roster has is what counts; a name never does.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from grader.course.gradebook import is_graded, matched_with, superseded
from grader.course.identity import key
from grader.model import LANGUAGES, Report, Row
from grader.report import json, text

KINDS = ("html", "text")
ENDINGS = {"html": "feedback.html", "text": "feedback.txt"}
MOST_LINES = 1000  # of a text: all there is
MOST_NAME = 60
UNSAFE = re.compile(r"[^\w .@()+,#-]")
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
NUMBER = re.compile("[0-9]+")
Reason = tuple[str, str]  # a student, and what is said of them


class Place(NamedTuple):
    """Whose files these will be, as the platform counts people, and what their names begin with."""

    person: str
    prefix: str


Where = Callable[[Row], Place | str]  # or why that is not known


@dataclass(frozen=True, slots=True)
class HandedBack:
    """The files by their names, and who gets none."""

    files: Mapping[str, bytes]
    students: int
    left: tuple[Reason, ...]  # of whom there is nothing to hand back
    unknown: tuple[Reason, ...]  # who is not known to the platform beyond doubt


def hand_back(
    rows: Sequence[Row],
    where: Where,
    sources: Mapping[str, bytes],
    *,
    lang: str,
    kinds: Sequence[str] = KINDS,
) -> HandedBack:
    """Return everybody's files. lang: of those for whom the roster names no language."""
    old = superseded(rows)
    left = [(row.shown, old[row.student]) for row in rows if row.student in old]
    unknown: list[Reason] = []
    places: dict[str, Place] = {}
    for row in rows:
        if row.student in old:
            continue
        if not is_graded(row):
            left.append((row.shown, "judge error" if row.verdict else row.note or "no verdict"))
            continue
        place = where(row)
        if isinstance(place, str):
            unknown.append((row.shown, place))
        else:
            places[row.student] = place
    claimed = Counter(place.person for place in places.values())
    files: dict[str, bytes] = {}
    for row in (row for row in rows if row.student in places):
        place = places[row.student]
        if claimed[place.person] > 1:
            unknown.append((row.shown, f"another student's result is {place.person}'s, too"))
        else:
            files |= _files(row, place, sources.get(row.student, b""), lang, kinds)
    return HandedBack(files, len(files) // len(kinds), tuple(left), tuple(unknown))


def _files(
    row: Row, place: Place, source: bytes, otherwise: str, kinds: Sequence[str]
) -> dict[str, bytes]:
    lang = row.identity.language if row.identity.language in LANGUAGES else otherwise
    report = replace(json.parse(row.report), submission=row.shown)
    rendered = {"html": _html, "text": _text}
    return {
        place.prefix + ENDINGS[kind]: rendered[kind](report, source, lang).encode()
        for kind in kinds
    }


def _html(report: Report, source: bytes, lang: str) -> str:
    from grader.report.html import student  # noqa: PLC0415  # an extra

    return student.render(report, source=source, lang=lang)


def _text(report: Report, _: bytes, lang: str) -> str:
    return text.render(report, lang=lang, most_lines=MOST_LINES) + "\n"


def moodle(row: Row) -> Place | str:
    """Return where Moodle puts what is for a student, by the number in the name that it wrote."""
    return _participant(row, row.identity.moodle)


def moodle_by(worksheet: bytes, rows: Sequence[Row]) -> Where:
    """Return where Moodle puts what is for a student, by the line of its grading worksheet.

    GraderError if it is none. What a group handed in is nobody's; its number is no participant's.
    """
    lines = matched_with(worksheet, rows)

    def where(row: Row) -> Place | str:
        found = lines.get(row.student, "")
        return found if isinstance(found, str) else _participant(row, found.identity.moodle)

    return where


def _participant(row: Row, numbers: Sequence[str]) -> Place | str:
    """Return the folder of a participant; the name in it is for people only."""
    if len(numbers) != 1 or not NUMBER.fullmatch(numbers[0]):
        return "Moodle's number of this participant is not known"
    name = _safe(next(iter(row.identity.names), row.student).replace("_", " ")) or "Participant"
    return Place(f"participant {int(numbers[0])}", f"{name}_{numbers[0]}_assignsubmission_file_/")


def canvas(row: Row) -> Place | str:
    """Return what Canvas called the file that was judged, up to the student's own part of it."""
    name = row.name.rpartition("/")[2].replace("\\", "-")
    read = _as_canvas_reads(name)
    if read is None:
        return "Canvas's name of the file that was judged is not known"
    if read.person not in (*row.identity.canvas, row.identity.label):
        return f"Canvas would take {name} for {read.person}'s"
    return read._replace(person=f"user {read.person}")


def _as_canvas_reads(name: str) -> Place | None:
    """Return whose comment Canvas makes of a file of that name, and the part that says so."""
    parts = name.split("_")
    told = [n for n, part in enumerate(parts) if part != "LATE"]
    anonymous = parts[told[0]] == "anon" if told else False
    found = told[1:3] if anonymous else [n for n in told if NUMBER.fullmatch(parts[n])][:2]
    if len(found) < 2 or not NUMBER.fullmatch(parts[found[1]]):
        return None
    person = f"anon_{parts[found[0]]}" if anonymous else parts[found[0]]
    return Place(person, "_".join(parts[: found[1] + 1]) + "_")


def folders(rows: Sequence[Row]) -> Where:
    """Return where everybody's folder is: their name where every system can hold it as it is."""
    names = {row.student: _safe(row.shown) for row in rows}
    count = Counter(key(name) for name in names.values())

    def where(row: Row) -> Place:
        name = names[row.student]
        if name != row.shown or count[key(name)] > 1 or RESERVED.fullmatch(name):
            digest = hashlib.sha256(row.student.encode("utf-8", "surrogatepass")).hexdigest()
            name = f"{name}-{digest[:8]}".lstrip("-")
        return Place(row.student, f"{name}/")

    return where


def _safe(name: str) -> str:
    """Return a name without what a path or Moodle's own names would take for something else."""
    clean = UNSAFE.sub(" ", unicodedata.normalize("NFC", name))
    return " ".join(clean.split())[:MOST_NAME].strip(" .")
