"""What waits to be judged, and who judges it: leases that only the death of their owner ends.

Taking something raises its epoch, and only who has that epoch may finish it, in one transaction
with the verdict. So a judge that was believed dead and comes back changes nothing, and every
submission has exactly one present verdict.
"""

import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from grader.course.attempts import Member, RunKey, keep_attempt
from grader.course.database import Database
from grader.serve.settings import Assignment
from grader.serve.submissions import MOST_WAITING, count

MOST_TRIES = 3  # judges that may die of one submission, which they play alone
MOST_LOST = 30  # judges that may be gone while they play it, whatever became of them


# What is done stays in the table; only `state <> 'done'` leads to the index of what is not.
# Rejudging comes last, and before it what more than one judge was lost with, so that it keeps
# nobody waiting; then who has least waiting; then who came first.
_WAITING = """
    WITH own AS (SELECT s.student, count(*) AS pending, sum(q.state = 'playing') AS playing
        FROM queue q JOIN submissions s ON s.id = q.submission
        WHERE q.state <> 'done' AND q.rejudge IS NULL GROUP BY s.student)
    SELECT q.id, q.epoch, q.lost, q.tries, q.rejudge, s.id AS submission, s.public, s.assignment,
        s.student, s.name, s.source, own.pending >= ? AND own.playing > 0 AS enough
    FROM queue q JOIN submissions s ON s.id = q.submission LEFT JOIN own USING (student)
    WHERE q.state <> 'done' AND q.state = 'waiting'
    ORDER BY q.rejudge IS NOT NULL, max(q.lost, 1), own.pending, q.id
"""


class Lease(NamedTuple):
    """One submission that is somebody's to judge; alone: and nothing else meanwhile."""

    id: int
    epoch: int
    owner: str
    alone: bool
    lost: int  # judges that were gone or failed while they played this
    tries: int  # those of them that died of it, as it was played alone
    rejudge: int | None
    submission: int
    assignment: str
    student: str
    name: str
    source: str
    data: bytes

    @property
    def given_up(self) -> str:
        """Return why it is not played any more; "" if it is."""
        if self.tries < MOST_TRIES and self.lost < MOST_LOST:
            return ""
        return f"the judge ended {max(self.tries, self.lost)} times while it played this"


def take(
    database: Database, owner: str, assignments: Collection[str], *, idle: bool, last: bool
) -> Lease | None:
    """Return what is next, now the owner's; None if nothing is, or it has to be judged alone.

    idle: the owner judges nothing at this moment. last: it judges as much as it can, but for one;
    that place is for others than who has as many waiting as are taken, and one being played.
    """
    some = database.db.execute(
        "SELECT 1 FROM queue WHERE state <> 'done' AND state = 'waiting'"
    ).fetchone()
    if some is None:  # without keeping others from writing
        return None
    with database.transaction():
        rows = database.db.execute(_WAITING, (MOST_WAITING,))
        mine = (r for r in rows if r["assignment"] in assignments)
        found = next((r for r in mine if not (last and r["enough"])), None)
        if found is None:
            return None
        alone = bool(found["lost"])
        if alone and not idle:
            return None
        database.db.execute(
            """UPDATE queue SET state = 'playing', owner = ?, epoch = epoch + 1, alone = ?,
            so_far = '' WHERE id = ?""",
            (owner, alone, found["id"]),
        )
        (data,) = database.db.execute(
            "SELECT bytes FROM sources WHERE source = ?", (found["source"],)
        ).fetchone()
    return Lease(
        id=found["id"],
        epoch=found["epoch"] + 1,
        owner=owner,
        alone=alone,
        **{key: found[key] for key in Lease._fields[4:-1]},
        data=bytes(data),
    )


def tell(database: Database, so_far: Iterable[tuple[Lease, str]]) -> None:
    """Note which groups are judged of what is still being played, as text of so_far.py.

    Of a lease that is over nothing is noted, nor of a rejudge: its verdict is not shown either.
    """
    with database.transaction():
        database.db.executemany(
            """UPDATE queue SET so_far = ?
            WHERE id = ? AND epoch = ? AND owner = ? AND state = 'playing' AND rejudge IS NULL""",
            [(groups, lease.id, lease.epoch, lease.owner) for lease, groups in so_far],
        )


def finish(
    database: Database,
    lease: Lease,
    assignment: Assignment,
    key: RunKey,
    *,
    began_at: str,
    report: str,
    pages: Mapping[str, str],
) -> bool:
    """Keep the report, its pages by feedback and what counts now; False if the lease is over.

    The first time its verdict is the submission's; a rejudge has to be applied.
    """
    db = database.db
    with database.transaction():
        mine = db.execute(
            """UPDATE queue SET state = 'done', owner = '', so_far = ''
            WHERE id = ? AND epoch = ? AND owner = ? AND state = 'playing'""",
            (lease.id, lease.epoch, lease.owner),
        )
        if mine.rowcount != 1:
            return False
        member = Member(lease.student, lease.name, lease.source)
        attempt = keep_attempt(db, assignment.id, key, member, began_at, report)
        db.executemany(
            "INSERT INTO pages VALUES (?,?,?)",
            ((attempt, feedback, zlib.compress(p.encode())) for feedback, p in pages.items()),
        )
        db.execute("UPDATE queue SET attempt = ? WHERE id = ?", (attempt, lease.id))
        if lease.rejudge is None:
            db.execute(
                "UPDATE submissions SET attempt = ? WHERE id = ?", (attempt, lease.submission)
            )
            count(db, assignment, lease.student)
    return True


def put_back(database: Database, lease: Lease) -> bool:
    """Have something judged again, alone, because the judge failed; False if the lease is over.

    False too if that has happened too often: then the failure is the verdict.
    """
    if lease.given_up or lease.tries + lease.alone >= MOST_TRIES:
        return False
    with database.transaction():
        mine = database.db.execute(
            """UPDATE queue SET state = 'waiting', owner = '', so_far = '', lost = lost + 1,
            tries = tries + alone WHERE id = ? AND epoch = ? AND owner = ? AND state = 'playing'""",
            (lease.id, lease.epoch, lease.owner),
        )
    return mine.rowcount == 1


def give_back(database: Database, owner: str) -> None:
    """Let others have what an owner has not finished, as if it had never been taken."""
    with database.transaction():
        database.db.execute(
            """UPDATE queue SET state = 'waiting', owner = '', so_far = ''
            WHERE state <> 'done' AND state = 'playing' AND owner = ?""",
            (owner,),
        )


def free_the_dead(database: Database, lives: Callable[[str], bool], *, blamed: bool) -> int:
    """Let others have what belongs to owners who are gone; return how many that were.

    blamed: they may have died of what they played, and were not killed by somebody.
    """
    found = database.db.execute(
        "SELECT DISTINCT owner FROM queue WHERE state <> 'done' AND state = 'playing'"
    )
    dead = [owner for (owner,) in found.fetchall() if not lives(owner)]
    if not dead:
        return 0
    freed = 0
    with database.transaction():
        for owner in dead:
            freed += database.db.execute(
                """UPDATE queue SET state = 'waiting', owner = '', so_far = '', lost = lost + 1,
                tries = tries + (alone AND ?)
                WHERE state <> 'done' AND state = 'playing' AND owner = ?""",
                (blamed, owner),
            ).rowcount
    return freed


def waiting(database: Database) -> list[str]:
    """Return the public ids of what waits, in the order in which it is taken."""
    return [row["public"] for row in database.db.execute(_WAITING, (MOST_WAITING,))]


def page_of(database: Database, attempt: int, feedback: str) -> str | None:
    """Return the report on an attempt as a part of a page."""
    found = database.db.execute(
        "SELECT html FROM pages WHERE attempt = ? AND feedback = ?", (attempt, feedback)
    ).fetchone()
    return zlib.decompress(found["html"]).decode() if found else None


def report_of(database: Database, attempt: int) -> str:
    """Return the report on an attempt as JSON, with all that there is to know."""
    (report,) = database.db.execute(
        "SELECT report FROM attempts WHERE id = ?", (attempt,)
    ).fetchone()
    return str(report)
