"""A new problem as the command writes it: sound, and verify says every line that is to be filled in."""

import re

import pytest

from grader.errors import GraderError
from grader.problems.drawing import DISTRIBUTIONS, IN_WORDS
from grader.problems.load import PROBLEMS, load_problem, problem_ids
from grader.problems.schema import LIMITS, OPTIONAL, REQUIRED
from grader.setting import publish, skeleton
from grader.setting.verify.families import verify
from grader.setting.verify.render import render
from grader.setting.verify.written import MARK, check_written
from tests.support import SEED, run_grader

ID = "mine"
STATE = "return np.tanh(W.dot(x_t) + U.dot(h_prev))"


@pytest.fixture
def root(tmp_path):
    """
    The folder of problems in an empty place, with a new problem in it.
    """
    skeleton.write(ID, tmp_path / "problem")
    return tmp_path / "problem"


def written(kit):
    """Every file that was written, but not what Python leaves when they are imported."""
    return [p for p in kit.rglob("*.*") if "__pycache__" not in p.parts]


def left(root):
    """Place of every line that is marked, found by looking at all that was written."""
    kit = root.parent
    return {
        f"{file.relative_to(kit)}:{number}"
        for file in written(kit)
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if MARK in line
    }


def errors(found):
    return [(c.name, f.message) for c in found.checks for f in c.findings if f.level == "error"]


def test_verify_says_what_is_missing_and_nothing_else(root):
    """
    Every marked line, the samples and the corpus; the small problem by itself is sound.
    """
    found = verify(ID, SEED, quick=True, root=root)

    told = [message.split(": ")[0] for name, message in errors(found) if name == "written"]
    assert sorted(told) == sorted(left(root))
    assert len(told) > 20
    assert {name for name, _ in errors(found)} == {"written", "corpus", "samples"}, render(found)


def test_a_line_that_is_filled_in_is_told_no_more(root):
    """
    The list shrinks by the line that was changed, whatever its file.
    """
    for place in sorted(left(root)):
        before = left(root)
        file, line = place.split(":")
        path = root.parent / file
        lines = path.read_text("utf-8").splitlines()
        lines[int(line) - 1] = lines[int(line) - 1].partition(MARK)[0]
        path.write_text("\n".join(lines), "utf-8")

        told = {f.message.split(": ")[0] for f in check_written(root / ID).findings}

        assert told == before - {place}


def test_every_key_stands_in_the_new_file(root):
    """
    What problem.yaml may say is in the file that a setter starts from.
    """
    text = (root / ID / "problem.yaml").read_text("utf-8")

    for key in (*REQUIRED, *OPTIONAL, *LIMITS, *DISTRIBUTIONS, "requires"):
        assert re.search(rf"\b{key}:", text), key
    for key in (
        "update_of",
        "precision",
        "agrees_with",
        "within",
        "per",
        "attributes",
        "methods",
        IN_WORDS,
    ):
        assert re.search(rf"\b{key}:", text), key


@pytest.mark.slow
def test_filled_in_it_is_fit(root):
    """
    Without marks, with samples and ten submissions of each kind, nothing is said against it.
    """
    kit = root.parent
    for file in written(kit):
        text = file.read_text("utf-8")
        file.write_text(re.sub(rf"(<!-- |# )?{MARK}.*", "", text), "utf-8")
    (right,) = kit.glob("tests/corpus/*/accepted/*.py")
    (wrong,) = kit.glob("tests/corpus/*/wrong_answer/*.py")
    for number in range(9):
        (right.parent / f"right_{number}.py").write_text(right.read_text())
        text = right.read_text().replace(STATE, f"{STATE} + 0.{number + 1}")
        (wrong.parent / f"wrong_{number}.py").write_text(text)
    publish.write(load_problem(ID, root))

    found = verify(ID, SEED, root=root)

    assert errors(found) == [], render(found)
    assert found.fit


@pytest.mark.parametrize("problem_id", problem_ids())
def test_the_kits_problems_are_filled_in(problem_id):
    """
    No problem of the kit has such a line.
    """
    assert check_written(PROBLEMS / problem_id).passed


@pytest.mark.parametrize("name", ["a-b", "1st", "", "../up", "class", "PROBLEM ID"])
def test_what_cannot_be_a_name_is_refused(tmp_path, name):
    """
    A problem's name is a Python name, since its files are modules.
    """
    with pytest.raises(GraderError, match="cannot be the name of a problem"):
        skeleton.write(name, tmp_path / "problem")

    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(root):
    """
    If a single file is there already, none is written.
    """
    for file in root.glob(f"{ID}/*"):
        file.unlink()

    with pytest.raises(
        GraderError, match=r"already has reference/mine\.py, .*; nothing was written"
    ):
        skeleton.write(ID, root)

    assert list(root.glob(f"{ID}/*")) == []


def test_the_command_writes_beside_the_problems(tmp_path):
    """
    `grader new-problem` names every file; where it writes is where problems are taken from.
    """
    environment = {"GRADER_PROBLEMS": str(tmp_path / "problem")}

    done = run_grader("new-problem", ID, env=environment)
    again = run_grader("new-problem", ID, env=environment)

    *files, then = done.stdout.decode().splitlines()
    assert (done.returncode, again.returncode) == (0, 2)
    assert sorted(files) == sorted(str(p) for p in written(tmp_path))
    assert "grader verify mine" in then
    assert b"nothing was written" in again.stderr
