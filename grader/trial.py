"""Plays cases outside the scored suite on a submission, for a search or a diagnosis."""

import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from grader import compare, oracle
from grader.model import Case, Expected, Mismatch, Outcome, Verdict
from grader.sandbox.host import Sandbox
from grader.sandbox.watch import Worker

MOST_S = 15.0  # for all workers of a trial: a submission may sleep where it is not scored


class Trial:
    """A submission that stays at hand: play a case, get its outcome; workers are renewed."""

    def __init__(self, sandbox: Sandbox, source: bytes) -> None:
        self.sandbox, self.source = sandbox, source
        self.worker: Worker | None = None
        self.hung = False
        self.until = time.monotonic() + MOST_S
        self.used_s = 0.0  # processor time of the workers that ended

    def play(self, cases: Sequence[Case]) -> list[Outcome | None]:
        """Return an outcome for every case, None for those that a hang left unplayed.

        Each case is played even if one before it raised or killed the worker; after the first
        that runs out of time nothing is played any more.
        """
        outcomes: list[Outcome | None] = []
        while len(outcomes) < len(cases) and not self.hung:
            worker = self._worker()
            if worker is None:
                break
            case = cases[len(outcomes) : len(outcomes) + 1]
            for outcome in worker.play(case if outcomes else cases):
                if outcome is None:  # its group was given up in this batch: again, on its own
                    break
                outcomes.append(outcome)
                self.hung = outcome.verdict in (Verdict.TLE, Verdict.OLE)
            if worker.exit is not None or len(outcomes) < len(cases):
                self.renew()
        return outcomes + [None] * (len(cases) - len(outcomes))

    def cpu_s(self) -> float:
        """Return the processor time that the submission has used here."""
        return self.used_s + (self.worker.cpu_s() if self.worker else 0.0)

    def mismatches(
        self, cases: Sequence[Case], expect: Callable[[Case], Expected] | None = None
    ) -> list[Mismatch | Outcome | None]:
        """Return for every case what is wrong: a mismatch, how it ended, or None.

        expect: what gives the expected values, if some are known already.
        """
        played = zip(cases, self.play(cases), strict=True)
        return [self.mismatch(case, outcome, expect) for case, outcome in played]

    def mismatch(
        self,
        case: Case,
        outcome: Outcome | None,
        expect: Callable[[Case], Expected] | None = None,
    ) -> Mismatch | Outcome | None:
        """Return what is wrong with one outcome: a mismatch, how it ended, or None."""
        if outcome is None or outcome.claims is None:
            return outcome
        group = self.sandbox.problem.group(case.group)
        expected = expect(case) if expect else oracle.expect(self.sandbox.problem, case)
        return compare.first_mismatch(group, case, expected, outcome.claims)

    def renew(self) -> None:
        """Give the worker up; the next case is played in a fresh one."""
        if self.worker is not None:
            self.worker.close()
            self.used_s += self.worker.cpu_s()
            self.worker = None

    def _worker(self) -> Worker | None:
        left_s = self.until - time.monotonic()
        if left_s <= 0:
            self.hung = True
            self.renew()
        elif self.worker is None:
            self.worker = Worker(self.sandbox, self.source)
            clock = self.worker.clock
            clock.total_wall_s = min(clock.total_wall_s, left_s)
            ended = self.worker.imported()
            if ended is not None:
                self.hung = ended.verdict is Verdict.TLE
                self.renew()
        return self.worker

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.renew()
