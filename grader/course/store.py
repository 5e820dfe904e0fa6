"""Results of a class in one SQLite file: every attempt ever judged, and who belongs to the class.

Each attempt is one transaction, so a run that is killed has lost nothing it had saved. The file
is in WAL mode with full synchronisation: what save() has returned from survives a power cut.
"""

import contextlib
import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import pairwise, starmap
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from grader.course.identity import as_data, from_data
from grader.course.migrations import MIGRATIONS
from grader.errors import GraderError
from grader.model import NOBODY, Attempt, Identity, Row, Verdict

FILE = "results.sqlite"
LOCK = "results.lock"


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


_SAME = """a.student = m.student AND a.source = m.source AND a.problem = r.problem
    AND a.suite = r.suite AND a.seed = r.seed AND a.versions = r.versions"""
# A judge error never stands in the way of a verdict that the same source has had.
_PRESENT = f"""
    SELECT m.student, m.name, m.note, m.identity, m.run < (SELECT max(id) FROM runs) AS gone,
        a.id AS present, a.verdict, a.score, a.max_score, a.judged_at, a.report,
        (SELECT count(*) FROM attempts n WHERE n.student = m.student) AS attempts
    FROM members m JOIN runs r ON r.id = m.run
    LEFT JOIN attempts a ON a.id = (
        SELECT a.id FROM attempts a WHERE {_SAME} ORDER BY a.verdict = 'JE', a.id DESC LIMIT 1)
"""  # noqa: S608  # two constants


class Store:
    """The results in a folder."""

    def __init__(self, folder: Path, *, writing: bool = False) -> None:
        """Open the results in `folder`; GraderError if there are none, or another run writes.

        writing: make what is missing, and keep other writers out until close().
        """
        self.path = folder / FILE
        self.lock = -1
        try:
            with contextlib.ExitStack() as undo:
                undo.callback(self._unlock)
                self._open(folder, undo, writing=writing)
                undo.pop_all()
        except (OSError, sqlite3.Error) as error:
            raise GraderError(f"{self.path} cannot be opened: {error}") from error

    def _open(self, folder: Path, undo: contextlib.ExitStack, *, writing: bool) -> None:
        if writing:
            folder.mkdir(parents=True, exist_ok=True)
            self.lock = _lock(folder / LOCK)
        elif not self.path.is_file():
            raise GraderError(f"there are no results in {folder} ({FILE} is missing)")
        uri = f"{self.path.resolve().as_uri()}?mode={'rwc' if writing else 'rw'}"
        self.db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=30)
        undo.callback(self.db.close)
        self.db.row_factory = sqlite3.Row
        with _worded(self.path):
            self.db.execute("PRAGMA journal_mode = WAL")
            self.db.execute("PRAGMA synchronous = FULL")
            self._migrate()

    def _migrate(self) -> None:
        (version,) = self.db.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise GraderError(
                f"{self.path} was written by a newer grader (schema {version}, this one knows "
                f"{len(MIGRATIONS)}): update rnn-judge"
            )
        for number, migrate in enumerate(MIGRATIONS[version:], version + 1):
            with self._transaction():
                migrate(self.db)
                self.db.execute(f"PRAGMA user_version = {number}")

    def start_run(self, key: RunKey, members: Iterable[Member]) -> int:
        """Note who belongs to the class and by what they are judged from now on; all or nothing."""
        with self._transaction():
            run = self.db.execute(
                "INSERT INTO runs (began_at, problem, suite, seed, versions) VALUES (?,?,?,?,?)",
                (now(), *key),
            ).lastrowid
            self.db.executemany(
                "INSERT OR REPLACE INTO members (student, name, source, note, identity, run) "
                "VALUES (?,?,?,?,?,?)",
                ((*member[:-1], _written(member.identity), run) for member in members),
            )
        return int(run or 0)

    def judged(self, key: RunKey, student: str, source: str) -> bool:
        """Return whether the student has a verdict on that source under these conditions."""
        found = self.db.execute(
            """SELECT 1 FROM attempts WHERE student = ? AND source = ? AND problem = ?
            AND suite = ? AND seed = ? AND versions = ? AND verdict <> 'JE' LIMIT 1""",
            (student, source, *key),
        )
        return found.fetchone() is not None

    def report_on(self, key: RunKey, source: str) -> str | None:
        """Return the last report on these bytes under these conditions, whoever's they are."""
        found = self.db.execute(
            """SELECT report FROM attempts WHERE source = ? AND problem = ? AND suite = ?
            AND seed = ? AND versions = ? AND verdict <> 'JE' ORDER BY id DESC LIMIT 1""",
            (source, *key),
        ).fetchone()
        return str(found[0]) if found else None

    def save(self, key: RunKey, member: Member, source: bytes, began_at: str, report: str) -> None:
        """Keep one attempt, its report being JSON; GraderError if it cannot be written."""
        data = json.loads(report)
        verdict, score, most = Verdict(data["verdict"]), data["score"], data["max_score"]
        with self._transaction():
            self.db.execute("INSERT OR IGNORE INTO sources VALUES (?,?)", (member.source, source))
            self.db.execute(
                "UPDATE members SET source = ? WHERE student = ?", (member.source, member.student)
            )
            self.db.execute(
                """INSERT INTO attempts (student, name, source, problem, suite, seed, versions,
                verdict, score, max_score, began_at, judged_at, report)
                VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)""",
                (
                    *(member.student, member.name, member.source, *key),
                    *(str(verdict), score, most, began_at, now(), report),
                ),
            )

    def rows(self, run: int | None = None) -> list[Row]:
        """Return the present result of every member, or of those of one run, by student."""
        where = "WHERE m.run = ?" if run is not None else ""
        with _worded(self.path):
            found = self.db.execute(
                f"{_PRESENT} {where} ORDER BY m.student", () if run is None else (run,)
            ).fetchall()
            earlier = self._earlier(found)
            return [_row(r, earlier.get(r["student"], ())) for r in found]

    def row(self, student: str) -> Row | None:
        """Return a student's present result, or None if there is no such student."""
        with _worded(self.path):
            found = self.db.execute(f"{_PRESENT} WHERE m.student = ?", (student,)).fetchone()
            earlier = self._earlier([found] if found else [], student)
        return _row(found, earlier.get(student, ())) if found else None

    def _earlier(
        self, present: Iterable[sqlite3.Row], student: str | None = None
    ) -> dict[str, tuple[Attempt, ...]]:
        """Return the attempts before the present ones, at the same problem: of all, or of one."""
        last = {r["student"]: r["present"] or 0 for r in present}
        told: dict[str, list[sqlite3.Row]] = defaultdict(list)
        for found in self.db.execute(
            """SELECT a.id, a.student, a.source, a.judged_at, a.verdict, a.score
            FROM attempts a JOIN members m ON m.student = a.student JOIN runs r ON r.id = m.run
            WHERE a.problem = r.problem AND a.student = coalesce(?, a.student) ORDER BY a.id""",
            (student,),
        ):
            if found["id"] <= last.get(found["student"], 0):
                told[found["student"]].append(found)
        return {who: tuple(starmap(_attempt, pairwise(found))) for who, found in told.items()}

    def unjudged(self, run: int) -> list[str]:
        """Return the students of a run who handed in and have no verdict."""
        found = self.db.execute(
            f"SELECT student FROM ({_PRESENT} WHERE m.run = ? AND m.source IS NOT NULL) "  # noqa: S608
            "WHERE verdict IS NULL ORDER BY student",
            (run,),
        )
        return [student for (student,) in found]

    def verdicts(self, run: int) -> dict[str, int]:
        """Return how many submissions of a run have which verdict."""
        found = self.db.execute(
            f"SELECT verdict, count(*) FROM ({_PRESENT} WHERE m.run = ?) "  # noqa: S608
            "WHERE verdict IS NOT NULL GROUP BY verdict ORDER BY verdict",
            (run,),
        )
        return dict(map(tuple, found))

    def sources(self) -> Iterator[tuple[str, bytes]]:
        """Yield every student who handed in, with the source as it was judged."""
        yield from self.db.execute(
            "SELECT m.student, s.bytes FROM members m JOIN sources s ON s.source = m.source "
            "ORDER BY m.student"
        )

    def attempts(self, student: str) -> list[tuple[str, str, int]]:
        """Return when, with which verdict and how many points a student was judged, in order."""
        found = self.db.execute(
            "SELECT judged_at, verdict, score FROM attempts WHERE student = ? ORDER BY id",
            (student,),
        )
        return [(at, verdict, score) for at, verdict, score in found]

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with _worded(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):  # the failed COMMIT may have ended it
                    self.db.execute("ROLLBACK")
                raise

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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@contextlib.contextmanager
def _worded(path: Path) -> Iterator[None]:
    """Turn what SQLite says into words for the user."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            raise GraderError(
                f"{path} cannot be written: the disk may be full ({error}); what was saved "
                "before is complete, so make room and start again"
            ) from error
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise GraderError(f"{path} is damaged or no results file: {error}") from error
        raise GraderError(f"{path}: {error}") from error


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


def _row(found: sqlite3.Row, earlier: tuple[Attempt, ...]) -> Row:
    return Row(
        student=found["student"],
        name=found["name"],
        note=found["note"],
        verdict=Verdict(found["verdict"]) if found["verdict"] else None,
        score=found["score"] or 0,
        max_score=found["max_score"] or 0,
        judged_at=found["judged_at"] or "",
        attempts=found["attempts"],
        report=json.loads(found["report"]) if found["report"] else {},
        identity=_identity(found),
        gone=bool(found["gone"]),
        earlier=earlier,
    )


def _attempt(found: sqlite3.Row, after: sqlite3.Row) -> Attempt:
    at, verdict, score = found["judged_at"], Verdict(found["verdict"]), found["score"]
    return Attempt(at, verdict, score, regraded=found["source"] == after["source"])


def _written(identity: Identity) -> str:
    return json.dumps(as_data(identity), ensure_ascii=False)


def _identity(found: sqlite3.Row) -> Identity:
    """Return a student's identity; of older results, what the label says."""
    if not found["identity"]:
        return Identity(label=found["student"])
    return from_data(json.loads(found["identity"]))


def now() -> str:
    """Return the time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
