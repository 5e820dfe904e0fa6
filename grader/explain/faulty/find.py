"""A wrong submission -> the line in which one change makes everything right, if there is one."""

import itertools
from collections.abc import Callable, Sequence

from grader.explain.budget import CHANGES, TIME
from grader.explain.faulty import raised, words
from grader.explain.faulty.cases import Tries
from grader.explain.faulty.edits import Edit, line_before
from grader.explain.faulty.kinds import kind_of
from grader.explain.faulty.play import TOO_SLOW, Bench
from grader.explain.faulty.program import MOST_BYTES, UNREADABLE, Program
from grader.explain.faulty.proof import Proof
from grader.explain.faulty.repairs import Repairs
from grader.explain.faulty.second import Halves
from grader.explain.faulty.verify import Verifier
from grader.model import Case, Diagnosis, GroupResult, Outcome, Place, Suite, Verdict
from grader.sandbox.base import Host

CPU_S, WALL_S = 6.5, 100.0  # the last resort
SECOND_S = 2.8  # more, where there may be two mistakes
UNWRITTEN = "NotImplementedError"
NO_FORWARD = "is missing the required"  # as PyTorch says of a module that spells it otherwise
TOO_DEEP = (RecursionError, MemoryError)


class FaultyLines:
    """The search for the faulty line, ready for one submission after the other."""

    def __init__(self, suite: Suite, sandbox: Host, *, kept: bool = False) -> None:
        """kept: whether expected values may be kept in the user's cache, and taken from there."""
        self.suite, self.sandbox = suite, sandbox
        self.tries = Tries(suite, kept=kept)
        self.played = 0  # candidates of the last search
        self.repairs: list[Edit] = []  # what it found that is right by itself
        self.proof: Proof | None = None
        self.used_up = ""  # CHANGES or TIME, if that ended it before a line was found

    def of(
        self,
        source: bytes,
        results: Sequence[GroupResult],
        place: Callable[[int], Place] = Place,
    ) -> tuple[Diagnosis, ...]:
        """Return the lines of which each alone mends the submission, or two that do so together.

        Where there is neither, the line that mends the first wrong group; else nothing.

        place: where a line of the source stands in what was handed in.
        """
        self.played, self.repairs, self.proof, self.used_up = 0, [], None, ""
        verifier = Verifier(self.suite, self.sandbox, self.tries, results)
        if not verifier.wrong or len(source) > MOST_BYTES:
            return ()
        program = self._program(source)
        if program is None:
            return ()
        with Bench(self.sandbox, program, CPU_S, WALL_S) as bench:
            guide = self._guide(bench, verifier)
            if guide is None or _is_unwritten(guide[1]):
                return ()
            case, outcome = guide
            try:
                self.proof = self._proof(program, bench, verifier, case, outcome)
            except TOO_DEEP:
                return ()
            if self.proof:
                self.used_up = ""
            elif bench.late:
                self.used_up = TIME
        seen = raised.explained(program, case, outcome, place)
        if self.proof is None:
            return tuple(seen)
        wrong = case.group, verifier.wrong_of(case, outcome)
        tells_change = self.suite.problem.effort.tells_change
        return (self.proof.told(program, wrong, place, tells_change=tells_change), *seen)

    def _used_up(self, bench: Bench) -> str:
        if bench.late:
            return TIME
        return CHANGES if self.played >= self.suite.problem.effort.changes else ""

    def _program(self, source: bytes) -> Program | None:
        """Return a source with a statement to change; None if it has none or cannot be read."""
        try:
            program = Program(source, self._weights(), self._functions())
            places = program.places
        except UNREADABLE:
            return None
        return program if places else None

    def _guide(self, bench: Bench, verifier: Verifier) -> tuple[Case, Outcome] | None:
        """Return the first case that goes wrong, and how; it is of the verifier's first group.

        A group of which each case takes too long is looked at last.
        """
        for _ in verifier.wrong:
            guide = self._guide_of_first(bench, verifier)
            if guide is not None:
                return guide
            verifier.wrong.append(verifier.wrong.pop(0))
        return None

    def _guide_of_first(self, bench: Bench, verifier: Verifier) -> tuple[Case, Outcome] | None:
        """Return the first case of that group, small ones first, that goes wrong, and how."""
        group = self.suite.problem.group(verifier.wrong[0])
        others = [c for c in (*self.tries.probes(), *self.suite.cases) if c.group == group.name]
        others.sort(key=lambda c: sum(a.size for a in c.inputs.values()))
        for case in itertools.chain(self.tries.tiny(group), others):
            outcome = bench.unchanged(case)
            if outcome is None or outcome.verdict not in (None, Verdict.RTE):
                return None
            if outcome.message == TOO_SLOW:
                return None
            if not verifier.right(case, outcome):
                found = self._most_wrong(bench, verifier, case, outcome)
                return found if bench.lives else None
        return None

    def _most_wrong(
        self, bench: Bench, verifier: Verifier, case: Case, outcome: Outcome
    ) -> tuple[Case, Outcome]:
        """Return the tiny case in which most quantities are wrong, unless they are so in this one.

        In one that happens to be right in part, what is wrong looks as if it were elsewhere.
        """
        most = len(verifier.wrong_of(case, outcome))
        for other in self.tries.tiny(self.suite.problem.group(case.group)) if most else ():
            played = bench.unchanged(other)
            wrong = len(verifier.wrong_of(other, played)) if played is not None else 0
            if played is not None and played.claims is not None and wrong > most:
                case, outcome, most = other, played, wrong
        return case, outcome

    def _proof(
        self, program: Program, bench: Bench, verifier: Verifier, case: Case, outcome: Outcome
    ) -> Proof | None:
        halves = Halves(program, verifier, case, outcome)
        search = Repairs(program, bench, verifier, case, halves)
        self.repairs = search.found(outcome)
        self.played = search.played
        if search.crowded:
            return None
        if not self.repairs:
            self.used_up = self._used_up(bench)  # a second mistake has time of its own
            return self._in_two(program, bench, verifier, halves)
        where = [(r.lines, kind_of(program, r)) for r in self.repairs]
        sources = [program.spliced(r.splices) for r in self.repairs]
        return Proof(where, sources, verifier.cases)

    def _in_two(
        self, program: Program, bench: Bench, verifier: Verifier, halves: Halves
    ) -> Proof | None:
        """Return two changes that mend all together, or one that mends part of what is wrong.

        One that turns out to mend all is no part.
        """
        bench.cpu_s += SECOND_S
        found = halves.best(bench)
        bench.close()
        part = None
        for half in found:
            if bench.late:
                break
            source = program.spliced(half.edit.splices)
            first = half.edit.lines, kind_of(program, half.edit)
            before_s = verifier.used_s
            case = verifier.first_wrong(source)
            bench.spent_s += verifier.used_s - before_s
            if case is None:
                return Proof([first], [source], verifier.cases)
            changed = self._program(source)
            second = self._second(changed, bench, verifier, case) if changed is not None else None
            if changed is not None and second is not None:
                lines = [line_before(program, half.edit, n) for n in second.lines]
                where = [first, (lines, kind_of(changed, second))]
                mended = changed.spliced(second.splices)
                if {*lines} <= {*half.edit.lines}:
                    return Proof([first], [mended], verifier.cases)
                return Proof(where, [mended], verifier.cases, words.BOTH)
            told = part is None and halves.may_be_told(half)
            if told and verifier.mends_part(source, half.mends):
                names = sorted(half.mends)
                part = Proof([first], [source], verifier.cases_of_part, words.PART, names)
        return part

    def _second(
        self, program: Program, bench: Bench, verifier: Verifier, case: Case
    ) -> Edit | None:
        """Return the change that mends a half mended program; case: in which it is wrong.

        bench: whose time it takes.
        """
        repairs: list[Edit] = []
        before_s = verifier.used_s
        with Bench(self.sandbox, program, bench.left_s, WALL_S) as other:
            outcome = other.unchanged(case)
            if outcome is not None and other.lives:
                repairs = Repairs(program, other, verifier, case).found(outcome)
        bench.spent_s += other.used_s + verifier.used_s - before_s
        return repairs[0] if repairs else None

    def _weights(self) -> tuple[str, ...]:
        """Return how the problem calls its weights: attributes, else whatever is handed over."""
        attributes = (a for part in self.suite.problem.interface for a in part.attributes)
        inputs = (q.name for group in self.suite.problem.groups for q in group.inputs if q.shape)
        own = (n for n in inputs if not n.endswith(("_2", "_other", "_steps")))
        return tuple(dict.fromkeys(attributes)) or tuple(dict.fromkeys(own))

    def _functions(self) -> set[str]:
        parts = self.suite.problem.interface
        return {name for part in parts for name in (part.name, *part.methods)}


def _is_unwritten(outcome: Outcome) -> bool:
    """Return whether the submission itself says that something is still to be written."""
    said = outcome.message
    return said.startswith(UNWRITTEN) and NO_FORWARD not in said and bool(outcome.frames)
