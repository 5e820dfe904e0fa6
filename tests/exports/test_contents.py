"""What every export holds: a README, scripts that are scripts, its own answers only, no more."""

import io
import subprocess
import zipfile

import pytest

from grader.cases import PUBLIC_SEED
from grader.export import gradescope, prairielearn, student
from grader.export.classroom50 import export as classroom50
from grader.export.kattis import package
from grader.export.readme import about
from grader.problems.load import load_problem, problem_ids
from tests.support import run_grader, thinned

MAKE = {
    "gradescope": lambda problem: gradescope.export(problem, 7),
    "prairielearn": lambda problem: prairielearn.export(problem, 7, "rnn-judge"),
}


@pytest.mark.parametrize("problem_id", thinned(problem_ids(), everyday=1))
@pytest.mark.parametrize("platform", MAKE)
def test_autograder_is_complete_and_the_same_each_time(platform, problem_id):
    """
    Problem, reference and wheel; no other problem's; bash reads the scripts; same bytes twice.
    """
    problem = load_problem(problem_id)
    data = MAKE[platform](problem)

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {i.filename: archive.read(i) for i in archive.infolist()}
        runs = {i.filename for i in archive.infolist() if i.external_attr >> 16 == 0o755}
    others = set(problem_ids()) - {problem_id}
    scripts = {
        name for name, content in files.items() if content.startswith(b"#!/usr/bin/env bash")
    }
    assert MAKE[platform](problem) == data
    assert any(name.endswith(f"kit/reference/{problem_id}.py") for name in files)
    assert any(name.endswith(f"kit/problem/{problem_id}/driver.py") for name in files)
    assert any(name.endswith(".whl") for name in files)
    assert not any(other in name for other in others for name in files)
    assert scripts == runs != set()
    for name in scripts:
        subprocess.run(["bash", "-n"], input=files[name], check=True)


def readme_of(data):
    """The README at the root of a zip, its lines joined; it has ten to twenty-five."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        lines = archive.read("README.md").decode().splitlines()
    assert 10 <= len(lines) <= 25
    return " ".join(lines)


@pytest.mark.slow
def test_every_export_says_what_it_is_and_which_seed_it_has(monkeypatch):
    """
    A README of about ten lines in each; a public seed is called public, another to be kept.
    """
    problem = load_problem("simple_rnn")
    monkeypatch.setattr(package, "examples", lambda *_: [])
    make = {**MAKE, "kattis": lambda problem: package.export(problem, PUBLIC_SEED, "legacy")}
    readmes = {name: readme_of(export(problem)) for name, export in make.items()}
    public = [readme_of(student.export(problem)), readme_of(classroom50.export(problem))]

    assert all("never hand it to students" in text for text in readmes.values())
    assert all(about(7) in readmes[name] for name in MAKE)
    assert "the public seed 20240607" in readmes["kattis"]
    assert not any("seed 20240607" in text for text in public)


@pytest.mark.slow
def test_nothing_that_is_there_is_replaced_unless_asked(tmp_path):
    """
    A zip and a folder stay as they are, code 2; with --force the zip is new, the seed warned of.
    """
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.zip").write_text("mine")
    ask = ("export", "gradescope", "simple_rnn", "--out")

    there = run_grader(*ask, "a.zip", cwd=tmp_path)
    folder = run_grader(*ask, "folder", "--force", cwd=tmp_path)
    kept = (tmp_path / "a.zip").read_text()
    forced = run_grader(*ask, "a.zip", "--force", cwd=tmp_path)

    assert (there.returncode, folder.returncode, forced.returncode) == (2, 2, 0)
    assert there.stderr == b"grader: a.zip is there already; --force replaces it\n"
    assert b"folder is a folder; name a file" in folder.stderr
    assert kept == "mine"
    assert zipfile.is_zipfile(tmp_path / "a.zip")
    assert b"the public seed 20240607" in forced.stderr
    assert b"public seed" not in run_grader(*ask, "b.zip", "--seed", 7, cwd=tmp_path).stderr
