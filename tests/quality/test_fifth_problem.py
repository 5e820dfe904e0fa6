"""A fifth problem is added beside the others, and nothing in grader/ is touched for it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.problems.load import problem_ids
from tests.quality.gru import DATA, ID, put_gru
from tests.support import KIT, clean_environment, run_grader, thinned

ACCEPTED = sorted((DATA / "corpus" / "accepted").glob("*.py"))
WRONG = {  # the group that is lost, and the points that are left
    "update_gate_inverted": ("forward", 0),
    "reset_after_product": ("forward", 0),
    "direct_path_forgotten": ("backward", 40),
}


def contents(root):
    """Every file below a folder by its place in it, without what running the kit leaves."""
    files = (p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return {str(p.relative_to(root)): p.read_bytes() for p in files}


class Kit:
    """A copy of the kit with the new problem in it, whose own grader is run."""

    def __init__(self, root):
        self.root = root
        # Not measured by coverage: its lines are not those of the original's files.
        self.env = {"PYTHONPATH": str(root), "COVERAGE_PROCESS_CONFIG": ""}
        leavings = shutil.ignore_patterns("__pycache__")
        for name in ("grader", "problem", "reference"):
            shutil.copytree(KIT / name, root / name, ignore=leavings)
        shutil.copy(KIT / "pyproject.toml", root)
        put_gru(root)

    def grader(self, *arguments):
        """The finished process of the copy's grader."""
        return run_grader(*arguments, env=self.env, cwd=self.root)

    def grade(self, file):
        """Exit code and report of a submission."""
        done = self.grader("grade", file, "--problem", ID, "--format", "json")
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    """
    The copy, in which the grader is the same after all tests as in the original before them.
    """
    original = contents(KIT / "grader")
    made = Kit(tmp_path_factory.mktemp("kit"))
    assert contents(made.root / "grader") == original
    yield made
    assert contents(made.root / "grader") == original


def test_the_copy_is_what_runs(kit):
    """
    Neither the installed kit nor the original is imported in the copy.
    """
    code = "import grader, grader.layout as p; print(grader.__file__); print(p.KIT)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**clean_environment(), **kit.env},
        cwd=kit.root,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == [str(kit.root / "grader" / "__init__.py"), str(kit.root)]


def test_it_is_listed_beside_the_others(kit):
    """
    `grader problems` shows one problem more, with both names.
    """
    done = kit.grader("problems")

    shown = {line.split()[0]: line for line in done.stdout.decode().splitlines()}
    assert done.returncode == 0, done.stderr
    assert set(shown) == {ID, *problem_ids()}
    assert "A GRU cell and its gradients / GRU 单元及其梯度" in shown[ID]


@pytest.mark.slow
def test_it_is_fit_to_be_set(kit):
    """
    Once `grader samples` has written its samples, `grader verify` has nothing to say against it.
    """
    written = kit.grader("samples", ID)
    done = kit.grader("verify", ID, "--quick", "--format", "json")

    samples = {Path(line).name for line in written.stdout.decode().splitlines()}
    assert written.returncode == 0, written.stderr
    assert samples == {p.name for p in kit.root.glob(f"problem/{ID}/samples/*.json")} != set()
    checks = {c["name"]: c for c in json.loads(done.stdout)["problems"][0]["checks"]}
    assert [f for c in checks.values() for f in c["findings"]] == []
    assert done.returncode == 0, done.stderr
    assert checks["gradients"]["figures"]["compared"] > 0
    assert checks["accepted"]["figures"]["files"] == len(ACCEPTED)


@pytest.mark.parametrize("file", thinned(ACCEPTED, 0, ids=lambda f: f.stem))
def test_correct_solutions_are_accepted(kit, file):
    """
    A correct file gets all points and exit code 0.
    """
    code, report = kit.grade(file)

    assert (code, report["verdict"], report["score"]) == (0, "AC", 100)


@pytest.mark.parametrize("name", thinned(WRONG, 0))
def test_wrong_solutions_are_not(kit, name):
    """
    A wrong file loses the group of its mistake, gets exit code 1 and is shown a counterexample.
    """
    code, report = kit.grade(DATA / "corpus" / "wrong_answer" / f"{name}.py")

    lost = [g["name"] for g in report["groups"] if g["verdict"] == "WA"]
    assert (code, report["verdict"]) == (1, "WA")
    assert (lost, report["score"]) == ([WRONG[name][0]], WRONG[name][1])
    assert report["counterexample"]["group"] == lost[0]
