"""How the file of a class's results came to be as it is, step by step."""

import sqlite3
from collections.abc import Callable


def _first(db: sqlite3.Connection) -> None:
    db.execute(
        """CREATE TABLE runs (
            id INTEGER PRIMARY KEY, began_at TEXT NOT NULL, problem TEXT NOT NULL,
            suite TEXT NOT NULL, seed INTEGER NOT NULL, versions TEXT NOT NULL)"""
    )
    db.execute(
        """CREATE TABLE members (
            student TEXT PRIMARY KEY, name TEXT NOT NULL, source TEXT, note TEXT NOT NULL,
            run INTEGER NOT NULL REFERENCES runs(id)) WITHOUT ROWID"""
    )
    db.execute(
        """CREATE TABLE attempts (
            id INTEGER PRIMARY KEY, student TEXT NOT NULL, name TEXT NOT NULL,
            source TEXT NOT NULL, problem TEXT NOT NULL, suite TEXT NOT NULL,
            seed INTEGER NOT NULL, versions TEXT NOT NULL, verdict TEXT NOT NULL,
            score INTEGER NOT NULL, max_score INTEGER NOT NULL, began_at TEXT NOT NULL,
            judged_at TEXT NOT NULL, report TEXT NOT NULL)"""
    )
    db.execute("CREATE INDEX by_student ON attempts (student, source)")


def _second(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE sources (source TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID")


def _third(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE members ADD COLUMN identity TEXT NOT NULL DEFAULT ''")


def _fourth(db: sqlite3.Connection) -> None:
    db.execute("CREATE INDEX by_source ON attempts (source)")


# Numbered by position; a file's user_version says how many it has had. Never change one.
MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first, _second, _third, _fourth)
