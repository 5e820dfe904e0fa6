"""What lies where a command is started, or beside a submission, is never run outside the sandbox."""

import functools
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from grader.cli import cli
from tests.formats.test_readers import ENVIRONMENT
from tests.quality import gru
from tests.support import CORPUS, KIT, clean_environment, solution, thinned

WRONG = CORPUS / "simple_rnn" / "wrong_answer" / "carry_missing_vectorised.py"
# A module that was planted says so in a file; it would work no worse for raising.
PLANTED = (
    "with open({proof!r}, 'a') as file:\n    file.write({name!r} + '\\n')\nraise SystemExit(0)\n"
)
# What no program can keep Python from running is named in the README.
UNAVOIDABLE = {"grader", "sitecustomize", "usercustomize"}
BY_PYTHON = (
    "import sys; b = set(sys.modules); import runpy, importlib.util; print(*set(sys.modules) - b)"
)
SCRIPTS = Path(sys.executable).parent
WAYS = {
    "grader": [str(SCRIPTS / "grader")],
    "python -m grader": [sys.executable, "-m", "grader"],
    "python -P -m grader": [sys.executable, "-P", "-m", "grader"],
}
CLASS = ["grade", "class", "--out", "results", "--jobs", "1"]
COMMANDS = {
    "check": ["check", "solution.py"],
    "compare": ["compare", "results", "results"],
    "doctor": ["doctor"],
    "export student": ["export", "student", "simple_rnn"],
    "export gradescope": ["export", "gradescope", "simple_rnn"],
    "export kattis": ["export", "kattis", "simple_rnn"],
    "export prairielearn": ["export", "prairielearn", "simple_rnn"],
    "export classroom50": ["export", "classroom50", "simple_rnn"],
    "feedback": ["feedback", "results", "--folder", "back"],
    "grade": ["grade", "solution.py", "--report", "html=r.html", "--report", "junit=r.xml"],
    "grade a class": CLASS,
    "gradebook": ["gradebook", "results"],
    "mutate": ["mutate", gru.ID, "--limit", "1", "--further", "1"],
    "new": ["new", "simple_rnn"],
    "new-problem": ["new-problem", "mine"],
    "problems": ["problems"],
    "results": ["results", "results", "--html", "site"],
    "samples": ["samples", "simple_rnn"],
    "schema": ["schema"],
    "serve": ["serve", "--new", "course"],
    "show": ["show", "results", "alice"],
    "statement": ["statement", "simple_rnn"],
    "verify": ["verify", gru.ID, "--quick"],
}
# The others are started in one way only: what differs between the ways is over once they begin.
IN_EVERY_WAY = ("check", "grade", "problems")
QUICK = [("check", "grader"), *(("problems", w) for w in WAYS)]


@functools.cache
def names():
    """Every name that may be imported: of the standard library, of packages, and of the kit."""
    installed = importlib.metadata.packages_distributions()
    ours = {"problem", "reference", "tests", "driver"}
    found = {*sys.stdlib_module_names, *installed, *ours} - UNAVOIDABLE
    return sorted(n for n in found if n.isidentifier())


@functools.cache
def by_python():
    """What `python -m` itself imports before the kit."""
    return run([sys.executable, "-I", "-c", BY_PYTHON], "/").stdout.split()


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """
    The results of a class of one.
    """
    place = tmp_path_factory.mktemp("graded")
    (place / "class" / "alice").mkdir(parents=True)
    shutil.copy(WRONG, place / "class" / "alice" / "solution.py")
    assert run([*WAYS["grader"], *CLASS], place).returncode == 0
    return place / "results"


@pytest.fixture
def folder(tmp_path):
    """
    A student's folder: a submission, a class, results, and a module planted for every name.
    """
    place = tmp_path / "folder"
    (place / "class" / "alice").mkdir(parents=True)
    shutil.copy(WRONG, place / "solution.py")
    shutil.copy(WRONG, place / "class" / "alice" / "solution.py")
    return place


def plant(folder, chosen):
    """Plant modules that leave a trace; return the file in which they do."""
    proof = folder.parent / "proof"
    for name in chosen:
        text = PLANTED.format(proof=str(proof), name=name)
        (folder / f"{name}.py").write_text(text)
    return proof


def run(command, folder, **env):
    return subprocess.run(
        command,
        cwd=folder,
        env={**clean_environment(), "COVERAGE_PROCESS_CONFIG": "", **env},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )


def test_every_command_is_tried():
    """
    A command that is added is tried as well.
    """
    tried = {arguments[0] for arguments in COMMANDS.values()}

    assert tried == set(cli.commands)
    exports = {a[1] for a in COMMANDS.values() if a[0] == "export"}
    assert exports == set(cli.commands["export"].commands)


@pytest.mark.parametrize(
    ("command", "way"),
    [
        pytest.param(c, w, marks=[] if (c, w) in QUICK else [pytest.mark.slow])
        for c in COMMANDS
        for w in WAYS
        if w == "grader" or c in IN_EVERY_WAY
    ],
)
def test_command_runs_nothing_from_where_it_is_started(request, folder, command, way):
    """
    Among modules planted for every name, a command does what it does elsewhere.
    """
    problems = folder.parent / "kit"
    env = {}
    if command in ("samples", "new-problem", "mutate", "verify"):  # they write, or read every file
        gru.gru_kit(problems)
        shutil.copytree(KIT / "problem" / "simple_rnn", problems / "problem" / "simple_rnn")
        shutil.copy(KIT / "reference" / "simple_rnn.py", problems / "reference")
        env["GRADER_PROBLEMS"] = str(problems / "problem")
    if "results" in COMMANDS[command] and command != "grade a class":
        shutil.copytree(request.getfixturevalue("results"), folder / "results")
    left_out = by_python() if way == "python -m grader" else []
    proof = plant(folder, set(names()).difference(left_out))

    done = run([*WAYS[way], *COMMANDS[command]], folder, **env)

    assert not proof.exists(), proof.read_text()
    assert done.returncode in (0, 1), done.stderr
    assert "judge error" not in done.stderr


@pytest.mark.slow
def test_settings_of_a_library_are_not_obeyed(folder):
    """
    A matplotlibrc that lies there neither stops nor changes a page.
    """
    (folder / "matplotlibrc").write_bytes(b"\xff\xfe not utf-8\nbackend: module://json\n")

    done = run([*WAYS["grader"], "grade", "solution.py", "--format", "html"], folder)

    assert done.returncode == 1, done.stderr
    assert "<svg" in done.stdout


@pytest.mark.slow
def test_pytest_runs_nothing_from_beside_the_submission(folder):
    """
    `pytest --submission` among planted modules judges as ever.
    """
    proof = plant(folder, names())

    done = run([str(SCRIPTS / "pytest"), "-q", "--submission", "solution.py"], folder)

    assert not proof.exists(), proof.read_text()
    assert "FAILED solution.py::backward" in done.stdout, done.stdout + done.stderr


@pytest.mark.slow
def test_python_m_pytest_imports_nothing_more_once_it_knows(folder):
    """
    What pytest itself does not import is not taken from there either.
    """
    late = ["numpy", "yaml", "click", "landlockpy", "pyseccomp", "problem", "reference", "sqlite3"]
    proof = plant(folder, late)
    command = [sys.executable, "-m", "pytest", "-q", "--submission", "solution.py"]

    done = run(command, folder)

    assert not proof.exists(), proof.read_text()
    assert "FAILED solution.py::backward" in done.stdout, done.stdout + done.stderr


def test_python_m_pytest_refuses_what_was_run_already(folder):
    """
    What Python took from there before anyone could prevent it is said, and nothing is judged.
    """
    shutil.copytree(Path(json.__file__).parent, folder / "json")

    done = run([sys.executable, "-m", "pytest", "--submission", "solution.py"], folder)

    assert done.returncode == 4
    assert "Python took json from" in done.stderr


OBEYED = [  # what pytest would, and whether it is started elsewhere, where only conftest.py counts
    ("conftest.py", PLANTED, False),
    ("pytest.ini", "[pytest]\naddopts = --collect-only\n", False),
    ("pyproject.toml", "[tool.pytest.ini_options]\naddopts = '--collect-only'\n", False),
    ("tests/conftest.py", PLANTED, False),
    ("conftest.py", PLANTED, True),
    ("tests/conftest.py", PLANTED, True),
]


@pytest.mark.parametrize(("name", "text", "outside"), thinned(OBEYED))
def test_what_pytest_would_obey_is_refused(folder, name, text, outside):
    """
    A conftest.py or settings beside the submission: one message, and nothing of it is run.
    """
    proof = folder.parent / "proof"
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text.format(proof=str(proof), name=name))
    place = folder.parent if outside else folder
    named = [f"{folder}/solution.py::forward"] if outside else []

    done = run([str(SCRIPTS / "pytest"), "--submission", f"{folder}/solution.py", *named], place)

    assert not proof.exists()
    assert done.returncode == 4
    assert name in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


STARTS = re.compile(
    r"python[\d.]*\"?(?:\s|\",\s*\")(?!-[A-Za-z]*[IP])-[mc]\b|executable, \"-[mc]\""
)


def test_no_interpreter_of_ours_looks_where_it_is_started():
    """
    Every interpreter that the kit, an export or a workflow starts is told not to.
    """
    files = [*(KIT / "grader").rglob("*.py"), *(KIT / ".github" / "workflows").glob("*.yml")]
    told = (
        "grader/commands/start.py",
        "grader/pytest_plugin.py",
        "grader/export/student.py",
    )  # in words

    found = {
        f"{file.relative_to(KIT)}: {line.strip()}"
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if STARTS.search(line) and not str(file).endswith(told)
    }

    assert found == set()


@pytest.mark.slow
def test_autograder_runs_nothing_of_the_students(folder, tmp_path):
    """
    Classroom 50's program is started in the student's checkout, and imports nothing from it.
    """
    assert run([*WAYS["grader"], "export", "classroom50", "simple_rnn"], folder).returncode == 0
    with zipfile.ZipFile(folder / "simple_rnn-classroom50.zip") as packed:
        packed.extractall(tmp_path / "bundle")
    (folder / "solution.py").write_bytes(solution())
    proof = plant(folder, [*names(), "grader", "pip"])

    done = run(
        [sys.executable, str(tmp_path / "bundle" / "autograder.py")],
        folder,
        **{**ENVIRONMENT, **{n: v for n, v in os.environ.items() if n.startswith("PIP_")}},
        PIP_DRY_RUN="1",
    )

    assert not proof.exists(), proof.read_text()
    assert done.returncode == 0, done.stderr
    assert json.loads((folder / "result.json").read_text())["score"] == 100
