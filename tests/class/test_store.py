"""The store keeps every attempt, shows every student once, and survives what disks do."""

import json
import os
import sqlite3
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course import database as stores
from grader.course.attempts import Member, RunKey
from grader.course.order import natural
from grader.course.store import Store
from grader.errors import GraderError
from tests.support import run_grader

KEY = RunKey("simple_rnn", "suite", 1, "{}")
STUDENTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4)
VERDICTS = st.sampled_from(["AC", "WA", "TLE", "CE", "JE"])


def report(verdict, score=0):
    return json.dumps({"verdict": verdict, "score": score, "max_score": 100, "groups": []})


def save(store, student, source, verdict, key=KEY):
    store.save(key, Member(student, f"{student}/s.py", source), b"x", "then", report(verdict))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(STUDENTS, unique=True, min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from("ab"), VERDICTS), max_size=12),
)
def test_present_result_is_the_last_verdict_on_the_present_source(tmp_path_factory, names, saves):
    """Every member stands once; a judge error shows only where there is no verdict."""
    expected = dict.fromkeys(names)
    with Store(tmp_path_factory.mktemp("s"), writing=True) as store:
        run = store.start_run(KEY, [Member(n, "", "a") for n in names])
        for number, source, verdict in saves:
            student = names[number % len(names)]
            save(store, student, source, verdict)
        store.start_run(KEY, [Member(n, "", "a") for n in names])
        for number, source, verdict in saves:
            student = names[number % len(names)]
            if source == "a" and (verdict != "JE" or expected[student] in (None, "JE")):
                expected[student] = verdict
        rows = store.rows()
        attempts = sum(len(store.attempts(n)) for n in names)

    assert run == 1
    assert [r.student for r in rows] == sorted(names, key=natural)
    assert {r.student: r.verdict for r in rows} == expected
    assert attempts == len(saves)


def test_numbers_in_names_count_as_numbers(tmp_path):
    """Students stand as people count: u2 before u10, whatever digits there are."""
    names = ["u2", "u10", "u10b", "v", "王2", "王10", "9" * 5000]
    with Store(tmp_path, writing=True) as store:
        store.start_run(KEY, [Member(n, "", "a") for n in names])

        assert [r.student for r in store.rows()] == ["9" * 5000, *names[:-1]]


def test_another_source_suite_or_version_is_not_judged_yet(tmp_path):
    """What was judged under other conditions is kept, but is not a result."""
    with Store(tmp_path, writing=True) as store:
        store.start_run(KEY, [Member("ada", "", "a")])
        save(store, "ada", "a", "AC")
        others = [KEY._replace(suite="other"), KEY._replace(seed=2), KEY._replace(versions="2")]

        assert store.judged(KEY, "ada", "a")
        assert not store.judged(KEY, "ada", "b")
        assert not any(store.judged(other, "ada", "a") for other in others)
        run = store.start_run(others[0], [Member("ada", "", "a")])
        assert store.unjudged(run) == ["ada"]
        assert store.row("ada").verdict is None


def test_one_writer_at_a_time(tmp_path):
    """A second run into the same results is refused; readers are not."""
    with Store(tmp_path, writing=True):
        with pytest.raises(GraderError, match="another run"):
            Store(tmp_path, writing=True)
        Store(tmp_path).close()
    Store(tmp_path, writing=True).close()


def test_older_files_are_brought_up_to_date(tmp_path):
    """Migrations run from whatever version a file has; what it held stays."""
    db = sqlite3.connect(tmp_path / stores.FILE)
    stores.MIGRATIONS[0](db)
    db.execute("PRAGMA user_version = 1")
    db.execute("INSERT INTO runs VALUES (1, 'then', 'p', 's', 1, '{}')")
    db.execute("INSERT INTO members VALUES ('ada', 'x', 'a', '', 1)")
    db.commit()
    db.close()

    with Store(tmp_path, writing=True) as store:
        assert [row.student for row in store.rows()] == ["ada"]
        save(store, "ada", "a", "AC")


def test_newer_files_are_refused(tmp_path):
    """A file of a later schema is not touched."""
    with Store(tmp_path, writing=True) as store:
        store.db.execute("PRAGMA user_version = 99")
    with pytest.raises(GraderError, match="newer"):
        Store(tmp_path)


def test_nothing_stays_open_of_what_was_refused(tmp_path):
    """Neither the lock nor the database: a second try is refused for the same reason."""
    with Store(tmp_path, writing=True) as store:
        store.db.execute("PRAGMA user_version = 99")
    before = os.listdir("/proc/self/fd")

    for _ in range(2):
        with pytest.raises(GraderError, match="newer") as refused:
            Store(tmp_path, writing=True)
        refused.value.__traceback__ = None

    assert os.listdir("/proc/self/fd") == before


@pytest.mark.parametrize("content", [b"not a database, but long enough to be looked at" * 20, None])
def test_no_results_is_said(tmp_path, content):
    """A folder without results, or with something else of that name, is no results."""
    if content:
        (tmp_path / stores.FILE).write_bytes(content)
    with pytest.raises(GraderError, match=r"damaged|no results"):
        Store(tmp_path)


FULL = """
import resource, sys
from pathlib import Path
from grader.errors import GraderError
from tests.support import run_grader
from grader.course.attempts import Member, RunKey
from grader.course.store import Store
from tests.support import run_grader
key = RunKey("p", "s", 1, "{}")
text = '{"verdict": "AC", "score": 1, "max_score": 1, "groups": [], "x": "%s"}'
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
with Store(Path(sys.argv[1]), writing=True) as store:
    store.start_run(key, [Member(str(n), "", "a") for n in range(100)])
    for n in range(100):
        try:
            store.save(key, Member(str(n), "", "a"), b"", "then", text % ("y" * 20_000))
        except GraderError as error:
            print(n, error)
            break
"""


def test_full_disk_loses_nothing_and_says_so(tmp_path, kit):
    """What was saved before the disk was full is complete; the rest can follow later."""
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)], env=kit, capture_output=True, check=True
    )
    number, _, message = done.stdout.decode().partition(" ")

    assert "the disk may be full" in message
    with Store(tmp_path, writing=True) as store:
        assert sum(r.verdict is not None for r in store.rows()) == int(number)
        assert store.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        save(store, number, "a", "AC", RunKey("p", "s", 1, "{}"))


def test_assignments_of_a_course_are_apart(tmp_path):
    """
    Each has members and results of its own; one has to be named where there are several.
    """
    with Store(tmp_path, writing=True) as store:
        for store.assignment in ("one", "two"):
            store.start_run(KEY, [Member("ada", "", "a")])
        save(store, "ada", "a", "AC")

    with pytest.raises(GraderError, match=r"which assignment\? one, two"):
        Store(tmp_path)
    with pytest.raises(GraderError, match="no assignment 'three'"):
        Store(tmp_path, assignment="three")
    with pytest.raises(GraderError, match="folder of a course"):
        Store(tmp_path, writing=True)
    with Store(tmp_path, assignment="one") as one, Store(tmp_path, assignment="two") as two:
        assert [one.row("ada").verdict, two.row("ada").verdict] == [None, "AC"]
        assert [one.attempts("ada"), len(two.attempts("ada"))] == [[], 1]
    with Store(tmp_path, assignment="two", writing=True) as store:
        assert store.judged(KEY, "ada", "a")


def test_class_from_a_folder_has_no_assignments(tmp_path):
    """
    Who names one is refused, except where a course's may be compared with it.
    """
    with Store(tmp_path, writing=True) as store:
        store.start_run(KEY, [Member("ada", "", "a")])

    with pytest.raises(GraderError, match="leave out --assignment"):
        Store(tmp_path, assignment="rnn")
    with Store(tmp_path, assignment="rnn", or_class=True) as store:
        assert [row.student for row in store.rows()] == ["ada"]
    refused = run_grader("compare", tmp_path, tmp_path, "--assignment", "rnn")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert b"both are classes that were judged from a folder" in refused.stderr


def test_the_attempt_that_counts_is_shown_with_what_it_loses(tmp_path):
    """
    Where one is named, neither the last verdict nor the present source decides.
    """
    with Store(tmp_path, writing=True) as store:
        store.start_run(KEY, [Member("ada", "", "a")])
        store.save(KEY, Member("ada", "", "a"), b"x", "then", report("WA", 60))
        save(store, "ada", "b", "WA")
        store.db.execute("UPDATE members SET counts = 1, late_points = 20")

        assert (store.row("ada").score, store.row("ada").verdict) == (40, "WA")
