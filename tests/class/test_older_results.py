"""Results that an older version wrote are read by this one: stores/VERSION.sql is a dump of each."""

import sqlite3
from pathlib import Path

import pytest

from grader.course import database as stores
from grader.course.store import Store
from tests.support import thinned

DUMPS = sorted(Path(__file__).with_name("stores").glob("*.sql"))
TABLE = """\
student  verdict  points  earlier  why
ada      AC          100
bob      WA           35  90       truncated-bptt
eve      CE            0           SyntaxError: '(' was never closed, line 2
max      CE            0           max/solution.py is a symbolic link, not an ordinary file
4 students: 1 AC, 2 CE, 1 WA
"""
FORMATS = ("text", "json", "markdown", "junit", "gradescope", "prairielearn", "github", "html")


@pytest.fixture(params=DUMPS, ids=lambda d: d.stem)
def results(request, tmp_path):
    """
    The folder of results that a version left: four students, one of whom handed in twice.
    """
    (tmp_path / "results").mkdir()
    db = sqlite3.connect(tmp_path / "results" / stores.FILE)
    db.executescript(request.param.read_text("utf-8"))
    db.close()
    return tmp_path / "results"


def test_table_is_what_it_was(results, grader):
    """
    Every student stands there with verdict, points and reason.
    """
    assert grader("results", results) == (0, TABLE, "")


def test_gradebook_and_statistics_are_had(results, grader):
    """
    An LMS's file and the class in figures are made of them.
    """
    book = grader("gradebook", results)
    figures = grader("results", results, "--by", "diagnosis")

    assert (book[0], book[1].count("\n")) == (0, 5)
    assert '"bob","",35,100,"WA"' in book[1]
    assert figures[0] == 0, figures
    assert "truncated-bptt" in figures[1]


@pytest.mark.parametrize("student", thinned(["bob", "ada", "eve", "max"], everyday=1))
def test_reports_are_had_in_every_format(results, grader, student, tmp_path):
    """
    What was reported then can be shown in any format now.
    """
    files = {name: tmp_path / f"report.{name}" for name in FORMATS}
    wanted = [f"--report={name}={file}" for name, file in files.items()]

    code, _, err = grader("show", results, student, *wanted)

    assert (code, err) == (0, "")
    assert all(file.stat().st_size for file in files.values())


def test_nothing_of_it_is_lost_when_grading_goes_on(results, grader, tmp_path):
    """
    A run of this version adds its attempts to those that there are, and keeps the sources.
    """
    with Store(results) as store:
        before = {s: store.attempts(s) for s in (row.student for row in store.rows())}
        sources = dict(store.sources())
    assert [len(before[s]) for s in ("ada", "bob", "eve", "max")] == [1, 2, 1, 1]
    folder = tmp_path / "class"
    (folder / "eve").mkdir(parents=True)
    (folder / "eve" / "solution.py").write_bytes(b"x = 1\n")

    code, out, err = grader("grade", folder, "--out", results)

    assert code == 0, out + err
    with Store(results) as store:
        after = {s: store.attempts(s) for s in before}
        assert dict(store.sources()) == {**sources, "eve": b"x = 1\n"}
    assert after == {**before, "eve": [*before["eve"], *after["eve"][1:]]}
    assert len(after["eve"]) == 2
