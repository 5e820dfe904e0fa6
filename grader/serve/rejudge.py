"""Judging an assignment again: first what would change, then, if staff want it, the change."""

from datetime import datetime
from typing import NamedTuple

from grader.course.database import Database
from grader.errors import GraderError
from grader.model import Verdict
from grader.serve.clock import as_text
from grader.serve.settings import Assignment
from grader.serve.submissions import count


class Change(NamedTuple):
    """What a submission has, and what it would have."""

    public: str
    student: str
    verdict: Verdict
    score: int
    new_verdict: Verdict
    new_score: int


class Rejudge(NamedTuple):
    """How far it is; changes: of what is judged so far, only what differs."""

    id: int
    assignment: str
    made_at: str
    applied_at: str | None
    done: int
    total: int
    changes: tuple[Change, ...]


def begin(database: Database, assignment: str, at: datetime) -> int:
    """Put all that has a verdict into the queue again; return the rejudge, or the open one.

    What is not kept any more is left out.
    """
    with database.transaction():
        open_one = database.db.execute(
            "SELECT id FROM rejudges WHERE assignment = ? AND applied_at IS NULL", (assignment,)
        ).fetchone()
        if open_one is not None:
            return int(open_one["id"])
        made = database.db.execute(
            "INSERT INTO rejudges (assignment, made_at) VALUES (?,?)", (assignment, as_text(at))
        ).lastrowid
        database.db.execute(
            """INSERT INTO queue (submission, rejudge) SELECT s.id, ? FROM submissions s
            JOIN sources o USING (source) WHERE s.assignment = ? AND s.attempt IS NOT NULL
            AND length(o.bytes) > 0 ORDER BY s.id""",
            (made, assignment),
        )
    return int(made or 0)


def look_at(database: Database, rejudge: int) -> Rejudge | None:
    """Return how far it is and what it would change."""
    found = database.db.execute("SELECT * FROM rejudges WHERE id = ?", (rejudge,)).fetchone()
    if found is None:
        return None
    done, total = database.db.execute(
        "SELECT count(*) FILTER (WHERE state = 'done'), count(*) FROM queue WHERE rejudge = ?",
        (rejudge,),
    ).fetchone()
    changes = database.db.execute(
        """SELECT s.public, s.student, a.verdict, a.score, b.verdict, b.score FROM queue q
        JOIN submissions s ON s.id = q.submission JOIN attempts a ON a.id = s.attempt
        JOIN attempts b ON b.id = q.attempt
        WHERE q.rejudge = ? AND (a.verdict, a.score) <> (b.verdict, b.score) ORDER BY s.id""",
        (rejudge,),
    )
    return Rejudge(
        id=found["id"],
        assignment=found["assignment"],
        made_at=found["made_at"],
        applied_at=found["applied_at"],
        done=done,
        total=total,
        changes=tuple(
            Change(r[0], r[1], Verdict(r[2]), r[3], Verdict(r[4]), r[5]) for r in changes
        ),
    )


def apply(database: Database, assignment: Assignment, rejudge: int, at: datetime) -> None:
    """Make its verdicts the present ones, once; GraderError while something is not judged.

    A judge error never takes the place of a verdict.
    """
    db = database.db
    with database.transaction():
        left = db.execute(
            "SELECT count(*) FROM queue WHERE rejudge = ? AND state <> 'done'", (rejudge,)
        ).fetchone()[0]
        if left:
            raise GraderError(f"{left} submissions are not judged again yet")
        first = db.execute(
            """UPDATE rejudges SET applied_at = ?
            WHERE id = ? AND assignment = ? AND applied_at IS NULL""",
            (as_text(at), rejudge, assignment.id),
        )
        if first.rowcount != 1:
            return
        again = db.execute(
            """SELECT q.submission, q.attempt, s.student FROM queue q
            JOIN submissions s ON s.id = q.submission JOIN attempts a ON a.id = q.attempt
            WHERE q.rejudge = ? AND a.verdict <> 'JE'""",
            (rejudge,),
        ).fetchall()
        for submission, attempt, _ in again:
            db.execute("UPDATE submissions SET attempt = ? WHERE id = ?", (attempt, submission))
        for student in {student for _, _, student in again}:
            count(db, assignment, student)


def drop(database: Database, rejudge: int) -> None:
    """Forget a rejudge that was not applied, finished or not."""
    with database.transaction():
        found = database.db.execute(
            "DELETE FROM rejudges WHERE id = ? AND applied_at IS NULL", (rejudge,)
        )
        if found.rowcount:
            database.db.execute("DELETE FROM queue WHERE rejudge = ?", (rejudge,))
