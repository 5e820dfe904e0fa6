"""How an attempt is written into the file of results: its bytes once, its report, and when."""

import json
import sqlite3
from datetime import UTC, datetime
from typing import NamedTuple

from grader.model import NOBODY, Identity, Verdict


class RunKey(NamedTuple):
    """What a report depends on besides the source: if all of it is equal, so is the report."""

    problem: str
    suite: str
    seed: int
    versions: str


class Member(NamedTuple):
    """A student of the class: where the submission lies, or why there is none."""

    student: str
    name: str
    source: str | None  # SHA-256 of the submission; None: there is none
    note: str = ""
    identity: Identity = NOBODY


def keep_source(db: sqlite3.Connection, source: str, data: bytes) -> None:
    """Keep the bytes of a submission under their digest, within a transaction."""
    db.execute("INSERT OR IGNORE INTO sources VALUES (?,?)", (source, data))


def keep_attempt(
    db: sqlite3.Connection,
    assignment: str,
    key: RunKey,
    member: Member,
    began_at: str,
    report: str,
) -> int:
    """Keep one attempt, within a transaction, and return its number."""
    data = json.loads(report)
    verdict, score, most = Verdict(data["verdict"]), data["score"], data["max_score"]
    kept = db.execute(
        """INSERT INTO attempts (student, name, source, problem, suite, seed, versions,
        verdict, score, max_score, began_at, judged_at, report, assignment, pending)
        VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)""",
        (
            *(member.student, member.name, member.source, *key),
            *(str(verdict), score, most, began_at, now(), report, assignment),
            data.get("pending", False),
        ),
    )
    return int(kept.lastrowid or 0)


def now() -> str:
    """Return the time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
