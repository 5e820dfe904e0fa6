"""`grader feedback`: what each student is handed back, and what it refuses to do."""

import csv
import hashlib
import json
import zipfile

import pytest

from grader.cli import cli
from grader.course.attempts import Member, RunKey
from grader.course.find.roster import read_roster
from grader.course.store import Store
from grader.errors import GraderError
from grader.model import Diagnosis, Identity, Verdict
from grader.report import json as json_report
from tests.html.pages import report

KEY = RunKey("simple_rnn", "suite", 1, "{}")
DIFF = "@@ -2 +2 @@\n-y = x\n+y = x.T"
SOURCE = b"x = 1\ny = x\n"
OWN_LINE = Diagnosis("faulty-line", "Line 2.", line=2, excerpt=((2, "y = x"),), change=DIFF)
ADA = Identity(moodle=("4",), names=("Ada_Lovelace",), language="zh")
LI = Identity(canvas=("12",), names=("Li Wei",))
LI_FILE = "liwei_LATE_12_345_solution.py"
NOBODY = Identity(label="eve")


@pytest.fixture
def results(tmp_path):
    """A function that leaves results of these: student, file, identity, and what was reported."""

    def make(*students, source=SOURCE):
        with Store(tmp_path / "r", writing=True) as store:
            digest = hashlib.sha256(source).hexdigest()
            members = [Member(s, file, digest, "", i) for s, file, i, _ in students]
            store.start_run(KEY, members)
            for member, (*_, made) in zip(members, students, strict=True):
                told = json_report.render(made, solution=True)
                store.save(KEY, member, source, "then", told)
        return tmp_path / "r"

    return make


def run(*arguments):
    return cli.main(["feedback", *map(str, arguments)], standalone_mode=False)


def class_of_three(results, **changes):
    made = report(diagnosis=(OWN_LINE,), **changes)
    return results(
        ("ada", "ada/solution.py", ADA, made),
        ("liwei_12", LI_FILE, LI, made),
        ("eve", "eve/solution.py", NOBODY, made),
    )


def test_moodle_has_a_folder_for_each_participant_whose_number_is_known(results, tmp_path, capsys):
    """
    Others are named, and the exit code is 2 unless that is known.
    """
    folder, file = class_of_three(results), tmp_path / "back.zip"

    assert run(folder, "--moodle", file) == 2
    assert run(folder, "--moodle", file, "--partial", "--force") == 0

    names = zipfile.ZipFile(file).namelist()
    begin = "Ada Lovelace_4_assignsubmission_file_/feedback."
    assert names == [f"{begin}html", f"{begin}txt"]
    err = capsys.readouterr().err
    assert "not handed back: eve: Moodle's number of this participant is not known" in err
    assert "not handed back: liwei_12" in err


def test_a_group_is_no_participant(results, tmp_path, capsys):
    """
    Moodle's worksheet says who has which number, and that a number is a group's.
    """
    made = report()
    folder = results(
        ("Group 1_4", "x", Identity(moodle=("4",), names=("Group 1", "Group 1_4")), made),
        ("ada@x.org", "y", Identity(emails=("ada@x.org",)), made),
    )
    sheet = tmp_path / "sheet.csv"
    head = "Identifier,Full name,Email address,Group,Grade\n"
    lines = "Participant 4,Bo,bo@x.org,Group 1,\nParticipant 5,Ada,ada@x.org,,\n"
    sheet.write_text(head + lines)
    file = tmp_path / "back.zip"

    assert run(folder, "--moodle", file, "--template", sheet, "--only", "text") == 2

    found = zipfile.ZipFile(file).namelist()
    assert found == ["ada@x.org_5_assignsubmission_file_/feedback.txt"]
    assert "not handed back: Group 1_4: a group's submission" in capsys.readouterr().err


def test_canvas_has_the_names_that_it_wrote(results, tmp_path, capsys):
    """
    Up to the attachment's number, which must be behind the number of whom the results name.
    """
    folder, file = class_of_three(results), tmp_path / "back.zip"

    assert run(folder, "--canvas", file, "--partial") == 0

    names = zipfile.ZipFile(file).namelist()
    begin = "liwei_LATE_12_345_feedback."
    assert names == [f"{begin}html", f"{begin}txt"]
    assert "under the name of the one that was handed in" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["li_7_12_345_solution.py", "solution.py", "li_12_solution.py"])
def test_what_canvas_would_give_to_somebody_else_is_not_written(results, tmp_path, name):
    """
    A name whose first number is another's, or that has no attachment.
    """
    folder = results(("li", name, LI, report()))

    with pytest.raises(GraderError, match="nobody"):
        run(folder, "--canvas", tmp_path / "back.zip")

    assert not (tmp_path / "back.zip").exists()


def test_language_is_the_roster_s(results, tmp_path):
    """
    Else it is --lang; the page opens in it, and the text has no other.
    """
    folder = class_of_three(results)

    run(folder, "--folder", tmp_path / "back", "--lang", "en")

    ada, eve = (tmp_path / "back" / name for name in ("ada", "eve"))
    assert (ada / "feedback.txt").read_text("utf-8").startswith("WA: 答案错误")
    assert (eve / "feedback.txt").read_text("utf-8").startswith("WA: wrong answer")
    assert 'data-lang="zh"' in (ada / "feedback.html").read_text("utf-8")
    assert 'data-lang="en"' in (eve / "feedback.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("said", "language"),
    [("zh-CN", "zh"), ("中文", "zh"), ("Chinese", "zh"), ("English", "en"), ("", ""), ("de", "")],
)
def test_roster_s_column_is_understood(tmp_path, said, language):
    """
    As platforms and people write it; what the kit does not speak is nobody's.
    """
    (tmp_path / "r.csv").write_text(f"id,Language\nada,{said}\n", "utf-8")

    (listed,) = read_roster(tmp_path / "r.csv")

    assert listed.identity.language == language


def test_students_get_what_mends_it_only_where_that_is_told(results, tmp_path):
    """
    The results hold the change; what is handed back does not, but the line in the student's text.
    """
    folder = class_of_three(results)

    run(folder, "--folder", tmp_path / "back")

    for file in (tmp_path / "back").rglob("feedback.*"):
        assert "y = x" in file.read_text("utf-8")
        assert "x.T" not in file.read_text("utf-8")


@pytest.mark.parametrize("place", ["--moodle", "--canvas", "--folder"])
def test_nothing_is_written_over(results, tmp_path, place):
    """
    Without --force what is there stays.
    """
    folder, there = class_of_three(results), tmp_path / "there"
    if place == "--folder":
        there.mkdir()
        (there / "thesis.txt").write_text("mine")
    else:
        there.write_text("mine")

    with pytest.raises(GraderError, match="already; --force"):
        run(folder, place, there, "--only", "text")

    held = there / "thesis.txt" if place == "--folder" else there
    assert held.read_text() == "mine"
    run(folder, place, there, "--only", "text", "--force", "--partial")
    assert (there / "thesis.txt").exists() == (place == "--folder")


def test_who_has_no_report_gets_nothing(results, tmp_path, capsys):
    """
    A judge error is nobody's fault, and is not handed back.
    """
    folder = results(
        ("ada", "x", ADA, report()), ("bo", "y", NOBODY, report(verdict=Verdict.JE, score=0))
    )

    assert run(folder, "--folder", tmp_path / "back") == 0

    assert [p.name for p in (tmp_path / "back").iterdir()] == ["ada"]
    assert "nothing to hand back: bo: judge error" in capsys.readouterr().err


def test_two_results_of_one_number_are_nobody_s(results, tmp_path, capsys):
    """
    Neither is handed back.
    """
    folder = results(("a", "x", ADA, report()), ("b", "y", ADA, report()))

    with pytest.raises(GraderError, match="nobody"):
        run(folder, "--moodle", tmp_path / "back.zip")

    assert "another student's result is participant 4's, too" in capsys.readouterr().err


def test_names_of_folders_are_fit_for_every_system(results, tmp_path):
    """
    What no system or another student's name allows is told apart by a digest.
    """
    names = ["ann", "ANN", "con", "../up", "张伟", "a" * 300, "."]
    folder = results(*((name, "x", Identity(label=name), report()) for name in names))

    run(folder, "--folder", tmp_path / "back", "--only", "text")

    made = sorted(p.name for p in (tmp_path / "back").iterdir())
    assert len(made) == len(names)
    assert len({name.casefold() for name in made}) == len(names)
    assert {"张伟"} == {name for name in made if name in names}
    assert not [p for p in tmp_path.iterdir() if p.name not in ("r", "back")]


def test_earlier_attempts_are_shown(results, grader):
    """
    In the table and in the CSV by the points of each file, in JSON with those judged again.
    """
    for score, source in ((5, b"a"), (10, b"a"), (35, b"b"), (90, b"c")):
        made = report(score=score)
        folder = results(("ada", "x", ADA, made), ("bo", "y", NOBODY, report()), source=source)

    table = grader("results", folder)[1].splitlines()
    assert table[0].split() == ["student", "verdict", "points", "earlier", "why"]
    assert table[1].split()[1:5] == ["WA", "90", "10,", "35"]
    cells = list(csv.DictReader(grader("results", folder, "--format", "csv")[1].splitlines()))
    assert [cell["earlier"] for cell in cells][:1] == ["10, 35"]
    ada, _ = json.loads(grader("results", folder, "--format", "json")[1])
    told = [(a["score"], a["regraded"]) for a in ada["earlier"]]
    assert told == [(5, True), (10, False), (35, False)]
