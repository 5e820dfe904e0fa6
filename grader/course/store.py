"""Results of a class in one SQLite file: every attempt ever judged, and who belongs to the class.

Each attempt is one transaction, so a run that is killed has lost nothing it had saved. A class that
was judged from a folder is one assignment without a name; a course of `grader serve` has several.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, starmap
from pathlib import Path

from grader.course.attempts import Member, RunKey, keep_attempt, keep_source, now
from grader.course.database import Database
from grader.course.identity import as_data, from_data
from grader.errors import GraderError
from grader.model import Attempt, Identity, Row, Verdict

_SAME = """a.assignment = m.assignment AND a.student = m.student AND a.source = m.source AND
    a.problem = r.problem AND a.suite = r.suite AND a.seed = r.seed AND a.versions = r.versions"""
# A judge error never stands in the way of a verdict that the same source has had. In a course the
# attempt that counts is named.
_PRESENT = f"""
    SELECT m.student, m.name, m.note, m.identity, a.id AS present, a.verdict, a.max_score,
        a.judged_at, a.report, max(0, a.score - m.late_points) AS score,
        m.run < (SELECT max(id) FROM runs WHERE assignment = m.assignment) AS gone,
        (SELECT count(*) FROM attempts n
            WHERE n.assignment = m.assignment AND n.student = m.student) AS attempts
    FROM members m JOIN runs r ON r.id = m.run
    LEFT JOIN attempts a ON a.id = coalesce(m.counts, (
        SELECT a.id FROM attempts a WHERE {_SAME} ORDER BY a.verdict = 'JE', a.id DESC LIMIT 1))
    WHERE m.assignment = ?
"""  # noqa: S608  # two constants


class Store(Database):
    """The results of one assignment in a folder."""

    def __init__(
        self,
        folder: Path,
        *,
        writing: bool = False,
        assignment: str | None = None,
        or_class: bool = False,
    ) -> None:
        """Open the results as a Database does; GraderError if there is no such assignment.

        assignment: its name in a course; None: the only one there is.
        or_class: whether a class that was judged from a folder, which has no such name, will do.
        """
        super().__init__(folder, writing=writing)
        try:
            self.assignment = self._chosen(
                "" if writing and assignment is None else assignment, or_class=or_class
            )
        except BaseException:
            self.close()
            raise

    def _chosen(self, assignment: str | None, *, or_class: bool) -> str:
        with self.worded():
            found = self.db.execute("SELECT DISTINCT assignment FROM runs ORDER BY assignment")
            names = [name for (name,) in found]
        if assignment is None and len(names) == 1:
            return str(names[0])
        if names == [""]:
            if assignment and not or_class:
                raise GraderError(
                    f"{self.path.parent} is a class that was judged from a folder, which has no "
                    "assignments: leave out --assignment"
                )
            return ""
        if assignment in names or not (names or assignment):
            return assignment or ""
        listed = ", ".join(filter(None, names)) or "none"
        if assignment is None:
            raise GraderError(f"which assignment? {listed}: say so with --assignment")
        if not assignment:
            raise GraderError(f"{self.path.parent} is the folder of a course: name another")
        raise GraderError(f"there is no assignment {assignment!r}; there is {listed}")

    def start_run(self, key: RunKey, members: Iterable[Member]) -> int:
        """Note who belongs to the class and by what they are judged from now on; all or nothing."""
        with self.transaction():
            run = self.db.execute(
                "INSERT INTO runs (began_at, problem, suite, seed, versions, assignment) "
                "VALUES (?,?,?,?,?,?)",
                (now(), *key, self.assignment),
            ).lastrowid
            self.db.executemany(
                "INSERT OR REPLACE INTO members (student, name, source, note, identity, run, "
                "assignment) VALUES (?,?,?,?,?,?,?)",
                ((*m[:-1], written(m.identity), run, self.assignment) for m in members),
            )
        return int(run or 0)

    def judged(self, key: RunKey, student: str, source: str) -> bool:
        """Return whether the student has a verdict on that source under these conditions."""
        found = self.db.execute(
            """SELECT 1 FROM attempts WHERE assignment = ? AND student = ? AND source = ?
            AND problem = ? AND suite = ? AND seed = ? AND versions = ? AND verdict <> 'JE'
            LIMIT 1""",
            (self.assignment, student, source, *key),
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

    def lines_pending(self, key: RunKey) -> list[int]:
        """Return attempts whose line at fault is still to be looked for, one of the same bytes."""
        found = self.db.execute(
            """SELECT min(id) FROM attempts WHERE pending AND assignment = ? AND problem = ?
            AND suite = ? AND seed = ? AND versions = ? GROUP BY source ORDER BY min(id)""",
            (self.assignment, *key),
        )
        return [number for (number,) in found.fetchall()]

    def attempted(self, number: int) -> tuple[Member, bytes, str]:
        """Return of an attempt whose it is, the bytes that were judged, and the report as JSON."""
        found = self.db.execute(
            """SELECT a.student, a.name, a.source, s.bytes, a.report FROM attempts a
            JOIN sources s USING (source) WHERE a.id = ?""",
            (number,),
        ).fetchone()
        return Member(*found[:3]), bytes(found["bytes"]), str(found["report"])

    def tell_line(self, number: int, tell: Callable[[str], str]) -> None:
        """Put the line at fault into the pending report of an attempt and of all on its bytes.

        tell: makes a report on what has that name, as JSON.
        """
        with self.transaction():
            same = self.db.execute(
                """SELECT b.id, b.name FROM attempts a JOIN attempts b
                USING (assignment, source, problem, suite, seed, versions)
                WHERE a.id = ? AND b.pending""",
                (number,),
            )
            self.db.executemany(
                "UPDATE attempts SET report = ?, pending = 0 WHERE id = ?",
                [(tell(name), other) for other, name in same.fetchall()],
            )

    def save(self, key: RunKey, member: Member, source: bytes, began_at: str, report: str) -> None:
        """Keep one attempt, its report being JSON; GraderError if it cannot be written."""
        with self.transaction():
            keep_source(self.db, str(member.source), source)
            self.db.execute(
                "UPDATE members SET source = ? WHERE assignment = ? AND student = ?",
                (member.source, self.assignment, member.student),
            )
            keep_attempt(self.db, self.assignment, key, member, began_at, report)

    def rows(self, run: int | None = None) -> list[Row]:
        """Return the present result of every member, or of those of one run, by student."""
        where, of = ("AND m.run = ?", (run,)) if run is not None else ("", ())
        with self.worded():
            found = self.db.execute(
                f"{_PRESENT} {where} ORDER BY m.student COLLATE people", (self.assignment, *of)
            ).fetchall()
            earlier = self._earlier(found)
            return [_row(r, earlier.get(r["student"], ())) for r in found]

    def row(self, student: str) -> Row | None:
        """Return a student's present result, or None if there is no such student."""
        with self.worded():
            found = self.db.execute(
                f"{_PRESENT} AND m.student = ?", (self.assignment, student)
            ).fetchone()
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
            FROM attempts a JOIN members m ON m.assignment = a.assignment AND m.student = a.student
            JOIN runs r ON r.id = m.run WHERE a.assignment = ? AND a.problem = r.problem
            AND a.student = coalesce(?, a.student) ORDER BY a.id""",
            (self.assignment, student),
        ):
            if found["id"] <= last.get(found["student"], 0):
                told[found["student"]].append(found)
        return {who: tuple(starmap(_attempt, pairwise(found))) for who, found in told.items()}

    def gone(self) -> list[str]:
        """Return the students of an earlier run who are not in the last one."""
        found = self.db.execute(
            """SELECT student FROM members m WHERE assignment = ?
            AND run < (SELECT max(id) FROM runs WHERE assignment = m.assignment)
            ORDER BY student COLLATE people""",
            (self.assignment,),
        )
        return [student for (student,) in found]

    def unjudged(self, run: int) -> list[str]:
        """Return the students of a run who handed in and have no verdict."""
        found = self.db.execute(
            f"SELECT student FROM ({_PRESENT} AND m.run = ? AND m.source IS NOT NULL) "  # noqa: S608
            "WHERE verdict IS NULL ORDER BY student COLLATE people",
            (self.assignment, run),
        )
        return [student for (student,) in found]

    def verdicts(self, run: int) -> dict[str, int]:
        """Return how many submissions of a run have which verdict."""
        found = self.db.execute(
            f"SELECT verdict, count(*) FROM ({_PRESENT} AND m.run = ?) "  # noqa: S608
            "WHERE verdict IS NOT NULL GROUP BY verdict ORDER BY verdict",
            (self.assignment, run),
        )
        return dict(map(tuple, found))

    def sources(self) -> Iterator[tuple[str, bytes]]:
        """Yield every student who handed in, with the source as it was judged."""
        yield from self.db.execute(
            "SELECT m.student, s.bytes FROM members m JOIN sources s ON s.source = m.source "
            "WHERE m.assignment = ? ORDER BY m.student COLLATE people",
            (self.assignment,),
        )

    def attempts(self, student: str) -> list[tuple[str, str, int]]:
        """Return when, with which verdict and how many points a student was judged, in order."""
        found = self.db.execute(
            "SELECT judged_at, verdict, score FROM attempts "
            "WHERE assignment = ? AND student = ? ORDER BY id",
            (self.assignment, student),
        )
        return [(at, verdict, score) for at, verdict, score in found]


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


def written(identity: Identity) -> str:
    """Return an identity as it stands in the file."""
    return json.dumps(as_data(identity), ensure_ascii=False)


def _identity(found: sqlite3.Row) -> Identity:
    """Return a student's identity; of older results, what the label says."""
    if not found["identity"]:
        return Identity(label=found["student"])
    return from_data(json.loads(found["identity"]))
