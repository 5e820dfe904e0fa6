"""Fills the score and feedback columns of a CSV that Canvas or Moodle exported; no byte else.

A student without a verdict, or with a judge error, is left as the template has it: never a 0.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from grader.errors import GraderError
from grader.model import Row, Verdict
from grader.report.cells import lines, quoted, text_cell
from grader.report.table import first_words

BOM = b"\xef\xbb\xbf"
CANVAS_IDS = ("ID", "SIS User ID", "SIS Login ID", "Integration ID", "Student")
CANVAS_FIXED = (*CANVAS_IDS, "Root Account", "Section")
MOODLE_IDS = ("Identifier", "Email address", "Username", "ID number", "Full name")
POINTS_POSSIBLE = "Points Possible"
NUMBERED = re.compile(r"(?P<who>.+)_(?P<number>\d+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it lies in the file, and what it says."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """The filled template, and who could not be entered."""

    data: bytes
    entered: int
    not_in_template: tuple[str, ...]
    not_in_results: tuple[str, ...]
    left: tuple[tuple[str, str], ...] = ()  # students left as they were, and why


@dataclass(slots=True)
class _Layout:
    """Which columns of a template matter."""

    kind: str
    ids: list[int]
    score: int
    feedback: int | None
    most: Callable[[Sequence[Cell]], str]  # of a student's line: the most points there are
    first: int  # the first student's line
    skip: set[int] = field(default_factory=set)


def plain(rows: Sequence[Row]) -> str:
    """Return a gradebook of our own: student, score, most, verdict, feedback."""
    table: list[Sequence[str | int | None]] = [
        ("student", "score", "max_score", "verdict", "feedback")
    ]
    for row in rows:
        graded = is_graded(row)
        points = (row.score, row.max_score) if graded else (None, None)
        verdict = str(row.verdict) if row.verdict else ""
        table.append((row.student, *points, verdict, feedback(row) if graded else ""))
    return lines(table)


def fill(template: bytes, rows: Sequence[Row], column: str | None = None) -> Filled:
    """Return the template with scores and feedback; GraderError if it is no such export.

    column: the title of the assignment, where a Canvas export has several.
    """
    table = read(template)
    layout = _layout(table, column)
    changes: list[tuple[Cell, bytes]] = []
    by_key = _by_key(rows)
    met: set[str] = set()
    strangers: list[str] = []
    left: list[tuple[str, str]] = []
    for number in range(layout.first, len(table)):
        line = table[number]
        if number in layout.skip or not any(c.text.strip() for c in line):
            continue
        row = _find([_at(line, n) for n in layout.ids], by_key)
        if row is None:
            strangers.append(next((t for n in layout.ids if (t := _at(line, n))), f"#{number + 1}"))
            continue
        met.add(row.student)
        why = _why_left(row, line, layout)
        if why:
            left.append((row.student, why))
            continue
        changes += _entries(row, line, layout)
    return Filled(
        data=_changed(template, changes),
        entered=len(met) - len(left),
        not_in_template=tuple(r.student for r in rows if r.student not in met),
        not_in_results=tuple(strangers),
        left=tuple(left),
    )


def is_graded(row: Row) -> bool:
    """Return whether there are points to enter."""
    return row.verdict not in (None, Verdict.JE)


def feedback(row: Row) -> str:
    """Return in one line what a student is told beside the points."""
    if row.verdict is Verdict.AC:
        return "AC: accepted"
    causes = "; ".join(d["message"] for d in row.report.get("diagnosis", ())[:2])
    return " ".join(f"{row.verdict}: {first_words(row)} {causes}".split())


def read(data: bytes) -> list[list[Cell]]:
    """Return the cells of a CSV in UTF-8, line by line, each with its place in the bytes."""
    at = len(BOM) if data.startswith(BOM) else 0
    first = data[at:].split(b"\n", 1)[0]
    separator = max((b",", b";", b"\t"), key=first.count)
    lines_: list[list[Cell]] = [[]]
    while at <= len(data):
        cell, at = _cell(data, at, separator[0])
        lines_[-1].append(cell)
        if at >= len(data):
            break
        if data[at : at + 1] != separator:
            at += 1 if data[at : at + 2] != b"\r\n" else 2
            if at >= len(data):
                break
            lines_.append([])
            continue
        at += 1
    return lines_


def _cell(data: bytes, start: int, separator: int) -> tuple[Cell, int]:
    """Return the cell that begins at start, and where it ends."""
    at = start
    if data[at : at + 1] == b'"':
        at += 1
        while at < len(data):
            end = data.find(b'"', at)
            if end < 0:
                raise GraderError("the template is no CSV: a quotation mark is not closed")
            if data[end + 1 : end + 2] != b'"':
                at = end + 1
                break
            at = end + 2
    while at < len(data) and data[at] not in (separator, 10, 13):
        at += 1
    raw = data[start:at].strip()
    if raw.startswith(b'"') and raw.endswith(b'"') and len(raw) > 1:
        raw = raw[1:-1].replace(b'""', b'"')
    try:
        return Cell(start, at, raw.decode("utf-8")), at
    except UnicodeDecodeError as error:
        raise GraderError("the template is not in UTF-8; export it again as UTF-8") from error


def _layout(table: Sequence[Sequence[Cell]], column: str | None) -> _Layout:
    header = [c.text.strip() for c in table[0]]
    if len(header) > 1 and "Student" in header[0] and "ID" in header[1]:
        return _canvas(table, header, column)
    if "Identifier" in header and "Grade" in header:
        return _moodle(header, column)
    raise GraderError(
        "the template is neither Canvas's gradebook (its first columns are Student and ID) nor "
        "Moodle's grading worksheet (it has the columns Identifier and Grade)"
    )


def _canvas(table: Sequence[Sequence[Cell]], header: Sequence[str], column: str | None) -> _Layout:
    possible = next(
        (n for n, line in enumerate(table[1:4], 1) if POINTS_POSSIBLE in line[0].text), 0
    )
    titles = [n for n, title in enumerate(header) if n > 1 and title not in CANVAS_FIXED]
    if column is None:
        titles = [n for n in titles if re.search(r"\(\d+\)$", header[n])]
    else:
        titles = [n for n in titles if header[n] == column or header[n].startswith(f"{column} (")]
    if len(titles) != 1:
        known = ", ".join(h for h in header[2:] if h not in CANVAS_FIXED)
        what = "no assignment" if not titles else "more than one assignment"
        raise GraderError(f"the template has {what} of that name; say which: --column, of {known}")
    most = _at(table[possible], titles[0]) if possible else ""
    skip = {n for n, line in enumerate(table) if _aside(line)}
    ids = [header.index(name) for name in CANVAS_IDS if name in header]
    return _Layout("Canvas", ids, titles[0], None, lambda _: most, 1, skip)


def _aside(line: Sequence[Cell]) -> bool:
    """Return whether a line of a Canvas export is about no student."""
    first = line[0].text.strip()
    return POINTS_POSSIBLE in first or (not first and not _at(line, 1))


def _moodle(header: Sequence[str], column: str | None) -> _Layout:
    name = column or "Grade"
    if name not in header:
        raise GraderError(f"the template has no column {name}; it has {', '.join(header)}")
    words = header.index("Feedback comments") if "Feedback comments" in header else None
    ids = [header.index(n) for n in MOODLE_IDS if n in header]
    at = header.index("Maximum Grade") if "Maximum Grade" in header else -1
    return _Layout("Moodle", ids, header.index(name), words, lambda line: _at(line, at), 1)


def _at(line: Sequence[Cell], number: int) -> str:
    return line[number].text.strip() if 0 <= number < len(line) else ""


def _by_key(rows: Sequence[Row]) -> Mapping[str, Row | None]:
    """Return rows by every name a student goes by; None for a name of several."""
    found: dict[str, Row | None] = {}
    for row in rows:
        for key in set(_keys(row.student)):
            found[key] = None if key in found else row
    return found


def _keys(student: str) -> Iterator[str]:
    yield student.casefold()
    if form := NUMBERED.fullmatch(student):
        yield form["number"]
        yield f"participant {form['number']}"
        yield form["who"].casefold()


def _find(ids: Sequence[str], by_key: Mapping[str, Row | None]) -> Row | None:
    """Return the student by the first of these ids that is known; ids before names."""
    for text in ids:
        name = text.casefold()
        last, comma, given = name.partition(",")
        for key in (name, f"{given.strip()} {last.strip()}" if comma else "", name.split("@")[0]):
            if key and (row := by_key.get(key)) is not None:
                return row
    return None


def _why_left(row: Row, line: Sequence[Cell], layout: _Layout) -> str:
    if not is_graded(row):
        return "judge error" if row.verdict else "no verdict"
    if len(line) <= layout.score:
        return "the line is too short"
    return "excused" if _at(line, layout.score).upper() == "EX" else ""


def _entries(row: Row, line: Sequence[Cell], layout: _Layout) -> list[tuple[Cell, bytes]]:
    changes = [(line[layout.score], _points(row, layout.most(line)).encode())]
    if layout.feedback is not None and layout.feedback < len(line):
        changes.append((line[layout.feedback], quoted(text_cell(feedback(row))).encode()))
    return changes


def _points(row: Row, most: str) -> str:
    """Return the score on the template's own scale, at most two decimals."""
    score = Decimal(row.score)
    try:
        if most and row.max_score:
            score = score * Decimal(most) / row.max_score
    except InvalidOperation:
        return str(row.score)
    rounded = score.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{rounded.normalize():f}" if rounded else "0"


def _changed(data: bytes, changes: Sequence[tuple[Cell, bytes]]) -> bytes:
    parts, at = [], 0
    for cell, new in sorted(changes, key=lambda change: change[0].start):
        parts += [data[at : cell.start], new]
        at = cell.end
    return b"".join([*parts, data[at:]])
