"""Where there are two mistakes: changes after which more is right than before, the best first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from grader.explain.faulty.edits import Edit, Splice
from grader.explain.faulty.plain import plainness
from grader.explain.faulty.play import Bench
from grader.explain.faulty.program import Program
from grader.explain.faulty.verify import Verifier
from grader.model import Case, Outcome

MOST_SEEN = 100  # changes that are kept
MOST_OF_LINE = 8  # of one line
MOST = 4  # after which a second one is looked for


@dataclass(frozen=True, slots=True)
class Half:
    """A change that mends something.

    mends: what is right then in all cases, and was not. Of what raised that is all or nothing:
    there a change may well spoil what nobody has seen right.
    """

    edit: Edit
    gain: int  # claims that it makes right
    mends: frozenset[str]


class Halves:
    """The changes of one search that make more of its case right, and nothing wrong."""

    def __init__(self, program: Program, verifier: Verifier, case: Case, outcome: Outcome) -> None:
        self.program, self.verifier, self.case = program, verifier, case
        self.before = verifier.right_of(case, outcome)
        self.raised = outcome.claims is None
        self.raised_at = {line for _, line in outcome.frames}
        self.seen: list[Edit] = []

    def see(self, edit: Edit, outcome: Outcome | None) -> None:
        """Keep a change if the case shows that it is one of these."""
        if len(self.seen) < MOST_SEEN and self.verifier.right_of(self.case, outcome) > self.before:
            same = sum(e.lines == edit.lines for e in self.seen)
            self.seen += [edit] if same < MOST_OF_LINE else []

    def best(self, bench: Bench) -> list[Half]:
        """Return the changes that hold what they promise in further cases, one of each line.

        Of several that mend as much it is the plainest.
        """
        cases = self.verifier.cases_of_first
        before = [self.verifier.right_of(c, _played(bench, c)) for c in cases]
        best: dict[tuple[int, ...], Half] = {}
        for edit in sorted(self.seen, key=partial(plainness, self.program)):
            half = self._half(bench, edit, cases, before)
            if half.gain > (best[edit.lines].gain if edit.lines in best else 0):
                best[edit.lines] = half
        return sorted(best.values(), key=lambda half: -half.gain)[:MOST]  # stable

    def may_be_told(self, half: Half) -> bool:
        """Return whether a change that mends no more than a part says what is wrong.

        Where something raised, what is changed elsewhere may only keep it from being reached. What
        has no value is told as such: a part that does without it is not mended by that.
        """
        there = not self.raised or not self.raised_at.isdisjoint(half.edit.lines)
        return bool(half.mends) and there and not self.program.valueless

    def _half(
        self, bench: Bench, edit: Edit, cases: Sequence[Case], before: Sequence[frozenset[str]]
    ) -> Half:
        gain, mends = 0, self.verifier.names_of_first
        for case, right in zip(cases, before, strict=True):
            now = self.verifier.right_of(case, _played(bench, case, edit.splices))
            if not now >= right:
                return Half(edit, 0, frozenset())
            gain, mends = gain + len(now) - len(right), mends & now
        if self.raised and mends != self.verifier.names_of_first:
            mends = frozenset()
        return Half(edit, gain, mends - frozenset.intersection(*before))


def _played(bench: Bench, case: Case, splices: Sequence[Splice] = ()) -> Outcome | None:
    return next(bench.play([splices], case, bench.candidate_s))
