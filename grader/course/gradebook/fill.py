"""Fills the score and feedback columns of a CSV that Canvas or Moodle exported; no byte else.

A student without a verdict, or with a judge error, is left as the template has it: never a 0.
Who could be two people is left, too, and so is a grade that is there already and is another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from grader.course.gradebook import numbers
from grader.course.gradebook.columns import Layout, Student, layout
from grader.course.gradebook.csvfile import Cell, Sheet, at, read
from grader.course.gradebook.plain import feedback, is_graded
from grader.course.identity import NAMES, Matched, key, match, strength
from grader.errors import GraderError
from grader.model import NOBODY, Identity, Row
from grader.report.cells import quoted, text_cell

MOST = 5  # people that are named as one whom somebody could be
NO_GRADE = ("", "-")
Reason = tuple[str, str]  # a student, and what is said of them


@dataclass(frozen=True, slots=True)
class Filled:
    """The filled template, and who could not be entered."""

    data: bytes
    entered: int
    not_in_template: tuple[str, ...]
    not_in_results: tuple[str, ...]
    left: tuple[Reason, ...] = ()  # students left as they were, and why
    unsure: tuple[Reason, ...] = ()  # who could be two people, and whom
    renamed: tuple[Reason, ...] = ()  # students, and what the template calls them

    def told(self) -> Iterator[str]:
        """Yield a line for everybody who is not simply entered."""
        yield from (f"left as it was: {student}: {why}" for student, why in self.left)
        yield from (f"not certain, left: {student}: {why}" for student, why in self.unsure)
        yield from (
            f"renamed: {student} is {name} in the template" for student, name in self.renamed
        )
        for student in self.not_in_template:
            yield f"not in the template (withdrew or renamed?): {student}"
        yield from (f"not in the results: {student}" for student in self.not_in_results)


@dataclass(slots=True)
class _Filling:
    """A template on its way to be filled."""

    sheet: Sheet
    layout: Layout
    sign: str | None  # that decimals are written with; None: no number shows it
    overwrite: bool
    changes: list[tuple[Cell, bytes]] = field(default_factory=list)


def fill(
    template: bytes, rows: Sequence[Row], column: str | None = None, *, overwrite: bool = False
) -> Filled:
    """Return the template with scores and feedback; GraderError if it is no such export.

    column: the title of the assignment, where a Canvas export has several. overwrite: even what
    somebody entered.
    """
    sheet = read(template)
    columns = layout(sheet, column)
    scores = (at(s.line, columns.score) for s in columns.students)
    sign = numbers.decimal_sign(columns.numbers, scores)
    filling = _Filling(sheet, columns, sign, overwrite)
    old = superseded(rows)
    left = [(row.shown, old[row.student]) for row in rows if row.student in old]
    rows = [row for row in rows if row.student not in old]
    who = [_identity(row, columns.groups) for row in rows]
    matched = match(who, [s.identity for s in columns.students])
    for n, m in matched.pairs.items():
        why = _why_left(rows[n], columns.students[m], columns) or _enter(
            filling, rows[n], columns.students[m]
        )
        left += [(rows[n].shown, why)] if why else []
    unsure = list(_unsure(rows, who, matched, columns.students))
    told = {student for student, _ in unsure} | {rows[n].shown for n in matched.pairs}
    here = {*matched.pairs.values(), *matched.unsure_others}
    return Filled(
        data=sheet.changed(filling.changes),
        entered=len(matched.pairs) - (len(left) - len(old)),
        not_in_template=tuple(r.shown for r in rows if r.shown not in told),
        not_in_results=tuple(s.shown for m, s in enumerate(columns.students) if m not in here),
        left=tuple(left),
        unsure=tuple(unsure),
        renamed=tuple(_renamed(rows, who, matched, columns.students)),
    )


def matched_with(table: bytes, rows: Sequence[Row]) -> dict[str, Student | str]:
    """Return whose line of an export each student's is, or why that is not certain."""
    columns = layout(read(table), None)
    old = superseded(rows)
    rows = [row for row in rows if row.student not in old]
    who = [_identity(row, columns.groups) for row in rows]
    matched = match(who, [s.identity for s in columns.students])
    found: dict[str, Student | str] = {}
    for n, row in enumerate(rows):
        fits = matched.unsure.get(n, ())
        lines = [columns.students[m].shown for m in fits[:MOST]]
        if n in matched.pairs:
            found[row.student] = columns.students[matched.pairs[n]]
        else:
            why = who[n].doubt or "not in the template (withdrew or renamed?)"
            found[row.student] = _could_be(lines, len(fits)) if lines else why
    return found


def _identity(row: Row, groups: frozenset[str]) -> Identity:
    """Return who a result belongs to; the number of a group is no participant's."""
    identity = row.identity if row.identity != NOBODY else Identity(label=row.student)
    if identity.moodle and {key(g) for g in groups} & {key(n) for n in identity.names}:
        return Identity(doubt="a group's submission: its members are not in the results")
    return identity


def superseded(rows: Sequence[Row]) -> dict[str, str]:
    """Return the students of earlier runs who are in the last one under another name."""
    gone = [row for row in rows if row.gone]
    present = [row for row in rows if not row.gone]
    matched = match([r.identity for r in gone], [r.identity for r in present])
    paths = {row.name: row.shown for row in present if row.name}
    found = {r.student: f"of an earlier run; now {paths[r.name]}" for r in gone if r.name in paths}
    for n, row in enumerate(gone):
        near = [matched.pairs[n]] if n in matched.pairs else matched.unsure.get(n, ())
        for m in near:
            kind = strength(row.identity, present[m].identity)
            if kind is not None and kind < NAMES:
                found[row.student] = f"of an earlier run; now {present[m].shown}"
    return found


def _unsure(
    rows: Sequence[Row], who: Sequence[Identity], matched: Matched, students: Sequence[Student]
) -> Iterator[Reason]:
    """Yield the graded students who could be two people, and the lines that could be theirs."""
    taken = {m: rows[n].shown for n, m in matched.pairs.items()}
    named: dict[int, None] = {}
    for n, row in enumerate(rows):
        if n in matched.pairs or not is_graded(row):
            continue
        fits = matched.unsure.get(n, ())
        named |= dict.fromkeys(m for m in fits if m not in taken)
        lines = [f"{students[m].shown}{_taken_by(taken.get(m))}" for m in fits[:MOST]]
        if lines or who[n].doubt:
            yield row.shown, _could_be(lines, len(fits)) if lines else who[n].doubt
    for m in named:
        fits = matched.unsure_others[m]
        yield students[m].shown, _could_be([rows[n].shown for n in fits[:MOST]], len(fits))


def _could_be(shown: Sequence[str], number: int) -> str:
    more = f" or {number - len(shown)} more" if number > len(shown) else ""
    return f"could be {' or '.join(shown)}{more}"


def _taken_by(student: str | None) -> str:
    return f", who is {student}" if student else ""


def _renamed(
    rows: Sequence[Row], who: Sequence[Identity], matched: Matched, students: Sequence[Student]
) -> Iterator[Reason]:
    for n, m in matched.pairs.items():
        ours, theirs = who[n].names, students[m].identity.names
        if ours and theirs and not {key(t) for t in ours} & {key(t) for t in theirs}:
            yield rows[n].shown, students[m].shown


def _why_left(row: Row, student: Student, columns: Layout) -> str:
    if not is_graded(row):
        return "judge error" if row.verdict else row.note or "no verdict"
    if len(student.line) <= columns.score:
        return "the line is too short"
    return "excused" if at(student.line, columns.score).upper() == "EX" else ""


def _enter(filling: _Filling, row: Row, student: Student) -> str:
    """Note what changes in a student's line; return why nothing does, or ""."""
    columns, line = filling.layout, student.line
    points = _points(filling, row, student)
    cell = line[columns.score]
    if cell.text.strip() in NO_GRADE or filling.overwrite:
        filling.changes.append((cell, _written(filling, points).encode()))
    elif _number(cell.text, filling.sign) != numbers.rounded(points):
        return f"{cell.text.strip()} is entered already (--overwrite puts {points:.2f} there)"
    words = columns.feedback
    if words is not None and words < len(line):
        filling.changes += _said(row, line[words], overwrite=filling.overwrite)
    return ""


def _said(row: Row, cell: Cell, *, overwrite: bool) -> list[tuple[Cell, bytes]]:
    """Return the change that puts the feedback into a cell, unless somebody wrote there."""
    if cell.text.strip() and not overwrite:
        return []
    return [(cell, quoted(text_cell(feedback(row))).encode())]


def _number(text: str, sign: str | None) -> Decimal | None:
    try:
        return numbers.read(text, sign)
    except numbers.UnclearError:
        return None


def _points(filling: _Filling, row: Row, student: Student) -> Decimal:
    """Return the score on the template's own scale."""
    score = Decimal(row.score)
    if student.most is None or not row.max_score:
        return score
    text = student.most.text.strip()
    try:
        most = numbers.read(text, filling.sign)
        why = f"{text or 'nothing'} is no number of points"
    except numbers.UnclearError:
        most, why = None, f"{text} may be read in two ways; write it without groups"
    if most is None or most <= 0:
        place = filling.sheet.place(student.most, filling.layout.most)
        raise GraderError(f"the template, {place}: {why}")
    return score * most / row.max_score


def _written(filling: _Filling, points: Decimal) -> str:
    """Return the points as the table writes numbers; where none shows it, as its commas suggest."""
    separator = filling.sheet.separator
    text = numbers.written(points, filling.sign or ("," if separator == ";" else "."))
    return quoted(text) if separator in text else text
