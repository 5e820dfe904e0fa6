"""Changes that come at the same time are kept with one commit, and each is told its own result."""

import asyncio

import pytest

from grader.errors import GraderError
from grader.serve import people
from tests import needs
from tests.serve.conftest import NOW

pytestmark = pytest.mark.serve
changes = needs.imported("serve", "grader.serve.web.changes")


def kept(database, *what):
    """
    What becomes of changes that come at the same time, and how often something was committed.
    """
    said = []
    database.db.set_trace_callback(said.append)

    async def all_of_them():
        made = changes.Changes(database)
        return await asyncio.gather(*(made.make(one) for one in what), return_exceptions=True)

    told = asyncio.run(all_of_them())
    database.db.set_trace_callback(None)
    return told, said.count("COMMIT")


def notes(database):
    return [about for (about,) in database.db.execute("SELECT about FROM audit")]


def noted(about):
    def note(database):
        people.noted(database, "prof", "did", about, NOW)
        return about

    return note


def refused(database):
    with database.transaction():
        people.note(database.db, "prof", "did", "half", NOW)
        raise GraderError("not so")


def test_many_at_once_take_few_commits(made):
    """
    The first has one of its own, and the others wait for the next together.
    """
    _, database = made()
    names = [str(n) for n in range(20)]
    told, commits = kept(database, *map(noted, names))

    assert told == notes(database) == names
    assert commits <= 2


def test_one_that_fails_is_the_only_one(made):
    """
    Nothing of it is kept, and it alone is told.
    """
    _, database = made()
    told, _ = kept(database, noted("a"), noted("b"), refused, noted("c"))

    assert [str(one) for one in told] == ["a", "b", "not so", "c"]
    assert notes(database) == ["a", "b", "c"]


def test_where_the_commit_fails_everybody_is_told(made):
    """
    No receipt without a row.
    """
    _, database = made()

    def without_room(_):
        (size,) = database.db.execute("PRAGMA page_count").fetchone()
        database.db.execute(f"PRAGMA max_page_count = {size}")

    told, commits = kept(database, without_room, noted("a"), noted("x" * 100_000), noted("b"))
    database.db.execute(f"PRAGMA max_page_count = {2**30}")

    assert [type(one) for one in told[1:]] == [GraderError] * 3
    assert notes(database) == []
    assert commits <= 1
