"""A student's data can be had, forgotten, and does not stay for longer than the course says."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from grader.course.store import Store
from grader.errors import GraderError
from grader.model import Diagnosis
from grader.serve import privacy, queue, rejudge, submissions
from tests.html import pages
from tests.serve.conftest import NOW, SEED, judge
from tests.serve.test_queue import finish, submit, take

QUOTING = Diagnosis(
    "line", "here", "这里", line=1, excerpt=((1, "mine = 1"),), change="-mine = 1\n+mine = 2\n"
)


def held(database, what):
    """
    Whether the file says that anywhere.
    """
    return any(what in line for line in database.db.iterdump())


def test_a_students_data_is_all_there_and_no_secret(made):
    """
    Every source and report, and who it is; neither seed nor codes.
    """
    course, database = made()
    public = submit(course, database, "ada", "1", data=b"mine = 1")
    submit(course, database, "bob", "1", data=b"his = 1")
    judge(course, database, pages.report(seed=SEED))
    packed = zipfile.ZipFile(io.BytesIO(privacy.export(database, "ada")))
    files = {name: packed.read(name) for name in packed.namelist()}

    assert set(files) == {"person.json", "submissions.csv", f"{public}.py", f"{public}.json"}
    assert files[f"{public}.py"] == b"mine = 1"
    assert json.loads(files[f"{public}.json"])["verdict"] == "WA"
    assert not [name for name, data in files.items() if str(SEED).encode() in data]
    with pytest.raises(GraderError, match="no student 'eve'"):
        privacy.export(database, "eve")


def test_who_is_forgotten_is_nowhere(made):
    """
    Not even where a judge is at work on it; what another has handed in alike stays.
    """
    course, database = made()
    for student in ("ada", "bob"):
        submit(course, database, student, "1", data=b"same = 1")
    submit(course, database, "ada", "2", data=b"mine = 1")
    finish(course, database, take(course, database))
    lease = take(course, database)
    playing = lease if lease.student == "ada" else take(course, database)
    privacy.forget(database, "ada")

    assert not finish(course, database, playing)
    assert not held(database, "ada")
    assert not held(database, b"mine = 1".hex().upper())
    assert held(database, b"same = 1".hex().upper())
    with Store(course.folder, assignment="rnn") as store:
        assert [row.student for row in store.rows()] == ["bob"]
    with pytest.raises(GraderError, match="no student 'ada'"):
        privacy.forget(database, "ada")


def test_sources_go_and_grades_stay(made):
    """
    When the course says so and no sooner; nothing quotes them afterwards, nor is judged again.
    """
    course, database = made()
    given = replace(course.assignments["rnn"], due=NOW)
    course = replace(course, assignments={"rnn": given}, keep_sources_days=30)
    public = submit(course, database, "ada", "1", data=b"mine = 1")
    judge(course, database, pages.report(diagnosis=(QUOTING,), printed="mine said", score=35))
    assert privacy.drop_old_sources(database, course, NOW + timedelta(days=29)) == 0
    assert held(database, "mine = 1")

    assert privacy.drop_old_sources(database, course, NOW + timedelta(days=31)) == 1
    assert not held(database, "mine = 1")
    assert not held(database, b"mine = 1".hex().upper())
    assert not held(database, "mine said")
    found = submissions.by_public(database, public)
    assert (found.verdict, found.score) == ("WA", 35)
    assert queue.page_of(database, found.attempt, "full") is None
    with Store(course.folder, assignment="rnn") as store:
        assert store.row("ada").report["diagnosis"][0]["message"] == "here"
    rejudge.begin(database, "rnn", NOW)
    assert take(course, database) is None
