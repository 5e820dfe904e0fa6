"""Plays cases on a submission in a sandbox and tells what happened; the judge's side.

Theory of operation
-------------------
A host (base.py) starts workers. `Plain` (plain.py), for a student's own code where there is no
sandbox, starts each as a process without isolation. `Sandbox` (host.py) starts a zygote: a fresh
interpreter (zygote.py) that holds NumPy and the problem's public driver, and nothing else. For each
submission it forks a worker (forked.py, worker.py), which puts on its layers (layers.py), receives
the source as bytes, imports it and plays cases on it.
The worker's frames (wire.py) are claims: numbers that are checked for name, type, shape and size
here and believed by nobody. Which process does what:

    judge (watch.py)      knows the answers; starts, feeds, times, kills; reads with a size limit
    zygote                knows the driver; forks, kills at the judge's word, reaps
    worker                knows one submission and its cases; has no file, process or network

A case that exceeds its time or kills its worker has its verdict; the groups that do not need
its group are played on in a fresh worker, within the submission's total. What a busy machine may
have caused (out of time, killed by the kernel) counts only if it happens again in a fresh worker
with that case alone. What the worker prints goes into a pipe that is drained here, counted and cut.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence

from grader.model import Case, Outcome, Run, Verdict
from grader.sandbox.base import Exit, Host, batches
from grader.sandbox.ended import clean
from grader.sandbox.watch import SHOWN_OUTPUT, Worker

MOST_LATE = 2  # of a student's own code, whose groups call the same functions
Right = Callable[[int, Outcome], bool]  # whether the claims of a case are right
Told = Callable[[Run], None]


def play_all(
    host: Host,
    source: bytes,
    cases: Sequence[Case],
    right: Right | None = None,
    told: Told | None = None,
) -> Run:
    """Return the outcome of every case that could be played, by its position in `cases`.

    right: what a group that another needs is judged by at once; cases that would not be judged,
    because they need a group that failed, are then not played. told: is called with what has been
    played so far, as often as something was; no outcome in it will be another.
    """
    return _Playing(host, source, cases, right, told).run()


class _Playing:
    """The run of one submission over as many workers as it takes."""

    def __init__(
        self,
        host: Host,
        source: bytes,
        cases: Sequence[Case],
        right: Right | None,
        told: Told | None,
    ) -> None:
        self.host, self.source, self.cases, self.right = host, source, cases, right
        self.told = told
        self.batches = _growing_batches(cases)
        self.outcomes: dict[int, Outcome] = {}
        self.start: Outcome | None = None
        self.last = -1  # the case that was played last
        self.doubted = True  # until something happens again: then it is no accident
        self.cpu_s = self.wall_s = self.peak_mib = 0.0
        self.printed = b""
        self.printed_size = 0
        self.layers: list[tuple[str, str]] = []

    def run(self) -> Run:
        todo = [n for numbers in self.batches for n in numbers]
        first = True
        while todo:
            with self._worker() as worker:
                failed = worker.imported()
                left = [] if failed else self._play(worker, todo)
            if self.doubted and worker.doubtful:
                if not failed:
                    self._play_again(self.last)
                elif (failed := self._imported_again()) is None:
                    continue
            self.start = failed if first else None  # later, what was judged before stays judged
            first = False
            self._tell()
            todo = self._unbroken(left)
        return self._so_far()

    def _tell(self) -> None:
        if self.told is not None:
            self.told(self._so_far())

    def _so_far(self) -> Run:
        return Run(
            outcomes=self.outcomes,
            layers=tuple(name for name, why in self.layers if not why),
            missing_layers={name: why for name, why in self.layers if why},
            printed=self._shown(),
            cpu_s=self.cpu_s,
            wall_s=self.wall_s,
            peak_mib=self.peak_mib,
            start=self.start,
        )

    @contextlib.contextmanager
    def _worker(self, *, alone: bool = False) -> Iterator[Worker]:
        """Give a worker that has what is left of the totals; alone: what one case may use."""
        worker = Worker(self.host, self.source)
        try:
            clock, limits = worker.clock, self.host.problem.limits
            clock.total_cpu_s = 2 * limits.case_cpu_s if alone else limits.cpu_s - self.cpu_s
            clock.total_wall_s = 2 * limits.case_wall_s if alone else limits.wall_s - self.wall_s
            worker.printed_size = self.printed_size
            self.layers = worker.layers
            yield worker
        finally:
            worker.close()
            self._add_up(worker, alone=alone)

    def _play(self, worker: Worker, todo: list[int]) -> list[int]:
        """Play on, a batch after the other; return what is left after the worker died."""
        while todo and not worker.gone():
            batch = self._next_batch(todo)
            cases = self.batches.get(batch) or [self.cases[n] for n in batch]
            played = 0
            for number, outcome in zip(batch, worker.play(cases), strict=False):
                played += 1
                self.last = number
                if outcome is not None:
                    self.outcomes[number] = outcome
            if worker.gone():
                return todo[played:]
            self._tell()
            todo = self._unbroken(todo[len(batch) :])
        return todo

    def _next_batch(self, todo: list[int]) -> tuple[int, ...]:
        """Return the first cases that are left, of one group and no more than a batch."""
        first = todo[0]
        for numbers in self.batches:
            if first in numbers:
                return tuple(n for n in numbers if n in set(todo))
        raise AssertionError(first)

    def _imported_again(self) -> Outcome | None:
        """Return why the submission does not start in a fresh worker either, or None."""
        with self._worker(alone=True) as worker:
            failed = worker.imported()
        self.doubted = not worker.doubtful
        return failed

    def _play_again(self, number: int) -> None:
        """Play a case alone, in a fresh worker; what comes of it counts."""
        with self._worker(alone=True) as worker:
            failed = worker.imported()
            outcome = failed or next(worker.play([self.cases[number]]), None)
        self.doubted = not worker.doubtful
        if outcome is not None:
            self.outcomes[number] = outcome

    def _unbroken(self, left: list[int]) -> list[int]:
        """Return what can still be judged after what was played."""
        groups = (*self.host.problem.groups, *self.host.problem.self_checks)
        ended = [(self.cases[n].group, o.verdict) for n, o in self.outcomes.items() if o.verdict]
        broken = {group for group, _ in ended}
        verdicts = [verdict for _, verdict in ended]
        if Verdict.OLE in verdicts or self._keeps_waiting(verdicts):
            return []
        failed = broken | {self.cases[n].group for n in self.outcomes if not self._is_right(n)}
        for group in groups:
            if not failed.isdisjoint(group.requires):
                failed.add(group.name)
                broken.add(group.name)
        return [n for n in left if self.cases[n].group not in broken]

    def _keeps_waiting(self, verdicts: Sequence[Verdict]) -> bool:
        """Return whether somebody waits for one endless loop after the other."""
        return self.host.tells and verdicts.count(Verdict.TLE) >= MOST_LATE

    def _is_right(self, number: int) -> bool:
        return self.right is None or self.right(number, self.outcomes[number])

    def _add_up(self, worker: Worker, *, alone: bool) -> None:
        """Count what a worker used; what was played again counts for no total."""
        ended = worker.exit or Exit(0, 0.0, 0.0)
        self.cpu_s += 0.0 if alone else ended.cpu_s
        self.wall_s += 0.0 if alone else worker.clock.last.wall_s
        self.peak_mib = max(self.peak_mib, ended.peak_mib)
        self.printed += worker.printed[: SHOWN_OUTPUT - len(self.printed)]
        self.printed_size = worker.printed_size

    def _shown(self) -> str:
        text = self.printed.decode("utf-8", "replace")
        if self.printed_size > SHOWN_OUTPUT:
            text += f"\n[cut: {self.printed_size} bytes in all]"
        return clean(text)


def _growing_batches(cases: Sequence[Case]) -> dict[tuple[int, ...], Sequence[Case]]:
    """Return the cases of a run by their numbers: a group after the other, in batches that grow.

    A search plays its cases so, and what a submission sees first is not to tell it which it is.
    Sizes of 1 come later: what was kept of them would fit any other by broadcasting.
    """
    groups = list(dict.fromkeys(case.group for case in cases))

    def place(number: int) -> tuple[int, bool, int, tuple[int, ...]]:
        case = cases[number]
        sizes = tuple(case.sizes.values())
        return groups.index(case.group), 1 in sizes, sum(sizes), sizes

    order = sorted(range(len(cases)), key=place)
    numbers = iter(order)
    played = batches(tuple(cases[n] for n in order))
    return {tuple(next(numbers) for _ in batch): batch for batch in played}
