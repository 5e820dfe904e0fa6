"""Plays cases outside the scored suite on a submission, for a search or a diagnosis."""

import time
from collections.abc import Sequence
from typing import Self

from grader.explain.budget import TIME, Budget, OutOfBudgetError
from grader.model import Case, Outcome, Verdict
from grader.sandbox.base import Host
from grader.sandbox.watch import Worker


class Trial:
    """A submission that stays at hand: play a case, get its outcome; workers are renewed."""

    def __init__(self, sandbox: Host, source: bytes) -> None:
        """Start nothing yet: the first play does. What is used is counted in the budget."""
        problem = sandbox.problem
        self.wall_per_cpu = problem.limits.wall_s / problem.limits.cpu_s
        self.sandbox, self.source = sandbox, source
        self.worker: Worker | None = None
        self.hung = False
        self.began = time.thread_time(), time.monotonic()
        self.used_s = 0.0  # processor time of the workers that ended
        self.budget = Budget(problem.effort, problem.limits.cpu_s, self.clock)

    def clock(self) -> float:
        """Return the processor time used here and by the submission.

        The same part of the clock's time as of its limit, if that is more: it may sleep.
        """
        cpu_s, wall_s = self.began
        used_s = time.thread_time() - cpu_s + self.used_s
        used_s += self.worker.cpu_s() if self.worker else 0.0
        return max(used_s, (time.monotonic() - wall_s) / self.wall_per_cpu)

    def play(self, cases: Sequence[Case]) -> list[Outcome | None]:
        """Return an outcome for every case, None for those that a hang left unplayed.

        Each case is played even if one before it raised or killed the worker; after the first
        that runs out of time nothing is played any more.
        """
        outcomes: list[Outcome | None] = []
        while len(outcomes) < len(cases) and not self.hung:
            outcomes += self.play_on(cases[len(outcomes) :])
        return outcomes + [None] * (len(cases) - len(outcomes))

    def play_on(self, cases: Sequence[Case]) -> list[Outcome]:
        """Return outcomes up to the first case that does not run to its end; none after a hang.

        OutOfBudgetError if there is no budget for so many, or its time ends meanwhile.
        """
        self.budget.play(len(cases))
        worker = None if self.hung else self._worker()
        outcomes: list[Outcome] = []
        if worker is None:
            return outcomes
        for outcome in worker.play(cases):
            if outcome is None:
                break
            outcomes.append(outcome)
            if outcome.verdict is not None:
                self.hung = outcome.verdict in (Verdict.TLE, Verdict.OLE)
                break
        self.budget.give_back(len(cases) - len(outcomes))
        if worker.exit is not None or len(outcomes) < len(cases):
            self.renew()
        if self.hung and self.budget.left_s() <= 0:
            raise OutOfBudgetError(TIME)
        return outcomes

    def start_over(self) -> None:
        """Forget the worker, and that it hung."""
        self.renew()
        self.hung = False

    def renew(self) -> None:
        """Give the worker up; the next case is played in a fresh one."""
        if self.worker is not None:
            self.worker.close()
            self.used_s += self.worker.cpu_s()
            self.worker = None

    def _worker(self) -> Worker | None:
        if self.worker is None:
            left_s = self.budget.left_s()
            if left_s <= 0:
                raise OutOfBudgetError(TIME)
            self.worker = Worker(self.sandbox, self.source)
            clock = self.worker.clock
            clock.total_cpu_s = min(clock.total_cpu_s, left_s)
            clock.total_wall_s = min(clock.total_wall_s, self.wall_per_cpu * left_s)
            ended = self.worker.imported()
            if ended is not None:
                self.hung = True
                self.renew()
        return self.worker

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.renew()
