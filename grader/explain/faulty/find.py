"""A wrong submission -> the line in which one change makes everything right, if there is one."""

import difflib
import itertools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from grader.explain.faulty import raised, words
from grader.explain.faulty.cases import Tries
from grader.explain.faulty.edits import Edit
from grader.explain.faulty.hints import Hints, off
from grader.explain.faulty.kinds import kind_of
from grader.explain.faulty.order import in_order
from grader.explain.faulty.plain import plainness
from grader.explain.faulty.play import BATCH, TOO_SLOW, Bench
from grader.explain.faulty.program import MOST_BYTES, UNREADABLE, Program
from grader.explain.faulty.statements import left_out
from grader.explain.faulty.twins import with_twins
from grader.explain.faulty.verify import PROOFS, Verifier
from grader.messages.wording import places_text
from grader.model import Case, Diagnosis, GroupResult, Outcome, Place, Suite, Verdict
from grader.sandbox.base import Host

AFTER_FIRST = (128, 300)  # more after the first that mends it, at least and at most
MOST_LINES = 3  # that are named; of more none is the line
CONTEXT, MOST_WIDTH = 8, 200  # lines before and after that are shown, and their characters
CPU_S, WALL_S = 8.0, 100.0  # the last resort
UNWRITTEN = "NotImplementedError"
TOO_DEEP = (RecursionError, MemoryError)
HUNK = re.compile(r"^@@ -(\d+).*@@$", re.MULTILINE)


class FaultyLines:
    """The search for the faulty line, ready for one submission after the other."""

    def __init__(self, suite: Suite, sandbox: Host, *, kept: bool = False) -> None:
        """kept: whether expected values may be kept in the user's cache, and taken from there."""
        self.suite, self.sandbox = suite, sandbox
        self.tries = Tries(suite, kept=kept)
        self.played = 0  # candidates of the last search
        self.repairs: list[Edit] = []  # what it found
        self.late = False  # whether its time was used up before it was done

    def of(
        self,
        source: bytes,
        results: Sequence[GroupResult],
        place: Callable[[int], Place] = Place,
    ) -> tuple[Diagnosis, ...]:
        """Return the line or lines of which each alone mends the submission; else nothing.

        place: where a line of the source stands in what was handed in.
        """
        self.played, self.repairs, self.late = 0, [], False
        verifier = Verifier(self.suite, self.sandbox, self.tries, results)
        if not verifier.wrong or len(source) > MOST_BYTES:
            return ()
        try:
            program = Program(source, self._weights(), self._functions())
            places = program.places
        except UNREADABLE:
            return ()
        if not places:
            return ()
        with Bench(self.sandbox, program, CPU_S, WALL_S) as bench:
            guide = self._guide(bench, verifier)
            if guide is None or guide[1].message.startswith(UNWRITTEN):
                return ()
            case, outcome = guide
            try:
                repairs = self._repairs(program, bench, verifier, case, outcome)
            except TOO_DEEP:
                return ()
            self.late = bench.late and not repairs
        self.repairs = repairs if len(repairs) <= MOST_LINES else []
        told = self._worded(program, verifier, case, outcome, place) if self.repairs else ()
        return (*told, *raised.explained(program, case, outcome, place))

    def _guide(self, bench: Bench, verifier: Verifier) -> tuple[Case, Outcome] | None:
        """Return the first case, small ones first, that goes wrong, and how."""
        group = self.suite.problem.group(verifier.wrong[0])
        scored = [c for c in self.suite.cases if c.group == group.name]
        scored.sort(key=lambda c: sum(a.size for a in c.inputs.values()))
        probes = (c for c in self.tries.probes() if c.group == group.name)
        for case in itertools.chain(self.tries.tiny(group), probes, scored):
            outcome = bench.unchanged(case)
            if outcome is None or outcome.verdict not in (None, Verdict.RTE):
                return None
            if outcome.message == TOO_SLOW:
                return None
            if not verifier.right(case, outcome):
                return (case, outcome) if bench.lives else None
        return None

    def _repairs(
        self, program: Program, bench: Bench, verifier: Verifier, case: Case, outcome: Outcome
    ) -> list[Edit]:
        """Return the proved changes, the plainest for each line, likely lines first."""
        hints = Hints(program, bench, self.tries, verifier.correct, case, outcome)
        misshapen = outcome.claims is not None and not program.sound
        edits = in_order(program, hints.influence, hints.near, misshapen=misshapen)
        failed: list[Edit] = []
        repairs: list[Edit] = []
        remaining = islice(with_twins(program, edits, failed), self.suite.problem.effort.changes)
        while not repairs and verifier.proofs < PROOFS and not bench.late:
            survivors = self._survivors(remaining, bench, verifier, case)
            if not survivors:
                break
            bench.close()  # a sandbox has one worker at a time
            for same in _by_lines(survivors, program):
                if len(repairs) <= MOST_LINES:
                    mending = (e for e in same if verifier.mended(program.spliced(e.splices)))
                    repairs += islice(mending, 1)
            failed += survivors
            bench.spent_s = verifier.used_s
        return sorted(repairs, key=lambda r: hints.cost(r.lines[-1]))

    def _survivors(
        self, edits: Iterable[Edit], bench: Bench, verifier: Verifier, case: Case
    ) -> list[Edit]:
        """Return the changes that make a case right, up to some time after the first of them.

        What the lines that they change do may be too much altogether: that is tried as well.
        """
        found: list[Edit] = []
        played, until = 0, math.inf
        for batch in _batches(edits):
            outcomes = list(bench.play([edit.splices for edit in batch], case, bench.candidate_s))
            played += len(batch)
            found += [e for e, o in zip(batch, outcomes, strict=True) if verifier.right(case, o)]
            if found and until == math.inf:
                least, most = AFTER_FIRST  # other lines may mend it too: as many again
                until = played + min(max(least, played), most)
            if played >= until or bench.late:
                break
        self.played += played
        lines = {e.lines[0] for e in found if len(e.lines) == 1}
        places = [p for p in bench.program.places if p.node.lineno in lines]
        less = [e for p in places for e in left_out(bench.program, p)]
        outcomes = list(bench.play([edit.splices for edit in less], case, bench.candidate_s))
        return found + [e for e, o in zip(less, outcomes, strict=True) if verifier.right(case, o)]

    def _weights(self) -> tuple[str, ...]:
        inputs = (q.name for group in self.suite.problem.groups for q in group.inputs)
        return tuple(dict.fromkeys(n for n in inputs if not n.endswith(("_2", "_other", "_steps"))))

    def _functions(self) -> set[str]:
        parts = self.suite.problem.interface
        return {name for part in parts for name in (part.name, *part.methods)}

    def _worded(
        self,
        program: Program,
        verifier: Verifier,
        case: Case,
        outcome: Outcome,
        place: Callable[[int], Place],
    ) -> tuple[Diagnosis, ...]:
        repairs = self.repairs
        where = [
            (
                list(map(place, r.lines)),
                program.lines[r.lines[0] - 1].strip(),
                kind_of(program, r),
            )
            for r in repairs
        ]
        wrong = (case.group, self._wrong_quantities(case, outcome))
        said = words.told(where, wrong, verifier.cases)
        changes = "\n".join(_diff(program, r, place) for r in repairs)
        line = repairs[0].lines[0]
        at, cell = place(line)
        around = range(max(line - CONTEXT, 1), min(line + CONTEXT, len(program.lines)) + 1)
        return (
            Diagnosis(
                "faulty-line",
                said["en"],
                said["zh"],
                line=at,
                cell=cell,
                excerpt=tuple(
                    (place(n).line, program.lines[n - 1][:MOST_WIDTH])
                    for n in around
                    if place(n).cell == cell
                ),
                change=changes,
                told=self.suite.problem.effort.tells_change,
            ),
        )

    def _wrong_quantities(self, case: Case, outcome: Outcome) -> list[str]:
        if outcome.claims is None:
            return []
        group, expected = self.suite.problem.group(case.group), self.tries.expect(case)
        wrong = off(outcome.claims, expected.value, expected.bound)
        where = group.positions(case.sizes)
        return [n for n, part in where.items() if wrong[part].any() or n in outcome.claims.faults]


def _batches(edits: Iterable[Edit]) -> Iterator[list[Edit]]:
    remaining = iter(edits)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _by_lines(edits: Sequence[Edit], program: Program) -> list[list[Edit]]:
    """Return the edits of each line, the plainest first: the others need no proof."""
    found: dict[tuple[int, ...], list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.lines, []).append(edit)
    return [sorted(same, key=partial(plainness, program)) for same in found.values()]


def _diff(program: Program, edit: Edit, place: Callable[[int], Place]) -> str:
    changed = program.spliced(edit.splices).decode()
    lines = difflib.unified_diff(program.text.splitlines(), changed.splitlines(), lineterm="", n=0)
    hunks = "\n".join(islice(lines, 2, None))
    return HUNK.sub(lambda at: _header(at[0], place(int(at[1]))), hunks)


def _header(hunk: str, place: Place) -> str:
    return hunk if place.cell is None else f"@@ {places_text([place], 'en')} @@"
