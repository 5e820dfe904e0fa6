"""`grader serve` on the command line: a course is made, filled, copied, and kept off the net."""

import contextlib
import re
import sqlite3
import stat

import pytest
from click.testing import CliRunner

from grader.commands.serve import serve
from grader.course.database import Database, held
from grader.errors import GraderError
from grader.serve import clock, people


def grader(*arguments):
    """
    What the command prints; what it raises is raised.
    """
    done = CliRunner().invoke(serve, [str(a) for a in arguments], catch_exceptions=False)
    return done.output


@pytest.fixture
def course(tmp_path):
    grader("--new", tmp_path / "course")
    return tmp_path / "course"


def roster(tmp_path, *names):
    file = tmp_path / "roster.csv"
    file.write_text("id,email\n" + "".join(f"{n},{n}@x.org\n" for n in names))
    return file


def test_links_are_for_their_owners_eyes(course, tmp_path):
    """
    Codes are printed nowhere; the file with them is nobody else's; who has one gets no other.
    """
    said = grader(course, "--roster", roster(tmp_path, "ada", "bob"))
    links = course / "links.csv"

    assert said.startswith("2 new, 0 kept, 0 gone\n")
    assert not re.search("sign-in#", said)
    assert re.findall(r'"(\w+)","\w+@x.org","http://127.0.0.1:8000/sign-in#\w{26}"',
                      links.read_text()) == ["ada", "bob"]  # fmt: skip
    assert stat.S_IMODE(links.stat().st_mode) == 0o600
    assert stat.S_IMODE((course / "results.sqlite").stat().st_mode) == 0o600
    links.unlink()
    assert grader(course, "--roster", roster(tmp_path, "ada")) == "0 new, 1 kept, 1 gone\n"
    assert not links.exists()


def test_a_backup_is_whole_and_its_owners(course, tmp_path):
    """
    A database of its own, that another process may write to meanwhile.
    """
    grader(course, "--roster", roster(tmp_path, "ada"))
    copy = tmp_path / "copy.sqlite"

    assert grader(course, "--backup", copy) == f"{copy}: complete and sound\n"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    db = sqlite3.connect(copy)
    assert db.execute("SELECT account FROM people").fetchall() == [("ada",)]
    db.close()


def people_of(file):
    with contextlib.closing(sqlite3.connect(file)) as db:
        return [account for (account,) in db.execute("SELECT account FROM people")]


@pytest.mark.parametrize("damage", [None, b"SQLite format 3\0 and no more", b"\0" * 9000])
def test_a_backup_is_restored_whatever_became_of_the_file(course, tmp_path, damage):
    """
    All is as it was; what was there is put aside; nobody's session goes on.
    """
    grader(course, "--roster", roster(tmp_path, "ada"))
    with Database(course) as database:
        people.sign_in(database, people.new_code(database, "ada", clock.now()), clock.now())
    copy = tmp_path / "copy.sqlite"
    grader(course, "--backup", copy)
    grader(course, "--roster", roster(tmp_path, "bob"))
    if damage is not None:
        (course / "results.sqlite").write_bytes(damage)
    said = grader(course, "--restore", copy)

    assert said.startswith(f"1 students, 0 submissions, as in {copy}\n")
    assert people_of(course / "results.sqlite") == ["ada"]
    with Database(course) as database:
        assert not database.db.execute("SELECT * FROM sessions").fetchall()
    aside = course / "before-restore-1.sqlite"
    assert damage is not None or people_of(aside) == ["ada", "bob"]
    assert damage is None or aside.read_bytes() == damage


def test_what_is_no_backup_changes_nothing(course, tmp_path):
    """
    Nor does one while the course is served.
    """
    grader(course, "--roster", roster(tmp_path, "ada"))
    copy, broken, other = (tmp_path / name for name in ("copy", "broken", "other"))
    grader(course, "--backup", copy)
    broken.write_bytes(copy.read_bytes()[:-4096])
    sqlite3.connect(other).execute("CREATE TABLE t (a)").connection.close()
    for file in (broken, other, tmp_path / "none", course / "course.yaml"):
        with pytest.raises(GraderError):
            grader(course, "--restore", file)
    with held(course), pytest.raises(GraderError, match="another run is writing"):
        grader(course, "--restore", copy)

    assert people_of(course / "results.sqlite") == ["ada"]
    assert sorted(p.name for p in course.iterdir() if "results" not in p.name) == [
        "course.yaml", "links.csv"
    ]  # fmt: skip


def test_a_student_is_exported_and_forgotten(course, tmp_path):
    """
    Whoever is neither there nor named is told.
    """
    grader(course, "--roster", roster(tmp_path, "ada"))
    grader(course, "--export", f"ada={tmp_path / 'ada.zip'}")
    grader(course, "--forget", "ada")

    assert (tmp_path / "ada.zip").read_bytes().startswith(b"PK")
    with pytest.raises(GraderError, match="no student 'ada'"):
        grader(course, "--forget", "ada")
    assert "wants STUDENT=FILE" in grader(course, "--export", "ada")


@pytest.mark.serve
@pytest.mark.parametrize(
    ("listen", "said"),
    [("0.0.0.0:0", "codes would pass in the clear"), ("203.0.113.1:80", "cannot listen on")],
)
def test_other_machines_are_kept_out(course, listen, said):
    """
    Unless that is asked for by name.
    """
    with pytest.raises(GraderError, match=said):
        grader(course, "--listen", listen)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--staff", "ada", "--forget", "bob"), "one at a time"),
        (("--new", "other"), "leave"),
        (("--staff", " "), "name of a person"),
    ],
)
def test_what_would_be_passed_over_is_refused(course, arguments, said):
    """
    Two things at once, of which one would be done, and a name that is none.
    """
    assert said in grader(course, *arguments)


def test_what_is_missing_is_told(tmp_path, course):
    """
    No course, none named, a second one in the same place, an address that is none.
    """
    with pytest.raises(GraderError, match=r"is no course: grader serve --new"):
        grader(tmp_path)
    assert "name the COURSE" in grader()
    with pytest.raises(GraderError, match="is a course already"):
        grader("--new", course)
    assert "wants HOST:PORT" in grader(course, "--listen", "here")
