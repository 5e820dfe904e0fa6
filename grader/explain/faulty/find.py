"""A wrong submission -> the line in which one change makes everything right, if there is one."""

import contextlib
import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from grader.explain.budget import OutOfBudgetError
from grader.explain.faulty import words
from grader.explain.faulty.cases import Tries
from grader.explain.faulty.edits import Edit
from grader.explain.faulty.order import FAILURE, Influence, failing, in_order, noisy
from grader.explain.faulty.play import BATCH, Bench
from grader.explain.faulty.program import MOST_BYTES, UNREADABLE, Place, Program
from grader.explain.faulty.twins import twins
from grader.explain.faulty.verify import Verifier
from grader.explain.trial import Trial
from grader.model import Case, Claims, Diagnosis, FloatArray, GroupResult, Outcome, Suite, Verdict
from grader.oracle import oracle
from grader.sandbox.base import Host

CANDIDATES = 3000  # played; the same on every machine
AFTER_FIRST = 300  # more after the first that mends it: other lines may do so too
MOST_LINES = 3  # that are named; of more none is the line
PROOFS = 60  # candidates that are tried further
CPU_S, WALL_S = 10.0, 100.0  # the last resort
SPOILT = 4  # groups that were right, in which noise is looked for
MOVED = 1e-9  # of the size of what is claimed


@dataclass(frozen=True, slots=True)
class Repair:
    """A change that is proved, and the length of the program that it makes."""

    edit: Edit
    size: int


class FaultyLines:
    """The search for the faulty line, ready for one submission after the other."""

    def __init__(self, suite: Suite, sandbox: Host) -> None:
        self.suite, self.sandbox = suite, sandbox
        self.tries = Tries(suite.problem, suite.seed)
        self.played = 0  # candidates of the last search
        self.repairs: list[Repair] = []  # what it found
        self.late = False  # whether its time was used up before it was done

    def of(self, source: bytes, results: Sequence[GroupResult]) -> tuple[Diagnosis, ...]:
        """Return the line or lines of which each alone mends the submission; else nothing."""
        self.played, self.repairs, self.late = 0, [], False
        verifier = Verifier(self.suite, self.sandbox, self.tries, results)
        if not verifier.wrong or len(source) > MOST_BYTES:
            return ()
        try:
            program = Program(source)
            places = program.places
        except UNREADABLE:
            return ()
        guide = self._guide(source, verifier)
        if guide is None or not places:
            return ()
        case, outcome = guide
        with Bench(self.sandbox, source, CPU_S, WALL_S) as bench:
            try:
                repairs = self._repairs(program, bench, verifier, case, outcome)
            except UNREADABLE:
                return ()
            if bench.late:
                self.late = True
                return ()
        self.repairs = repairs if len(repairs) <= MOST_LINES else []
        return self._worded(program, verifier, case, outcome) if self.repairs else ()

    def _guide(self, source: bytes, verifier: Verifier) -> tuple[Case, Outcome] | None:
        """Return the first case, small ones first, that goes wrong, and how."""
        group = self.suite.problem.group(verifier.wrong[0])
        scored = [c for c in self.suite.cases if c.group == group.name]
        scored.sort(key=lambda c: sum(a.size for a in c.inputs.values()))
        cases = [
            *self.tries.tiny(group),
            *(c for c in self.tries.probes() if c.group == group.name),
            *scored,
        ]
        with Trial(self.sandbox, source) as trial, contextlib.suppress(OutOfBudgetError):
            for case in cases:
                outcome = trial.play([case])[0]
                if outcome is None or outcome.verdict not in (None, Verdict.RTE):
                    return None
                if not verifier.right(case, outcome):
                    died = outcome.claims is None and outcome.line is None
                    return None if died else (case, outcome)
        return None

    def _repairs(
        self, program: Program, bench: Bench, verifier: Verifier, case: Case, outcome: Outcome
    ) -> list[Repair]:
        """Return the proved changes, the first for each line, in the order they were found."""
        influence, near = self._influence(program, bench, verifier, case, outcome)
        repairs = self._proved(in_order(program, influence, near), program, bench, verifier, case)
        if repairs or bench.late:
            return repairs
        return self._proved(
            twins(program, in_order(program, influence, near), self._weights()),
            program,
            bench,
            verifier,
            case,
        )

    def _proved(
        self,
        edits: Iterable[Edit],
        program: Program,
        bench: Bench,
        verifier: Verifier,
        case: Case,
    ) -> list[Repair]:
        repairs: list[Repair] = []
        until, tried, played = CANDIDATES, 0, 0
        for batch in _batches(edits):
            sources = [program.spliced(edit.splices) for edit in batch]
            outcomes = list(bench.play(sources, case))
            played += len(batch)
            survivors = [e for e, o in zip(batch, outcomes, strict=True) if verifier.right(case, o)]
            if survivors:
                bench.close()  # a sandbox has one worker at a time
            for edit in survivors:
                source = program.spliced(edit.splices)
                same = [n for n, r in enumerate(repairs) if r.edit.lines == edit.lines]
                if same and len(source) >= repairs[same[0]].size:
                    continue
                tried += 1
                if not verifier.mended(source):
                    continue
                if same:  # the same line, more simply
                    repairs[same[0]] = Repair(edit, len(source))
                else:
                    repairs.append(Repair(edit, len(source)))
                    until = min(until, played + AFTER_FIRST)
            if played >= until or len(repairs) > MOST_LINES or tried > PROOFS or bench.late:
                break
        self.played += played
        return repairs

    def _influence(
        self,
        program: Program,
        bench: Bench,
        verifier: Verifier,
        case: Case,
        outcome: Outcome,
    ) -> tuple[dict[Place, Influence], list[Place]]:
        """Return what noise on each statement moves, and the statement that raised."""
        asked, sources = _variants(program, noisy)
        spoilt = dict(zip(asked, self._spoilt(bench, verifier, sources), strict=True))
        if outcome.claims is None or outcome.claims.faults:
            asked, sources = _variants(program, failing)
            reached = [o and o.message == FAILURE for o in bench.play(sources, case)]
            found = {
                place: Influence(bool(ran), bool(ran), spoilt.get(place, False))
                for place, ran in zip(asked, reached, strict=True)
            }
            return found, _statements_at(program, outcome.line)
        expected, found = self.tries.expect(case), {}
        wrong = _off(outcome.claims, expected.value, expected.bound)
        for place, noised in zip(asked, bench.play(sources, case), strict=True):
            if noised is not None and noised.claims is not None:
                moved = _off(outcome.claims, noised.claims.values, MOVED * expected.scale)
                hit, right = moved[wrong], bool((moved & ~wrong).any())
                found[place] = Influence(bool(hit.all()), bool(hit.any()), spoilt[place] or right)
        return found, []

    def _spoilt(self, bench: Bench, verifier: Verifier, sources: Sequence[bytes]) -> list[bool]:
        """Return for each source whether it gives other claims in a group that was right."""
        spoilt = [False] * len(sources)
        for name in verifier.correct[:SPOILT]:
            case = next(self.tries.tiny(self.suite.problem.group(name)))
            expected = self.tries.expect(case)
            for number, played in enumerate(bench.play(sources, case)):
                if played is not None and played.claims is not None:
                    moved = _off(played.claims, expected.value, MOVED * expected.scale)
                    spoilt[number] |= bool(moved.any())
        return spoilt

    def _weights(self) -> tuple[str, ...]:
        inputs = (q.name for group in self.suite.problem.groups for q in group.inputs)
        return tuple(dict.fromkeys(n for n in inputs if not n.endswith(("_2", "_other", "_steps"))))

    def _worded(
        self,
        program: Program,
        verifier: Verifier,
        case: Case,
        outcome: Outcome,
    ) -> tuple[Diagnosis, ...]:
        repairs = self.repairs
        where = [
            (r.edit.lines, program.lines[r.edit.lines[0] - 1].strip(), r.edit.kind) for r in repairs
        ]
        wrong = (case.group, self._wrong_quantities(case, outcome))
        said = words.told(where, wrong, verifier.cases)
        changes = "\n".join(_diff(program, r.edit) for r in repairs)
        line = repairs[0].edit.lines[0]
        return (Diagnosis("faulty-line", said["en"], said["zh"], line=line, change=changes),)

    def _wrong_quantities(self, case: Case, outcome: Outcome) -> list[str]:
        if outcome.claims is None:
            return []
        group, expected = self.suite.problem.group(case.group), self.tries.expect(case)
        wrong = _off(outcome.claims, expected.value, expected.bound)
        where = oracle.positions(group, case)
        return [n for n, part in where.items() if wrong[part].any() or n in outcome.claims.faults]


def _batches(edits: Iterable[Edit]) -> Iterator[list[Edit]]:
    remaining = iter(edits)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _variants(
    program: Program, change: Callable[[Program, Place], bytes | None]
) -> tuple[list[Place], list[bytes]]:
    """Return the statements that can be changed so, and the changed programs."""
    made = [(place, change(program, place)) for place in program.places]
    kept = [(place, source) for place, source in made if source is not None]
    return [place for place, _ in kept], [source for _, source in kept]


def _off(claims: Claims, value: FloatArray, most: FloatArray) -> NDArray[np.bool_]:
    with np.errstate(invalid="ignore"):
        return ~(np.abs(claims.values - value) <= most)


def _statements_at(program: Program, line: int | None) -> list[Place]:
    """Return the innermost statement at a line."""
    at = [p for p in program.places if line and p.node.lineno <= line <= (p.node.end_lineno or 0)]
    return at[-1:]


def _diff(program: Program, edit: Edit) -> str:
    changed = program.spliced(edit.splices).decode()
    lines = difflib.unified_diff(program.text.splitlines(), changed.splitlines(), lineterm="", n=0)
    return "\n".join(islice(lines, 2, None))
