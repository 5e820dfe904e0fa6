"""Plays many changed sources on one case, in workers that die only of what they are given."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self

from grader.model import Case, Outcome
from grader.sandbox.base import Host
from grader.sandbox.watch import Worker

BATCH = 32  # sources in one message
VARIANT_S = 0.25  # processor time of one source on one case
HUNG_S, HUNG_WALL_S = 1.5, 15.0  # after which the worker is ended from outside


class Bench:
    """A sandbox for the candidates of one submission, and how much time they may take."""

    def __init__(self, sandbox: Host, source: bytes, cpu_s: float, wall_s: float) -> None:
        self.sandbox, self.source = sandbox, source
        self.worker: Worker | None = None
        self.used_s = 0.0  # processor time of the workers that ended
        self.cpu_s, self.began_s, self.wall_s = cpu_s, time.thread_time(), wall_s
        self.began_wall_s = time.monotonic()

    def play(self, sources: Sequence[bytes], case: Case) -> Iterator[Outcome | None]:
        """Yield how the case goes on each source; None where none could be played."""
        played = 0
        while played < len(sources):
            worker = self._worker()
            if worker is None:
                yield from [None] * (len(sources) - played)
                return
            batch = sources[played : played + BATCH]
            for outcome in worker.play_variants(batch, case, VARIANT_S):
                played += 1
                yield outcome
            if worker.exit is not None:
                self.close()

    @property
    def late(self) -> bool:
        """Whether the time is used up."""
        used_s = time.thread_time() - self.began_s + self.used_s
        used_s += self.worker.cpu_s() if self.worker else 0.0
        return used_s > self.cpu_s or time.monotonic() - self.began_wall_s > self.wall_s

    def close(self) -> None:
        """End the worker; the next source is played in a fresh one."""
        if self.worker is not None:
            self.worker.close()
            self.used_s += self.worker.cpu_s()
            self.worker = None

    def _worker(self) -> Worker | None:
        if self.worker is None:
            self.worker = Worker(self.sandbox, self.source)
            clock = self.worker.clock
            clock.limits = replace(clock.limits, case_cpu_s=HUNG_S, case_wall_s=HUNG_WALL_S)
            if self.worker.imported() is not None:
                self.close()
        return self.worker

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
