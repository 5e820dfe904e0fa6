"""What a worker has used of its time: the processor's first, and the clock as the last resort.

Other programs stretch the clock and not the processor's time. So what a worker has waited for a
processor, which the kernel counts, is taken off the clock: how busy the machine is decides nothing.
"""

import contextlib
import os
import time
from typing import NamedTuple

from grader.model import Limits, Verdict


class LimitReachedError(Exception):
    """A limit was reached, and where if that is known.

    sure: a busy machine cannot have caused it: the whole submission's limit, or the worker's word.
    """

    def __init__(
        self, verdict: Verdict, why: str, *, sure: bool = False, line: int = 0, function: str = ""
    ) -> None:
        self.verdict, self.why, self.sure = verdict, why, sure
        self.line, self.function = line, function


class Used(NamedTuple):
    """Seconds at one moment: of the processor, and by the clock without what was waited."""

    cpu_s: float
    wall_s: float


class Clock:
    """The clocks of one process, and the limits that it has."""

    def __init__(self, limits: Limits, pid: int | None) -> None:
        """Begin now; without a pid there is only the time by the clock."""
        self.limits = limits
        self.total_cpu_s, self.total_wall_s = limits.cpu_s, limits.wall_s
        self.process = None if pid is None else (~pid << 3) | 2  # the kernel's CPU clock of it
        self.delays = -1
        with contextlib.suppress(OSError, AttributeError):  # not in gVisor, only on Linux
            self.delays = os.open(f"/proc/{pid}/schedstat", os.O_RDONLY | os.O_CLOEXEC)
        self.last = Used(0.0, 0.0)
        self.waited_s = 0.0
        self.began_s = time.monotonic()
        self.step = self.start = self.now()

    def now(self) -> Used:
        """Return what is used; what was seen last of a process that is gone."""
        if self.process is not None:
            with contextlib.suppress(OSError):
                self.last = Used(time.clock_gettime(self.process), 0.0)
        with contextlib.suppress(OSError, ValueError, IndexError, AttributeError):
            self.waited_s = int(os.pread(self.delays, 200, 0).split()[1]) / 1e9
        wall_s = time.monotonic() - self.began_s - self.waited_s
        self.last = Used(self.last.cpu_s, max(wall_s, 0.0))
        return self.last

    def begin(self) -> None:
        """Count by the clock from now on: nobody has waited for the submission before."""
        self.began_s = time.monotonic()

    def new_step(self) -> None:
        """Begin a case, or the import; LimitReachedError if nothing is left for it."""
        self.step = self.now()
        self._check_whole(self.step)

    def check(self) -> None:
        """Raise LimitReachedError if a limit is reached; asked in every pass of every wait."""
        now, limits = self.now(), self.limits
        if now.cpu_s - self.step.cpu_s > limits.case_cpu_s:
            raise LimitReachedError(
                Verdict.TLE, f"more than {limits.case_cpu_s:g} s of processor time"
            )
        self._check_whole(now)
        if now.wall_s - self.step.wall_s > limits.case_wall_s:
            raise LimitReachedError(Verdict.TLE, f"no answer within {limits.case_wall_s:g} s")

    def _check_whole(self, now: Used) -> None:
        limits = self.limits
        if now.cpu_s > self.total_cpu_s:
            why = f"more than {limits.cpu_s:g} s of processor time for all cases"
            raise LimitReachedError(Verdict.TLE, why, sure=True)
        if now.wall_s > self.total_wall_s:
            why = f"no end within {limits.wall_s:g} s for all cases"
            raise LimitReachedError(Verdict.TLE, why, sure=True)

    def close(self) -> None:
        """Give the descriptor back."""
        if self.delays >= 0:
            os.close(self.delays)
            self.delays = -1
