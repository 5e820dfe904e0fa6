"""A copy of a course's database, made while it is written to, and put back again."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from grader.course.database import FILE, Database, held
from grader.course.migrations import MIGRATIONS
from grader.errors import GraderError

BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a file


class Restored(NamedTuple):
    """What is there now, and where what was there before is."""

    students: int
    submissions: int
    before: Path | None


def write_backup(database: Database, file: Path) -> None:
    """Write a whole and sound copy, for its owner's eyes alone, or none; GraderError says why."""
    with _part_of(file) as part:
        _copy(database.db, part)
        os.replace(part, file)


def restore(folder: Path, file: Path) -> Restored:
    """Put a backup into a course that is not served; GraderError, and nothing is changed, if not.

    What was there is put aside. Sessions of then are over: everybody signs in again.
    """
    present = folder / FILE
    with held(folder), _part_of(present) as part:
        if not file.is_file():
            raise GraderError(f"there is no file {file}")
        with contextlib.closing(
            sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        ) as db:
            _copy(db, part)
        with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as db:
            found = _looked_at(db, file)
            db.execute("DELETE FROM sessions")
        before = _put_aside(present) if present.exists() else None
        os.replace(part, present)
    return Restored(*found, before)


@contextlib.contextmanager
def _part_of(file: Path) -> Iterator[Path]:
    """Give the name of a file to be, for its owner's eyes alone, that is not left behind."""
    part = file.with_name(f".{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        yield part
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise GraderError(f"{file} cannot be written: {why}") from error
    finally:
        part.unlink(missing_ok=True)


def _copy(source: sqlite3.Connection, part: Path) -> None:
    """Copy all that a database holds; GraderError if what comes of it is not sound."""
    with contextlib.closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        (said,) = copy.execute("PRAGMA integrity_check").fetchone()
    if said != "ok":
        raise GraderError(f"the copy is not sound: {said}")
    with part.open("rb") as written:
        os.fsync(written.fileno())


def _looked_at(db: sqlite3.Connection, file: Path) -> tuple[int, int]:
    """Return how many students and submissions there are; GraderError if it is of no course."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise GraderError(f"{file} was written by a newer grader: update rnn-judge")
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    if not {"people", "submissions"} <= tables:
        raise GraderError(f"{file} is no backup of a course")
    students = "SELECT count(*) FROM people WHERE role = 'student' AND NOT gone"
    (count,), (handed_in,) = (
        db.execute(asked).fetchone() for asked in (students, "SELECT count(*) FROM submissions")
    )
    return count, handed_in


def _put_aside(present: Path) -> Path:
    """Keep a database, sound or not, under another name as well, and what SQLite has beside it."""
    with contextlib.suppress(GraderError), Database(present.parent) as database:
        database.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    number = 1
    while (aside := present.with_name(f"before-restore-{number}.sqlite")).exists():
        number += 1
    for end in BESIDE:  # first: they would be taken for the restored one's
        with contextlib.suppress(FileNotFoundError):
            os.replace(f"{present}{end}", f"{aside}{end}")
    os.link(present, aside)
    return aside
