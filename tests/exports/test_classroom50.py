"""The autograder as Classroom 50's runner starts it: in the student's checkout."""

import json
import os
import subprocess
import sys
import zipfile

import pytest

from tests.formats.test_readers import ENVIRONMENT, schema_of
from tests.notebooks.make import notebook
from tests.support import CORPUS, run_grader, solution

pytestmark = pytest.mark.slow
WRONG = (CORPUS / "simple_rnn" / "wrong_answer" / "carry_missing_vectorised.py").read_bytes()


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """
    The unpacked zip of simple_rnn.
    """
    root = tmp_path_factory.mktemp("classroom50")
    done = run_grader("export", "classroom50", "simple_rnn", "--out", root / "a.zip")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(root / "a.zip") as packed:
        packed.extractall(root / "bundle")
    return root / "bundle"


@pytest.fixture
def grade(bundle, tmp_path):
    """
    Code and result for a submission; pip is told to change nothing, since the kit is installed.
    """

    def run(source, name="solution.py", **environment):
        if source is not None:
            (tmp_path / name).write_bytes(source)
        done = subprocess.run(
            [sys.executable, bundle / "autograder.py"],
            cwd=tmp_path,
            env={**os.environ, **ENVIRONMENT, "PIP_DRY_RUN": "1", **environment},
            capture_output=True,
            check=False,
        )
        file = tmp_path / "result.json"
        return done.returncode, json.loads(file.read_text()) if file.exists() else None

    return run


@pytest.mark.parametrize(
    ("source", "full"),
    [(solution(), True), (WRONG, False), (b"import nothing_such", False), (None, False)],
    ids=["right", "wrong", "cannot be imported", "not there"],
)
def test_result_is_as_the_schema_says(grade, source, full):
    """
    Code 0 whatever was found; whole points that add up to 100 for a right submission.
    """
    code, result = grade(source)

    schema_of("classroom50-result-v1.schema.json").validate(result)
    tests = result["tests"]
    assert code == 0
    assert result["score"] == sum(t["score"] for t in tests) <= result["max-score"] == 100
    assert (result["score"] == 100) == full == all(t["passed"] for t in tests)
    assert result["datetime"] == ENVIRONMENT["COMMIT_TIME"]


def test_notebook_is_checked(grade):
    """
    The same points for solution.ipynb.
    """
    assert grade(notebook(solution().decode()), "solution.ipynb")[1]["score"] == 100


def test_checks_that_cannot_run_leave_no_result(grade):
    """
    An infrastructure error: a code that is not 0, and nothing that looks graded.
    """
    code, result = grade(solution(), PYTHONPATH="/nowhere", PIP_DRY_RUN="x")

    assert code != 0
    assert result is None
