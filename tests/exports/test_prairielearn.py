"""The question in a fake /grade tree, as PrairieLearn's container has it."""

import json
import os
import shutil
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest

from tests.exports import machine
from tests.formats.test_readers import process
from tests.notebooks.make import notebook
from tests.outside.test_students_folder import UNAVOIDABLE, names, plant
from tests.support import CORPUS, run_grader, solution

pytestmark = [pytest.mark.slow, machine.needs_root]
WRONG = (CORPUS / "simple_rnn" / "wrong_answer" / "carry_missing_vectorised.py").read_bytes()
INFO = {  # the rules of PrairieLearn's infoQuestion.json for what we write
    "type": "object",
    "additionalProperties": False,
    "required": ["uuid", "type", "title", "topic"],
    "properties": {
        "uuid": {"pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"},
        "type": {"const": "v3"},
        "title": {"type": "string"},
        "topic": {"type": "string"},
        "gradingMethod": {"enum": ["Internal", "External", "Manual"]},
        "singleVariant": {"type": "boolean"},
        "partialCredit": {"type": "boolean"},
        "externalGradingOptions": {
            "type": "object",
            "additionalProperties": False,
            "required": ["image", "entrypoint"],
            "properties": {
                "enabled": {"type": "boolean"},
                "image": {"type": "string"},
                "entrypoint": {"type": "string"},
                "timeout": {"type": "integer", "maximum": 600},
            },
        },
    },
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """
    The unpacked zip of simple_rnn.
    """
    root = tmp_path_factory.mktemp("prairielearn")
    done = run_grader("export", "prairielearn", "simple_rnn", "--out", root / "q.zip")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(root / "q.zip") as packed:
        packed.extractall(root)
    (root / "questions/simple_rnn/tests/run.sh").chmod(0o755)
    return root


def grade(course, tmp_path, source, name="solution.py", beside=None):
    """What PrairieLearn would read of a submission's results; beside: other files of its folder."""
    root = tmp_path / "grade"
    (root / "student").mkdir(parents=True)
    shutil.copytree(course / "questions" / "simple_rnn" / "tests", root / "tests")
    if source is not None:
        (root / "student" / name).write_bytes(source)
    for file in beside or ():
        shutil.copy(file, root / "student")
    grader = Path(sys.executable).parent  # what the image has
    command = ["env", f"PATH={grader}:{os.environ['PATH']}", "/grade/tests/run.sh"]
    done = machine.run(root, "/grade", command, cwd="/grade/student")
    assert done.returncode == 0, done.stderr
    return json.loads((root / "results" / "results.json").read_text())


def test_question_is_described_as_prairielearn_wants(course):
    """
    info.json by its rules; the statement is there, and nothing that Mustache would replace.
    """
    question = course / "questions" / "simple_rnn"

    info = json.loads((question / "info.json").read_text())
    jsonschema.validate(info, INFO)
    page = (question / "question.html").read_text()
    # An editor for a file that is to be uploaded would be refused: PrairieLearn takes it for twice.
    assert "<pl-file-upload" in page
    assert "<pl-file-editor" not in page
    assert (question / "clientFilesQuestion" / "solution.py").is_file()
    assert "{{" not in page
    assert "COPY rnn_judge" in (course / "image" / "Dockerfile").read_text()


@pytest.mark.parametrize(
    ("source", "score"),
    [(solution(), 1), (WRONG, 0.35), (b"import nothing_such", None), (None, None)],
    ids=["right", "wrong", "cannot be imported", "not there"],
)
def test_submission_gets_its_share(course, tmp_path, source, score):
    """
    The share of points; what cannot be imported, or is not there, costs no attempt.
    """
    assert process(grade(course, tmp_path, source)) == score


def test_notebook_is_graded(course, tmp_path):
    """
    What is uploaded as solution.ipynb, in any case.
    """
    found = grade(course, tmp_path, notebook(WRONG.decode()), "Solution.ipynb")

    assert process(found) == 0.35


def test_nothing_beside_the_submission_is_run(course, tmp_path):
    """
    Modules planted for every name that may be imported: as if they were not there.
    """
    folder = tmp_path / "planted"
    folder.mkdir()
    proof = plant(folder, [*names(), *UNAVOIDABLE])

    results = grade(course, tmp_path, solution(), beside=folder.iterdir())

    assert not proof.exists(), proof.read_text()
    assert process(results) == 1


def test_judge_error_costs_no_attempt(course, tmp_path):
    """
    Our own fault is not gradable, and says whose fault it is.
    """
    broken = shutil.copytree(course, tmp_path / "course")
    (broken / "questions/simple_rnn/tests/kit/reference/simple_rnn.py").write_text("raise OSError")

    results = grade(broken, tmp_path, solution())

    assert process(results) is None
    assert "not your fault" in results["message"]
