"""Who is in a class: a CSV with a column id, and what else is known of everybody."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from grader.course.find.platforms import readable
from grader.course.identity import key, of_table
from grader.errors import GraderError
from grader.model import Identity

SEPARATORS = (",", ";", "\t")
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
# What a column is called -> what it says; in any case, as platforms export it too.
COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("id", "identifier"), "id"),
    **dict.fromkeys(("id number", "username", "login", "sis user id", "sis login id"), "ids"),
    **dict.fromkeys(("email", "e-mail", "email address", "mail"), "emails"),
    **dict.fromkeys(("name", "full name", "student", "github_username"), "names"),
    **dict.fromkeys(("moodle", "moodle id", "participant"), "moodle"),
    **dict.fromkeys(("canvas", "canvas id"), "canvas"),
}


class Listed(NamedTuple):
    """A student on the roster: what results call them, and what is known of them."""

    student: str
    identity: Identity


def read_roster(roster: Path) -> list[Listed]:
    """Return who is on a roster; GraderError, with the line, for what is none."""
    rows = _rows(roster)
    columns = [COLUMNS.get(key(title), "") for title in rows[0]] if rows else []
    if columns.count("id") != 1:
        raise GraderError(f"{roster}: a roster is a CSV with a column id (and perhaps name)")
    lines: dict[str, int] = {}
    listed = []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if any(cell.strip() for cell in row[len(columns) :]):
            raise GraderError(f"{roster}, line {number}: more cells than the first line has")
        one = _listed(columns, row)
        before = lines.setdefault(key(one.student), number)
        if not one.student or before != number:
            why = f"{one.student} stands in line {before} too" if one.student else "the id is empty"
            raise GraderError(f"{roster}, line {number}: {why}")
        listed.append(one)
    if not listed:
        raise GraderError(f"{roster}: there is nobody on the roster")
    return listed


def _rows(roster: Path) -> list[list[str]]:
    try:
        text = _text(roster.read_bytes())
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GraderError(f"{roster} cannot be read as a roster: {error}") from error


def _listed(columns: Sequence[str], row: Sequence[str]) -> Listed:
    said: dict[str, list[str]] = {name: [] for name in set(COLUMNS.values())}
    for column, cell in zip(columns, row, strict=False):
        if column and cell.strip():
            said[column].append(readable(cell.strip()))
    student = next(iter(said["id"]), "")
    identity = of_table(
        moodle=_number(said["moodle"]),
        canvas=_number(said["canvas"]),
        ids=[student, *said["ids"]],
        emails=said["emails"],
        names=said["names"],
    )
    return Listed(student, identity)


def _number(cells: Sequence[str]) -> str:
    """Return the number in `4711` or `Participant 4711`."""
    return cells[0].split()[-1] if cells else ""


def _text(data: bytes) -> str:
    """Return the text of a file that says its encoding, or is in UTF-8, or else in cp1252."""
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _separator(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(SEPARATORS, key=first.count)
