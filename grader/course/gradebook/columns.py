"""Which columns of an export matter: Canvas's gradebook, Moodle's grading worksheet."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grader.course.gradebook.csvfile import Cell, Sheet, at
from grader.course.identity import of_table
from grader.errors import GraderError
from grader.model import Identity

CANVAS_IDS = ("SIS User ID", "SIS Login ID", "Integration ID")
CANVAS_FIXED = ("Student", "ID", *CANVAS_IDS, "Root Account", "Section")
MOODLE_IDS = ("Username", "ID number")
POINTS_POSSIBLE = "Points Possible"
PARTICIPANT = re.compile(r"\D*(?P<number>[0-9]+)")


@dataclass(frozen=True, slots=True)
class Student:
    """A student's line, and who that is."""

    line: Sequence[Cell]
    identity: Identity
    shown: str  # for people
    most: Cell | None  # the most points there are; None: the table does not say


@dataclass(frozen=True, slots=True)
class Layout:
    """The students of an export, and where their points go."""

    students: Sequence[Student]
    score: int
    most: str  # the title of the column in which the most points stand
    feedback: int | None
    numbers: Sequence[str]  # that show how the table writes numbers
    groups: frozenset[str] = frozenset()  # names of groups that hand in together


def layout(sheet: Sheet, column: str | None) -> Layout:
    """Return what matters of an export; GraderError if it is none that is known."""
    header = [c.text.strip() for c in sheet.lines[0]]
    if len(header) > 1 and "Student" in header[0] and "ID" in header[1]:
        return _canvas(sheet.lines, header, column)
    if "Identifier" in header and "Grade" in header:
        return _moodle(sheet.lines, header, column)
    raise GraderError(
        "the template is neither Canvas's gradebook (its first columns are Student and ID) nor "
        "Moodle's grading worksheet (it has the columns Identifier and Grade)"
    )


def _canvas(lines: Sequence[Sequence[Cell]], header: Sequence[str], column: str | None) -> Layout:
    score = _assignment(header, column)
    possible = next((n for n in lines[1:4] if POINTS_POSSIBLE in n[0].text and _aside(n)), None)
    most = possible[score] if possible is not None and score < len(possible) else None
    cells = _cells(header)

    def student(line: Sequence[Cell]) -> Student:
        name = at(line, 0)
        identity = of_table(
            canvas=at(line, 1), ids=[cells(line, title) for title in CANVAS_IDS], names=[name]
        )
        return Student(line, identity, name or at(line, 1), most)

    students = [student(line) for line in lines[1:] if not _aside(line)]
    numbers = [c.text for c in possible or ()]
    return Layout(students, score, header[score], None, numbers)


def _assignment(header: Sequence[str], column: str | None) -> int:
    titles = [n for n, title in enumerate(header) if n > 1 and title not in CANVAS_FIXED]
    if column is None:
        fits = [n for n in titles if re.search(r"\(\d+\)$", header[n])]
    else:
        fits = [n for n in titles if header[n] == column or header[n].startswith(f"{column} (")]
    if len(fits) == 1:
        return fits[0]
    known = ", ".join(header[n] for n in titles)
    what = "no assignment" if not fits else "more than one assignment"
    raise GraderError(f"the template has {what} of that name; say which: --column, of {known}")


def _aside(line: Sequence[Cell]) -> bool:
    """Return whether a line of a Canvas export is about no student."""
    return not at(line, 1) and (POINTS_POSSIBLE in line[0].text or not at(line, 0))


def _moodle(lines: Sequence[Sequence[Cell]], header: Sequence[str], column: str | None) -> Layout:
    name = column or "Grade"
    if name not in header:
        raise GraderError(f"the template has no column {name}; it has {', '.join(header)}")
    cells = _cells(header)
    most = header.index("Maximum Grade") if "Maximum Grade" in header else -1
    words = header.index("Feedback comments") if "Feedback comments" in header else None

    def student(line: Sequence[Cell]) -> Student:
        who, full_name = cells(line, "Identifier"), cells(line, "Full name")
        number = PARTICIPANT.fullmatch(who)
        identity = of_table(
            moodle=number["number"] if number else "",
            ids=[cells(line, title) for title in MOODLE_IDS],
            emails=[cells(line, "Email address")],
            names=[full_name],
        )
        shown = f"{full_name} ({who})" if full_name and who else full_name or who
        cell = line[most] if 0 <= most < len(line) else None
        return Student(line, identity, shown, cell)

    students = [student(line) for line in lines[1:] if any(c.text.strip() for c in line)]
    groups = frozenset(cells(s.line, "Group") for s in students) - {""}
    numbers = [s.most.text for s in students if s.most]
    return Layout(students, header.index(name), "Maximum Grade", words, numbers, groups)


def _cells(header: Sequence[str]) -> Callable[[Sequence[Cell], str], str]:
    """Return a function from a line and the title of a column to what the cell says."""
    numbers = {title: n for n, title in reversed(list(enumerate(header)))}
    return lambda line, title: at(line, numbers.get(title, -1))
