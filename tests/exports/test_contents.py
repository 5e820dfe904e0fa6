"""What every export of every problem holds: scripts that are scripts, and its own answers only."""

import io
import subprocess
import zipfile

import pytest

from grader.export import gradescope, prairielearn
from grader.problems.load import load_problem, problem_ids
from tests.support import thinned

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
