"""A release: wheel and sdist are built, and what an empty environment has of them works for students."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile

import pytest

from grader.problems.load import problem_ids
from tests.support import KIT, clean_environment

ABOUT = tomllib.loads((KIT / "pyproject.toml").read_text("utf-8"))["project"]
CHANGES = (KIT / ".github" / "CHANGELOG.md").read_text("utf-8")


def test_version_has_an_entry_in_the_changelog():
    """
    The newest entry is that of the version, and says something.
    """
    number, *lines = re.split(r"^## ", CHANGES, flags=re.MULTILINE)[1].splitlines()

    assert number == ABOUT["version"]
    assert any(line.startswith("- ") for line in lines)


def run(*command, **options):
    """The output of a command that must succeed."""
    done = subprocess.run(
        [*map(str, command)], capture_output=True, text=True, check=False, **options
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """
    A folder with the wheel and the sdist.
    """
    tools, folder = tmp_path_factory.mktemp("tools"), tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "pip", "install", "--quiet", "--target", tools, "hatchling")
    environment = {**clean_environment(), "PYTHONPATH": str(tools), "COVERAGE_PROCESS_CONFIG": ""}
    run(sys.executable, "-m", "hatchling", "build", "-d", folder, cwd=KIT, env=environment)
    return folder


def names(file):
    """What is packed in a wheel or an sdist, the sdist's own folder apart."""
    if file.suffix == ".whl":
        return zipfile.ZipFile(file).namelist()
    with tarfile.open(file) as archive:
        return [n.partition("/")[2] for n in archive.getnames()]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_release_works_for_students(built, kind, tmp_path):
    """
    Installed alone it lists and states the problems, writes a starter and checks it; no answers.
    """
    (file,) = built.glob(kind)
    bin_, home = tmp_path / "venv" / "bin", tmp_path / "home"
    home.mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
    run(sys.executable, "-m", "venv", tmp_path / "venv")
    run(bin_ / "pip", "install", "--quiet", file)

    def grader(*words, code=0):
        done = subprocess.run(
            [bin_ / "grader", *words],
            cwd=home,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    assert not [n for n in names(file) if {"reference", "tests"} & set(n.split("/"))]
    assert grader("--version").split()[1] == ABOUT["version"]
    assert [line.split()[0] for line in grader("problems").splitlines()] == problem_ids()
    assert "W_xh" in grader("statement", "simple_rnn")
    assert "W_xh" in grader("statement", "simple_rnn", "--lang", "zh")
    grader("new", "simple_rnn")
    starter = grader("check", "simple_rnn/solution.py", code=1)
    assert "NotImplementedError" in starter
    (home / "solution.py").write_bytes((KIT / "reference" / "simple_rnn.py").read_bytes())
    assert "checks are right" in grader("check", "solution.py")
    assert "checkout" in grader("grade", "solution.py", code=2)
