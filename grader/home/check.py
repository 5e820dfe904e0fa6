"""What a student can find out at home: samples and self-consistency, with no reference.

A sample is a published case with its answer. A self-check needs no answer: the driver observes
pairs of quantities that should agree, such as what backward subtracts and the differences of the
submission's own loss. Cases grow in size, so the first that fails is a small one; at the end are
two whose sizes all differ.
"""

import itertools
from collections.abc import Sequence

import numpy as np

from grader import compare
from grader.cases import generate, samples
from grader.messages.wording import ended_text, mismatch_text, sizes_text, start_text
from grader.model import (
    Array,
    Case,
    Expected,
    Finding,
    FloatArray,
    Group,
    Mismatch,
    Outcome,
    Problem,
    Quantity,
)
from grader.oracle import oracle
from grader.problems.uses import READABLE
from grader.sandbox.base import Host
from grader.sandbox.run import play_all

SEED, LARGEST, MOST, UNEQUAL = 0, 3, 48, 2
CANCELLED = 1e-3  # of the largest number observed: the least scale, where terms cancel to zero


def check(problem: Problem, sandbox: Host, source: bytes) -> tuple[str, list[Finding]]:
    """Return why the submission cannot be started (or ''), and what every check found."""
    published = [
        samples.parse(problem, file.read_text(encoding="utf-8"))
        for file in sorted((problem.root / "samples").glob("*.json"))
    ]
    own = [
        case
        for group in problem.self_checks
        for case in itertools.chain(
            generate.growing_cases(problem, group, READABLE, SEED, largest=LARGEST, most=MOST),
            generate.unequal_cases(problem, group, READABLE, SEED, smallest=UNEQUAL),
        )
    ]
    run = play_all(sandbox, source, [*(case for case, _ in published), *own])
    if run.start is not None:
        return start_text(run), []
    outcomes = [run.outcomes.get(n) for n in range(len(published) + len(own))]
    findings = []
    for group in problem.groups:
        seen = [
            (case, outcome, _sample_flaw(problem, case, values, outcome))
            for (case, values), outcome in zip(published, outcomes, strict=False)
            if case.group == group.name
        ]
        findings.append(_finding(group, f"samples: {group.title['en']}", seen))
    for group in problem.self_checks:
        played = zip(own, outcomes[len(published) :], strict=True)
        pairs = [(c, o, _pair_flaw(group, c, o)) for c, o in played if c.group == group.name]
        findings.append(_finding(group, group.title["en"], pairs))
    return "", findings


def _finding(group: Group, title: str, seen: Sequence[tuple[Case, Outcome | None, str]]) -> Finding:
    """Return the finding; a case without an outcome was given up after one that failed."""
    flaws = [flaw for _, outcome, flaw in seen if outcome is not None and flaw]
    right = sum(1 for _, outcome, flaw in seen if outcome is not None and not flaw)
    message = flaws[0] if flaws else ""
    if not message and right < len(seen):
        message = "not tried, because something that it needs failed"
    return Finding(group.name, title, right, len(seen), message)


def _sample_flaw(
    problem: Problem, case: Case, values: dict[str, Array], outcome: Outcome | None
) -> str:
    """Return what is wrong with the claims on a sample, in words, or nothing."""
    if outcome is None or outcome.claims is None:
        return ended_text(case, outcome) if outcome else ""
    group = problem.group(case.group)
    scales = [_scale(q, case, values[q.name]) for q in group.observes]
    within = [oracle.LIMIT[q.precision] for q in group.observes]
    sizes = [values[q.name].size for q in group.observes]
    scale = np.repeat(scales, sizes)
    value = np.concatenate([values[q.name].ravel() for q in group.observes])
    expected = Expected(value, np.repeat(within, sizes) * scale, scale)
    found = compare.first_mismatch(group, case, expected, outcome.claims)
    return mismatch_text(case, found) if found else ""


def _scale(q: Quantity, case: Case, value: Array) -> float:
    """Return the natural scale of a published quantity, for a weight that of its update."""
    if q.update_of is None:
        return float(np.max(np.abs(value), initial=1e-300))
    weight = case.inputs[q.update_of]
    change = np.abs(value - oracle.loaded_before(value, weight))
    least = oracle.OF_WEIGHT[q.precision] * np.max(np.abs(weight))
    return float(max(np.max(change), least, 1e-300))


def _pair_flaw(group: Group, case: Case, outcome: Outcome | None) -> str:
    """Return which pair does not agree, and where, in words; nothing if all do."""
    if outcome is None or outcome.claims is None:
        return ended_text(case, outcome) if outcome else ""
    claims, where = outcome.claims, oracle.positions(group, case)
    for q in group.observes:
        if q.name in claims.faults:
            fault = claims.faults[q.name]
            shape = q.shape_in(case.sizes)
            return mismatch_text(case, Mismatch(q.name, fault.kind, shape, fault.found))
    for q in group.observes:
        if q.agrees_with is not None:
            text = _disagreement(q, case, claims.values, where)
            if text:
                return text
    return ""


def _disagreement(q: Quantity, case: Case, values: FloatArray, where: dict[str, slice]) -> str:
    other_name = q.agrees_with or ""
    one, other = values[where[q.name]], values[where[other_name]]
    finite = np.abs(values[np.isfinite(values)])
    largest = max(
        np.max(np.abs(one), initial=0),
        np.max(np.abs(other), initial=0),
        CANCELLED * np.max(finite, initial=0),
    )
    with np.errstate(invalid="ignore"):
        wrong = ~(np.abs(one - other) <= q.within * largest)
    if not wrong.any():
        return ""
    first = int(np.argmax(wrong))
    index = ", ".join(str(int(i)) for i in np.unravel_index(first, q.shape_in(case.sizes)))
    place = f"[{index}]" if index else ""
    return (
        f"{q.name}{place} is {one[first]:.6g}, {other_name}{place} is {other[first]:.6g} "
        f"({sizes_text(case)})"
    )
