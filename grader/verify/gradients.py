"""The reference against numbers that do not come from it.

Gradients: `reference/losses/<id>.py` holds the loss, written from the statement's formulas, and
says which gradients a test group's observations claim. Here the loss is differentiated by central
differences, in extended precision where there is any, and compared. Nothing here knows a problem.

Independent implementation: `tests/independent/<id>.py`, where it exists and what it imports is
installed, is a solution that shares nothing with the reference (PyTorch's autograd, say). The
driver plays the whole suite on it, and it must agree as a correct submission does.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from grader import oracle
from grader.errors import ProblemError
from grader.judge import Judge
from grader.model import Array, Case, Problem
from grader.verify.findings import Check, Finding, error, warning

Arrays = Mapping[str, Array]
Loss = Callable[[Arrays], Any]

EPSILON = float(np.finfo(np.longdouble).eps)
STEP = EPSILON ** (1 / 3)  # where truncation and rounding of a central difference balance
TOLERANCE = 1e4 * STEP**2  # of the largest gradient
ROUNDINGS = 1e3  # of the loss itself, divided by the step
MOST_NUMBERS, CASES = 250, 10  # each number costs two evaluations of the loss
HARDLY_ANY = 0.01  # of the bound, as for every correct solution


def check_gradients(problem: Problem, bench: Judge) -> Check:
    """That the gradients the reference claims are those of the loss."""
    kit = problem.root.parent.parent
    path = kit / "reference" / "losses" / f"{problem.id}.py"
    if not path.is_file():
        text = f"reference/losses/{problem.id}.py is missing: gradients are not checked"
        updates = any(q.update_of for g in problem.groups for q in g.observes)
        return Check("gradients", "not checked", ((error if updates else warning)(text),))
    findings: list[Finding] = []
    worst, compared = 0.0, 0
    for group, (loss, claimed) in oracle.load_module(path).GRADIENTS.items():
        for case in _chosen([c for c in bench.suite.cases if c.group == group]):
            for name, off in _errors(problem, case, loss, claimed).items():
                compared += 1
                worst = max(worst, off)
                if not off <= 1:
                    findings.append(error(_off(case, name, off)))
    if not compared:
        findings.append(error(f"reference/losses/{problem.id}.py: no gradient could be compared"))
    summary = f"{compared} gradients equal central differences; worst {worst:.1g} of the tolerance"
    figures = {"compared": compared, "worst": worst, "tolerance": TOLERANCE}
    return Check("gradients", summary, tuple(findings), figures)


def _off(case: Case, name: str, off: float) -> str:
    sizes = ", ".join(f"{n}={size}" for n, size in case.sizes.items())
    return f"{case.group}: d{name} is not the loss's derivative, {off:.2g} tolerances off ({sizes})"


def _chosen(cases: list[Case]) -> list[Case]:
    """Return some cases small enough to differentiate, of every regime in turn, largest first."""
    small = [c for c in cases if _numbers(c) <= MOST_NUMBERS]
    rank: dict[str, int] = {}
    ranked = []
    for case in sorted(small, key=_numbers, reverse=True):
        rank[case.regime] = rank.get(case.regime, 0) + 1
        ranked.append((rank[case.regime], case))
    return [case for _, case in sorted(ranked, key=lambda r: r[0])][:CASES]


def _numbers(case: Case) -> int:
    return sum(a.size for a in case.inputs.values())


def _errors(
    problem: Problem,
    case: Case,
    loss: Loss,
    claimed: Callable[[Arrays, Arrays], Mapping[str, Array]],
) -> dict[str, float]:
    """Return each gradient's largest error by name, in units of what is tolerated."""
    wide = {
        n: a.astype(np.longdouble) if a.dtype.kind == "f" else a for n, a in case.inputs.items()
    }
    seen = oracle.play(problem, oracle.reference(problem), replace(case, inputs=wide))
    gradients = claimed(wide, seen)
    largest = max(float(np.max(np.abs(g), initial=0.0)) for g in gradients.values())
    tolerance = TOLERANCE * largest + ROUNDINGS * EPSILON / STEP * abs(float(loss(wide)))
    return {
        name: float(np.max(ratio(np.abs(derivative(loss, wide, name) - gradient), tolerance)))
        for name, gradient in gradients.items()
    }


def derivative(loss: Loss, inputs: Arrays, name: str) -> Array:
    """Return dloss/dinputs[name] by central differences, one number after the other."""
    found = np.zeros_like(inputs[name])
    for at in np.ndindex(found.shape):
        ends = []
        step = STEP * max(1.0, abs(float(inputs[name][at])))
        for sign in (1, -1):
            moved = inputs[name].copy()
            moved[at] += sign * step
            ends.append((loss({**inputs, name: moved}), moved[at]))
        (high, above), (low, below) = ends
        found[at] = (high - low) / (above - below)  # the step as it was really taken
    return found


def check_independent(problem: Problem, bench: Judge) -> Check:
    """That an implementation which shares nothing with the reference gives its numbers."""
    name = "independent"
    path = problem.root.parent.parent / "tests" / "independent" / f"{problem.id}.py"
    if not path.is_file():
        return Check(name, "there is no independent implementation")
    try:
        solution = oracle.load_module(path)
    except ProblemError as failure:
        if isinstance(failure.__cause__, ModuleNotFoundError):
            return Check(name, f"not compared: {failure.__cause__.name} is not installed")
        return Check(name, "cannot be imported", (error(str(failure)),))
    worst = 0.0
    suite = bench.suite
    for case, expected in zip(suite.cases, suite.expected, strict=True):
        seen = oracle.play(problem, solution, case)
        values = np.concatenate([seen[q.name].ravel() for q in problem.group(case.group).observes])
        off = np.abs(values.astype(np.float64) - expected.value)
        worst = max(worst, float(np.max(ratio(off, expected.bound))))
    findings: tuple[Finding, ...] = ()
    if not worst <= HARDLY_ANY:
        text = f"tests/independent/{path.name} differs from the reference by {worst:.2g} bounds"
        findings = (error(text) if not worst <= 1 else warning(text),)
    summary = f"{len(suite.cases)} cases agree; worst {worst:.2g} of the bound"
    return Check(name, summary, findings, {"worst": worst})


def ratio(error_: Array, bound: Array | float) -> Array:
    """Return error / bound, infinite where the error is not a number, 0 where both are 0."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        parts = np.where(error_ == 0, 0.0, error_ / bound)
    return np.where(np.isnan(parts), np.inf, parts)
