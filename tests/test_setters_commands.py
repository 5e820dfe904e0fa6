"""The commands of problem setters, as processes: a broken folder is one line, a seed is obeyed."""

import json
import os
import re
import shutil

import pytest

from grader.commands import setter
from grader.problems.load import FILE, PROBLEMS
from tests.support import run_grader


@pytest.fixture
def kit(tmp_path):
    """
    Two problems, of which simple_rnn has a key misspelt; the environment that takes them from there.
    """
    for name in ("simple_rnn", "rnn_cell"):
        shutil.copytree(PROBLEMS / name, tmp_path / "problem" / name)
    file = tmp_path / "problem" / "simple_rnn" / FILE
    lines = file.read_text("utf-8").splitlines()
    number = lines.index("    points: 25")
    lines[number] = "    point: 25"
    file.write_text("\n".join(lines), "utf-8")
    return {"GRADER_PROBLEMS": str(tmp_path / "problem")}, f"problem.yaml:{number + 1}: "


def test_a_broken_problem_does_not_end_the_list(kit):
    """
    `problems` lists the others, and says of the broken one where it is broken.
    """
    environment, place = kit

    done = run_grader("problems", env=environment)

    shown = {line.split()[0]: line for line in done.stdout.decode().splitlines()}
    assert (done.returncode, set(shown)) == (0, {"simple_rnn", "rnn_cell"})
    assert place in shown["simple_rnn"]
    assert "unknown key 'point' (did you mean points?)" in shown["simple_rnn"]
    assert "循环" in shown["rnn_cell"]


@pytest.mark.parametrize("command", ["statement", "samples", "mutate"])
def test_a_broken_problem_is_one_line(kit, command):
    """
    A command that needs the broken problem ends with code 2 and the same line.
    """
    environment, place = kit

    done = run_grader(command, "simple_rnn", env=environment)

    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert place.encode() in done.stderr


@pytest.mark.parametrize("command", ["verify", "mutate"])
def test_the_seed_is_taken_from_the_environment(command):
    """
    GRADER_SEED counts for setters as for everybody: what is no seed is refused, not ignored.
    """
    done = run_grader(command, "simple_rnn", env={"GRADER_SEED": "abc"})

    assert done.returncode == 2
    assert b"abc" in done.stderr


def test_verify_obeys_the_seed_of_the_environment(kit):
    """
    The seed of a verification is that of GRADER_SEED.
    """
    done = run_grader(
        *("verify", "simple_rnn", "--quick", "--format", "json"),
        env={**kit[0], "GRADER_SEED": "5"},
    )

    assert json.loads(done.stdout)["problems"][0]["seed"] == 5


@pytest.mark.slow
def test_a_reference_cannot_take_the_machines_memory(tmp_path):
    """
    More than half of it is refused to verify, and the line that asked for it is told.
    """
    environment = {"GRADER_PROBLEMS": str(tmp_path / "problem")}
    assert run_grader("new-problem", "small", env=environment).returncode == 0
    file = tmp_path / "reference" / "small.py"
    most = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") * 5 // 8
    greedy = f"    np.empty({most}, np.uint8)\n    return np.tanh(W @"
    file.write_text(file.read_text("utf-8").replace("    return np.tanh(W @", greedy), "utf-8")

    done = run_grader("verify", "small", "--quick", env=environment)

    assert done.returncode == 1
    assert re.search(rb"small\.py:\d+: MemoryError: .*: mend that line", done.stdout), done.stdout


def test_how_far_it_is_is_told_off_a_terminal_too(capsys):
    """
    Where standard error is no terminal, what is being done is a line of its own now and then.
    """
    often, seldom = setter._progress("gru", every_s=0.0), setter._progress("gru", every_s=60.0)

    often("mutant 1 of 2")
    seldom("mutant 2 of 2")

    assert capsys.readouterr() == ("", "gru: mutant 1 of 2\n")
