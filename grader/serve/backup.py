"""A copy of a course's database, made while it is written to."""

import contextlib
import os
import sqlite3
from pathlib import Path

from grader.course.database import Database
from grader.errors import GraderError


def write_backup(database: Database, file: Path) -> None:
    """Write a whole and sound copy, for its owner's eyes alone, or none; GraderError says why."""
    part = file.with_name(f".{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with contextlib.closing(sqlite3.connect(part)) as copy:
            database.db.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            (said,) = copy.execute("PRAGMA integrity_check").fetchone()
        if said != "ok":
            raise GraderError(f"the copy of {database.path} is not sound: {said}")
        os.replace(part, file)
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise GraderError(f"{file} cannot be written: {why}") from error
    finally:
        part.unlink(missing_ok=True)
