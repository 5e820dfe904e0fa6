"""Judges on a Dask cluster: one submission's bytes in, one report out.

Every worker process makes its judge once and keeps it; a worker that is lost takes nothing
along, since Dask gives its submissions to another. What hangs is judged once more, alone, and
then is a judge error by name.
"""

import contextlib
import importlib
import queue
import threading
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Self

from grader.course.judges.child import answer
from grader.course.judges.pool import PATIENCE_S
from grader.course.judges.task import Task, pack_task, unpack_task
from grader.errors import GraderError, SandboxError
from grader.judge.judge import Judge
from grader.model import Problem
from grader.problems.load import load_problem

try:
    distributed: Any = importlib.import_module("distributed")  # an optional extra, untyped
except ImportError as error:
    raise GraderError("--scheduler needs Dask: pip install distributed") from error

AHEAD = 2  # tasks that wait at each worker thread, so that none is idle
CONNECT_S = 15
ONE_AT_A_TIME = threading.Lock()  # a driver seeds NumPy's one generator


class Cluster:
    """The workers behind a scheduler."""

    def __init__(self, address: str, problem: Problem, seed: int, *, weak: bool = False) -> None:
        """Connect; GraderError if nobody answers, at once if the address makes no sense."""
        try:
            distributed.comm.registry.get_backend(distributed.comm.parse_address(address)[0])
            self.client: Any = distributed.Client(address, timeout=CONNECT_S, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise GraderError(f"the scheduler {address} does not answer: {error}") from error
        self.conditions = (problem.id, seed, weak)
        self.digest = ""
        self.patience_s = (AHEAD + 1) * (problem.limits.wall_s + PATIENCE_S)
        self.futures: dict[str, Any] = {}
        self.done: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def set_digest(self, digest: str) -> None:
        """Name the suite that every worker must come to as well."""
        self.digest = digest

    def judge_all(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, str]]:
        """Yield every task with its report as JSON, in the order in which they are done."""
        again: deque[Task] = deque()  # whose worker was lost or hangs: to be judged alone
        waiting: dict[str, Task] = {}
        while True:
            while len(waiting) < self._room() and (task := next(tasks, None)) is not None:
                waiting[self._submit(task).key] = task
            if not waiting:
                break
            future = self._finished()
            if future is None:
                again.extend(waiting.values())
                waiting.clear()
            elif (task := waiting.pop(future.key, None)) is not None:
                if future.status == "finished":
                    yield task, future.result()
                else:
                    self._refuse_if_ours(future.exception())
                    again.append(task)
                self.futures.pop(future.key)
        for task in again:
            yield task, self._alone(task)

    def _submit(self, task: Task) -> Any:  # noqa: ANN401  # untyped there
        future = self.client.submit(
            judge_there, *self.conditions, self.digest, pack_task(task), pure=False
        )
        self.futures[future.key] = future
        future.add_done_callback(self.done.put)
        return future

    def _finished(self) -> Any:  # noqa: ANN401  # untyped there
        """Return a future that is done; None if none of those that wait is done in time."""
        with contextlib.suppress(queue.Empty):
            return self.done.get(timeout=self.patience_s)
        self.client.cancel(list(self.futures.values()))
        self.futures.clear()
        return None

    def _alone(self, task: Task) -> str:
        """Return the report on a task that was lost once: judged while no other is, or JE."""
        try:
            future = self._submit(task)
            return str(future.result(timeout=self.patience_s))
        except Exception as error:  # noqa: BLE001  # whatever became of the worker, twice
            self._refuse_if_ours(error)
            why = f"the cluster could not judge it: {type(error).__name__}: {error}"
            refused = task._replace(refusal=why, verdict="JE")
            return answer(_judge(*self.conditions), refused)

    def _refuse_if_ours(self, error: BaseException) -> None:
        """Raise SandboxError for what concerns every submission."""
        if isinstance(error, SandboxError):
            raise SandboxError(f"the cluster could not judge: {error}") from error

    def _room(self) -> int:
        return max(1, AHEAD * sum(self.client.nthreads().values()))

    def close(self) -> None:
        """Leave the cluster; the workers stay."""
        self.client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def judge_there(problem_id: str, seed: int, weak: bool, digest: str, message: bytes) -> str:
    """Return the report on a submission; runs in a worker of the cluster."""
    with ONE_AT_A_TIME:
        judge = _judge(problem_id, seed, weak)
        if judge.suite.digest != digest:
            raise SandboxError(
                "a worker draws another suite: its versions of Python, NumPy, Hypothesis or the "
                "kit are not those of this machine"
            )
        return answer(judge, unpack_task(message))


@lru_cache(maxsize=1)
def _judge(problem_id: str, seed: int, weak: bool) -> Judge:
    return Judge(load_problem(problem_id), seed, weak=weak)
