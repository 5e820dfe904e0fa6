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
from collections.abc import Sequence

from grader.model import Case, Outcome, Run, Verdict
from grader.sandbox.host import Exit, Sandbox
from grader.sandbox.watch import SHOWN_OUTPUT, Worker, clean


def play_all(sandbox: Sandbox, source: bytes, cases: Sequence[Case]) -> Run:
    """Return the outcome of every case that could be played, by its position in `cases`."""
    return _Playing(sandbox, source, cases).run()


class _Playing:
    """The run of one submission over as many workers as it takes."""

    def __init__(self, sandbox: Sandbox, source: bytes, cases: Sequence[Case]) -> None:
        self.sandbox, self.source, self.cases = sandbox, source, cases
        self.outcomes: dict[int, Outcome] = {}
        self.broken: set[str] = set()
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
        """Play on; return what is left for another worker after this one died."""
        played = 0
        last: Outcome | None = None
        whole = len(todo) == len(self.cases)
        cases = self.cases if whole else [self.cases[n] for n in todo]
        for number, outcome in zip(todo, worker.play(cases), strict=False):
            played += 1
            last = outcome
            if outcome is None:
                continue
            self.outcomes[number] = outcome
            if outcome.verdict is not None:
                self.broken.add(self.cases[number].group)
        left = todo[played:]
        if last is not None and last.verdict is Verdict.OLE:
            self.broken |= {g.name for g in self.sandbox.problem.groups}
        for group in self.sandbox.problem.groups:
            if not self.broken.isdisjoint(group.requires):
                self.broken.add(group.name)
        return [n for n in left if self.cases[n].group not in self.broken]

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
