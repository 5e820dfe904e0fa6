"""What the commands about a class say of who is who: tables, exit codes, files."""

import csv
import json

import pytest

from grader.course.store import Member, RunKey, Store
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
