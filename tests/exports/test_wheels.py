"""What pip makes of the kit and of a student's bundle, and the wheel that exports take along."""

import io
import subprocess
import sys
import zipfile

import pytest

from grader.export import wheel
from tests.support import KIT, clean_environment, run_grader

pytestmark = pytest.mark.slow


def built(source, folder):
    """The names in the wheel that pip builds, with their contents."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, source]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (file,) = folder.glob("*.whl")
    return contents(file.read_bytes())


def contents(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_wheel_has_problems_and_schema_and_no_reference(tmp_path):
    """
    The kit's own wheel; the one made without a build tool has the same grader in it.
    """
    theirs = built(KIT, tmp_path)
    _, packed = wheel.wheel()
    ours = contents(packed)

    assert "grader/report/report.schema.json" in theirs
    assert "problem/simple_rnn/driver.py" in theirs
    assert not [n for n in theirs if "reference" in n.split("/") or "tests" in n.split("/")]
    (points,) = [d for n, d in theirs.items() if n.endswith("entry_points.txt")]
    assert b"[pytest11]\ngrader = grader.pytest_plugin" in points
    grader = {n: d for n, d in theirs.items() if n.startswith("grader/")}
    assert {n: d for n, d in ours.items() if n.startswith("grader/")} == grader
    assert points in ours.values()


def test_bundle_is_a_repository_that_checks_itself(tmp_path):
    """
    Its kit can be built, and checks the starter with nothing but what is in the bundle.
    """
    archive = tmp_path / "bundle.zip"
    done = run_grader("export", "student", "rnn_cell", "--out", archive)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path / "bundle")
    bundle = tmp_path / "bundle"

    names = built(bundle / "kit", tmp_path / "wheels")
    checked = subprocess.run(
        [sys.executable, "-m", "grader", "check", "solution.py", "--problem", "rnn_cell"],
        cwd=bundle,
        env={
            **clean_environment(),
            "PYTHONPATH": str(bundle / "kit"),
            "COVERAGE_PROCESS_CONFIG": "",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert "problem/rnn_cell/problem.yaml" in names
    (points,) = [d for n, d in names.items() if n.endswith("entry_points.txt")]
    assert b"[pytest11]\ngrader = grader.pytest_plugin" in points  # pytest --submission
    assert checked.returncode == 1, checked.stderr
    assert "NotImplementedError" in checked.stdout
    assert "PROBLEM: rnn_cell" in (bundle / ".github/workflows/grade.yml").read_text()
