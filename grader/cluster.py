"""Judges on a Dask cluster: one submission's bytes in, one report out.

Every worker process makes its judge once and keeps it; a worker that is lost takes nothing
along, since Dask gives its submissions to another.
"""

import importlib
import threading
from collections.abc import Iterator
from functools import lru_cache
from types import TracebackType
from typing import Any, Self

from grader.batch.child import answer
from grader.batch.task import Task, pack_task, unpack_task
from grader.errors import GraderError, SandboxError
from grader.judge import Judge
from grader.model import Problem
from grader.problem import load_problem

try:
    distributed: Any = importlib.import_module("distributed")  # an optional extra, untyped
except ImportError as error:
    raise GraderError("--scheduler needs Dask: pip install 'rnn-judge[cluster]'") from error

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

    def set_digest(self, digest: str) -> None:
        """Name the suite that every worker must come to as well."""
        self.digest = digest

    def judge_all(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, str]]:
        """Yield every task with its report as JSON, in the order in which they are done."""
        waiting: dict[str, Task] = {}
        running = distributed.as_completed(loop=self.client.loop)
        while True:
            while len(waiting) < self._room():
                task = next(tasks, None)
                if task is None:
                    break
                future = self.client.submit(
                    judge_there, *self.conditions, self.digest, pack_task(task), pure=False
                )
                waiting[future.key] = task
                running.add(future)
            if not waiting:
                return
            future = next(running)
            task = waiting.pop(future.key)
            if future.status == "finished":
                yield task, future.result()
            else:
                yield from self._given_up(task, future.exception())
            future.release()

    def _given_up(self, task: Task, error: BaseException) -> Iterator[tuple[Task, str]]:
        """Yield a judge error for a submission that no worker could judge, made by a worker."""
        why = f"the cluster could not judge it: {type(error).__name__}: {error}"
        if task.refusal or isinstance(error, SandboxError):
            raise SandboxError(why) from error
        refused = task._replace(refusal=why, verdict="JE")
        there = self.client.submit(
            judge_there, *self.conditions, self.digest, pack_task(refused), pure=False
        )
        yield task, there.result()

    def _room(self) -> int:
        return max(1, AHEAD * sum(self.client.nthreads().values()))

    def close(self) -> None:
        """Leave the cluster; the workers stay."""
        self.client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
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
