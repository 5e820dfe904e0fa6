"""What a new student does on each problem: every command that is printed works as printed."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from grader.errors import GraderError
from grader.problems.guess import problem_of, problem_of_class
from grader.problems.load import problem_ids
from tests.support import CORPUS, KIT, clean_environment, needs_of, samples

PATH = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"


def typed(command, folder):
    """The finished process of what somebody types into a shell."""
    return subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env={**clean_environment(), "PATH": PATH, "COVERAGE_PROCESS_CONFIG": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("problem_id", "folder"),
    [
        pytest.param(p, f, id=f"{p}-{f or 'default'}", marks=[pytest.mark.slow, *needs_of(p)])
        for p, f in [*((p, "") for p in problem_ids()), ("simple_rnn", '"my folder"')]
    ],
)
def test_from_new_to_all_green(tmp_path, problem_id, folder):
    """
    `grader new` names a command; it checks the starter, and what is right in its place.
    """
    new = typed(f"grader new {problem_id} {folder}", tmp_path)
    command = new.stdout.partition("then: ")[2].strip()
    file = tmp_path / (folder.strip('"') or problem_id) / "solution.py"

    first = typed(command, tmp_path)
    shutil.copy(min((CORPUS / problem_id / "accepted").glob("*.py")), file)
    last = typed(command, tmp_path)

    assert new.returncode == 0
    assert (first.returncode, first.stderr) == (1, "")
    assert "is not written yet" in first.stdout
    assert "wrong" not in first.stdout
    assert (last.returncode, last.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the paths are those of a virtual environment here")
@pytest.mark.parametrize("start", ["grader", "{bin}/grader", "{bin}/python -P -m grader"])
def test_the_command_is_named_as_it_was_started(tmp_path, start):
    """
    However the kit was started, what it names can be typed.
    """
    start = start.format(bin=Path(sys.executable).parent)

    command = typed(f"{start} new simple_rnn", tmp_path).stdout.partition("then: ")[2].strip()

    assert typed(command.replace("check", "check --help"), tmp_path).returncode == 0


@pytest.mark.parametrize("sample", samples("accepted")[::30], ids=str)
def test_the_problem_is_found_by_what_the_file_defines(sample, tmp_path):
    """
    What is right tells its problem wherever it lies.
    """
    assert problem_of(tmp_path / "solution.py", sample.source) == sample.problem


def test_the_folder_or_the_first_line_tells_the_problem(tmp_path):
    """
    Where the text does not tell, the folder or the first line does.
    """
    assert problem_of(tmp_path / "rnn_cell" / "solution.py", b"") == "rnn_cell"
    assert problem_of(tmp_path / "solution.py", b"# simple_rnn\n") == "simple_rnn"
    assert problem_of(tmp_path / "rnn_cell" / "a.py", b"class Simple_RNN:\n") == "simple_rnn"


def test_a_first_line_does_not_outdo_what_is_imported(tmp_path):
    """
    Who speaks of another problem in passing is not judged by that one.
    """
    right = min((CORPUS / "simple_rnn" / "accepted").glob("*.py")).read_bytes()

    assert problem_of(tmp_path / "a.py", b"# easier than torch_rnn\n" + right) == "simple_rnn"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"", "names no problem of binary_addition, "),
        (b"class SimpleRNN: 1\ndef int2binary(): 1\nclass BinaryAdder: 1\n", "could solve bin"),
    ],
)
def test_what_is_open_is_asked_for(tmp_path, source, words):
    """
    Two that fit, or none, are asked for in one line.
    """
    with pytest.raises(GraderError) as refused:
        problem_of(tmp_path / "solution.py", source)

    assert words in str(refused.value)
    assert str(refused.value).endswith("--problem ID")


def test_most_of_a_class_tell_its_problem(tmp_path):
    """
    Files that tell nothing, or something else, do not outvote the others.
    """
    right = min((CORPUS / "rnn_cell" / "accepted").glob("*.py")).read_bytes()
    other = min((CORPUS / "binary_addition" / "accepted").glob("*.py")).read_bytes()

    assert problem_of_class(tmp_path, [b"", right, other, right], "simple_rnn") == "rnn_cell"
    assert problem_of_class(tmp_path, [b"", b""], "simple_rnn") == "simple_rnn"
    with pytest.raises(GraderError):
        problem_of_class(tmp_path, [right, other], "simple_rnn")


def test_kits_own_files_are_not_changed_by_git():
    """
    No system's git changes line ends, which samples, digests and submissions depend on.
    """
    assert "* -text" in (KIT / ".gitattributes").read_text().splitlines()
