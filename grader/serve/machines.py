"""What the machines that judge are fit for, as `grader doctor` finds it; staff can read that."""

import sqlite3
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from grader.course.database import Database
from grader.serve import clock

FORGOTTEN = timedelta(days=3)  # machines that nobody has looked at since


class Looked(NamedTuple):
    """What was found on a machine."""

    name: str
    fit: bool  # for untrusted code
    found: str


def keep(database: Database, looked: Iterable[Looked]) -> None:
    """Keep what was found; machines of which nothing was heard for long are forgotten."""
    at = clock.now()
    with database.transaction():
        for one in looked:
            database.db.execute(
                "INSERT OR REPLACE INTO machines VALUES (?,?,?,?)",
                (one.name, clock.as_text(at), one.fit, one.found),
            )
        database.db.execute("DELETE FROM machines WHERE at < ?", (clock.as_text(at - FORGOTTEN),))


def kept(database: Database) -> list[sqlite3.Row]:
    """Return name, at, fit and found of every machine."""
    return database.db.execute("SELECT * FROM machines ORDER BY name").fetchall()
