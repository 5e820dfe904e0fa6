"""Judges on a Dask cluster: one submission's bytes in, one report out.

Every worker process makes the judges of a few assignments once and keeps them; a worker that is
lost takes nothing along, since Dask gives its submissions to another. What hangs is judged once
more, alone, and then is a judge error by name.
"""

import contextlib
import importlib
import queue
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Self, TypeVar

from grader.course.judges.child import answer
from grader.course.judges.feed import OnGroups, feed
from grader.course.judges.pool import PATIENCE_S, TRIES
from grader.course.judges.task import Task, pack_task, unpack_task
from grader.errors import GraderError, SandboxError
from grader.judge.judge import Judge
from grader.model import Problem, Suite
from grader.problems.load import load_problem

try:
    distributed: Any = importlib.import_module("distributed")  # an optional extra, untyped
except ImportError as error:
    raise GraderError("--scheduler needs Dask: pip install distributed") from error

Found = TypeVar("Found")

AHEAD = 2  # tasks that wait at each worker thread, so that none is idle
CONNECT_S = 15
MOST_JUDGES = 3  # that a worker keeps, each for another problem or seed
ONE_AT_A_TIME = threading.Lock()  # a driver seeds NumPy's one generator


class _Given(NamedTuple):
    """A task that a worker has or will have."""

    task: Task
    tries: int
    future: Any  # untyped there


class Cluster:
    """The workers behind a scheduler, fed with as many submissions as keep them busy."""

    def __init__(
        self,
        address: str,
        problem: Problem,
        seed: int,
        *,
        weak: bool = False,
        told: OnGroups | None = None,
    ) -> None:
        """Connect; GraderError if nobody answers, at once if the address makes no sense.

        told: is called by collect() with the groups that are judged before a report is there.
        """
        try:
            distributed.comm.registry.get_backend(distributed.comm.parse_address(address)[0])
            self.client: Any = distributed.Client(address, timeout=CONNECT_S, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise GraderError(f"the scheduler {address} does not answer: {error}") from error
        self.conditions = (problem.id, seed, weak)
        self.digest = ""
        self.patience_s = (AHEAD + 1) * (problem.limits.wall_s + PATIENCE_S)
        self.until = 0.0  # when what is given must have brought something
        self.given: dict[str, _Given] = {}
        self.again: deque[Task] = deque()  # whose worker was lost or hangs: to be judged alone
        self.done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.told, self.topic = told, ""
        self.heard: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()  # student, groups
        if told is not None:
            self.topic = f"rnn-judge {self.client.id}"
            self.client.subscribe_topic(self.topic, lambda event: self.heard.put(tuple(event[1])))

    def set_suite(self, suite: Suite) -> None:
        """Name the suite that every worker must come to as well."""
        self.digest = suite.digest

    def judge_all(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, str]]:
        """Yield every task with its report as JSON, in the order in which they are done."""
        return feed(self, tasks)

    @property
    def size(self) -> int:
        """How many submissions it can have at a time."""
        return max(1, AHEAD * sum(self.client.nthreads().values()))

    @property
    def busy(self) -> bool:
        """Whether a report is still to come."""
        return bool(self.again or self.given)

    @property
    def idle(self) -> bool:
        """Whether somebody has nothing to do."""
        return len(self.given) < self.size

    @property
    def room(self) -> bool:
        """Whether a task can be offered; not while one is to be judged alone, or is."""
        alone = self.again or any(one.tries > 1 for one in self.given.values())
        return not alone and self.idle

    def should_wait(self, task: Task) -> bool:  # noqa: ARG002
        """Whether a task is faster somewhere: not known here, where workers come and go."""
        return False

    def offer(self, task: Task) -> None:
        """Give a task to whoever is free first."""
        self._give(task, tries=1)

    def _give(self, task: Task, tries: int) -> None:
        future = self.client.submit(
            judge_there, *self.conditions, self.digest, pack_task(task), self.topic, pure=False
        )
        self.given[future.key] = _Given(task, tries, future)
        self.until = time.monotonic() + self.patience_s
        future.add_done_callback(self.done.put)

    def collect(self, timeout_s: float = 1.0) -> Iterator[tuple[Task, str]]:
        """Yield every task that is done by now with its report as JSON; wait for one that long.

        SandboxError for what concerns every submission.
        """
        if self.again and not self.given:
            self._give(self.again.popleft(), tries=TRIES)
        self._tell()
        with contextlib.suppress(queue.Empty):
            yield from self._received(self.done.get(timeout=timeout_s))
            while True:
                yield from self._received(self.done.get_nowait())
        if self.given and time.monotonic() > self.until:
            yield from self._lost(list(self.given.values()), "it hung")

    def _tell(self) -> None:
        """Pass on what workers have told; of what is done, nothing more."""
        tasks = {one.task.student: one.task for one in self.given.values()}
        while self.told is not None and not self.heard.empty():
            student, groups = self.heard.get()
            if student in tasks:
                self.told(tasks[student], groups)

    def _received(self, future: Any) -> Iterator[tuple[Task, str]]:  # noqa: ANN401  # untyped there
        self.until = time.monotonic() + self.patience_s
        one = self.given.pop(future.key, None)
        if one is None:  # it was given up
            return
        if future.status == "finished":
            yield one.task, future.result()
            return
        error = None if future.status == "cancelled" else future.exception()
        if isinstance(error, SandboxError):
            raise SandboxError(f"the cluster could not judge: {error}") from error
        yield from self._lost([one], f"{type(error).__name__}: {error}" if error else "cancelled")

    def _lost(self, lost: list[_Given], why: str) -> Iterator[tuple[Task, str]]:
        """Have what was lost once judged again, alone; yield the others as judge errors."""
        self.client.cancel([one.future for one in lost])
        for one in lost:
            self.given.pop(one.future.key, None)
            if one.tries < TRIES:
                self.again.append(one.task)
            else:
                said = f"the cluster could not judge it: {why}"
                refused = one.task._replace(refusal=said, verdict="JE")
                yield one.task, answer(_judge(*self.conditions), refused)

    def on_each_machine(self, do: Callable[[], Found]) -> dict[str, Found]:
        """Return what a function returns on one worker of every machine, by the machine's name."""
        workers = self.client.scheduler_info(n_workers=-1)["workers"]
        one_each = {about["host"]: address for address, about in workers.items()}
        asked = {
            host: self.client.submit(do, workers=[address], pure=False)
            for host, address in one_each.items()
        }
        return {host: future.result() for host, future in asked.items()}

    def close(self) -> None:
        """Leave the cluster; the workers stay."""
        self.client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def judge_there(
    problem_id: str, seed: int, weak: bool, digest: str, message: bytes, topic: str
) -> str:
    """Return the report on a submission; runs in a worker of the cluster.

    topic: of the scheduler's events, by which groups that are judged are told; "": they are not.
    """
    with ONE_AT_A_TIME:
        judge = _judge(problem_id, seed, weak)
        if judge.suite.digest != digest:
            raise SandboxError(
                "a worker draws another suite: its versions of Python, NumPy, Hypothesis or the "
                "kit are not those of this machine"
            )
        task = unpack_task(message)

        def tell(groups: str) -> None:
            distributed.get_worker().log_event(topic, (task.student, groups))

        return answer(judge, task, tell if topic else None)


_kept: OrderedDict[tuple[str, int, bool], Judge] = OrderedDict()


def _judge(problem_id: str, seed: int, weak: bool) -> Judge:
    """Return this process's judge; of several the one not used for longest goes."""
    conditions = (problem_id, seed, weak)
    if conditions not in _kept:
        while len(_kept) >= MOST_JUDGES:
            _kept.popitem(last=False)[1].close()
        _kept[conditions] = Judge(load_problem(problem_id), seed, weak=weak)
    _kept.move_to_end(conditions)
    return _kept[conditions]
