"""A class as a table, its mistakes, and what a regrade changed: for people, as JSON, as CSV."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from unicodedata import east_asian_width

from grader.model import Row, Verdict
from grader.report import escape
from grader.report.cells import lines
from grader.report.escape import commands, terminal
from grader.report.insight import Comparison, Insight, verdict_text

WIDTH = 100
BAR = 40
COLUMNS = (
    *("student", "full_name", "verdict", "score", "max_score"),
    *("diagnosis", "message", "judged_at", "name", "earlier"),
)
MOST_EARLIER = 4  # attempts that are shown


def first_words(row: Row) -> str:
    """Return in one line why there is no verdict, or what failed first."""
    if row.verdict is None:
        return row.note or "not judged yet"
    failed = (g for g in row.report["groups"] if g["verdict"] not in (None, "AC"))
    first = next((f"{g['name']}: {g['message']}" for g in failed), "")
    return " ".join((row.report["message"] or first).split())


def earlier(row: Row) -> str:
    """Return the points of the files before this one, such as 0, 35."""
    files = [a for a in row.earlier if not a.regraded]
    told = ["JE" if a.verdict is Verdict.JE else str(a.score) for a in files]
    cut = ["..."] if len(told) > MOST_EARLIER else []
    return ", ".join([*cut, *told[-MOST_EARLIER:]])


def text(rows: Sequence[Row], columns: int = WIDTH) -> str:
    """Return the table for a terminal of so many columns, and a last line that counts."""
    wide = max([7, *(_width(r.shown) for r in rows)])
    wide = min(wide, 2 * columns // 5)
    before = max((len(earlier(r)) for r in rows), default=0)
    column = max(before, len("earlier")) + 2 if before else 0  # where nobody has any, there is none
    shown = [f"{'student':{wide}}  verdict  points  {'earlier':{column}.{column}}why"]
    for row in rows:
        points = f"{row.score:>6}" if row.verdict and verdict_text(row) != "JE" else "      "
        why = ", ".join(map(_short, row.report.get("diagnosis", ()))) or first_words(row)
        told = f"{verdict_text(row):7}  {points}  {earlier(row):{column}}{terminal(why)}"
        line = f"{_padded(row.shown, wide)}  {told}".replace("\n", " ").rstrip()
        shown.append(_cut(line, columns))
    count: dict[str, int] = {}
    for row in rows:
        count[verdict_text(row)] = count.get(verdict_text(row), 0) + 1
    counted = ", ".join(f"{n} {v}" for v, n in sorted(count.items()))
    shown.append(f"{len(rows)} students: {counted or 'none'}")
    return commands("\n".join([*shown, *_asides(rows, columns)]))


def _short(diagnosis: Mapping[str, Any]) -> str:
    """Return the name of a mistake; of a line at fault, which has none, what is told of it."""
    return str(diagnosis["message" if diagnosis.get("line") else "id"])


def _asides(rows: Sequence[Row], columns: int) -> Iterator[str]:
    """Yield a line for all who are not in the class any more, and one for each other note."""
    gone = [row.shown for row in rows if row.gone]
    if gone:
        yield f"not in the last run (withdrew or renamed?): {_names(gone)}"
    for row in rows:
        if row.verdict and row.note:
            note = f"{terminal(row.shown)}: {terminal(row.note)}"
            yield _cut(note.replace("\n", " "), columns)


def as_json(rows: Sequence[Row]) -> str:
    """Return the rows, each with its whole report, as a JSON list."""
    data = [asdict(r) | {"diagnosis": list(r.diagnosis)} for r in rows]
    return escape.json(json.dumps(data, ensure_ascii=False, indent=2))


def as_csv(rows: Sequence[Row]) -> str:
    """Return the rows as CSV; who has no verdict, or a judge error, has no score."""
    table: list[Sequence[str | int | None]] = [COLUMNS]
    for row in rows:
        score = row.score if row.verdict and verdict_text(row) != "JE" else None
        verdict = str(row.verdict) if row.verdict else ""
        most = row.max_score if score is not None else None
        words = (", ".join(row.diagnosis), first_words(row), row.judged_at, row.name)
        cells = (row.student, row.identity.called, verdict, score, most)
        table.append((*cells, *words, earlier(row)))
    return lines(table)


def insight_text(i: Insight, columns: int = WIDTH) -> str:
    """Return the class in figures."""
    counted = ", ".join(f"{n} {v}" for v, n in i.verdicts.items())
    shown = [f"{i.students} students: {counted}", "", "Mistakes, most frequent first"]
    for mistake in i.mistakes:
        shown.append(f"  {len(mistake.students):>4}  {mistake.id}")
        shown.append(_cut(f"        {terminal(mistake.message)}", columns))
        shown.append(_cut(f"        {_names(i.shown(mistake.students))}", columns))
    if i.located:
        own = _names(i.shown(i.located), 50)
        shown.append(f"  {len(i.located):>4}  a line of their own at fault: {own}")
    if i.undiagnosed:
        shown.append(
            f"  {len(i.undiagnosed):>4}  no mistake proved: {_names(i.shown(i.undiagnosed), 50)}"
        )
    shown += ["", "Test groups, hardest first (right of those judged)"]
    for g in i.groups:
        skipped = f", {g.skipped} not judged" if g.skipped else ""
        shown.append(f"  {g.solved:4.0%}  {g.name:16} {g.right} of {g.right + g.wrong}{skipped}")
    shown += ["", "Points"]
    if i.points:
        p = i.points
        shown.append(
            f"  mean {p.mean:.1f}, median {p.median:g}, standard deviation {p.deviation:.1f}; "
            f"half of the class from {p.lower:g} to {p.upper:g}, all from {p.least} to {p.most}"
        )
    longest = max([1, *i.scores.values()])
    for points, number in i.scores.items():
        shown.append(f"  {points:>7} {number:>5}  {'#' * round(BAR * number / longest)}".rstrip())
    if i.same:
        shown += ["", "Equal but for comments, spacing and names; to look at, not a finding"]
        shown += [f"  {' = '.join(map(terminal, i.shown(group)))}" for group in i.same]
    return commands("\n".join(shown))


def insight_json(i: Insight) -> str:
    """Return the class in figures as JSON."""
    return escape.json(json.dumps(asdict(i), ensure_ascii=False, indent=2))


def insight_csv(i: Insight) -> str:
    """Return the mistakes, one line each."""
    head = ("diagnosis", "count", "message", "students")
    found = [(m.id, len(m.students), m.message, ", ".join(m.students)) for m in i.mistakes]
    return lines([head, *found])


def comparison_text(c: Comparison) -> str:
    """Return what a regrade changed: a line that counts, then a line for each student."""
    verdicts = c.verdicts
    kinds = ", ".join(f"{n} {old} -> {new}" for (old, new), n in verdicts.items())
    total = sum(verdicts.values())
    points = len(c.changed) - total
    shown = [f"{total} verdicts changed{f': {kinds}' if kinds else ''}"]
    if points:
        shown[0] += f"; {points} more changed in points only"
    shown[0] += f"; {c.unchanged} are as before"
    for change in c.changed:
        old, new = change.before, change.after
        scores = f"{old.score} -> {new.score}"
        shown.append(
            f"  {terminal(new.shown)}: {verdict_text(old)} -> {verdict_text(new)}, {scores}"
        )
    shown += [f"  {terminal(s)}: only in the first" for s in c.only_before]
    shown += [f"  {terminal(s)}: only in the second" for s in c.only_after]
    return commands("\n".join(shown))


def _names(students: Sequence[str], most: int = 200) -> str:
    return _cut(", ".join(map(terminal, students)), most)


def _width(name: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in name)


def _padded(name: str, width: int) -> str:
    shown = terminal(name).replace("\n", " ")
    while _width(shown) > width:
        shown = shown[:-1]
    return shown + " " * (width - _width(shown))


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else f"{line[: width - 3]}..."
