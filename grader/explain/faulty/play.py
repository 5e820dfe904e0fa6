"""Plays many changed sources on one case, in workers that die only of what they are given."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Self

from grader.explain.faulty.edits import Splice
from grader.explain.faulty.part import Parts
from grader.explain.faulty.program import Program
from grader.model import Case, Outcome
from grader.sandbox.base import Host
from grader.sandbox.watch import Variant, Worker

BATCH = 64  # variants in one message
UNREADABLE = ("SyntaxError", "IndentationError")
TOO_SLOW = "OutOfTimeError"  # what a variant raises that used up VARIANT_S
UNCHANGED: Sequence[Splice] = ()
NO_PROGRAM = b""  # what a worker imports itself: it plays variants only
VARIANT_S = 0.25  # processor time of one source on one case
CANDIDATE_S = 0.03  # the same, at least, of one that comes after others: all is imported
LOOKED = 8  # variants after which it is looked at the clock
SLOWER = 3  # times longer than the submission itself
FIRST_S = 2.0  # the same, of the first one that a worker plays
HUNG_S, HUNG_WALL_S = 3.0, 15.0  # after which the worker is ended from outside


class Bench:
    """A sandbox for the candidates of one submission, and how much time they may take."""

    def __init__(self, sandbox: Host, program: Program, cpu_s: float, wall_s: float) -> None:
        self.sandbox, self.program, self.parts = sandbox, program, Parts(program)
        self.worker: Worker | None = None
        self.used_s = 0.0  # processor time of the workers that ended
        self.spent_s = 0.0  # the same, of others: that proofs were played in
        self.cpu_s, self.began_s, self.wall_s = cpu_s, time.thread_time(), wall_s
        self.began_wall_s = time.monotonic()
        self.candidate_s = CANDIDATE_S

    def play(
        self, changes: Sequence[Sequence[Splice]], case: Case, cpu_s: float = VARIANT_S
    ) -> Iterator[Outcome | None]:
        """Yield how the case goes with each change; None where none could be played."""
        for start in range(0, len(changes), BATCH):
            batch = changes[start : start + BATCH]
            variants = self.parts.variants(batch)
            outcomes = self._played(variants, case, cpu_s)
            # One that does not compile spoils those that are compiled together with it.
            spoilt = {v.text for v, o in zip(variants, outcomes, strict=True) if _unreadable(v, o)}
            again = [n for n, v in enumerate(variants) if v.text in spoilt]
            alone = self._played([self.parts.variant(batch[n]) for n in again], case, cpu_s)
            found = dict(zip(again, alone, strict=True))
            yield from (found.get(n, outcome) for n, outcome in enumerate(outcomes))

    def unchanged(self, case: Case) -> Outcome | None:
        """Return how the case goes as it is; candidates may take somewhat longer from now on."""
        worker = self._worker(case)
        began_s = worker.cpu_s() if worker else 0.0
        outcome = next(iter(self.play([UNCHANGED], case)))
        used_s = worker.cpu_s() - began_s if worker else 0.0
        self.candidate_s = min(max(CANDIDATE_S, SLOWER * used_s), VARIANT_S)
        return outcome

    def _played(
        self, variants: Sequence[Variant], case: Case, cpu_s: float
    ) -> list[Outcome | None]:
        outcomes: list[Outcome | None] = []
        while len(outcomes) < len(variants):
            worker = self._worker(case)
            if worker is None:
                return outcomes + [None] * (len(variants) - len(outcomes))
            rest = variants[len(outcomes) :]
            for outcome in worker.play_variants(self.program.source, rest, case, cpu_s):
                outcomes.append(outcome)
                if len(outcomes) % LOOKED == 0 and self.late:  # the clock is slow
                    self.close()
                    return outcomes + [None] * (len(variants) - len(outcomes))
            if worker.exit is not None:
                self.close()
        return outcomes

    @property
    def left_s(self) -> float:
        """How much processor time is left; none once the clock has gone too far."""
        used_s = time.thread_time() - self.began_s + self.used_s + self.spent_s
        used_s += self.worker.cpu_s() if self.worker else 0.0
        in_time = time.monotonic() - self.began_wall_s <= self.wall_s
        return self.cpu_s - used_s if in_time else 0.0

    @property
    def late(self) -> bool:
        """Whether the time is used up."""
        return self.left_s <= 0

    @property
    def lives(self) -> bool:
        """Whether what was played last left its worker alive."""
        return self.worker is not None

    def close(self) -> None:
        """End the worker; the next source is played in a fresh one."""
        if self.worker is not None:
            self.worker.close()
            self.used_s += self.worker.cpu_s()
            self.worker = None

    def _worker(self, case: Case) -> Worker | None:
        """Return the worker; a new one has played the case once, so that all is imported."""
        if self.worker is None:
            self.worker = Worker(self.sandbox, NO_PROGRAM, ())
            clock = self.worker.clock
            clock.limits = replace(clock.limits, case_cpu_s=HUNG_S, case_wall_s=HUNG_WALL_S)
            if self.worker.imported() is not None:
                self.close()
                return None
            # What is cut short while it imports stays broken for all that follows.
            unchanged = [self.parts.variant(UNCHANGED)]
            list(self.worker.play_variants(self.program.source, unchanged, case, FIRST_S))
            if self.worker.exit is not None:
                self.close()
        return self.worker

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _unreadable(variant: Variant, outcome: Outcome | None) -> bool:
    """Return whether a text that holds several variants does not compile."""
    raised = outcome.message if outcome is not None else ""
    return variant.pick >= 0 and raised.startswith(UNREADABLE)
