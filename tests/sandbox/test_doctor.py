"""
`grader doctor`: what it says is proved by trying, with single layers and where layers are missing.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import SandboxError
from grader.problems.load import PROBLEMS, load_problem, problem_ids
from grader.sandbox import layers, policy
from grader.sandbox.doctor import examine as doctor
from grader.sandbox.doctor import isolation, machine, screen
from tests.support import refused_layers, run_grader

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="layers are Linux's")
REFERENCES = [str(machine.reference_of(PROBLEMS, "simple_rnn"))]


@pytest.fixture(scope="module")
def found():
    return isolation.examine(load_problem("simple_rnn"), REFERENCES)


def without(monkeypatch, maker):
    """What is found where the kernel gives no Landlock ruleset, or no filter can be made."""

    def missing(*_, **__):
        raise SandboxError("taken away")

    monkeypatch.setattr(policy, maker, missing)
    return isolation.examine(load_problem("simple_rnn"), REFERENCES)


def test_every_layer_is_tried_and_described():
    """
    No layer is without an attempt that it must stop, and words for what it stops.
    """
    names = [name for name, _ in layers.LAYERS]

    assert list(isolation.ABOUT) == names
    assert list(isolation._attempts()) == names
    assert all(isolation._attempts().values())


def test_each_layer_alone_refuses_what_it_should(found):
    """
    Every attempt succeeds without the layer and fails with it, or proves nothing and says so.
    """
    assert [layer.through for layer in found.layers] == [()] * len(found.layers)
    assert {layer.name for layer in found.layers if layer.missing} == refused_layers()
    unproved = {layer.name for layer in found.layers if not layer.refused}
    assert unproved <= {"privileges", *refused_layers()}


def test_nothing_gets_through_all_layers(found):
    """
    With everything on, every attempt fails, reading the reference among them.
    """
    assert found.fit
    assert found.through == ()
    assert found.reference_hidden is True


def test_reference_is_readable_where_nothing_hides_it(found):
    """
    The proof is not empty: with no layer the same worker reads the reference.
    """
    landlock = next(layer for layer in found.layers if layer.name == "landlock")

    assert "read_reference" in landlock.refused


@pytest.mark.slow
def test_without_landlock_the_filter_hides_files(monkeypatch):
    """
    A machine without Landlock is fit, since seccomp then opens no file; the layer is reported.
    """
    found = without(monkeypatch, "landlock_ruleset")

    missing = {layer.name for layer in found.layers if layer.missing}
    assert missing == {"landlock", *refused_layers()}
    assert found.fit
    assert found.reference_hidden is True


@pytest.mark.slow
def test_without_seccomp_the_machine_is_for_trusted_code(monkeypatch):
    """
    Landlock alone leaves sockets and times of files: trusted code only, and it says which.
    """
    found = without(monkeypatch, "seccomp_program")

    assert not found.fit
    assert {"datagram", "memory_file", "unknown_call"} <= set(found.through)
    assert found.reference_hidden is True


@pytest.mark.slow
def test_intruder_that_dies_is_no_proof(monkeypatch, tmp_path):
    """
    Where the intruder says nothing the machine is not fit.
    """
    broken = tmp_path / "intruder.py"
    broken.write_text("ATTEMPTS = {}\nraise SystemExit\n")
    monkeypatch.setattr(isolation, "INTRUDER", broken)

    found = isolation.examine(load_problem("simple_rnn"), REFERENCES)

    assert not found.fit
    assert found.error


@pytest.mark.parametrize(("columns", "most"), [(60, 60), (100, 45)])
def test_screen_is_one_screen(found, columns, most):
    """
    The text fits into the columns, and onto a screen, is whole, and ends with what the machine is fit for.
    """
    settings = machine.settings(dict(found.facts))
    lines = screen.as_text(found, settings, {}, columns).splitlines()

    assert len(lines) <= most
    assert max(map(len, lines)) <= columns
    assert all(stops in " ".join(" ".join(lines).split()) for stops, _ in isolation.ABOUT.values())
    assert lines[-1] == "This machine is fit for untrusted code."


@pytest.mark.slow
def test_missing_layer_is_shown_with_what_it_stops_and_how_to_get_it(monkeypatch):
    """
    A layer that is not there has its reason, its worth and its remedy on the screen.
    """
    found = without(monkeypatch, "seccomp_program")
    text = screen.as_text(found, {}, {})

    assert "taken away" in text
    assert "libseccomp2" in text
    assert text.endswith("TRUSTED CODE ONLY.")


def test_settings_name_what_changes_numbers(found):
    """
    Versions, BLAS, threads and the worker's own view of subnormal numbers are told.
    """
    settings = machine.settings(dict(found.facts))

    assert settings["BLAS threads in a worker"] == "1"
    assert settings["subnormal numbers"] == "kept"
    assert {"Python", "NumPy", "Hypothesis", "BLAS", "long double"} <= settings.keys()


def test_incomplete_kit_is_told_file_by_file(tmp_path):
    """
    A problem that lacks files has them listed, its reference included.
    """
    (tmp_path / "problem" / "p").mkdir(parents=True)
    (tmp_path / "problem" / "p" / "problem.yaml").write_text("")

    lacking = machine.incomplete(tmp_path / "problem", ["p"])

    assert "reference/p.py" in lacking["p"]
    assert "problem/p/driver.py" in lacking["p"]
    assert "problem/p/problem.yaml" not in lacking["p"]


def test_kit_without_any_problem_is_told(tmp_path):
    """
    There is nothing to try the machine with: one line, code 2.
    """
    done = run_grader("doctor", env={"GRADER_PROBLEMS": str(tmp_path)})

    assert (done.returncode, done.stdout) == (2, b"")
    assert b"grader: there is no problem to try this machine with in" in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.slow
def test_command_prints_json_and_its_code():
    """
    `grader doctor --format json` prints one object and exits with 0 on a machine that is fit.
    """
    ran = subprocess.run(
        [sys.executable, "-m", "grader", "doctor", "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[2],
    )
    data = json.loads(ran.stdout)

    assert ran.returncode == doctor.FIT
    assert data["fit_for"] == "untrusted code"
    assert [layer["name"] for layer in data["layers"]] == list(isolation.ABOUT)


def test_all_references_are_tried():
    """
    Every problem's reference is among those that a worker tries to read.
    """
    assert problem_ids()
    assert all(machine.reference_of(PROBLEMS, n).is_file() for n in problem_ids())
