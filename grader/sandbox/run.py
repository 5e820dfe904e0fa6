"""Plays cases on a submission in a sandbox and tells what happened; the judge's side.

Theory of operation
-------------------
`Sandbox` (host.py) starts a zygote: a fresh interpreter (zygote.py) that holds NumPy and the
problem's public driver, and nothing else. For each submission it forks a worker (worker.py), which
puts on its layers (layers.py), receives the source as bytes, imports it and plays cases on it.
The worker's frames (wire.py) are claims: numbers that are checked for name, type, shape and size
here and believed by nobody. Which process does what:

    judge (watch.py)      knows the answers; starts, feeds, times, kills; reads with a size limit
    zygote                knows the driver; forks, kills at the judge's word, reaps
    worker                knows one submission and its cases; has no file, process or network

A case that exceeds its time or kills its worker has its verdict; the groups that do not need
its group are played on in a fresh worker, within the submission's total. What the worker prints
goes into a pipe that is drained here, counted, and cut.
"""

import time
from collections.abc import Callable, Sequence

from grader.model import Case, Outcome, Run, Verdict
from grader.sandbox.host import Exit, Sandbox
from grader.sandbox.watch import SHOWN_OUTPUT, Worker, clean

Right = Callable[[int, Outcome], bool]  # whether the claims of a case are right


def play_all(
    sandbox: Sandbox, source: bytes, cases: Sequence[Case], right: Right | None = None
) -> Run:
    """Return the outcome of every case that could be played, by its position in `cases`.

    right: what a group that another needs is judged by at once; cases that would not be judged,
    because they need a group that failed, are then not played.
    """
    return _Playing(sandbox, source, cases, right).run()


class _Playing:
    """The run of one submission over as many workers as it takes."""

    def __init__(
        self, sandbox: Sandbox, source: bytes, cases: Sequence[Case], right: Right | None
    ) -> None:
        self.sandbox, self.source, self.cases, self.right = sandbox, source, cases, right
        self.outcomes: dict[int, Outcome] = {}
        self.broken: set[str] = set()  # groups whose other cases are not played
        self.failed: set[str] = set()  # groups, of which those that need them are not played
        self.cpu_s = self.wall_s = self.peak_mib = 0.0
        self.printed = b""
        self.printed_size = 0
        self.layers: list[tuple[str, str]] = []

    def run(self) -> Run:
        todo = list(range(len(self.cases)))
        start: Outcome | None = None
        first = True
        while todo:
            worker = Worker(self.sandbox, self.source)
            try:
                worker.total_cpu_s -= self.cpu_s
                worker.total_wall_s -= self.wall_s
                worker.printed_size = self.printed_size
                self.layers = worker.layers
                failed = worker.imported()
                todo = [] if failed else self._play(worker, todo)
                start = failed if first else None  # later, what was judged before stays judged
                first = False
            finally:
                worker.close()
                self._add_up(worker)
        return Run(
            outcomes=self.outcomes,
            layers=tuple(name for name, why in self.layers if not why),
            missing_layers={name: why for name, why in self.layers if why},
            printed=self._shown(),
            cpu_s=self.cpu_s,
            wall_s=self.wall_s,
            peak_mib=self.peak_mib,
            start=start,
        )

    def _play(self, worker: Worker, todo: list[int]) -> list[int]:
        """Play on, wave by wave; return what is left for another worker after this one died."""
        for begin, wave in self._waves():
            within = range(begin, begin + len(wave))
            left = [n for n in todo if n in within and self._is_wanted(n)]
            whole = len(left) == len(wave)
            cases = wave if whole else [self.cases[n] for n in left]
            played = self._play_wave(worker, left, cases) if left else 0
            if worker.exit is not None:
                return [n for n in todo if n > left[played - 1] and self._is_wanted(n)]
        return []

    def _waves(self) -> Sequence[tuple[int, Sequence[Case]]]:
        """Return the cases in parts, each with its place, of which none needs the one before."""
        return self.sandbox.waves(self.cases) if self.right else [(0, self.cases)]

    def _play_wave(self, worker: Worker, left: list[int], cases: Sequence[Case]) -> int:
        """Play cases in one message; return how many were answered, if only to be passed over."""
        played = 0
        for number, outcome in zip(left, worker.play(cases), strict=False):
            played += 1
            if outcome is None:
                continue
            self.outcomes[number] = outcome
            self._count(self.cases[number].group, number, outcome)
        return played

    def _count(self, group: str, number: int, outcome: Outcome) -> None:
        """Take in what an outcome means for other cases."""
        if outcome.verdict is not None:
            self.broken.add(group)
        if outcome.verdict is Verdict.OLE:
            self.broken |= {g.name for g in self.sandbox.problem.groups}
        if outcome.verdict is not None or (self.right and not self.right(number, outcome)):
            self.failed.add(group)

    def _is_wanted(self, number: int) -> bool:
        """Return whether a case is still to be played: neither its group is given up nor a need."""
        group = self.sandbox.problem.group(self.cases[number].group)
        if not self.failed.isdisjoint(group.requires):
            self.failed.add(group.name)
            self.broken.add(group.name)
        return group.name not in self.broken

    def _add_up(self, worker: Worker) -> None:
        ended = worker.exit or Exit(0, 0.0, 0.0)
        self.cpu_s += ended.cpu_s
        self.wall_s += time.monotonic() - worker.began
        self.peak_mib = max(self.peak_mib, ended.peak_mib)
        self.printed += worker.printed[: SHOWN_OUTPUT - len(self.printed)]
        self.printed_size = worker.printed_size

    def _shown(self) -> str:
        text = self.printed.decode("utf-8", "replace")
        if self.printed_size > SHOWN_OUTPUT:
            text += f"\n[cut: {self.printed_size} bytes in all]"
        return clean(text)
