"""Which processes of a course are at work: each says so now and then."""

import contextlib
import time
from collections.abc import Callable

from grader.course.database import Database
from grader.errors import GraderError
from grader.serve import clock
from grader.serve.owner import lives, owner

HANGS_S = 300.0  # without a sign of life, of the clock of whoever watches


def begin(database: Database, name: str) -> None:
    """Note that this process is now the one of that name."""
    with database.transaction():
        database.db.execute(
            "INSERT OR REPLACE INTO processes VALUES (?,?,?,'0')",
            (name, owner(), clock.as_text(clock.now())),
        )


def beat(database: Database, name: str) -> None:
    """Say that the process of that name is at work; where the disk is full, say nothing."""
    with contextlib.suppress(GraderError), database.transaction():
        database.db.execute("UPDATE processes SET said = said + 1 WHERE name = ?", (name,))


def since(database: Database, name: str) -> str | None:
    """Return since when the process of that name lives; None if it does not."""
    found = database.db.execute("SELECT * FROM processes WHERE name = ?", (name,)).fetchone()
    return found["began_at"] if found and lives(found["owner"]) else None


class Pulse:
    """Tells whether a process gives no sign of life any more."""

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.name, self.clock = name, clock
        self.last: object = None
        self.at = clock()

    def hangs(self, database: Database) -> bool:
        """Return whether nothing was said for too long; to be asked every now and then."""
        found = database.db.execute(
            "SELECT owner, said FROM processes WHERE name = ?", (self.name,)
        ).fetchone()
        said = tuple(found) if found else None
        if said != self.last:
            self.last, self.at = said, self.clock()
        return self.clock() - self.at > HANGS_S
