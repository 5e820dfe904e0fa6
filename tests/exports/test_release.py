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
def build(tmp_path_factory):
    """
    A function from a checkout to a folder with the wheel and the sdist that are made of it.
    """
    tools = tmp_path_factory.mktemp("tools")
    run(sys.executable, "-m", "pip", "install", "--quiet", "--target", tools, "hatchling")
    environment = {**clean_environment(), "PYTHONPATH": str(tools), "COVERAGE_PROCESS_CONFIG": ""}

    def made_of(checkout):
        folder = tmp_path_factory.mktemp("dist")
        run(sys.executable, "-m", "hatchling", "build", "-d", folder, cwd=checkout, env=environment)
        return folder

    return made_of


@pytest.fixture(scope="module")
def built(build):
    """
    Those of the kit.
    """
    return build(KIT)


def names(file):
    """What is packed in a wheel or an sdist, the sdist's own folder apart."""
    if file.suffix == ".whl":
        return zipfile.ZipFile(file).namelist()
    with tarfile.open(file) as archive:
        return [n.partition("/")[2] for n in archive.getnames()]


@pytest.mark.slow
def test_the_sdist_makes_the_same_wheel(built, build, tmp_path):
    """
    File by file, and nothing of the answers is in either.
    """
    (sdist,), (wheel,) = built.glob("*.tar.gz"), built.glob("*.whl")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (again,) = build(next(tmp_path.iterdir())).glob("*.whl")

    assert not [n for n in names(sdist) if {"reference", "tests"} & set(n.split("/"))]
    first, second = zipfile.ZipFile(wheel), zipfile.ZipFile(again)
    assert {n: first.read(n) for n in names(wheel)} == {n: second.read(n) for n in names(again)}


@pytest.mark.slow
def test_release_works_for_students(built, tmp_path):
    """
    Installed alone it lists and states the problems, writes a starter and checks it; no answers.
    """
    (file,) = built.glob("*.whl")
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
