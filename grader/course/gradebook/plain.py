"""A gradebook of our own: student, points, verdict and what a student is told beside them."""

from collections.abc import Sequence

from grader.model import Row, Verdict
from grader.report.cells import lines
from grader.report.table import first_words


def plain(rows: Sequence[Row]) -> str:
    """Return a gradebook of our own: student, name, score, most, verdict, feedback."""
    table: list[Sequence[str | int | None]] = [
        ("student", "full_name", "score", "max_score", "verdict", "feedback")
    ]
    for row in rows:
        graded = is_graded(row)
        points = (row.score, row.max_score) if graded else (None, None)
        verdict = str(row.verdict) if row.verdict else ""
        said = feedback(row) if graded else ""
        table.append((row.student, row.identity.called, *points, verdict, said))
    return lines(table)


def is_graded(row: Row) -> bool:
    """Return whether there are points to enter."""
    return row.verdict not in (None, Verdict.JE)


def feedback(row: Row) -> str:
    """Return in one line what a student is told beside the points."""
    if row.verdict is Verdict.AC:
        return "AC: accepted"
    causes = "; ".join(d["message"] for d in row.report.get("diagnosis", ())[:2])
    return " ".join(f"{row.verdict}: {first_words(row)} {causes}".split())
