"""Misconceptions by test groups: which group kills which, and whether they can be told apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from grader import compare
from grader.errors import ProblemError
from grader.judge.judge import Judge
from grader.model import Array, Case, FloatArray, Misconception, Problem, Suite
from grader.oracle import load, trusted
from grader.oracle.wrong import default_value, wrong_solution
from grader.setting.verify.findings import Check, Finding, error
from grader.setting.verify.proofs import ratio

# Bounds which the largest error of a wrong solution must reach in some group; in float32 a bound is
# a larger part of the size of a result.
LEAST_OFF = {"float64": 100.0, "float32": 10.0}
Rows = Mapping[str, Mapping[str, float]]  # id -> group -> largest error over bound


@dataclass(frozen=True, slots=True)
class _Played:
    """A misconception's numbers in all cases in turn, and its largest error by group."""

    values: FloatArray
    uncounted: tuple[str, ...]
    worst: dict[str, float]


def check_matrix(problem: Problem, bench: Judge) -> tuple[Check, Rows]:
    """That every misconception is killed, and differs from every other; and its row by group."""
    known = load.misconceptions(problem)
    if not known:
        return Check("misconceptions", "none are named"), {}
    findings: list[Finding] = []
    played: dict[str, _Played] = {}
    for mistake in known:
        if mistake.id in played:
            findings.append(error(f"two misconceptions have the id {mistake.id}"))
        played[mistake.id] = _play(problem, bench.suite, mistake)
        largest = max(played[mistake.id].worst.values())
        if not largest > 1:
            findings.append(error(f"the misconception {mistake.id} survives: no case shows it"))
        elif near := too_near(problem, played[mistake.id].worst):
            findings.append(error(f"the misconception {mistake.id} {near}"))
    bounds = np.concatenate([e.bound for e in bench.suite.expected])
    for (first, a), (second, b) in combinations(played.items(), 2):
        if a.uncounted == b.uncounted and _same(a.values, b.values, bounds):
            findings.append(error(f"no case tells the misconceptions {first} and {second} apart"))
    rows = {i: p.worst for i, p in played.items()}
    closest = min(rows, key=lambda i: max(rows[i].values()))
    margin = max(rows[closest].values())
    summary = f"{len(known)} misconceptions killed and told apart; closest {closest}, {margin:.2g}"
    figures = {"killed_by": {i: _killers(row) for i, row in rows.items()}, "closest": margin}
    table = [("misconception", *(g.name for g in problem.groups))]
    table += [(i, *(_mark(row[g.name]) for g in problem.groups)) for i, row in rows.items()]
    return Check("misconceptions", summary, tuple(findings), figures, tuple(table)), rows


def too_near(problem: Problem, worst: Mapping[str, float]) -> str:
    """Return in words that a wrong solution is hardly off, if it is; worst: in bounds, by group."""
    precisions = {g.name: {q.precision for q in g.observes} for g in problem.groups}
    wanted = {name: min(LEAST_OFF[p] for p in used) for name, used in precisions.items() if used}
    if any(worst[name] >= least for name, least in wanted.items()):
        return ""
    most = max(worst, key=worst.__getitem__)
    return f"is only {worst[most]:.3g} bounds off at most, it should be {wanted[most]:g} in {most}"


def check_groups(problem: Problem, rows: Rows) -> Check:
    """That every group kills something by itself: no other group is reported as wrong.

    A group is reported only if those that it requires are right. rows: of all misconceptions
    and wrong submissions that are known.
    """
    findings: list[Finding] = []
    counts: dict[str, dict[str, int]] = {}
    for group in problem.groups:
        kills = [row for row in rows.values() if group.name in _killers(row)]
        alone = [row for row in kills if _reported(problem, row) == [group.name]]
        unnoticed = [row for row in kills if len(_killers(row)) == 1]
        counts[group.name] = {
            "kills": len(kills),
            "alone": len(alone),
            "unnoticed_by_others": len(unnoticed),
        }
        if rows and not alone:
            text = f"the group {group.name} kills nothing by itself"
            why = "what it finds is reported for another group too; " if kills else ""
            advice = "let another play less, or add a wrong submission that loses no other group"
            findings.append(error(f"{text}: {why}{advice}"))
    heading = ("group", "kills", "reported alone", "noticed by no other")
    table = [heading, *((n, *map(str, c.values())) for n, c in counts.items())]
    return Check(
        "groups",
        f"every group kills something by itself, of {len(rows)} wrong solutions",
        tuple(findings),
        counts,
        tuple(table),
    )


def _play(problem: Problem, suite: Suite, mistake: Misconception) -> _Played:
    wrong = wrong_solution(problem, (mistake, default_value(mistake)))
    values: list[FloatArray] = []
    words: list[str] = []
    worst = {g.name: 0.0 for g in problem.groups}
    for case, expected in zip(suite.cases, suite.expected, strict=True):
        found, uncounted = _values(problem, wrong, case)
        errors = ratio(np.abs(found - expected.value), expected.bound)
        worst[case.group] = max(worst[case.group], float(np.max(errors, initial=0.0)))
        values.append(found)
        words += uncounted
    return _Played(np.concatenate(values), tuple(words), worst)


def _values(
    problem: Problem,
    solution: Any,  # noqa: ANN401  # a module
    case: Case,
) -> tuple[FloatArray, list[str]]:
    """Return what the solution gives, flattened, and what of it does not count, in words.

    NaN stands for what does not count, or is missing because the solution raises.
    """
    group = problem.group(case.group)
    try:
        seen: Mapping[str, Array] = trusted.play(problem, solution, case)
    except ProblemError:
        raise
    except Exception:  # noqa: BLE001  # a wrong solution may raise anything
        seen = {}
    parts, words = [], []
    for q in group.observes:
        shape = q.shape_in(case.sizes)
        value = seen.get(q.name)
        fault = "missing" if value is None else trusted.uncounted(value, shape)
        fits = value is not None and not fault and value.dtype.kind in "iuf"
        parts.append(np.asarray(value, float).ravel() if fits else np.full(shape, np.nan).ravel())
        words.append(fault)
    return np.concatenate(parts), words


def _same(first: FloatArray, second: FloatArray, bounds: FloatArray) -> bool:
    return bool(
        np.all(
            compare.right(first, second, bounds)
            | (first == second)
            | (np.isnan(first) & np.isnan(second))
        )
    )


def _reported(problem: Problem, row: Mapping[str, float]) -> list[str]:
    """Return the groups that a report calls wrong, which are judged if their needs are right."""
    right: set[str] = set()
    wrong = []
    for group in problem.groups:
        if not set(group.requires) <= right:
            continue
        if group.name in _killers(row):
            wrong.append(group.name)
        else:
            right.add(group.name)
    return wrong


def _killers(row: Mapping[str, float]) -> list[str]:
    return [name for name, worst in row.items() if not worst <= 1]


def _mark(worst: float) -> str:
    return "." if worst <= 1 else "x"
