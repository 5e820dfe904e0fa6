"""Whether accepted mutants are equivalent: further cases of every regime, and what is never run."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from grader.cases import generate
from grader.cases.suite import draw
from grader.judge.compared import find_mismatches
from grader.model import Limits, Problem, Run, Suite
from grader.sandbox.base import Host
from grader.sandbox.host import Sandbox
from grader.sandbox.run import play_all

SUITE_CASES = 200  # cases of one regime, with their expected values, that are in memory
PATIENT = 50  # times a submission's limits: so many cases are more than a suite


@dataclass(frozen=True, slots=True)
class Equivalence:
    """What further cases say of a program that was accepted."""

    cases: int  # that it got right
    differs: str = ""  # the first that it got wrong, in words
    reached: bool = True  # whether what was changed in it was ever run

    def __str__(self) -> str:
        if self.differs:
            return f"wrong in {self.differs}, after {self.cases} further cases"
        if not self.reached:
            return f"never run in {self.cases} further cases"
        return f"right in {self.cases} further cases"


NOT_PLAYED = Equivalence(0)  # no further case was played


def compare_further(
    problem: Problem,
    seed: int,
    programs: Mapping[int, tuple[bytes, bytes]],
    count: int,
    tell: Callable[[str], None] = lambda _: None,
) -> dict[int, Equivalence]:
    """Return what `count` further cases of each regime say of programs that were accepted.

    programs: the source, and the same program with what was changed in it replaced by what raises
    an exception. Where that is right too, it is never run.
    """
    found = {key: Equivalence(0, reached=False) for key in programs}
    with Sandbox(replace(problem, limits=_patient(problem.limits))) as sandbox:
        for regime, suite in _further_suites(problem, seed, count):
            for key, (source, raising) in programs.items():
                if not found[key].differs:
                    tell(f"further cases, {regime}, {key}")
                    found[key] = _after(found[key], sandbox, suite, source, raising)
    return found


def _after(
    before: Equivalence, sandbox: Host, suite: Suite, source: bytes, raising: bytes
) -> Equivalence:
    differs = _first_wrong(suite, play_all(sandbox, source, suite.cases))
    if differs is not None:
        return replace(before, differs=differs)
    reached = before.reached or _first_wrong(suite, play_all(sandbox, raising, suite.cases))
    return Equivalence(before.cases + len(suite.cases), reached=bool(reached))


def _first_wrong(suite: Suite, run: Run) -> str | None:
    """Return the first case that is not right, in words; None if all are."""
    wrong = find_mismatches(suite, run)
    for number, case in enumerate(suite.cases):
        if number in wrong or number not in run.outcomes or run.outcomes[number].claims is None:
            sizes = " ".join(f"{name}={size}" for name, size in case.sizes.items())
            return f"{case.group}, regime {case.regime}, {sizes}"
    return None


def _further_suites(problem: Problem, seed: int, count: int) -> Iterator[tuple[str, Suite]]:
    """Yield suites of the next cases of the scored ones' streams, so many in all of a regime."""
    for regime in problem.regimes:
        streams = generate.further_cases(problem, seed, regime, count)
        while drawn := [draw(problem, s) for s in itertools.islice(streams, SUITE_CASES)]:
            cases, expected, _ = zip(*drawn, strict=True)
            yield regime, Suite(problem, seed, cases, expected, "")


def _patient(limits: Limits) -> Limits:
    return replace(limits, cpu_s=PATIENT * limits.cpu_s, wall_s=PATIENT * limits.wall_s)
