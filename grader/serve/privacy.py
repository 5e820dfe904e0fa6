"""What a course holds of a student: handed out, forgotten, and not kept for longer than needed."""

import json
import sqlite3
from datetime import datetime, timedelta

from grader.course.database import Database
from grader.errors import GraderError
from grader.export.bundle import pack
from grader.report.cells import lines
from grader.serve.settings import Course

GONE = "(forgotten)"
SECRET = ("seed", "suite")  # of a report: what would tell the cases
OF_SOURCE = ("excerpt", "change")  # of a diagnosis: what quotes the submission


def export(database: Database, student: str) -> bytes:
    """Return as a zip what is held of a student; GraderError if there is nobody of that name."""
    _must_be_known(database.db, student)
    found = database.db.execute(
        """SELECT s.public, s.assignment, s.name, s.received_at, s.source, o.bytes, a.verdict,
        a.score, a.report FROM submissions s JOIN sources o USING (source)
        LEFT JOIN attempts a ON a.id = s.attempt WHERE s.student = ? ORDER BY s.id""",
        (student,),
    ).fetchall()
    told = ("public", "assignment", "name", "received_at", "source", "verdict", "score")
    person = database.db.execute("SELECT * FROM people WHERE account = ?", (student,)).fetchone()
    contents = {
        "person.json": json.dumps(dict(person), ensure_ascii=False).encode(),
        "submissions.csv": lines([told, *([row[key] for key in told] for row in found)]).encode(),
    }
    for row in found:
        contents[f"{row['public']}.py"] = bytes(row["bytes"])
        if row["report"]:
            report = {k: v for k, v in json.loads(row["report"]).items() if k not in SECRET}
            contents[f"{row['public']}.json"] = json.dumps(report, ensure_ascii=False).encode()
    return pack(contents)


def forget(database: Database, student: str) -> None:
    """Delete all that is held of a student; GraderError if there is nobody of that name."""
    db = database.db
    db.execute("PRAGMA secure_delete = ON")
    with database.transaction():
        _must_be_known(db, student)
        attempts = "SELECT id FROM attempts WHERE student = ?"
        handed_in = "SELECT id FROM submissions WHERE student = ?"
        db.execute(f"DELETE FROM pages WHERE attempt IN ({attempts})", (student,))  # noqa: S608
        db.execute(f"DELETE FROM queue WHERE submission IN ({handed_in})", (student,))  # noqa: S608
        for table in ("submissions", "members", "attempts", "extensions"):
            db.execute(f"DELETE FROM {table} WHERE student = ?", (student,))  # noqa: S608
        for table in ("sessions", "codes", "people"):
            db.execute(f"DELETE FROM {table} WHERE account = ?", (student,))  # noqa: S608
        db.execute(
            """DELETE FROM sources WHERE source NOT IN (SELECT source FROM submissions)
            AND source NOT IN (SELECT source FROM attempts)
            AND source NOT IN (SELECT source FROM members WHERE source IS NOT NULL)"""
        )
        db.execute(
            "UPDATE audit SET about = ? WHERE about = ? OR substr(about, 1, length(?) + 2) = ?",
            (GONE, student, student, f"{student}, "),
        )
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _must_be_known(db: sqlite3.Connection, student: str) -> None:
    found = db.execute("SELECT 1 FROM people WHERE account = ? AND role = 'student'", (student,))
    if found.fetchone() is None:
        raise GraderError(f"there is no student {student!r} in this course")


def drop_old_sources(database: Database, course: Course, at: datetime) -> int:
    """Drop the sources of assignments that are over for as long as the course keeps them.

    Grades stay, and what reports say apart from quotations. Returns how many sources went.
    """
    if not course.keep_sources_days:
        return 0
    kept = timedelta(days=course.keep_sources_days)
    over = [a.id for a in course.assignments.values() if a.due and at > a.due + kept]
    db, dropped = database.db, 0
    db.execute("PRAGMA secure_delete = ON")
    with database.transaction():
        for assignment in over:
            dropped += db.execute(
                """UPDATE sources SET bytes = x'' WHERE length(bytes) > 0
                AND source IN (SELECT source FROM submissions WHERE assignment = ?)
                AND source NOT IN (SELECT source FROM submissions WHERE assignment <> ?)""",
                (assignment, assignment),
            ).rowcount
            db.execute(
                """DELETE FROM pages WHERE attempt IN
                (SELECT id FROM attempts WHERE assignment = ?)""",
                (assignment,),
            )
            reports = db.execute(
                "SELECT id, report FROM attempts WHERE assignment = ?", (assignment,)
            )
            for number, report in reports.fetchall():
                db.execute(
                    "UPDATE attempts SET report = ? WHERE id = ?", (_unquoted(report), number)
                )
    if dropped:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return dropped


def _unquoted(report: str) -> str:
    """Return a report without what it quotes of the submission, or what that printed."""
    data = json.loads(report)
    for found in data["diagnosis"]:
        for part in OF_SOURCE:
            found.pop(part, None)
    return json.dumps(data | {"printed": ""}, ensure_ascii=False, indent=2)
