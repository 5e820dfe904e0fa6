"""`grader serve` on the command line: a course is made, filled, copied, and kept off the net."""

import re
import sqlite3
import stat

import pytest
from click.testing import CliRunner

from grader.commands.serve import serve
from grader.errors import GraderError


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
