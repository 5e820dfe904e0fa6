"""What people hand in: taken with a receipt or refused with a reason, and what of it counts."""

import hashlib
import secrets
import sqlite3
from datetime import datetime
from typing import NamedTuple

from grader.course.attempts import keep_source
from grader.course.database import Database
from grader.model import Verdict
from grader.serve import rules
from grader.serve.clock import as_text, from_text
from grader.serve.people import note
from grader.serve.settings import Assignment, Course

MOST_BYTES = 200 * 1024  # with its form it fits into a request
MOST_WAITING = 3  # of one student's at a time
PUBLIC_BYTES = 9

_ALL = """
    SELECT s.id, s.public, s.assignment, s.student, s.name, s.source, s.received_at, s.attempt,
        a.verdict, a.score, a.max_score, a.judged_at, q.state, q.id AS place,
        m.counts IS NOT NULL AND m.counts = s.attempt AS counts, m.late_points
    FROM submissions s
    LEFT JOIN attempts a ON a.id = s.attempt
    LEFT JOIN queue q ON q.submission = s.id AND q.rejudge IS NULL
    LEFT JOIN members m ON m.assignment = s.assignment AND m.student = s.student
"""


class Submission(NamedTuple):
    """A submission, and its present verdict if it has one; counts: whether it is what counts."""

    id: int
    public: str
    assignment: str
    student: str
    name: str
    source: str
    received_at: datetime
    attempt: int | None
    verdict: Verdict | None
    score: int
    max_score: int
    judged_at: str
    playing: bool
    place: int  # its number in the queue
    counts: bool
    late_points: int  # lost by what counts


class Refused(NamedTuple):
    """Why something was not taken: `closed`, `too many today` or `too many waiting`."""

    why: str


def submit(
    database: Database,
    course: Course,
    assignment: Assignment,
    student: str,
    *,
    name: str,
    data: bytes,
    nonce: str,
    at: datetime,
) -> str | Refused:
    """Return the public id of what was taken, once it is kept safely; or why it was not.

    The same form sent twice is one submission.
    """
    db = database.db
    with database.transaction():
        before = db.execute(
            "SELECT public FROM submissions WHERE assignment = ? AND student = ? AND nonce = ?",
            (assignment.id, student, nonce),
        ).fetchone()
        if before is not None:
            return str(before["public"])
        own = assignment.with_due(extension(db, assignment.id, student))
        if why := _refusal(db, course, own, student, at):
            return Refused(why)
        _note_clock(db, at)
        source = hashlib.sha256(data).hexdigest()
        keep_source(db, source, data)
        public = secrets.token_urlsafe(PUBLIC_BYTES)
        made = db.execute(
            """INSERT INTO submissions (public, assignment, student, name, source, received_at,
            nonce) VALUES (?,?,?,?,?,?,?)""",
            (public, assignment.id, student, name, source, as_text(at), nonce),
        )
        db.execute("INSERT INTO queue (submission) VALUES (?)", (made.lastrowid,))
    return public


def _refusal(
    db: sqlite3.Connection, course: Course, assignment: Assignment, student: str, at: datetime
) -> str:
    if rules.is_closed(assignment, at):
        return "closed"
    if left_today(db, course, assignment, student, at) == 0:
        return "too many today"
    waiting = db.execute(
        """SELECT count(*) FROM submissions s JOIN queue q ON q.submission = s.id
        WHERE s.student = ? AND q.state <> 'done' AND q.rejudge IS NULL""",
        (student,),
    ).fetchone()[0]
    return "too many waiting" if waiting >= MOST_WAITING else ""


def _note_clock(db: sqlite3.Connection, at: datetime) -> None:
    """Note for staff where the clock went back: who was late may have been taken as in time."""
    last = db.execute("SELECT received_at FROM submissions ORDER BY id DESC LIMIT 1").fetchone()
    if last is not None and as_text(at) < last["received_at"]:
        note(db, "", "the clock went back", f"from {last['received_at']}", at)


def left_today(
    db: sqlite3.Connection, course: Course, assignment: Assignment, student: str, at: datetime
) -> int | None:
    """Return how many attempts are left on the course's present day; None: any number."""
    if not assignment.attempts_a_day:
        return None
    begin, end = map(as_text, rules.day_of(at, course.zone))
    used = db.execute(
        """SELECT count(*) FROM submissions s LEFT JOIN attempts a ON a.id = s.attempt
        WHERE s.assignment = ? AND s.student = ? AND s.received_at >= ? AND s.received_at < ?
        AND a.verdict IS NOT 'JE'""",
        (assignment.id, student, begin, end),
    ).fetchone()[0]
    return max(0, assignment.attempts_a_day - int(used))


def extension(db: sqlite3.Connection, assignment: str, student: str) -> datetime | None:
    """Return the due time that somebody has instead of the course's, if any."""
    found = db.execute(
        "SELECT due FROM extensions WHERE assignment = ? AND student = ?", (assignment, student)
    ).fetchone()
    return from_text(found["due"]) if found else None


def extend(database: Database, assignment: Assignment, student: str, due: datetime | None) -> None:
    """Give somebody another due time, or the course's again; what counts is counted anew."""
    with database.transaction():
        database.db.execute(
            "DELETE FROM extensions WHERE assignment = ? AND student = ?", (assignment.id, student)
        )
        if due is not None:
            database.db.execute(
                "INSERT INTO extensions VALUES (?,?,?)", (assignment.id, student, as_text(due))
            )
        count(database.db, assignment, student)


def count(db: sqlite3.Connection, assignment: Assignment, student: str) -> None:
    """Note within a transaction what counts of somebody's submissions."""
    found = db.execute(
        """SELECT a.id, a.verdict, a.score, s.received_at, s.source, s.name FROM submissions s
        JOIN attempts a ON a.id = s.attempt WHERE s.assignment = ? AND s.student = ?
        ORDER BY s.id""",
        (assignment.id, student),
    ).fetchall()
    own = assignment.with_due(extension(db, assignment.id, student))
    judged = [rules.Judged(r[0], Verdict(r[1]), r[2], from_text(r[3])) for r in found]
    best = rules.counted(own, judged)
    source, name = next(((r[4], r[5]) for r in found if best and r[0] == best.attempt), (None, ""))
    db.execute(
        """UPDATE members SET counts = ?, late_points = ?, source = ?, name = ?
        WHERE assignment = ? AND student = ?""",
        (
            *((best.attempt, best.late_points) if best else (None, 0)),
            *(source, name, assignment.id, student),
        ),
    )


def count_all(database: Database, course: Course) -> None:
    """Count everything anew: the rules may be others than before."""
    with database.transaction():
        found = database.db.execute("SELECT DISTINCT assignment, student FROM submissions")
        for assignment, student in found.fetchall():
            if assignment in course.assignments:
                count(database.db, course.assignments[assignment], student)


def by_public(database: Database, public: str) -> Submission | None:
    """Return the submission of that public id."""
    found = database.db.execute(f"{_ALL} WHERE s.public = ?", (public,)).fetchone()
    return _submission(found) if found else None


def of_student(database: Database, assignment: str, student: str) -> list[Submission]:
    """Return what somebody has handed in for an assignment, the latest first."""
    found = database.db.execute(
        f"{_ALL} WHERE s.assignment = ? AND s.student = ? ORDER BY s.id DESC",
        (assignment, student),
    )
    return [_submission(row) for row in found]


def _submission(row: sqlite3.Row) -> Submission:
    return Submission(
        id=row["id"],
        public=row["public"],
        assignment=row["assignment"],
        student=row["student"],
        name=row["name"],
        source=row["source"],
        received_at=from_text(row["received_at"]),
        attempt=row["attempt"],
        verdict=Verdict(row["verdict"]) if row["verdict"] else None,
        score=row["score"] or 0,
        max_score=row["max_score"] or 0,
        judged_at=row["judged_at"] or "",
        playing=row["state"] == "playing",
        place=row["place"] or 0,
        counts=bool(row["counts"]),
        late_points=row["late_points"] or 0,
    )


def bytes_of(database: Database, source: str) -> bytes:
    """Return the bytes that were handed in."""
    found = database.db.execute("SELECT bytes FROM sources WHERE source = ?", (source,)).fetchone()
    return bytes(found["bytes"]) if found else b""
