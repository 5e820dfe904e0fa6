"""What the judge has of every way to run submissions: the problem, and its cases in batches.

`Host` is what play_all (run.py) asks for: host.py's Sandbox, for anybody's code, and plain.py's
Plain, for a student's own on their own machine. `Link` is a worker that one of them has started.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol, Self

from grader.model import Case, Problem
from grader.sandbox.clock import Clock

BATCH = 32  # cases that are given to a worker at once
KEPT = 128  # messages with cases that come again
START_S = 60.0  # for our own processes to answer; only a broken machine takes that long
POLL_S = 0.05  # the longest that anything waits before limits are looked at again


class Exit(NamedTuple):
    """How a worker ended: its exit code, or minus the number of the signal that ended it."""

    code: int
    cpu_s: float
    peak_mib: float


class Link(Protocol):
    """A worker that runs: frames to and from it, and what it prints."""

    clock: Clock

    def read(self) -> bytes | None:
        """Return what came; nothing after the last, None if nothing came within POLL_S."""

    def write(self, data: memoryview) -> int:
        """Return how many bytes were taken, waiting for at most POLL_S; EOFError if it is gone."""

    def printed(self) -> Iterator[bytes]:
        """Yield what was printed and not told yet, without waiting."""

    def kill(self) -> None:
        """End the worker, if it still lives."""

    def exited(self, within_s: float | None = None) -> Exit | None:
        """Wait until the worker has ended and return how; None if not within_s."""

    def close(self) -> None:
        """Give back what a worker that has ended had."""


class Host(ABC):
    """A problem whose submissions can be run, one worker at a time."""

    shut_in = True  # whether anything is done against what a submission may do
    plays_variants = True  # whether a worker can end what one change of a source makes endless
    weak: bool  # whether to go on where neither files nor system calls can be restricted

    def __init__(self, problem: Problem, *, tells: bool) -> None:
        """tells: a worker that is out of time says where; for code that is not graded."""
        self.problem, self.tells = problem, tells
        self.frames: dict[Sequence[Case], bytes] = {}
        self.sizes_of = lru_cache(1024)(self._sizes_of)  # by identity, as cases have

    @abstractmethod
    def open(self) -> Link:
        """Start a worker; the one before has ended."""

    @abstractmethod
    def wait(self) -> None:
        """Return when workers can be started; SandboxError if they never will be."""

    @abstractmethod
    def close(self) -> None:
        """End what is left and remove all that it had."""

    def was_killed(self) -> bool:
        """Return whether somebody killed what workers come from: the next worker has another."""
        return False

    @property
    def told_after(self) -> tuple[float, float] | None:
        """Return after how many seconds of processor time and by the clock a worker says where."""
        return (
            (self.problem.limits.case_cpu_s, self.problem.limits.case_wall_s)
            if self.tells
            else None
        )

    def packed(self, cases: Sequence[Case], pack: Callable[[], bytes]) -> bytes:
        """Return what pack() gives; for cases in a tuple, which come again, as it was kept."""
        if not isinstance(cases, tuple):
            return pack()
        if cases not in self.frames:
            while len(self.frames) >= KEPT:
                self.frames.pop(next(iter(self.frames)))
            self.frames[cases] = pack()
        return self.frames[cases]

    def _sizes_of(self, case: Case) -> tuple[int, ...]:
        """Return how many numbers each quantity has that the case's group observes."""
        observed = self.problem.group(case.group).observes
        return tuple(math.prod(q.shape_in(case.sizes)) for q in observed)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def batches(cases: Sequence[Case]) -> Iterator[Sequence[Case]]:
    """Yield the cases in order, in batches of one group.

    A worker that never holds more than that, for whatever it is played, can neither tell what
    comes after it nor by its number what it is for.
    """
    begin = 0
    for at in range(1, len(cases) + 1):
        full = at in (len(cases), begin + BATCH)
        if full or cases[at].group != cases[begin].group:
            yield cases[begin:at]
            begin = at
