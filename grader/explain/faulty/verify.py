"""Whether a changed submission is right everywhere: where it was wrong, and where it was right."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from grader import compare
from grader.explain.budget import OutOfBudgetError
from grader.explain.faulty.cases import Tries
from grader.explain.trial import Trial
from grader.model import Case, GroupResult, Outcome, Suite, Verdict
from grader.sandbox.base import Host
from grader.sandbox.run import play_all

LONGEST = 32  # steps of a fresh case
EVERY = 3  # of so many probes one is played in a proof


class Verifier:
    """What a change has to make right: every group."""

    def __init__(
        self, suite: Suite, sandbox: Host, tries: Tries, results: Sequence[GroupResult]
    ) -> None:
        self.suite, self.sandbox, self.tries = suite, sandbox, tries
        self.used_s = 0.0  # processor time of the workers that proofs were played in
        self.correct = [r.name for r in results if r.verdict is Verdict.AC]
        wrong = [r.name for r in results if r.verdict not in (None, Verdict.AC)]
        # A group without sizes has no small case: it is looked at last.
        self.wrong = sorted(wrong, key=lambda name: not suite.problem.group(name).symbols)

    def right(self, case: Case, outcome: Outcome | None) -> bool:
        """Return whether every claim of an outcome is right."""
        if outcome is None or outcome.claims is None:
            return False
        group = self.suite.problem.group(case.group)
        expected = self.tries.expect(case)
        return compare.first_mismatch(group, case, expected, outcome.claims) is None

    def right_of(self, case: Case, outcome: Outcome | None) -> frozenset[str]:
        """Return the quantities of an outcome that are right; none of one that raised."""
        if outcome is None or outcome.claims is None:
            return frozenset()
        claims, expected = outcome.claims, self.tries.expect(case)
        right = compare.right(claims.values, expected.value, expected.bound)
        where = self.suite.problem.group(case.group).positions(case.sizes)
        return frozenset(n for n, p in where.items() if n not in claims.faults and right[p].all())

    def wrong_of(self, case: Case, outcome: Outcome) -> list[str]:
        """Return the quantities of an outcome that are wrong; none of one that raised."""
        right = self.right_of(case, outcome)
        where = self.suite.problem.group(case.group).positions(case.sizes)
        return [n for n in where if n not in right] if outcome.claims is not None else []

    def mended(self, source: bytes) -> bool:
        """Return whether the changed source is right everywhere, groups not judged before included.

        Fresh cases are played first, then the scored ones, in a worker of their own.
        """
        return self.first_wrong(source) is None

    def first_wrong(self, source: bytes) -> Case | None:
        """Return the first case in which the changed source is not right, None if all are."""
        case = self._wrong_on(source, self._stages())
        if case is not None:
            return case
        run = play_all(self.sandbox, source, self.suite.cases, self._is_right)
        self.used_s += run.cpu_s
        return next(
            (
                case
                for number, case in enumerate(self.suite.cases)
                if number not in run.outcomes or not self._is_right(number, run.outcomes[number])
            ),
            None,
        )

    def mends_part(self, source: bytes, names: frozenset[str]) -> bool:
        """Return whether these quantities of the first wrong group are right, and what was so."""

        def right(case: Case, outcome: Outcome) -> bool:
            if case.group != self.wrong[0]:
                return self.right(case, outcome)
            return names <= self.right_of(case, outcome)

        return self._wrong_on(source, self._part(), right) is None

    def _wrong_on(
        self,
        source: bytes,
        stages: Iterable[Sequence[Case]],
        right: Callable[[Case, Outcome], bool] | None = None,
    ) -> Case | None:
        """Return the first case of these that is wrong; what raises in one is not played on."""
        right, at = right or self.right, None
        with Trial(self.sandbox, source) as trial, contextlib.suppress(OutOfBudgetError):
            for cases in stages:
                at = cases[0] if cases else None
                outcomes = trial.play_on(cases)
                wrong = (c for c, o in zip(cases, outcomes, strict=False) if not right(c, o))
                at = next(wrong, cases[len(outcomes)] if len(outcomes) < len(cases) else None)
                if at is not None:
                    break
        self.used_s += trial.used_s
        return at

    def _is_right(self, number: int, outcome: Outcome) -> bool:
        if outcome.claims is None:
            return False
        case, expected = self.suite.cases[number], self.suite.expected[number]
        group = self.suite.problem.group(case.group)
        return compare.first_mismatch(group, case, expected, outcome.claims) is None

    @cached_property
    def cases_of_first(self) -> Sequence[Case]:
        """Return small cases of the first wrong group."""
        group = self.suite.problem.group(self.wrong[0])
        return [*self.tries.tiny(group), *self.tries.further(group)]

    @property
    def names_of_first(self) -> frozenset[str]:
        """Return what the first wrong group observes."""
        return frozenset(q.name for q in self.suite.problem.group(self.wrong[0]).observes)

    def _part(self) -> Sequence[Sequence[Case]]:
        """Return the cases of the first wrong group, and of those that are right."""
        groups = {self.wrong[0], *self.correct}
        others = (*self.tries.probes(), *self.suite.cases)
        return [self.cases_of_first, [c for c in others if c.group in groups]]

    @property
    def cases_of_part(self) -> int:
        """Return how many cases of the first wrong group the proof of a part plays."""
        return sum(c.group == self.wrong[0] for cases in self._part() for c in cases)

    def _stages(self) -> Iterator[Sequence[Case]]:
        groups = [g for g in self.suite.problem.groups if g.symbols]  # others have no small case
        yield self.tries.further(self.suite.problem.group(self.wrong[0]))
        yield [case for group in groups for case in self.tries.tiny(group)]
        yield [case for case in self.tries.probes()[::EVERY] if self._is_short(case)]

    def _is_short(self, case: Case) -> bool:
        """Return whether a case costs little; long ones are among the scored."""
        return all(case.sizes[n] <= LONGEST for n in self.suite.problem.steps if n in case.sizes)

    @property
    def cases(self) -> int:
        """Return how many cases a proof plays."""
        return sum(map(len, self._stages())) + len(self.suite.cases)
