"""Whether a changed submission is right everywhere: where it was wrong, and where it was right."""

import contextlib
from collections.abc import Iterator, Sequence

from grader import compare
from grader.explain.budget import OutOfBudgetError
from grader.explain.faulty.cases import Tries
from grader.explain.trial import Trial
from grader.model import Case, GroupResult, Outcome, Suite, Verdict
from grader.sandbox.base import Host
from grader.sandbox.run import play_all

PROOFS = 60  # sources that are tried
LONGEST = 32  # steps of a fresh case
EVERY = 3  # of so many probes one is played in a proof


class Verifier:
    """What a change has to make right: every group."""

    def __init__(
        self, suite: Suite, sandbox: Host, tries: Tries, results: Sequence[GroupResult]
    ) -> None:
        self.suite, self.sandbox, self.tries = suite, sandbox, tries
        self.proofs = 0  # how many were tried
        self.used_s = 0.0  # processor time of the workers that proofs were played in
        self.correct = [r.name for r in results if r.verdict is Verdict.AC]
        self.wrong = [r.name for r in results if r.verdict not in (None, Verdict.AC)]

    def right(self, case: Case, outcome: Outcome | None) -> bool:
        """Return whether every claim of an outcome is right."""
        if outcome is None or outcome.claims is None:
            return False
        group = self.suite.problem.group(case.group)
        expected = self.tries.expect(case)
        return compare.first_mismatch(group, case, expected, outcome.claims) is None

    def mended(self, source: bytes) -> bool:
        """Return whether the changed source is right everywhere, groups not judged before included.

        After PROOFS sources none is.
        Fresh cases are played first, then the scored ones, in a worker of their own.
        """
        self.proofs += 1
        if self.proofs > PROOFS or not self._right_on_fresh(source):
            return False
        run = play_all(self.sandbox, source, self.suite.cases, self._is_right)
        self.used_s += run.cpu_s
        return all(
            number in run.outcomes and self._is_right(number, run.outcomes[number])
            for number in range(len(self.suite.cases))
        )

    def _right_on_fresh(self, source: bytes) -> bool:
        """Return whether all fresh cases are right; what raises in one of them is not played on."""
        right = False
        with Trial(self.sandbox, source) as trial, contextlib.suppress(OutOfBudgetError):
            right = all(self._right_on(trial, cases) for cases in self._stages())
        self.used_s += trial.used_s
        return right

    def _right_on(self, trial: Trial, cases: Sequence[Case]) -> bool:
        outcomes = trial.play_on(cases)
        return len(outcomes) == len(cases) and all(map(self.right, cases, outcomes))

    def _is_right(self, number: int, outcome: Outcome) -> bool:
        if outcome.claims is None:
            return False
        case, expected = self.suite.cases[number], self.suite.expected[number]
        group = self.suite.problem.group(case.group)
        return compare.first_mismatch(group, case, expected, outcome.claims) is None

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
