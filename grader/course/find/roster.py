"""Who is in a class: a CSV with a column id, or a platform's own list, and what it says of each."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from grader.course.find.platforms import readable
from grader.course.identity import key, of_table
from grader.errors import GraderError
from grader.model import Identity

SEPARATORS = (",", ";", "\t")
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# Names in GBK: all bytes beyond ASCII come in pairs, and two pairs stand together somewhere.
CHINESE = re.compile(rb"(?=.*[\xa1-\xfe]{4})(?:[\x00-\x7f]|[\xa1-\xfe]{2})*", re.DOTALL)
SPOKEN = {"zh": ("zh", "chinese", "中文", "汉语", "简体"), "en": ("en", "英")}
# What a column is called -> what it says; in any case, as platforms export it too.
COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("id", "identifier"), "id"),
    **dict.fromkeys(("id number", "username", "login", "sis user id", "sis login id"), "ids"),
    **dict.fromkeys(("sid", "student id"), "ids"),
    **dict.fromkeys(("email", "e-mail", "email address", "mail"), "emails"),
    **dict.fromkeys(("name", "full name", "student"), "names"),
    **dict.fromkeys(("first name", "first_name"), "given"),
    **dict.fromkeys(("last name", "last_name", "surname"), "family"),
    "github_username": "handles",
    **dict.fromkeys(("moodle", "moodle id", "participant"), "moodle"),
    **dict.fromkeys(("canvas", "canvas id"), "canvas"),
    **dict.fromkeys(("language", "lang", "语言"), "language"),
}
# In a platform's own table a column may say its number of a student.
NUMBERS = (
    ({"identifier", "grade"}, "identifier", "moodle"),
    ({"student", "id", "sis login id", "section"}, "id", "canvas"),
)
IDENTIFYING = ("id", "ids", "emails", "moodle", "canvas")  # the first that is there is the id
POINTS_POSSIBLE = "points possible"  # in a line of Canvas's that is about nobody


class Listed(NamedTuple):
    """A student on the roster: what results call them, and what is known of them."""

    student: str
    identity: Identity


def read_roster(roster: Path) -> list[Listed]:
    """Return who is on a roster; GraderError, with line and what to do, for what is none."""
    rows = _rows(roster)
    number, titles = next(rows, (1, []))
    columns = _columns(titles)
    if columns.count("id") > 1 or not set(columns) & set(IDENTIFYING):
        found = ", ".join(filter(None, map(str.strip, titles))) or "nothing"
        raise GraderError(
            f"{roster}, line {number}: call one column id, that which tells students apart; "
            f"there is {found}"
        )
    lines: dict[str, int] = {}
    listed = []
    for number, row in rows:
        _refuse_shifted(f"{roster}, line {number}", row, len(columns))
        one = _listed(columns, row)
        if not one.student and POINTS_POSSIBLE in key(" ".join(row)):
            continue
        before = lines.setdefault(key(one.student), number)
        if not one.student:
            raise GraderError(f"{roster}, line {number}: the id is empty; fill it in")
        if before != number:
            raise GraderError(
                f"{roster}, line {number}: {one.student} stands in line {before} too; keep one"
            )
        listed.append(one)
    if not listed:
        raise GraderError(f"{roster}: there is nobody below the first line; add a line a student")
    return listed


def _columns(titles: Sequence[str]) -> list[str]:
    """Return what each column says, "" where that is not known."""
    said = [key(title) for title in titles]
    numbers = {title: means for platforms, title, means in NUMBERS if platforms <= set(said)}
    return [numbers.get(title) or COLUMNS.get(title, "") for title in said]


def _refuse_shifted(place: str, row: Sequence[str], width: int) -> None:
    if any(cell.strip() for cell in row[width:]):
        raise GraderError(
            f"{place}: {len(row)} cells, but the first line has {width}; quote what holds a comma"
        )
    if len(row) == 1 < width and any(separator in row[0] for separator in SEPARATORS):
        raise GraderError(f"{place}: its cells are parted otherwise than those of the first line")


def _rows(roster: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield every line that says something, with its number."""
    try:
        data = roster.read_bytes()
    except OSError as error:
        raise GraderError(f"{roster} cannot be read: {error.strerror}") from error
    if data.startswith(WORKBOOKS):
        raise GraderError(f"{roster} is a workbook; save it as CSV (UTF-8)")
    try:
        text = _text(data)
    except UnicodeDecodeError as error:
        raise GraderError(f"{roster} is in no known encoding; save it as UTF-8") from error
    first = next((line for line in text.splitlines() if line.strip()), "")
    stated = re.fullmatch(r"sep=(.)\s*", first)  # as Excel writes and reads it
    separator = stated[1] if stated else max(SEPARATORS, key=lambda s: _known(first, s))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row) and not (stated and row[0].startswith("sep=")):
                yield number, row
            number = reader.line_num + 1
    except csv.Error as error:
        raise GraderError(
            f"{roster}, line {number}: no CSV ({error}); do its quotation marks pair?"
        ) from error


def _known(first: str, separator: str) -> tuple[bool, int]:
    """Return how well a separator makes titles of the first line."""
    titles = [title.strip().strip('"') for title in first.split(separator)]
    columns = _columns(titles)
    return bool(set(columns) & set(IDENTIFYING)), len(columns)


def _listed(columns: Sequence[str], row: Sequence[str]) -> Listed:
    said: dict[str, list[str]] = {name: [] for name in COLUMNS.values()}
    for column, cell in zip(columns, row, strict=False):
        if column and cell.strip():
            said[column].append(readable(cell.strip()))
    student = next((said[kind][0] for kind in IDENTIFYING if said[kind]), "")
    whole = " ".join((*said["given"], *said["family"]))
    names = [*said["names"], *([whole] if whole else [])]
    identity = of_table(
        moodle=_number(said["moodle"]),
        canvas=_number(said["canvas"]),
        ids=[*said["id"], *said["ids"]],
        emails=said["emails"],
        names=[*names, *said["handles"]],
        language=language_of(next(iter(said["language"]), "")),
    )
    return Listed(student, replace(identity, called=" ".join(next(iter(names), "").split())))


def language_of(text: str) -> str:
    """Return the language that `zh-CN`, `Chinese` or `中文` is, or the like in English, or ""."""
    said = key(text)
    return next((lang for lang, begin in SPOKEN.items() if said.startswith(begin)), "")


def _number(cells: Sequence[str]) -> str:
    """Return the number in `4711` or `Participant 4711`."""
    return cells[0].split()[-1] if cells else ""


def _text(data: bytes) -> str:
    """Return the text of a file that says its encoding, or whose bytes tell it."""
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding)
    if b"\0" in data[:2]:
        return data.decode("utf-16-be" if data[:1] == b"\0" else "utf-16-le")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gbk" if CHINESE.fullmatch(data) else "cp1252")
