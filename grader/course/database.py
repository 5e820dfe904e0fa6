"""The one SQLite file of a class or a course: opened, brought up to date, written all or nothing.

It is in WAL mode with full synchronisation: what a transaction has committed survives a power cut.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from grader.course.migrations import MIGRATIONS
from grader.course.order import compared
from grader.errors import GraderError

FILE = "results.sqlite"
LOCK = "results.lock"
_OUTER = "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"
_INNER = "SAVEPOINT inner", "RELEASE inner", "ROLLBACK TO inner"


class Database:
    """The file in a folder."""

    def __init__(self, folder: Path, *, writing: bool = False, shared: bool = False) -> None:
        """Open the results in `folder`; GraderError if there are none, or another run writes.

        writing: make what is missing, and keep other writers out until close(). shared: several
        threads use it, and see to it that they take turns.
        """
        self.path = folder / FILE
        self.lock = -1
        try:
            with contextlib.ExitStack() as undo:
                undo.callback(self._unlock)
                self._open(folder, undo, writing=writing, shared=shared)
                undo.pop_all()
        except (OSError, sqlite3.Error) as error:
            raise GraderError(f"{self.path} cannot be opened: {error}") from error

    def _open(
        self, folder: Path, undo: contextlib.ExitStack, *, writing: bool, shared: bool
    ) -> None:
        if writing:
            folder.mkdir(parents=True, exist_ok=True)
            self.lock = _lock(folder / LOCK)
        elif not self.path.is_file():
            raise GraderError(f"there are no results in {folder} ({FILE} is missing)")
        uri = f"{self.path.resolve().as_uri()}?mode={'rwc' if writing else 'rw'}"
        self.db = sqlite3.connect(
            uri, uri=True, isolation_level=None, timeout=30, check_same_thread=not shared
        )
        undo.callback(self.db.close)
        self.db.row_factory = sqlite3.Row
        self.db.create_collation("people", compared)
        with self.worded():
            self.db.execute("PRAGMA journal_mode = WAL")
            self.db.execute("PRAGMA synchronous = FULL")
            self.db.execute("PRAGMA temp_store = MEMORY")  # no folder but this one may be open
            self._migrate()

    def _migrate(self) -> None:
        while (version := self._version()) < len(MIGRATIONS):
            with self.transaction():
                if self._version() == version:  # another process may have been first
                    MIGRATIONS[version](self.db)
                    self.db.execute(f"PRAGMA user_version = {version + 1}")

    def _version(self) -> int:
        (version,) = self.db.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise GraderError(
                f"{self.path} was written by a newer grader (schema {version}, this one knows "
                f"{len(MIGRATIONS)}): update rnn-judge"
            )
        return int(version)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Do what is in the block all or not at all, while nobody else writes.

        Within another transaction it is kept when that is.
        """
        begin, keep, undo = _INNER if self.db.in_transaction else _OUTER
        with self.worded():
            self.db.execute(begin)
            try:
                yield
                self.db.execute(keep)
            except BaseException:
                with contextlib.suppress(sqlite3.Error):  # what failed may have ended it
                    self.db.execute(undo)
                raise

    @contextlib.contextmanager
    def worded(self) -> Iterator[None]:
        """Turn what SQLite says into words for the user."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            name = getattr(error, "sqlite_errorname", "")
            if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
                raise GraderError(
                    f"{self.path} cannot be written: the disk may be full ({error}); what was "
                    "saved before is complete, so make room and start again"
                ) from error
            if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
                raise GraderError(f"{self.path} is damaged or no results file: {error}") from error
            raise GraderError(f"{self.path}: {error}") from error

    def close(self) -> None:
        """Let go of the file."""
        with contextlib.suppress(sqlite3.Error):  # the last checkpoint finds no room: WAL stays
            self.db.close()
        self._unlock()

    def _unlock(self) -> None:
        if self.lock >= 0:
            os.close(self.lock)
            self.lock = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep writers out of a folder meanwhile; GraderError if there is one."""
    descriptor = _lock(folder / LOCK)
    try:
        yield
    finally:
        os.close(descriptor)


def _lock(path: Path) -> int:
    """Return a descriptor that keeps other writers out while it is open."""
    import fcntl  # noqa: PLC0415  # not on Windows, where results are only read

    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise GraderError(
            f"another run is writing to {path.parent}; wait for it or end it"
        ) from error
    return descriptor
