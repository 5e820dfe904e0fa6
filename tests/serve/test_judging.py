"""The judge process from inside: what it does where it cannot write, and what it renders."""

import math
import threading

import pytest

from grader.errors import GraderError
from grader.report import json as report_json
from grader.serve import submissions
from tests import needs
from tests.html import pages
from tests.serve.test_queue import submit

judging = needs.imported("serve", "grader.serve.judging")


class Judges:
    """Judges that have said of every task what a report says."""

    busy = room = True

    def __init__(self):
        self.tasks = []

    def offer(self, task):
        self.tasks.append(task)

    def collect(self, _):
        report = report_json.render(pages.report(), solution=True)
        done, self.tasks = self.tasks, []
        yield from ((task, report) for task in done)

    def close(self):
        self.tasks = []


def test_where_the_disk_is_full_the_verdict_waits(made):
    """
    It is judged once, kept when there is room again, and nothing else is taken meanwhile.
    """
    course, database = made()
    public = submit(course, database, "ada", "1")
    one = judging.Judging(course, database, 1, weak=False)
    one.pools["rnn"] = Judges(), judging.RunKey("simple_rnn", "s", 1, "{}")
    one._take()
    submit(course, database, "bob", "1")
    (size,) = database.db.execute("PRAGMA page_count").fetchone()
    database.db.execute(f"PRAGMA max_page_count = {size}")
    with pytest.raises(GraderError, match="disk may be full"):
        write_for_ever(database)
    for _ in range(2):
        with pytest.raises(GraderError, match="disk may be full"):
            one.step(taking=True)
    assert submissions.by_public(database, public).verdict is None
    assert len(one.leases) == 1

    database.db.execute(f"PRAGMA max_page_count = {2**30}")
    one.step(taking=False)
    assert submissions.by_public(database, public).verdict == "WA"
    assert one.leases == {}


def test_groups_are_noted_now_and_then_and_not_after_the_verdict(made):
    """
    Two notes at once are one commit; what is done is not noted any more.
    """
    course, database = made()
    submit(course, database, "ada", "1")
    one, judges = judging.Judging(course, database, 1, weak=False), Judges()
    one.pools["rnn"] = judges, judging.RunKey("simple_rnn", "s", 1, "{}")
    one._take()
    (task,) = judges.tasks
    noted = []
    for groups, told in (("some", math.inf), ("more", math.inf), ("most", -math.inf)):
        one._hear(task, groups)
        one.told = told
        one._tell()
        noted += [groups for (groups,) in database.db.execute("SELECT so_far FROM queue")]
    assert noted == ["", "", "most"]

    one._hear(task, "all")
    one.told = -math.inf
    one.step(taking=False)
    assert one.so_far == {}
    assert database.db.execute("SELECT so_far, state FROM queue").fetchone()[:] == ("", "done")


def write_for_ever(database):
    while True:
        with database.transaction():
            database.db.execute(
                "INSERT INTO audit (at, account, what, about) VALUES ('', '', '', ?)", ("x" * 400,)
            )


def test_a_judge_ends_when_it_is_told(made):
    """
    With nothing to do it does so at once, and leaves nothing behind.
    """
    course, _ = made()
    stop = threading.Event()
    stop.set()
    course.assignments.clear()
    judging.run(course, 1, weak=False, stop=stop)
