"""What needs an extra is skipped without it, with the reason, and fails where it is demanded."""

import os
import subprocess
import sys

import pytest

from grader.problems.load import load_problem, problem_ids
from tests.needs import NEEDS
from tests.support import KIT, needs_of

CONFTEST = """
import importlib.util
from tests import needs
needs.NEEDS.update(torch=lambda: False, cluster=lambda: True)
hooks = importlib.util.spec_from_file_location("hooks", {hooks!r})
module = importlib.util.module_from_spec(hooks)
hooks.loader.exec_module(module)
pytest_collection_modifyitems = module.pytest_collection_modifyitems
pytest_runtest_makereport = module.pytest_runtest_makereport
"""
TESTS = """
import pytest
@pytest.mark.torch
def test_with(): pass
@pytest.mark.cluster
def test_skips_itself(): pytest.skip("by itself")
def test_without(): pass
"""


@pytest.fixture
def run(tmp_path):
    """
    A function that runs three tests where all but PyTorch is there; what pytest says.
    """
    (tmp_path / "conftest.py").write_text(CONFTEST.format(hooks=str(KIT / "tests/conftest.py")))
    (tmp_path / "test_it.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    torch\n    cluster\n")
    plain = {n: v for n, v in os.environ.items() if not n.startswith("RNN_JUDGE_NEEDS_")}

    def run(**demanded):
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-rsf", "-p", "no:cacheprovider", "test_it.py"],
            cwd=tmp_path,
            env={**plain, "PYTHONPATH": str(KIT), "COLUMNS": "200", **demanded},
            capture_output=True,
            text=True,
            check=False,
        ).stdout

    return run


def test_missing_is_skipped_with_the_reason(run):
    """
    Only the marked test, and it says what it needs.
    """
    said = run()

    assert "needs torch, which is not installed" in said
    assert "1 passed, 2 skipped" in said


def test_demanded_and_skipped_fails(run):
    """
    By its marker or by itself, whatever the reason.
    """
    said = run(RNN_JUDGE_NEEDS_TORCH="1", RNN_JUDGE_NEEDS_CLUSTER="1")

    assert "skipped, but torch is demanded" in said
    assert "skipped, but cluster is demanded" in said
    assert "1 failed, 1 passed, 1 error" in said


@pytest.mark.parametrize("problem_id", problem_ids())
def test_every_package_of_a_problem_can_be_asked_for(problem_id):
    """
    What a problem lets a solution import beside NumPy has a marker that its tests bear.
    """
    packages = set(load_problem(problem_id).packages) - {"numpy"}

    assert packages <= NEEDS.keys()
    assert {m.name for m in needs_of(problem_id)} == packages
