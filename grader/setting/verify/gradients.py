"""The gradients that the reference claims against differences of the loss.

`GRADIENTS` of `reference/losses/<id>.py` has the loss of a test group, written from the statement's
formulas, and says which gradients the group's observations claim. Here the loss is differentiated
by central differences, in extended precision where there is any, and compared. Nothing here knows
a problem.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from grader.model import Array, Case, Problem, Suite
from grader.oracle import trusted
from grader.setting.verify.findings import Check, Observed, error
from grader.setting.verify.proofs import declared, noticed, ratio

Arrays = Mapping[str, Array]
Loss = Callable[[Arrays], Any]
Claimed = Callable[[Arrays, Arrays], Mapping[str, Array]]

EPSILON = float(np.finfo(np.longdouble).eps)
STEP = EPSILON ** (1 / 3)  # where truncation and rounding of a central difference balance
TOLERANCE = 1e4 * STEP**2  # of the largest gradient
ULPS = 4  # of its own precision, as which an observed value is exact
ROUNDINGS = 1e3  # of the loss itself, divided by the step
MOST_NUMBERS, CASES = 250, 10  # each number costs two evaluations of the loss


def check_gradients(suite: Suite) -> Check:
    """That the gradients the reference claims are those of the loss."""
    compared: dict[str, list[tuple[float, Case]]] = {}
    proves: set[Observed] = set()
    for group, (loss, claimed) in declared(suite.problem, "GRADIENTS").items():
        for number, case in _chosen(suite, group):
            seen, errors_of = _differentiated(suite.problem, case, loss, claimed)
            for name, off in errors_of(seen).items():
                compared.setdefault(f"{group}: d{name}", []).append((off, case))
            proves |= noticed(suite, number, seen, errors_of, proves)
    findings = [
        error(_off(suite.problem, name, errors))
        for name, errors in compared.items()
        if not _worst(errors)[0] <= 1
    ]
    worst = max((_worst(errors)[0] for errors in compared.values()), default=0.0)
    count = sum(map(len, compared.values()))
    summary = f"{count} gradients equal central differences; worst {worst:.1g} of the tolerance"
    figures = {"compared": count, "worst": worst, "tolerance": TOLERANCE}
    return Check("gradients", summary, tuple(findings), figures, proves=frozenset(proves))


def _worst(errors: list[tuple[float, Case]]) -> tuple[float, Case]:
    return max(errors, key=lambda e: np.nan_to_num(e[0], nan=np.inf))


def _off(problem: Problem, name: str, errors: list[tuple[float, Case]]) -> str:
    off, case = _worst(errors)
    wrong = sum(not e <= 1 for e, _ in errors)
    sizes = ", ".join(f"{n}={size}" for n, size in case.sizes.items())
    where = f"in {wrong} of {len(errors)} cases, up to {off:.2g} tolerances off ({sizes})"
    advice = f"mend reference/{problem.id}.py, or reference/losses/{problem.id}.py"
    return f"{name} is not the loss's derivative {where}: {advice}"


def _chosen(suite: Suite, group: str) -> list[tuple[int, Case]]:
    """Return some cases small enough to differentiate, of every regime in turn, largest first."""
    cases = [(n, c) for n, c in enumerate(suite.cases) if c.group == group]
    small = [(n, c) for n, c in cases if _numbers(c) <= MOST_NUMBERS]
    rank: dict[str, int] = {}
    ranked = []
    for number, case in sorted(small, key=lambda c: _numbers(c[1]), reverse=True):
        rank[case.regime] = rank.get(case.regime, 0) + 1
        ranked.append((rank[case.regime], (number, case)))
    return [case for _, case in sorted(ranked, key=lambda r: r[0])][:CASES]


def _numbers(case: Case) -> int:
    return sum(a.size for a in case.inputs.values())


def _differentiated(
    problem: Problem, case: Case, loss: Loss, claimed: Claimed
) -> tuple[Arrays, Callable[[Arrays], dict[str, float]]]:
    """Return what the reference gives, and a function from such to the errors of its gradients.

    An error is the largest of a gradient, in units of what is tolerated.
    """
    wide = {
        n: a.astype(np.longdouble) if a.dtype.kind == "f" else a for n, a in case.inputs.items()
    }
    seen = trusted.observed(problem, case, replace(case, inputs=wide))
    gradients = claimed(wide, seen)
    largest = max(float(np.max(np.abs(g), initial=0.0)) for g in gradients.values())
    tolerance = TOLERANCE * largest + ROUNDINGS * EPSILON / STEP * abs(float(loss(wide)))
    derivatives = {name: derivative(loss, wide, name) for name in gradients}
    nudged = claimed(wide, {name: _nudged(np.asarray(a)) for name, a in seen.items()})
    allowed = {  # and what the rounding of a weight hides of a small update
        name: tolerance + float(np.max(np.abs(nudged[name] - g), initial=0.0))
        for name, g in gradients.items()
    }

    def errors_of(seen: Arrays) -> dict[str, float]:
        return {
            name: float(np.max(ratio(np.abs(derivatives[name] - gradient), allowed[name])))
            for name, gradient in claimed(wide, seen).items()
        }

    return seen, errors_of


def _nudged(value: Array) -> Array:
    kind = value.dtype if value.dtype.kind == "f" else np.longdouble
    return np.asarray(value * (1 + np.asarray(ULPS * np.finfo(kind).eps, kind)))


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
