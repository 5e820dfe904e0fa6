"""A case that failed, with what was expected and what came -> what a report shows of it."""

from typing import Any

import numpy as np

from grader.messages.phrases import both
from grader.messages.wording import ended_text, mismatch_text
from grader.model import (
    Array,
    Case,
    Counterexample,
    Expected,
    Mismatch,
    Outcome,
    Problem,
)


def described(
    problem: Problem, case: Case, found: Mismatch | Outcome, outcome: Outcome, expected: Expected
) -> Counterexample:
    """Return the case as a report shows it; found: what is wrong with the outcome."""
    group = problem.group(case.group)
    where = group.positions(case.sizes)
    shapes = {q.name: q.shape_in(case.sizes) for q in group.observes}
    actual: dict[str, Any] = {}
    if outcome.claims is not None:
        for name, part in where.items():
            fault = outcome.claims.faults.get(name)
            value = outcome.claims.values[part].reshape(shapes[name])
            actual[name] = fault.found if fault else plain(value)
    said = both(
        lambda lang: (
            mismatch_text(case, found, lang)
            if isinstance(found, Mismatch)
            else ended_text(case, found, lang)
        )
    )
    return Counterexample(
        group=group.name,
        sizes=dict(case.sizes),
        inputs={n: plain(a) for n, a in case.inputs.items()},
        seed=case.seed,
        expected={n: plain(expected.value[p].reshape(shapes[n])) for n, p in where.items()},
        actual=actual,
        first_difference=_difference(found) if isinstance(found, Mismatch) else None,
        message=said["en"],
        message_zh=said["zh"],
        bounds={n: plain(expected.bound[p].reshape(shapes[n])) for n, p in where.items()},
        shapes={q.name: list(q.shape) for q in group.observes},
        dtypes={n: a.dtype.name for n, a in case.inputs.items()},
        steps={n: dict(words) for n, words in problem.steps.items() if n in case.sizes},
    )


def _difference(found: Mismatch) -> dict[str, Any]:
    """Return where a claim first differs, and how; a type or shape is told in words."""
    of_value = found.kind in ("value", "nonfinite")
    return {
        "quantity": found.quantity,
        "kind": found.kind,
        "index": list(found.index),
        "expected": _number(found.expected) if of_value else None,
        "actual": _number(found.actual) if of_value else found.found,
        "bound": _number(found.bound),
    }


def plain(array: Array) -> Any:
    """Return nested lists of numbers; what is not finite becomes its name, as JSON has none."""
    if array.ndim == 0:
        return _number(array.item())
    return [plain(a) for a in array]


def _number(value: float) -> float | str:
    return value if np.isfinite(value) else str(float(value))
