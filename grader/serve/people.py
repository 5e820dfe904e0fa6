"""Who may sign in, and who is in the class; of codes and sessions only hashes are kept."""

import base64
import binascii
import hashlib
import secrets
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from grader.course.database import Database
from grader.course.find.roster import Listed
from grader.course.store import written
from grader.errors import GraderError
from grader.serve.clock import as_text
from grader.serve.settings import Course

BYTES = 16  # 128 bits: nobody guesses them, so that a plain hash keeps them
SESSION = timedelta(days=30)
MOST_SESSIONS = 20  # of one account; the oldest ends
STUDENT, STAFF = "student", "staff"


class Account(NamedTuple):
    """Somebody who may sign in."""

    account: str
    role: str
    name: str


class Changes(NamedTuple):
    """What the import of a roster does: accounts, in their order."""

    new: tuple[str, ...]
    kept: tuple[str, ...]
    gone: tuple[str, ...]


def made_code() -> str:
    """Return a new code: 128 random bits as letters and digits."""
    return base64.b32encode(secrets.token_bytes(BYTES)).decode("ascii").rstrip("=").lower()


def hashed(code: str) -> bytes | None:
    """Return what is kept of a code, however it was typed; None if it is none."""
    text = "".join(c for c in code if c not in "- \t\r\n").upper()
    try:
        bits = base64.b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        return None
    return hashlib.sha256(bits).digest() if len(bits) == BYTES else None


def new_code(database: Database, account: str, at: datetime) -> str:
    """Return a new code for an account; older ones and their sessions end. GraderError if none."""
    code = made_code()
    with database.transaction():
        found = database.db.execute(
            "SELECT 1 FROM people WHERE account = ? AND NOT gone", (account,)
        )
        if found.fetchone() is None:
            raise GraderError(f"there is no account {account!r}")
        _end(database.db, account)
        _keep(database.db, account, code, at)
    return code


def revoke(database: Database, account: str) -> None:
    """End every code and session of an account at once."""
    with database.transaction():
        _end(database.db, account)


def _end(db: sqlite3.Connection, account: str) -> None:
    db.execute("DELETE FROM sessions WHERE account = ?", (account,))
    db.execute("DELETE FROM codes WHERE account = ?", (account,))


def _keep(db: sqlite3.Connection, account: str, code: str, at: datetime) -> None:
    db.execute("INSERT INTO codes VALUES (?,?,?)", (hashed(code), account, as_text(at)))


def new_staff(database: Database, account: str, at: datetime) -> str:
    """Return a code for a member of staff, who is entered if need be; GraderError for a student."""
    with database.transaction():
        database.db.execute(
            "INSERT OR IGNORE INTO people (account, role, name, identity) VALUES (?,?,?,'')",
            (account, STAFF, account),
        )
        found = database.db.execute("SELECT role FROM people WHERE account = ?", (account,))
        if found.fetchone()["role"] != STAFF:
            raise GraderError(f"{account} is a student of this course: take another name")
    return new_code(database, account, at)


def sign_in(database: Database, code: str, at: datetime) -> str | None:
    """Return the secret of a new session; None if nobody has that code."""
    mark = hashed(code)
    if mark is None:
        return None
    secret = secrets.token_urlsafe(BYTES)
    with database.transaction():
        found = database.db.execute("SELECT account FROM codes WHERE hash = ?", (mark,)).fetchone()
        if found is None:
            return None
        database.db.execute("DELETE FROM sessions WHERE ends_at < ?", (as_text(at),))
        database.db.execute(
            """DELETE FROM sessions WHERE hash IN (SELECT hash FROM sessions WHERE account = ?
            ORDER BY ends_at DESC LIMIT -1 OFFSET ?)""",
            (found["account"], MOST_SESSIONS - 1),
        )
        database.db.execute(
            "INSERT INTO sessions VALUES (?,?,?,?)",
            (_of_session(secret), found["account"], mark, as_text(at + SESSION)),
        )
    return secret


def sign_out(database: Database, secret: str) -> None:
    """End a session."""
    with database.transaction():
        database.db.execute("DELETE FROM sessions WHERE hash = ?", (_of_session(secret),))


def signed_in(database: Database, secret: str, at: datetime) -> Account | None:
    """Return whose session that is; None if it is over or never was."""
    found = database.db.execute(
        """SELECT p.account, p.role, p.name FROM sessions s JOIN people p USING (account)
        WHERE s.hash = ? AND s.ends_at > ? AND NOT p.gone""",
        (_of_session(secret), as_text(at)),
    ).fetchone()
    return Account(*found) if found else None


def _of_session(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def students(database: Database, *, gone: bool = False) -> list[Account]:
    """Return who is in the class; gone: those who were instead."""
    found = database.db.execute(
        """SELECT account, role, name FROM people WHERE role = ? AND gone = ?
        ORDER BY account COLLATE people""",
        (STUDENT, gone),
    )
    return [Account(*row) for row in found]


def preview(database: Database, listed: Sequence[Listed]) -> Changes:
    """Return what the import of a roster would do; GraderError if one of them is staff."""
    staff = database.db.execute("SELECT account FROM people WHERE role = ?", (STAFF,))
    names = [one.student for one in listed]
    if taken := sorted({account for (account,) in staff}.intersection(names)):
        raise GraderError(f"{taken[0]} is staff of this course and on the roster")
    before = {one.account for one in students(database)}
    return Changes(
        tuple(name for name in names if name not in before),
        tuple(name for name in names if name in before),
        tuple(sorted(before.difference(names))),
    )


def import_roster(
    database: Database, course: Course, listed: Sequence[Listed], at: datetime
) -> dict[str, str]:
    """Make the class what the roster says; return a code for everybody who had none.

    Who is not on it any more is signed out and cannot sign in; what was handed in stays.
    """
    codes = {}
    with database.transaction():
        changes = preview(database, listed)
        for account in changes.gone:
            _end(database.db, account)
            database.db.execute("UPDATE people SET gone = 1 WHERE account = ?", (account,))
        for one in listed:
            name = next(iter(one.identity.names), one.student)
            database.db.execute(
                """INSERT INTO people (account, role, name, identity) VALUES (?,?,?,?)
                ON CONFLICT (account) DO UPDATE SET name = excluded.name,
                identity = excluded.identity, gone = 0""",
                (one.student, STUDENT, name, written(one.identity)),
            )
        without = database.db.execute(
            """SELECT account FROM people WHERE role = ? AND NOT gone
            AND account NOT IN (SELECT account FROM codes) ORDER BY account COLLATE people""",
            (STUDENT,),
        ).fetchall()
        for (account,) in without:
            codes[account] = made_code()
            _keep(database.db, account, codes[account], at)
        _enter(database.db, course, at)
    return codes


def enter_class(database: Database, course: Course, at: datetime) -> None:
    """Make the members of every assignment those of the class: an assignment may be new."""
    with database.transaction():
        _enter(database.db, course, at)


def _enter(db: sqlite3.Connection, course: Course, at: datetime) -> None:
    """Note a new run of an assignment where its members are not those of the class."""
    class_ = db.execute(
        "SELECT account, identity FROM people WHERE role = ? AND NOT gone", (STUDENT,)
    ).fetchall()
    for assignment in course.assignments.values():
        last = db.execute(
            "SELECT max(id) FROM runs WHERE assignment = ?", (assignment.id,)
        ).fetchone()[0]
        members = db.execute(
            "SELECT student, identity FROM members WHERE assignment = ? AND run = ?",
            (assignment.id, last),
        )
        if last is not None and set(map(tuple, members)) == set(map(tuple, class_)):
            continue
        run = db.execute(
            """INSERT INTO runs (began_at, problem, suite, seed, versions, assignment)
            VALUES (?,?,'',0,'',?)""",
            (as_text(at), assignment.problem.id, assignment.id),
        ).lastrowid
        db.executemany(
            """INSERT INTO members (assignment, student, name, note, run, identity)
            VALUES (?,?,'','',?,?) ON CONFLICT (assignment, student)
            DO UPDATE SET run = excluded.run, identity = excluded.identity""",
            ((assignment.id, account, run, identity) for account, identity in class_),
        )


def noted(database: Database, account: str, what: str, about: str, at: datetime) -> None:
    """Keep for ever that somebody did something."""
    with database.transaction():
        note(database.db, account, what, about, at)


def note(db: sqlite3.Connection, account: str, what: str, about: str, at: datetime) -> None:
    """Keep within a transaction that somebody did something."""
    db.execute(
        "INSERT INTO audit (at, account, what, about) VALUES (?,?,?,?)",
        (as_text(at), account, what, about),
    )
