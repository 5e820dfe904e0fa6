"""What the commands about a class say of who is who: tables, exit codes, files."""

import csv
import json

import pytest

from grader.course.attempts import Member, RunKey
from grader.course.store import Store
from grader.model import Identity

KEY = RunKey("simple_rnn", "suite", 1, "{}")
WORKSHEET = (
    "Identifier;Full name;Grade;Maximum Grade\n"
    "Participant 1;Li Wei;;20,00\nParticipant 2;Li Wei;;20,00\nParticipant 3;Bo;11;20,00\n"
)


def report(score):
    group = {"name": "forward", "verdict": "WA", "score": score, "max_score": 100, "message": "x"}
    told = {"verdict": "WA", "score": score, "max_score": 100, "message": "", "diagnosis": []}
    return json.dumps({**told, "groups": [group]})


@pytest.fixture
def results(tmp_path):
    """A function that leaves results of these students, run after run."""

    def make(*runs):
        with Store(tmp_path / "r", writing=True) as store:
            for run in runs:
                members = [Member(s, f"{s}/solution.py", "a", note, i) for s, _, note, i in run]
                store.start_run(KEY, members)
                for member, (_, score, _, _) in zip(members, run, strict=True):
                    store.save(KEY, member, b"x", "then", report(score))
        return tmp_path / "r"

    return make


@pytest.mark.slow
def test_a_student_is_shown_by_the_rosters_name_everywhere(results, grader, tmp_path):
    """
    Name and id in tables and pages, a column of its own in what programs read; found by either.
    """
    ada, other = (Identity(ids=(n,), called="Ada Lovelace") for n in ("s1", "s2"))
    bo = Identity(ids=("s3",), emails=("bo@uni.example",), called="Bo")
    folder = results([("s1", 50, "", ada), ("s2", 9, "late", other), ("s3", 7, "", bo)])

    table, figures = grader("results", folder)[1], grader("results", folder, "--by", "diagnosis")[1]
    assert "Ada Lovelace (s1)  WA" in table
    assert "Ada Lovelace (s2): late" in table
    assert "Ada Lovelace (s1), Ada Lovelace (s2), Bo (s3)" in figures
    for command in (("gradebook", folder), ("results", folder, "--format", "csv")):
        rows = list(csv.DictReader(grader(*command)[1].splitlines()))
        assert [(r["student"], r["full_name"]) for r in rows][2] == ("s3", "Bo")
    template = tmp_path / "t.csv"
    template.write_text("Identifier,Full name,Grade\nParticipant 3,Bo,\n")
    err = grader("gradebook", folder, "--template", template)[2]
    assert "not in the template (withdrew or renamed?): Ada Lovelace (s1)" in err
    code, _, err = grader("show", folder, "ada lovelace")
    assert (code, err) == (2, "grader: ada lovelace may be s1 or s2: say which\n")
    assert "did you mean Bo (s3)?" in grader("show", folder, "Bob")[2]
    assert "no student" not in grader("show", folder, "bo@uni.example")[2]


@pytest.mark.slow
def test_pages_and_junit_name_a_student_as_the_roster_does(tmp_path, fill, grader):
    """
    The class's page, the student's own, JUnit and `show`, from a run with a roster.
    """
    folder = fill(tmp_path / "class", "compile_error/nul_byte")
    (tmp_path / "r.csv").write_text("ID;Name;\ncompile_error-nul_byte;Ada L;\nx7;Eve;\n")
    files = ("--roster", tmp_path / "r.csv", "--report", f"junit={tmp_path / 'j.xml'}")
    code, out, err = grader("grade", folder, "--out", tmp_path / "r", *files)
    site = grader("results", tmp_path / "r", "--html", tmp_path / "site")
    own = next((tmp_path / "site" / "students").glob("*.html"))

    assert (code, site[0]) == (0, 0), err + site[2]
    assert "missing  Eve (x7)  on the roster, nothing handed in" in out
    assert out.splitlines()[-2].startswith("1 taken, 0 left, 1 missing; all of it: ")
    shown = "Ada L (compile_error-nul_byte)"
    for page in (tmp_path / "site" / "index.html", own, tmp_path / "j.xml"):
        assert shown in page.read_text()
    assert grader("show", tmp_path / "r", "Ada L")[1].startswith(f"student: {shown}\nCE: ")


def test_gradebook_says_who_could_be_two_people(results, grader, tmp_path):
    """All others are entered; exit code 2 unless that is known."""
    who = [("li wei", 50, "", Identity(label="Li Wei")), ("Bo_3", 60, "", Identity(moodle=("3",)))]
    folder = results(who)
    template, filled = tmp_path / "t.csv", tmp_path / "out.csv"
    template.write_text(WORKSHEET)
    ask = ("gradebook", folder, "--template", template, "--output", filled)

    code, _, err = grader(*ask)
    assert (code, filled.read_text()) == (2, WORKSHEET)
    assert "not certain, left: li wei: could be Li Wei (Participant 1) or Li Wei (Part" in err
    assert grader(*ask, "--partial")[0] == 0
    assert "left as it was: Bo_3: 11 is entered already" in err
    assert grader(*ask, "--overwrite", "--partial")[0] == 0
    assert filled.read_text() == WORKSHEET.replace("Bo;11", "Bo;12")


def test_who_left_is_said_in_results_and_gradebook(results, grader, tmp_path):
    """A student of an earlier run who is not in the last one, and one whom the roster lacks."""
    ada = ("ada", 50, "", Identity(label="ada"))
    eve = ("eve", 9, "not on the roster (withdrew or renamed?)", Identity(label="eve"))
    folder = results([ada, eve], [eve])
    template = tmp_path / "t.csv"
    template.write_text(WORKSHEET)

    _, out, _ = grader("results", folder)
    assert "not in the last run (withdrew or renamed?): ada" in out
    assert "eve: not on the roster (withdrew or renamed?)" in out
    _, _, err = grader("gradebook", folder, "--template", template)
    assert "not in the template (withdrew or renamed?): ada" in err
    assert "not in the template (withdrew or renamed?): eve" in err


def test_class_ends_in_a_table_of_what_was_taken_left_and_missing(tmp_path, fill, grader):
    """What is not NAME/solution.py is told, and everything stands beside the results."""
    (tmp_path / "class").mkdir()
    folder = fill(tmp_path / "class" / "hw5", "compile_error/nul_byte") / "compile_error-nul_byte"
    (folder / "solution.py").rename(folder / "Solution (2).py")
    (folder / "old").mkdir()
    (folder / "old" / "solution.py").write_text("x = 1")
    (folder.parent / "eve").mkdir()
    ask = ("grade", tmp_path / "class", "--out", tmp_path / "r", "--root", "hw5")
    code, out, err = grader(*ask)

    assert code == 0, err
    told = [line.split(maxsplit=2) for line in out.splitlines()]
    path = "hw5/compile_error-nul_byte"
    assert ["taken", "compile_error-nul_byte", f"{path}/Solution (2).py"] in told
    assert ["left", f"{path}/old/solution.py"] in [t[:2] for t in told]
    assert ["missing", "eve"] in [t[:2] for t in told]
    table = list(csv.reader((tmp_path / "r" / "found.csv").read_text().splitlines()))
    assert [line[0] for line in table] == ["state", "taken", "left", "missing"]


def test_a_verdict_that_does_not_exist_is_refused(results, grader):
    """
    A mistyped verdict is one line and code 2, not an empty table.
    """
    folder = results([("a", 35, "", Identity())])

    code, _, err = grader("results", folder, "--verdict", "XX")

    assert code == 2
    assert err.startswith("grader: there is no verdict XX")
    assert err.count("\n") == 1
