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


def _fifth(db: sqlite3.Connection) -> None:
    """Several assignments in one file: a class that was judged from a folder is one without a name.

    counts: the attempt that counts where people hand in on a page; late_points: what that loses.
    """
    db.execute("ALTER TABLE runs ADD COLUMN assignment TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE attempts ADD COLUMN assignment TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE members RENAME TO members_of_one")
    db.execute(
        """CREATE TABLE members (
            assignment TEXT NOT NULL, student TEXT NOT NULL, name TEXT NOT NULL, source TEXT,
            note TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs(id),
            identity TEXT NOT NULL DEFAULT '', counts INTEGER REFERENCES attempts(id),
            late_points INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (assignment, student)) WITHOUT ROWID"""
    )
    db.execute(
        """INSERT INTO members (assignment, student, name, source, note, run, identity)
            SELECT '', student, name, source, note, run, identity FROM members_of_one"""
    )
    db.execute("DROP TABLE members_of_one")


def _sixth(db: sqlite3.Connection) -> None:
    """Who may sign in to a course's page, what was handed in there, and what waits to be judged."""
    for table in (
        # gone: is not on the roster any more
        """people (account TEXT PRIMARY KEY, role TEXT NOT NULL, name TEXT NOT NULL,
            identity TEXT NOT NULL, gone INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID""",
        # hash: SHA-256 of 128 random bits, which are kept nowhere
        """codes (hash BLOB PRIMARY KEY, account TEXT NOT NULL REFERENCES people(account),
            made_at TEXT NOT NULL) WITHOUT ROWID""",
        """sessions (hash BLOB PRIMARY KEY, account TEXT NOT NULL REFERENCES people(account),
            code BLOB NOT NULL, ends_at TEXT NOT NULL) WITHOUT ROWID""",
        """extensions (assignment TEXT NOT NULL, student TEXT NOT NULL, due TEXT NOT NULL,
            PRIMARY KEY (assignment, student)) WITHOUT ROWID""",
        # attempt: the present verdict; nonce: of the form, so that a double click is one submission
        """submissions (id INTEGER PRIMARY KEY, public TEXT NOT NULL UNIQUE,
            assignment TEXT NOT NULL, student TEXT NOT NULL, name TEXT NOT NULL,
            source TEXT NOT NULL REFERENCES sources(source), received_at TEXT NOT NULL,
            nonce TEXT NOT NULL, attempt INTEGER REFERENCES attempts(id),
            UNIQUE (assignment, student, nonce))""",
        """rejudges (id INTEGER PRIMARY KEY, assignment TEXT NOT NULL, made_at TEXT NOT NULL,
            applied_at TEXT)""",
        # rejudge: NULL for the first time; epoch: of the lease, which owner has; lost: leases
        # whose owner was gone; tries: those of them in which this was played alone
        """queue (id INTEGER PRIMARY KEY, submission INTEGER NOT NULL REFERENCES submissions(id),
            rejudge INTEGER REFERENCES rejudges(id), state TEXT NOT NULL DEFAULT 'waiting',
            owner TEXT NOT NULL DEFAULT '', epoch INTEGER NOT NULL DEFAULT 0,
            alone INTEGER NOT NULL DEFAULT 0, lost INTEGER NOT NULL DEFAULT 0,
            tries INTEGER NOT NULL DEFAULT 0, attempt INTEGER REFERENCES attempts(id))""",
        # html: compressed, and made when the report was
        """pages (attempt INTEGER NOT NULL REFERENCES attempts(id), feedback TEXT NOT NULL,
            html BLOB NOT NULL, PRIMARY KEY (attempt, feedback)) WITHOUT ROWID""",
        """audit (id INTEGER PRIMARY KEY, at TEXT NOT NULL, account TEXT NOT NULL,
            what TEXT NOT NULL, about TEXT NOT NULL)""",
        """processes (name TEXT PRIMARY KEY, owner TEXT NOT NULL, began_at TEXT NOT NULL,
            said TEXT NOT NULL) WITHOUT ROWID""",
    ):
        db.execute(f"CREATE TABLE {table}")
    for index in (
        "first_time ON queue (submission) WHERE rejudge IS NULL",
        "once_a_rejudge ON queue (rejudge, submission) WHERE rejudge IS NOT NULL",
    ):
        db.execute(f"CREATE UNIQUE INDEX {index}")
    db.execute("CREATE INDEX undone ON queue (id) WHERE state <> 'done'")
    db.execute("CREATE INDEX handed_in ON submissions (assignment, student, id)")
    db.execute("CREATE INDEX of_account ON sessions (account)")


def _seventh(db: sqlite3.Connection) -> None:
    """What machines that judge were found fit for; found: as `grader doctor` says it."""
    db.execute(
        """CREATE TABLE machines (name TEXT PRIMARY KEY, at TEXT NOT NULL, fit INTEGER NOT NULL,
            found TEXT NOT NULL) WITHOUT ROWID"""
    )
    db.execute("CREATE INDEX by_owner ON submissions (student)")
    db.execute("CREATE INDEX by_attempt ON submissions (attempt)")
    for table in ("rejudges", "queue"):
        _number_once(db, table)


def _eighth(db: sqlite3.Connection) -> None:
    """Which groups are judged of what is being played; "" where none is, or nothing is played."""
    db.execute("ALTER TABLE queue ADD COLUMN so_far TEXT NOT NULL DEFAULT ''")


def _ninth(db: sqlite3.Connection) -> None:
    """Whether the line at fault is still to be looked for; of reports of before it never is."""
    db.execute("ALTER TABLE attempts ADD COLUMN pending INTEGER NOT NULL DEFAULT 0")
    db.execute("CREATE INDEX lines_pending ON attempts (id) WHERE pending")


def _number_once(db: sqlite3.Connection, table: str) -> None:
    """Have a table give no number twice: what was for a row that is gone is for none after it."""
    made, *indices = db.execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql NOT NULL ORDER BY type DESC",
        (table,),
    ).fetchall()
    numbered = made[0].replace("PRIMARY KEY", "PRIMARY KEY AUTOINCREMENT")
    db.execute(numbered.replace(f"TABLE {table}", f"TABLE {table}_anew"))
    db.execute(f"INSERT INTO {table}_anew SELECT * FROM {table}")  # noqa: S608  # two constants
    db.execute(f"DROP TABLE {table}")
    db.execute(f"ALTER TABLE {table}_anew RENAME TO {table}")
    for (index,) in indices:
        db.execute(index)


# Numbered by position; a file's user_version says how many it has had. Never change one.
MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    *(_first, _second, _third, _fourth, _fifth, _sixth, _seventh, _eighth, _ninth),
)
