"""One change that makes everything right: what mends a case is proved in all the others."""

import math
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

import numpy as np

from grader.explain.faulty.edits import Edit, Splice
from grader.explain.faulty.hints import Hints
from grader.explain.faulty.order import in_order
from grader.explain.faulty.plain import plainness
from grader.explain.faulty.play import BATCH, UNCHANGED, Bench
from grader.explain.faulty.program import Program
from grader.explain.faulty.second import Halves
from grader.explain.faulty.statements import left_out
from grader.explain.faulty.twins import with_twins
from grader.explain.faulty.verify import Verifier
from grader.model import Case, Outcome

AFTER_FIRST = (128, 300)  # more after the first that mends it, at least and at most
MOST_LINES = 3  # that are named; of more none is the line
PROOFS = 60  # candidates that are tried further


class Repairs:
    """The search in one program, by a case that goes wrong."""

    def __init__(
        self,
        program: Program,
        bench: Bench,
        verifier: Verifier,
        case: Case,
        halves: Halves | None = None,
    ) -> None:
        """halves: is shown what each change does to the case, as long as none mends all."""
        self.program, self.bench, self.verifier = program, bench, verifier
        self.case, self.halves = case, halves
        self.played = self.proofs = 0  # candidates, and those that were tried further
        self.unchanged: Outcome | None = None  # how the case goes as it is, if always the same
        self.crowded = False  # whether more lines would mend it than are named

    def found(self, outcome: Outcome) -> list[Edit]:
        """Return the proved changes, the plainest for each line, the likeliest line first.

        outcome: how the case goes as it is. Of more than MOST_LINES none is the line.
        """
        program, verifier = self.program, self.verifier
        self.unchanged = outcome if same(self._as_it_is(), outcome) else None
        hints = Hints(program, self.bench, verifier.tries, verifier.correct, self.case, outcome)
        edits = in_order(program, hints.influence, hints.near, hints.parts, hints.first)
        most = verifier.suite.problem.effort.changes
        repairs = self._proved(islice(with_twins(program, edits), most))
        raised = {line for _, line in outcome.frames}
        repairs.sort(key=lambda e: (hints.cost(e.lines[-1]), raised.isdisjoint(e.lines)))
        repairs = _distinct(repairs)
        found: dict[tuple[int, ...], Edit] = {}
        self.crowded = len(repairs) > MOST_LINES
        for least in map(self._least, repairs) if not self.crowded else ():
            found.setdefault(least.lines, least)
        return list(found.values())

    def _least(self, edit: Edit) -> Edit:
        """Return of a change at twin places what is needed of it."""
        for splice in edit.splices if len(edit.splices) == len(edit.lines) > 1 else ():
            rest = tuple(s for s in edit.splices if s != splice)
            lines = tuple(self.program.source.count(b"\n", 0, begin) + 1 for begin, *_ in rest)
            less = Edit(edit.kind, lines, rest)
            if rest and not self.bench.late and {*lines} < {*edit.lines} and self._mends(less):
                edit = less
        return edit

    def _proved(self, edits: Iterator[Edit]) -> list[Edit]:
        repairs: list[Edit] = []
        while not repairs and self.proofs < PROOFS and not self.bench.late:
            survivors = self._survivors(edits)
            if not survivors:
                break
            self.bench.close()  # a sandbox has one worker at a time
            for same in _by_lines(survivors, self.program):
                if len(repairs) <= MOST_LINES and not (repairs and self.bench.late):
                    repairs += islice(filter(self._mends, same), 1)
        return repairs

    def _survivors(self, edits: Iterator[Edit]) -> list[Edit]:
        """Return the changes that mend the case, up to some time after the first of them.

        What the lines that they change do may be too much altogether: that is tried as well.
        """
        found: list[Edit] = []
        played, until = 0, math.inf
        while batch := list(islice(edits, BATCH)):
            found += self._right(batch)
            played += len(batch)
            if found and until == math.inf:  # other lines may mend it too: as many again
                least, most = AFTER_FIRST
                until = played + min(max(least, played), most)
            if played >= until or self.bench.late:
                break
        self.played += played
        lines = {e.lines[0] for e in found if len(e.lines) == 1}
        places = [p for p in self.program.places if p.node.lineno in lines]
        return found + self._right([e for p in places for e in left_out(self.program, p)])

    def _right(self, batch: Sequence[Edit]) -> list[Edit]:
        """Return the changes that make the case right."""
        changes = [edit.splices for edit in batch]
        played = list(zip(batch, self._played(changes), strict=True))
        for edit, outcome in played if self.halves is not None else ():
            self.halves.see(edit, outcome)  # type: ignore[union-attr]  # as has been asked
        return [e for e, o in played if self.verifier.right(self.case, o)]

    def _played(self, changes: Sequence[Sequence[Splice]]) -> list[Outcome | None]:
        """Return how the case goes with each change.

        One that spoils a library for all that follow, such as `np.dot = 1`, costs only itself.
        """
        outcomes = list(self.bench.play(changes, self.case, self.bench.candidate_s))
        sound = self.unchanged is None or self.bench.late
        if sound or same(self._as_it_is(), self.unchanged):
            return outcomes
        self.bench.close()
        half = len(changes) // 2
        return self._played(changes[:half]) + self._played(changes[half:]) if half else outcomes

    def _as_it_is(self) -> Outcome | None:
        return next(iter(self.bench.play([UNCHANGED], self.case)))

    def _mends(self, edit: Edit) -> bool:
        self.proofs += 1
        before_s = self.verifier.used_s
        mended = self.proofs <= PROOFS and self.verifier.mended(self.program.spliced(edit.splices))
        self.bench.spent_s += self.verifier.used_s - before_s
        return mended


def _distinct(edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits without those that put in at another place what one before them puts in."""
    found: dict[object, Edit] = {}
    for edit in edits:
        added = all(begin == end for begin, end, _ in edit.splices)
        found.setdefault(tuple(t.strip() for *_, t in edit.splices) if added else edit, edit)
    return list(found.values())


def same(outcome: Outcome | None, other: Outcome | None) -> bool:
    """Return whether a case went the same way twice, to the last bit."""
    if outcome is None or other is None:
        return outcome is other
    if outcome.claims is None or other.claims is None:
        return outcome.claims is other.claims and outcome.message == other.message
    return np.array_equal(outcome.claims.values, other.claims.values, equal_nan=True)


def _by_lines(edits: Sequence[Edit], program: Program) -> list[list[Edit]]:
    """Return the edits of each line, the plainest first: the others need no proof."""
    found: dict[tuple[int, ...], list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.lines, []).append(edit)
    return [sorted(same, key=partial(plainness, program)) for same in found.values()]
