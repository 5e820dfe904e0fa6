"""The workflows, the kit's own and those for other people's repositories: harmless, and they work."""

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

from tests.formats.test_github import issued
from tests.support import CORPUS, KIT, clean_environment, run_grader, solution

FOLDER = KIT / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.yml"))
BIN = Path(sys.executable).parent
# gh as it is used there: it lists repositories, and clones them from a folder.
GH = """#!/bin/sh
case "$2" in
  list) ls "$REPOSITORIES" ;;
  clone) cp -r "$REPOSITORIES/${3#*/}" "$4" ;;
esac
"""
FORGED = "raise ValueError('\\n::add-mask::x\\n##[add-mask]y')"


def read(name):
    """A workflow; YAML takes the key `on` for the truth value."""
    data = yaml.safe_load((FOLDER / name).read_text("utf-8"))
    return {**data, "on": data[True]}


def step(name, title):
    """What a step of that name runs."""
    (job,) = read(name)["jobs"].values()
    (found,) = [s["run"] for s in job["steps"] if s.get("name") == title]
    return found


def run(script, cwd, **environment):
    """A step as the runner starts it."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=cwd,
        env={**clean_environment(), "PATH": f"{cwd}:{BIN}:{os.environ['PATH']}", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.formats
def test_they_are_as_github_wants_them():
    """
    check-jsonschema finds nothing against GitHub's schema, as SchemaStore has it.
    """
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *FILES]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_they_may_do_little(file):
    """
    Reading only, within a time, with no token left behind, and no text put into a script.
    """
    workflow = read(file.name)

    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in workflow["on"]
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 120
        assert not any("${{" in s.get("run", "") for s in job["steps"])
        (checkout,) = [s for s in job["steps"] if s.get("uses", "").startswith("actions/checkout")]
        assert checkout["with"]["persist-credentials"] is False


def test_those_of_others_do_not_start_in_the_kits_own_repository():
    """
    A push starts only what is about a file that the kit does not have; the class only by hand.
    """
    students, instructors = read("grade.yml")["on"], read("grade-class.yml")["on"]

    assert {tuple(event["paths"]) for event in students.values()} == {("solution.py",)}
    assert not (KIT / "solution.py").exists()
    assert list(instructors) == ["workflow_dispatch"]


def test_no_secret_in_a_students_repository():
    """
    The one for students and the kit's own name none; the one for instructors takes two.
    """
    used = {f.stem: set(re.findall(r"\$\{\{ *secrets\.(\w+)", f.read_text("utf-8"))) for f in FILES}

    assert used.pop("grade-class") == {"CLASS_TOKEN", "GRADER_SEED"}
    assert set(used) == {"grade", "tests"}
    assert not any(used.values())


def test_every_python_that_is_declared_is_tested():
    """
    The matrix has those of pyproject.toml, the lowest versions go with the lowest Python.
    """
    about = tomllib.loads((KIT / "pyproject.toml").read_text("utf-8"))["project"]
    stated = re.findall(r"Python :: (3\.\d+)", "\n".join(about["classifiers"]))
    jobs = read("tests.yml")["jobs"]

    assert jobs["readme"]["strategy"]["matrix"]["python"] == stated
    assert about["requires-python"] == f">={stated[0]}"
    (setup,) = [s["with"] for s in jobs["lowest"]["steps"] if "setup-python" in s.get("uses", "")]
    assert setup["python-version"] == stated[0]


def test_the_kits_own_plays_what_ci_plays():
    """
    Each step is a script of .ci that can be run, and what takes minutes is played before any extra.
    """
    jobs = read("tests.yml")["jobs"]
    apart = ("home", "fit")  # on other systems; for an hour
    elsewhere = [s["run"] for name in apart for s in jobs.pop(name)["steps"] if "run" in s]
    scripts = [s["run"] for job in jobs.values() for s in job["steps"] if "run" in s]
    before = (KIT / ".ci" / "run").read_text("utf-8").partition("pip install")[0].splitlines()

    assert scripts == [".ci/readme", ".ci/lowest"]
    assert elsewhere == [".ci/home", ".ci/fit"]
    assert all(os.access(KIT / script, os.X_OK) for script in (*scripts, *elsewhere))
    assert [line for line in before if line in scripts] == scripts


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "code"), [(solution(), 0), (solution(forward=FORGED), 1)], ids=["right", "hostile"]
)
def test_check_tells_a_student(tmp_path, source, code):
    """
    The step's code is the check's, and what a submission says issues no command.
    """
    (tmp_path / "solution.py").write_bytes(source)

    done = run(step("grade.yml", "Check"), tmp_path, PROBLEM="simple_rnn")

    assert done.returncode == code, done.stderr
    assert "checks are right" in done.stdout
    assert issued(done.stdout + done.stderr) == []


@pytest.mark.slow
@pytest.mark.torch
def test_torch_hand_out_passes_its_own_workflow(tmp_path):
    """
    Every step that runs something, in the job's environment: the kit asks for PyTorch, and checks.
    """
    archive, room = tmp_path / "t.zip", tmp_path / "room"
    assert run_grader("export", "student", "torch_rnn", "--out", archive).returncode == 0
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(room)
    right = min((CORPUS / "torch_rnn" / "accepted").glob("*.py"))
    (room / "solution.py").write_bytes(right.read_bytes())
    (job,) = yaml.safe_load((room / ".github/workflows/grade.yml").read_text())["jobs"].values()
    empty = tmp_path / "empty"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", empty], check=True)
    (packages,) = empty.glob("lib/python*/site-packages")
    (packages / "ours.pth").write_text(sysconfig.get_path("purelib"))  # PyTorch is large
    environment = {**job["env"], "PATH": f"{empty / 'bin'}:{os.environ['PATH']}"}
    assert environment.pop("PIP_EXTRA_INDEX_URL").endswith("/cpu")  # not to be reached from here

    done = [run(s["run"], room, **environment) for s in job["steps"] if "run" in s]

    assert [process.returncode for process in done] == [0, 0], [p.stderr for p in done]
    (about,) = packages.glob("rnn_judge-*/METADATA")
    assert re.search("^Requires-Dist: torch", about.read_text("utf-8"), re.MULTILINE)
    assert "checks are right" in done[-1].stdout


@pytest.mark.parametrize(("problem", "extras"), [("simple_rnn", ""), ("torch_rnn", ",torch")])
def test_class_gets_what_its_problem_imports(tmp_path, problem, extras):
    """
    PyTorch is installed for the problem that has it, and IPython for notebooks.
    """
    (tmp_path / "python").write_text('#!/bin/sh\necho "$@"')
    (tmp_path / "python").chmod(0o755)
    (tmp_path / "problem").symlink_to(KIT / "problem")

    done = run(step("grade-class.yml", "Install the kit"), tmp_path, PROBLEM=problem)

    assert done.stdout.split()[-2:] == ["-e", f".[notebook{extras}]"], done.stderr


@pytest.mark.slow
def test_class_is_cloned_and_graded(tmp_path):
    """
    Repositories of that prefix are cloned and graded; table, JUnit and grades are left.
    """
    wrong = (CORPUS / "simple_rnn/wrong_answer/init_scale_0_1.py").read_bytes()
    handed_in = {"rnn-alice": solution(), "rnn-bob": wrong, "other": b""}
    for name, source in handed_in.items():
        folder = tmp_path / "repositories" / name
        folder.mkdir(parents=True)
        (folder / "solution.py").write_bytes(source)
    (tmp_path / "gh").write_text(GH)
    (tmp_path / "gh").chmod(0o755)
    environment = {
        "RUNNER_TEMP": str(tmp_path),
        "REPOSITORIES": str(tmp_path / "repositories"),
        "ORGANISATION": "school",
        "PREFIX": "rnn-",
        "PROBLEM": "simple_rnn",
    }

    cloned = run(step("grade-class.yml", "Clone"), tmp_path, **environment)
    graded = run(step("grade-class.yml", "Grade"), tmp_path, **environment, GRADER_SEED="7")

    assert cloned.returncode == 0, cloned.stderr
    assert graded.returncode == 0, graded.stdout + graded.stderr
    assert "2 of 2 submissions judged: 1 AC, 1 WA" in graded.stdout
    assert (tmp_path / "results.xml").read_text().count("<testsuite ") == 2
    assert "rnn-alice" in (tmp_path / "grades.csv").read_text()
