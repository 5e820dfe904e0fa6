"""Answers that cost nothing or little: none of them may pass as a solution.

They are made from the problem itself: constants, what was given, the last call's answer, the
published samples by heart, a solution in lower precision or one that sees a part of each axis.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.cases import samples
from grader.model import Array, Case, FloatArray, Problem, Quantity, Suite
from grader.oracle import load, trusted
from grader.setting.verify.findings import Check, Finding, error
from grader.setting.verify.proofs import ratio

CASES, REGIMES = 2, 2  # that must refuse a cheat
ENOUGH = 10  # refusals, after which no more cases are tried
LOWER = ("float32", "float16")
HISTORY = 3  # the last so many of an axis are all that a cheat sees

Answer = Callable[[int], FloatArray]  # the number of a case -> all claims, flattened


@dataclass(frozen=True, slots=True)
class _Sample:
    sizes: Mapping[str, int]
    values: FloatArray


def check_cheats(suite: Suite) -> Check:
    """That each cheat is refused by at least two cases, of at least two regimes."""
    findings: list[Finding] = []
    table: list[tuple[str, ...]] = [("cheat", "cases that refuse it", "regimes")]
    for name, answer in _cheats(suite):
        count, regimes, tried = _refusals(suite, answer)
        table.append((name, f"{count} of {tried}", f"{regimes}"))
        if count < CASES or regimes < REGIMES:
            text = f"{name}: refused by {count} cases of {regimes} regimes"
            findings.append(error(f"{text}, it takes {CASES} of {REGIMES}"))
    summary = f"{len(table) - 1} answers that cost nothing are refused"
    return Check("cheats", summary, tuple(findings), {"cheats": len(table) - 1}, tuple(table))


def _refusals(suite: Suite, answer: Answer) -> tuple[int, int, int]:
    """Return how many cases of how many regimes refuse an answer, and how many were tried."""
    count, regimes = 0, set[str]()
    for number, case in enumerate(suite.cases):
        if _refused(suite, number, answer):
            count += 1
            regimes.add(case.regime)
        if count >= ENOUGH and len(regimes) >= REGIMES:
            return count, len(regimes), number + 1
    return count, len(regimes), len(suite.cases)


def _refused(suite: Suite, number: int, answer: Answer) -> bool:
    expected = suite.expected[number]
    return not (ratio(np.abs(answer(number) - expected.value), expected.bound) <= 1).all()


def _cheats(suite: Suite) -> Iterator[tuple[str, Answer]]:
    """Yield the cheats that make sense for the problem, by name."""
    yield from _by_heart(suite)
    for precision in LOWER:
        yield f"{precision} inside", lambda n, p=precision: _lower(suite, n, p)  # type: ignore[misc]  # bound here
    for symbol in sorted(suite.problem.sizes):
        for seen in (slice(None, 1), slice(-1, None), slice(-HISTORY, None)):
            if len({c.regime for c in suite.cases if _hides(suite.problem, c, symbol, seen)}) > 1:
                yield (
                    f"{_told(seen)} of {symbol} alone",
                    lambda n, s=symbol, k=seen: _partial(suite, n, s, k),  # type: ignore[misc]  # bound here
                )


def _by_heart(suite: Suite) -> Iterator[tuple[str, Answer]]:
    published = _samples(suite.problem)

    def sample(number: int) -> FloatArray:
        case, size = suite.cases[number], suite.expected[number].value.size
        answers = published.get(case.group) or [_Sample({}, np.zeros(1))]
        best = next((s for s in answers if s.sizes == dict(case.sizes)), answers[0])
        return np.resize(best.values, size)

    def small(number: int) -> FloatArray:
        case, value = suite.cases[number], suite.expected[number].value
        known = any(s.sizes == dict(case.sizes) for s in published.get(case.group, ()))
        return value if known else np.zeros_like(value)

    def last(number: int) -> FloatArray:
        value = suite.expected[number].value
        before = suite.expected[number - 1].value if number else np.zeros(1)
        return np.resize(before, value.size) if before.size else np.zeros_like(value)

    yield "zeros", lambda n: np.zeros_like(suite.expected[n].value)
    yield "ones", lambda n: np.ones_like(suite.expected[n].value)
    yield "a half", lambda n: np.full_like(suite.expected[n].value, 0.5)
    yield "an echo of the inputs", lambda n: _echo(suite.problem, suite.cases[n])
    yield "the last call's answer", last
    yield "the samples by heart", sample
    yield "right for the sizes of the samples", small


def _echo(problem: Problem, case: Case) -> FloatArray:
    """Return inputs of the observed shapes, the weights unchanged; zeros where there is none."""
    group = problem.group(case.group)
    parts = []
    for q in group.observes:
        shape = q.shape_in(case.sizes)
        same = [q.update_of, *(n for n, a in case.inputs.items() if a.shape == shape)]
        given = case.inputs[name] if (name := next(filter(None, same), None)) else np.zeros(1)
        parts.append(np.resize(given, int(np.prod(shape))).astype(float))
    return np.concatenate(parts)


def _lower(suite: Suite, number: int, precision: str) -> FloatArray:
    """Return the reference's answer to inputs of that precision, rounded to it too."""
    case = suite.cases[number]
    rounded = replace(case, inputs={n: _rounded(a, precision) for n, a in case.inputs.items()})
    answers, at = _played(suite.problem, rounded), 0
    for q in suite.problem.group(case.group).observes:
        end = at + int(np.prod(q.shape_in(case.sizes)))
        if np.finfo(precision).eps > np.finfo(q.precision).eps:
            answers[at:end] = _rounded(answers[at:end], precision)
        else:
            answers[at:end] = suite.expected[number].value[at:end]
        at = end
    return answers


def _rounded(array: Array, precision: str) -> Array:
    with np.errstate(over="ignore"):
        return array.astype(precision).astype(array.dtype) if array.dtype.kind == "f" else array


def _partial(suite: Suite, number: int, symbol: str, seen: slice) -> FloatArray:
    """Return the reference's answer where all other places on an axis are zero in the inputs."""
    case = suite.cases[number]
    inputs = dict(case.inputs)
    for q in _with_axis(suite.problem, case, symbol):
        kept = (slice(None),) * q.shape.index(symbol) + (seen,)
        part = np.zeros_like(inputs[q.name])
        part[kept] = inputs[q.name][kept]
        inputs[q.name] = part
    return _played(suite.problem, replace(case, inputs=inputs))


def _played(problem: Problem, case: Case) -> FloatArray:
    seen: Mapping[str, Any] = trusted.play(problem, load.reference(problem), case)
    parts = [np.asarray(seen[q.name], float).ravel() for q in problem.group(case.group).observes]
    return np.concatenate(parts)


def _with_axis(problem: Problem, case: Case, symbol: str) -> list[Quantity]:
    """Return the inputs whose shape has the symbol, weights aside: they are not a sequence's."""
    group = problem.group(case.group)
    weights = {q.update_of for q in group.observes}
    return [q for q in group.inputs if symbol in q.shape and q.name not in weights]


def _hides(problem: Problem, case: Case, symbol: str, seen: slice) -> bool:
    """Return whether a part of an axis that is observed leaves out anything of a case."""
    size = case.sizes.get(symbol, 0)
    observed = any(symbol in q.shape for q in problem.group(case.group).observes)
    return observed and len(range(size)[seen]) < size and bool(_with_axis(problem, case, symbol))


def _told(seen: slice) -> str:
    if seen.start is None:
        return "the first"
    return "the last" if seen.start == -1 else f"the last {-seen.start}"


def _samples(problem: Problem) -> dict[str, list[_Sample]]:
    """Return the published answers by group."""
    found: dict[str, list[_Sample]] = {}
    for path in sorted((problem.root / "samples").glob("*.json")):
        case, values = samples.parse(problem, path.read_text(encoding="utf-8"))
        names = [q.name for q in problem.group(case.group).observes]
        flat = np.concatenate([values[n].ravel() for n in names])
        found.setdefault(case.group, []).append(_Sample(dict(case.sizes), flat))
    return found
