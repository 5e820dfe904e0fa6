"""The worst case, hunted: Hypothesis climbs towards the cases in which a bound is nearest to fail.

For right programs it looks for the largest error over bound, over sizes, values and programs,
which must stay below 1 whatever their order of evaluation. For every known mistake it looks for
the case in which the mistake shows at all and yet comes nearest to being accepted.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings, target
from hypothesis import strategies as st

from grader.cases import generate
from grader.errors import ProblemError
from grader.explain.trial import Trial
from grader.judge.judge import Judge
from grader.model import Case, Expected, FloatArray, Group, Problem
from grader.oracle import bounds, load, trusted
from grader.oracle.wrong import default_value, wrong_solution
from grader.problems.corpus import ACCEPTED, folder
from grader.setting.verify.findings import Check, Finding, error
from grader.setting.verify.proofs import ratio

PROGRAMS = 4  # that are hunted for in each kind of case; the next kind has the next four
RIGHT, WRONG = 20, 8  # cases tried with each program, and with each mistake
SCALES = st.sampled_from([1.0, 0.25, 0.6, 1.7, 3.0])
SHOWS = 2.0**-44  # of the scale, in float64: what is not just another rounding

Kind = tuple[str, str]  # group and regime


@dataclass(frozen=True, slots=True)
class Worst:
    """The worst that a hunt found: the ratio, who was played, and the case in words."""

    ratio: float
    who: str
    where: str


def check_worst(problem: Problem, bench: Judge) -> Check:
    """That the largest error of right programs that can be found stays within the bound."""
    files = sorted((folder(problem) / ACCEPTED).glob("*.py"))
    programs = {file.name: file.read_bytes() for file in files}
    findings: list[Finding] = []
    table: list[tuple[str, ...]] = [("group", "regime", "error over bound", "program", "case")]
    for number, (group, regime) in enumerate(_kinds(problem)):
        some = _some(programs, number)
        each = [worst_of(bench, group, regime, name, source) for name, source in some.items()]
        found = max(each, key=lambda worst_found: worst_found.ratio, default=Worst(0.0, "none", ""))
        table.append((group.name, regime, f"{found.ratio:.2g}", found.who, found.where))
        if not found.ratio <= 1:
            text = f"{found.who} is right and off by {found.ratio:.3g} bounds"
            findings.append(error(f"{text} in {group.name}, regime {regime}, {found.where}"))
    most = max((float(row[2]) for row in table[1:]), default=0.0)
    summary = f"{RIGHT} cases of each kind hunted for the worst; at most {most:.2g} of a bound"
    return Check("worst", summary, tuple(findings), {"worst": most}, tuple(table))


def check_nearest(problem: Problem, bench: Judge) -> Check:
    """How near every known mistake comes to being accepted where it shows at all."""
    table: list[tuple[str, ...]] = [("misconception", "nearest, in bounds", "group", "case")]
    nearest = math.inf
    for mistake in load.misconceptions(problem):
        wrong = wrong_solution(problem, (mistake, default_value(mistake)))
        group, regime = _shows_most(problem, bench, wrong)
        found = nearest_of(bench, group, regime, wrong)
        nearest = min(nearest, found.ratio)
        table.append((mistake.id, f"{found.ratio:.3g}", group.name, found.where))
    count = len(table) - 1
    summary = f"{count} misconceptions hunted; {nearest:.2g} bounds off at the least"
    summary = summary if count else "none are named"
    return Check("nearest", summary, (), {"nearest": nearest}, tuple(table))


def worst_of(bench: Judge, group: Group, regime: str, name: str, source: bytes) -> Worst:
    """Return the largest error over bound that a hunt finds of a program that is right."""
    worst = Worst(0.0, name, "")
    with Trial(bench.sandbox, source) as trial:

        def hunted(case: Case, expected: Expected) -> float:
            nonlocal worst
            (outcome,) = trial.play([case])
            if outcome is None or trial.hung:
                return 0.0  # it took too long, which says nothing of its numbers
            off = _off(outcome.claims.values if outcome.claims else None, expected)
            if off > worst.ratio:
                worst = Worst(off, name, _told(case))
            return off

        _climb(bench, _cases(bench.problem, group, regime), hunted, RIGHT)
    return worst


def nearest_of(bench: Judge, group: Group, regime: str, wrong: Any) -> Worst:  # noqa: ANN401  # a solution
    """Return the smallest error over bound that a hunt finds where a mistake shows at all."""
    nearest = Worst(math.inf, "", "")
    problem, right = bench.problem, load.reference(bench.problem)

    def hunted(case: Case, expected: Expected) -> float:
        nonlocal nearest
        found, plain = (_claimed(problem, solution, case) for solution in (wrong, right))
        if found is not None and plain is not None and not _shows(found, plain, expected):
            return 0.0
        off = _off(found, expected)
        if off < nearest.ratio:
            nearest = Worst(off, "", _told(case))
        return 1 / max(off, 1e-300)

    _climb(bench, _cases(problem, group, regime), hunted, WRONG)
    return nearest


def _climb(
    bench: Judge,
    cases: st.SearchStrategy[Case],
    hunted: Callable[[Case, Expected], float],
    examples: int,
) -> None:
    """Let Hypothesis look for the largest value that `hunted` gives."""

    @seed(bench.seed)
    @settings(
        max_examples=examples,
        phases=[Phase.generate, Phase.target],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def climb(case: Case) -> None:
        try:
            expected = bounds.expect(bench.problem, case)
        except ProblemError:
            return  # larger values than the problem's own have no finite answer
        if expected.well_conditioned:
            target(min(1e6, math.log2(max(hunted(case, expected), 1e-300))))

    climb()


def _cases(problem: Problem, group: Group, regime: str) -> st.SearchStrategy[Case]:
    """Return cases of a kind, of any of its sizes, each input a little larger or smaller."""
    strata = [d.stratum for d in group.draws if d.regime == regime]

    @st.composite
    def cases(draw: st.DrawFn) -> Case:
        ranges, drawn_as = generate.free_sizes(problem, group, draw(st.sampled_from(strata)))
        free = {name: draw(st.integers(*ends)) for name, ends in ranges.items()}
        sizes = {name: free[of] for name, of in drawn_as.items()}
        fill = (draw(st.integers(0, 2**32 - 1)), generate.HUNT)
        case = generate.make_case(problem, group, regime, sizes, seed=fill[0], fill=fill)
        floats = {n: a for n, a in case.inputs.items() if a.dtype.kind == "f"}
        with np.errstate(over="ignore"):  # what is too large has no finite answer, and is left out
            inputs = {**case.inputs, **{n: a * draw(SCALES) for n, a in floats.items()}}
        return replace(case, inputs=inputs)

    return cases()


def _kinds(problem: Problem) -> Iterator[tuple[Group, str]]:
    for group in problem.groups:
        for regime in dict.fromkeys(d.regime for d in group.draws):
            yield group, regime


def _some(programs: Mapping[str, bytes], number: int) -> dict[str, bytes]:
    """Return the programs of one kind of case; other kinds have others."""
    names = list(programs)
    first = number * PROGRAMS % max(1, len(names))
    return {n: programs[n] for n in [*names[first:], *names[:first]][:PROGRAMS]}


def _shows_most(problem: Problem, bench: Judge, wrong: Any) -> tuple[Group, str]:  # noqa: ANN401
    """Return the group and regime where a mistake is farthest off, by the first case of each."""
    seen: dict[Kind, float] = {}
    for case, expected in zip(bench.suite.cases, bench.suite.expected, strict=True):
        kind = case.group, case.regime
        if kind not in seen:
            seen[kind] = _off(_claimed(problem, wrong, case), expected)
    name, regime = max(seen, key=seen.__getitem__)
    return problem.group(name), regime


def _claimed(problem: Problem, solution: Any, case: Case) -> FloatArray | None:  # noqa: ANN401
    """Return what a trusted solution gives; None where it raises."""
    try:
        return trusted.claimed(problem, solution, case)[0]
    except Exception:  # noqa: BLE001  # a wrong solution may raise anything
        return None


def _off(values: FloatArray | None, expected: Expected) -> float:
    """Return the largest error over bound; infinite where there is no value."""
    if values is None:
        return math.inf
    return float(np.max(ratio(np.abs(values - expected.value), expected.bound), initial=0.0))


def _shows(found: FloatArray, plain: FloatArray, expected: Expected) -> bool:
    with np.errstate(invalid="ignore"):
        return not (np.abs(found - plain) <= SHOWS * expected.scale).all()


def _told(case: Case) -> str:
    return " ".join(f"{name}={size}" for name, size in case.sizes.items())
