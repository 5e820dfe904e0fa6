"""torch_rnn where PyTorch is installed: the sandbox lets it work, bounds and gradients hold."""

import subprocess
import sys

import numpy as np
import pytest

from grader.cases import generate
from grader.model import Verdict
from grader.oracle import load, trusted
from grader.problems.load import load_problem
from grader.sandbox import packages
from grader.sandbox.host import Sandbox
from tests import support

pytestmark = pytest.mark.torch

PROBLEM = load_problem("torch_rnn")
CORPUS = support.CORPUS / "torch_rnn"


@pytest.fixture(scope="module")
def judge(judges):
    return judges("torch_rnn")


@pytest.fixture(scope="module")
def printed():
    with Sandbox(PROBLEM, weak=True) as sandbox:
        yield lambda code: support.printed_by(sandbox, f"import os, torch\n{code}")


def test_reference_is_accepted(judge):
    """
    The reference gets every point from a judge that plays it in the sandbox.
    """
    source = (support.KIT / "reference" / "torch_rnn.py").read_bytes()

    report = judge.judge(source, "reference.py", search=False)

    assert (report.verdict, report.score) == (Verdict.AC, 100), report


@pytest.mark.parametrize("name", ["parameters", "forward", "gradients", "sgd", "conduct"])
def test_bounds_follow_the_precision(judge, name):
    """
    What is computed in float32 has a bound of its own, neither blind nor too tight to keep.
    """
    group = PROBLEM.group(name)
    cases = [(c, e) for c, e in zip(judge.suite.cases, judge.suite.expected, strict=True)]

    for case, expected in ((c, e) for c, e in cases if c.group == name and c.regime == "plain"):
        where = group.positions(case.sizes)
        for q in group.observes:
            part = where[q.name]
            relative = np.max(expected.bound[part]) / max(np.max(expected.scale[part]), 1e-300)
            low, high = (1e-5, 1e-1) if q.precision == "float32" else (1e-13, 1e-6)
            assert not expected.scale[part].any() or low < relative < high, (q.name, relative)


def test_gradients_equal_differences():
    """
    The gradients that the reference claims are those of the loss, by central differences.
    """
    group = PROBLEM.group("float64")
    sizes = {"T": 4, "B": 2, "I": 3, "H": 3, "O": 2}
    case = generate.make_case(PROBLEM, group, "plain", sizes, seed=0, fill=(1, 2, 3))
    seen = trusted.play(PROBLEM, load.reference(PROBLEM), case)
    a = case.inputs

    def loss(arrays):
        h, total = np.zeros((2, 3)), 0.0
        for x_t, d_t in zip(arrays["x"], a["d_outputs"], strict=True):
            h = np.tanh(h @ arrays["W_hh"] + x_t @ arrays["W_xh"] + arrays["b_h"])
            total += np.sum((h @ arrays["W_hy"] + arrays["b_y"]) * d_t)
        return total + np.sum(h * a["d_h"])

    for name in ("W_hh", "W_xh", "W_hy", "b_h", "b_y", "x"):
        for index in np.ndindex(a[name].shape):
            ends = []
            for step in (1e-6, -1e-6):
                moved = {**a, name: a[name].copy()}
                moved[name][index] += step
                ends.append(loss(moved))
            assert (ends[0] - ends[1]) / 2e-6 == pytest.approx(
                seen[f"d_{name}"][index], rel=1e-6, abs=1e-7
            )


@pytest.mark.slow
def test_optimizers_can_be_used(printed):
    """
    An optimizer imports half of PyTorch when it is made; nothing of that needs what is forbidden.
    """
    code = "w = torch.nn.Parameter(torch.ones(1)); w.sum().backward()\n"
    code += "torch.optim.SGD([w], lr=0.5).step(); print(w.item())"

    assert printed(code) == "0.5\n"


def test_threads_asked_for_are_not_started(printed):
    """
    Asking PyTorch for more threads changes nothing, and does not end the process.
    """
    code = "torch.set_num_threads(4); a = torch.ones(600, 600); print((a @ a)[0, 0].item())"

    assert printed(code) == "600.0\n"


def test_processor_binding_stays_refused(printed):
    """
    PyTorch gets no system call that the other problems do not have.
    """
    code = "try:\n    os.sched_setaffinity(0, {0})\nexcept PermissionError:\n    print('refused')"

    assert printed(code) == "refused\n"


def test_draws_are_the_same_inside_and_outside(printed):
    """
    The worker's PyTorch knows the processor as the judge's does, so that it draws the same bits.
    """
    code = "torch.manual_seed(5); print(torch.randn(40).double().sum().item())"
    command = [sys.executable, "-c", f"import torch; {code}"]

    outside = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert printed(code) == outside


def test_closure_holds_what_torch_requires():
    """
    Its requirements' requirements are allowed too, and nothing that happens to lie beside them.
    """
    found = packages.places(["torch"])

    assert {"torch", "torchgen", "typing_extensions", "sympy", "mpmath", "jinja2"} <= found.keys()
    assert not {"hypothesis", "pytest", "yaml", "landlockpy"} & found.keys()
