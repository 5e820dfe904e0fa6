"""What was judged in a class can be had in every format afterwards, and as JUnit at once."""

import json
from xml.etree import ElementTree as ET

import pytest

WRONG = "wrong_answer/init_scale_0_1"
RIGHT = "accepted/slots"
FORMATS = ("json", "markdown", "junit", "gradescope", "prairielearn", "github")


@pytest.fixture
def judged(grader, fill, tmp_path):
    """
    A folder of results of two students, and the JUnit file that was asked for with it.
    """
    junit = tmp_path / "class.xml"
    submissions = fill(tmp_path / "class", WRONG, RIGHT)
    arguments = (submissions, "--out", tmp_path / "results", "--jobs", "1")
    code, out, err = grader("grade", *arguments, "--report", f"junit={junit}")
    assert code == 0, err + out
    return tmp_path / "results", junit


def test_a_class_is_one_junit_and_every_report_can_be_had_later(grader, judged, tmp_path):
    """
    A suite for each student; then any format of one of them, in several files and printed.
    """
    results, junit = judged
    student = WRONG.replace("/", "-")
    files = {name: tmp_path / f"report.{name}" for name in FORMATS}
    wanted = [f"--report={name}={file}" for name, file in files.items()]

    code, out, err = grader("show", results, student, "--format", "json", *wanted)

    suites = {s.get("name"): s for s in ET.parse(junit).getroot()}
    right = RIGHT.replace("/", "-")
    assert set(suites) == {f"simple_rnn: {student}", f"simple_rnn: {right}"}
    assert suites[f"simple_rnn: {right}"].get("failures") == "0"
    assert (code, err) == (0, "")
    assert json.loads(out)["verdict"] == "WA"
    assert json.loads(files["json"].read_text()) == json.loads(out)
    assert json.loads(files["gradescope"].read_text())["score"] == json.loads(out)["score"]
    assert all(file.stat().st_size for file in files.values())


@pytest.mark.parametrize(
    "option", ["--format=json", "--report=gradescope=x.json", "--report=text=x"]
)
def test_a_format_of_one_submission_is_refused_for_a_class(grader, fill, tmp_path, option):
    """
    One line says so, with what there is instead, and nothing is judged.
    """
    submissions = fill(tmp_path / "class", RIGHT)

    code, out, err = grader("grade", submissions, "--out", tmp_path / "results", option)

    assert (code, out) == (2, "")
    assert "is for one submission; of a class there is --report junit=FILE" in err
    assert not (tmp_path / "results").exists()
