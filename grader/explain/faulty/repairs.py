"""One change that makes everything right: what mends a case is proved in all the others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from grader.explain.faulty.edits import Edit
from grader.explain.faulty.hints import Hints
from grader.explain.faulty.order import in_order
from grader.explain.faulty.play import BATCH, Bench
from grader.explain.faulty.program import Program
from grader.explain.faulty.second import Halves
from grader.explain.faulty.twins import twins
from grader.explain.faulty.verify import Verifier
from grader.model import Case, Outcome

AFTER_FIRST = (128, 300)  # more after the first that mends it, at least and at most
MOST_LINES = 3  # that are named; of more none is the line
PROOFS = 60  # candidates that are tried further


@dataclass(frozen=True, slots=True)
class Repair:
    """A change that is proved, and the length of the program that it makes."""

    edit: Edit
    size: int


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
        self.played = 0  # candidates

    def found(self, outcome: Outcome) -> list[Repair]:
        """Return the proved changes, the first for each line, the likeliest line first.

        outcome: how the case goes as it is. Of more than MOST_LINES none is the line.
        """
        program, verifier = self.program, self.verifier
        hints = Hints(program, self.bench, verifier.tries, verifier.correct, self.case, outcome)
        misshapen = outcome.claims is not None and not program.sound
        order = partial(in_order, program, hints.influence, hints.near, misshapen=misshapen)
        repairs = sorted(self._proved(order()), key=lambda r: hints.cost(r.edit.lines[-1]))
        if not repairs and not self.bench.late:
            repairs = self._proved(twins(program, order()))
        return repairs if len(repairs) <= MOST_LINES else []

    def _proved(self, edits: Iterable[Edit]) -> list[Repair]:
        repairs: dict[tuple[int, ...], Repair] = {}
        until, proofs, played = self.verifier.suite.problem.effort.changes, PROOFS, 0
        for batch in _batches(edits):
            survivors = self._survivors(batch)
            played += len(batch)
            for edit in survivors:
                size = len(self.program.spliced(edit.splices))
                same = repairs.get(edit.lines)
                if same is not None and size >= same.size:
                    continue
                proofs -= 1
                if self._mends(edit):
                    if same is None:  # other lines may mend it too: as many again
                        least, most = AFTER_FIRST
                        until = min(until, played + min(max(least, played), most))
                    repairs[edit.lines], self.halves = Repair(edit, size), None
            if played >= until or len(repairs) > MOST_LINES or proofs < 0 or self.bench.late:
                break
        self.played += played
        return list(repairs.values())

    def _survivors(self, batch: Sequence[Edit]) -> list[Edit]:
        """Return the changes that mend the case, those of each line the simplest first."""
        changes = [edit.splices for edit in batch]
        outcomes = list(self.bench.play(changes, self.case, self.bench.candidate_s))
        if self.halves is not None:
            for edit, outcome in zip(batch, outcomes, strict=True):
                self.halves.see(edit, outcome)
        played = zip(batch, outcomes, strict=True)
        survivors = [e for e, o in played if self.verifier.right(self.case, o)]
        if survivors:
            self.bench.close()  # a sandbox has one worker at a time
        return _simplest_first(survivors, self.program)

    def _mends(self, edit: Edit) -> bool:
        before_s = self.verifier.used_s
        mended = self.verifier.mended(self.program.spliced(edit.splices))
        self.bench.spent_s += self.verifier.used_s - before_s
        return mended


def _batches(edits: Iterable[Edit]) -> Iterator[list[Edit]]:
    remaining = iter(edits)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _simplest_first(edits: Sequence[Edit], program: Program) -> list[Edit]:
    """Return the edits line by line, of each line the shortest first: the others need no proof."""
    lines = list(dict.fromkeys(e.lines for e in edits))
    sizes = {e: len(program.spliced(e.splices)) for e in edits}
    return sorted(edits, key=lambda e: (lines.index(e.lines), sizes[e]))
