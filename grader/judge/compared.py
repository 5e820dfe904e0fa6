"""Claims -> mismatches: each case of a submission is compared once, as soon as it is asked for."""

from grader import compare
from grader.model import Claims, Mismatch, Outcome, Run, Suite


class Compared:
    """Claims against what is expected of the scored cases, each compared once."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        self.found: dict[int, Mismatch | None] = {}

    def is_right(self, number: int, outcome: Outcome) -> bool:
        """Return whether a case made claims, and all of them are right."""
        return outcome.claims is not None and self._mismatch(number, outcome.claims) is None

    def mismatches(self, run: Run) -> dict[int, Mismatch]:
        """Return the first mismatch of every case whose claims are not right, by case number."""
        claims = {n: o.claims for n, o in run.outcomes.items() if o.claims is not None}
        found = {number: self._mismatch(number, c) for number, c in claims.items()}
        return {number: mismatch for number, mismatch in found.items() if mismatch is not None}

    def _mismatch(self, number: int, claims: Claims) -> Mismatch | None:
        if number not in self.found:
            case = self.suite.cases[number]
            group, expected = self.suite.problem.group(case.group), self.suite.expected[number]
            self.found[number] = compare.first_mismatch(group, case, expected, claims)
        return self.found[number]


def find_mismatches(suite: Suite, run: Run) -> dict[int, Mismatch]:
    """Return the first mismatch of every case whose claims are not right, by case number."""
    return Compared(suite).mismatches(run)
