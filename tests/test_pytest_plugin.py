"""The pytest plugin as people run it: real processes, in a folder that is not the kit's."""

import runpy
import shutil
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from tests.support import CORPUS, KIT, clean_environment, solution

WRONG = CORPUS / "simple_rnn" / "wrong_answer" / "carry_missing_vectorised.py"
MESSAGE = "W_xh[0, 0] should be "
OTHER = "def test_other():\n    pass\n"
MISTAKES = {
    "--problem=simple_rn": "did you mean simple_rnn?",
    "solution.py::forwards": "has no test group forwards",
}
PROVES = "import pathlib\npathlib.Path({proof!r}).touch()\n"  # what is imported here leaves a trace


@pytest.fixture
def run(tmp_path):
    """
    Run pytest in a folder with solution.py and a test of somebody else's; code and output.
    """
    (tmp_path / "test_other.py").write_text(OTHER)

    def run(source, *arguments, env=None):
        (tmp_path / "solution.py").write_bytes(source)
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
            cwd=tmp_path,
            env={**clean_environment(), "COVERAGE_PROCESS_CONFIG": "", **(env or {})},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return run


def test_wrong_submission_fails_where_it_is_wrong(run, tmp_path):
    """
    One test for each group, worded as in the text report; JUnit has them too.
    """
    code, said = run(WRONG.read_bytes(), "-q", "--submission=solution.py", "--junitxml=j.xml")

    cases = {c.get("name"): c for c in ET.parse(tmp_path / "j.xml").iter("testcase")}
    kinds = {name: [child.tag for child in c] for name, c in cases.items()}
    assert code == 1
    assert f"FAILED solution.py::backward - {MESSAGE}" in said
    assert "Smallest failing case found for backward" in said
    assert "Likely cause (nothing-carried-back)" in said
    assert "WA: wrong answer, 35 of 100 points" in said
    assert "1 failed, 2 passed, 2 skipped" in said
    assert kinds == {
        "initialisation": [],
        "forward": [],
        "backward": ["failure"],
        "training": ["skipped"],
        "conduct": ["skipped"],
    }
    assert cases["backward"][0].get("message").startswith(MESSAGE)


@pytest.mark.parametrize(
    "switched_off",
    [
        pytest.param(["-p", "no:grader"], id="off"),
        pytest.param([], id="unasked", marks=pytest.mark.slow),
    ],
)
def test_nothing_happens_unless_asked(run, switched_off):
    """
    Without --submission pytest is as before.
    """
    code, said = run(b"raise SystemExit", "-q", *switched_off)

    assert (code, said.splitlines()[-1].split(" in ")[0]) == (0, "1 passed")
    assert "submission" not in said


def test_plugin_is_light():
    """
    Being there costs no import of NumPy, Hypothesis, YAML or click.
    """
    heavy = "{'numpy', 'hypothesis', 'yaml', 'click', 'rich'}"
    code = f"import sys, grader.pytest_plugin; print({heavy} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert done.stdout.strip() == b"set()"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["--submission=nope.py"], "there is no file", id="file"),
        *(
            pytest.param(
                ["--submission=solution.py", wrong], words, id=wrong, marks=pytest.mark.slow
            )
            for wrong, words in MISTAKES.items()
        ),
    ],
)
def test_mistaken_arguments_are_told_in_one_line(run, arguments, words):
    """
    pytest's code for wrong usage, and the grader's words.
    """
    code, said = run(solution(), *arguments)

    (line,) = [line for line in said.splitlines() if line.startswith("ERROR")]
    assert code == 4
    assert words in line


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "counted"),
    [
        (["test_other.py"], "6 passed"),
        (["-k", "forward"], "1 passed, 4 deselected"),
        (["solution.py::forward", "test_other.py"], "2 passed"),
        (["--doctest-modules", "-o", "python_files=*.py", "."], "6 passed"),
        (["--numprocesses=2"], "5 passed"),
        (["--collect-only"], "5 tests collected"),
    ],
    ids=lambda a: " ".join(a) if isinstance(a, list) else "",
)
def test_pytest_behaves_as_people_expect(run, tmp_path, arguments, counted):
    """
    Selecting, naming files, xdist: groups are tests, and the file is never imported here.
    """
    proof = tmp_path / "imported"
    source = PROVES.format(proof=str(proof)).encode() + solution()
    # in the sandbox it cannot be written, which ends the import: only there it may try
    guarded = source.replace(
        b".touch()", b".touch() if 'pytest' in __import__('sys').modules else 0"
    )

    code, said = run(guarded, "-q", "--submission=solution.py", *arguments)

    assert (code, said.splitlines()[-1].split(" in ")[0]) == (0, counted)
    assert not proof.exists()


@pytest.mark.slow
def test_first_failure_stops(run):
    """
    After -x nothing else is run.
    """
    code, said = run(WRONG.read_bytes(), "-x", "-q", "--submission=solution.py")

    assert code == 1
    assert "1 failed, 2 passed in" in said


@pytest.mark.slow
def test_what_cannot_be_imported_fails_everywhere(run):
    """
    CE: every group fails with the reason, none is skipped.
    """
    code, said = run(b"import nothing_of_that_name", "-q", "--submission=solution.py")

    assert code == 1
    assert "5 failed" in said
    assert said.count("No module named 'nothing_of_that_name'") >= 5


@pytest.mark.slow
def test_conftest_beside_the_submission_is_not_read(run, tmp_path):
    """
    A submission elsewhere brings no conftest.py of its own into the judge's process: it is refused.
    """
    theirs = tmp_path / "alice"
    theirs.mkdir()
    (theirs / "conftest.py").write_text("raise SystemExit('read')")
    (theirs / "solution.py").write_bytes(solution())

    code, said = run(b"", "-q", "--submission=alice/solution.py")

    assert code == 4, said
    assert "which lies beside the submission" in said
    assert "SystemExit" not in said


@pytest.mark.slow
def test_judge_error_is_an_error_and_no_failure(run, tmp_path):
    """
    Our own fault: every test is an error with the reason, none fails, none is passed.
    """
    shutil.copytree(KIT / "problem" / "simple_rnn", tmp_path / "kit" / "problem" / "simple_rnn")
    (tmp_path / "kit" / "reference").mkdir()
    (tmp_path / "kit" / "reference" / "simple_rnn.py").write_text("raise OSError('disk')")
    problems = {"GRADER_PROBLEMS": str(tmp_path / "kit" / "problem")}

    code, said = run(solution(), "-q", "--submission=solution.py", env=problems)

    assert code == 1
    assert said.splitlines()[-1].startswith("5 errors in")
    assert "judge error: " in said
    assert "pytest_plugin.py" not in said  # words, and no traceback of ours


def test_an_older_pytest_is_not_broken(monkeypatch):
    """
    Every pytest beside an installed kit loads the plugin: names that are new there do no harm.
    """
    monkeypatch.delattr(pytest, "TerminalReporter")

    names = runpy.run_path(str(KIT / "grader" / "pytest_plugin.py"))

    assert "pytest_addoption" in names
