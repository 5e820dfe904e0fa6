"""Judges on this machine: processes of their own, each with its own zygote.

Processes and not threads: the search for a smallest case computes in the judge, and NumPy's
global generator, which a driver seeds, has one state for all threads of a process.
"""

import contextlib
import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Self

from grader.batch.child import receive, send
from grader.batch.task import Task, pack_task
from grader.errors import SandboxError
from grader.model import Problem, Suite
from grader.pack import pack_suite
from grader.problem import KIT
from grader.sandbox import wire

TRIES = 2  # a judge that dies or hangs takes its submission along; a second one may manage
PATIENCE_S = 240.0  # beyond what the limits allow a submission, for search and diagnosis


@dataclass(slots=True)
class _Judge:
    """A judge process and what it is judging."""

    process: subprocess.Popen[bytes]
    words: IO[bytes]  # what it says on standard error
    task: Task | None = None
    tries: int = 0
    until: float = 0.0


class Pool:
    """Judge processes that are fed one submission at a time."""

    def __init__(self, problem: Problem, seed: int, jobs: int, *, weak: bool = False) -> None:
        """Start the processes; the suite follows when it is known."""
        self.problem = problem
        self.setup = wire.pack({"problem": problem.id, "seed": seed, "weak": weak})
        self.suite = b""
        self.served = False  # whether any judge has ever answered
        self.idle: list[_Judge] = []
        self.busy: dict[int, _Judge] = {}  # by the descriptor that is read from
        self.selector = selectors.DefaultSelector()
        try:
            for _ in range(jobs):
                self.idle.append(self._started())
        except BaseException:
            self.close()
            raise

    def set_suite(self, suite: Suite) -> None:
        """Tell every judge what to judge by."""
        self.suite = pack_suite(suite)
        for judge in self.idle:
            send_to(judge, self.suite)

    def judge_all(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, str]]:
        """Yield every task with its report as JSON, in the order in which they are done.

        SandboxError if judges cannot even start.
        """
        more = True
        while more or self.busy:
            while more and self.idle:
                task = next(tasks, None)
                more = task is not None
                if task is not None:
                    self._give(self.idle.pop(), task, tries=1)
            for key, _ in self.selector.select(timeout=1.0) if self.busy else ():
                if (done := self._take(self.busy[key.fd])) is not None:
                    yield done
            for judge in list(self.busy.values()):
                if time.monotonic() > judge.until:
                    self._again(judge, "hung")

    def _give(self, judge: _Judge, task: Task, tries: int) -> None:
        assert judge.process.stdout is not None
        judge.task, judge.tries = task, tries
        judge.until = time.monotonic() + self.problem.limits.wall_s + PATIENCE_S
        self.busy[judge.process.stdout.fileno()] = judge
        self.selector.register(judge.process.stdout, selectors.EVENT_READ)
        send_to(judge, pack_task(task))

    def _take(self, judge: _Judge) -> tuple[Task, str] | None:
        """Return the finished report; None if the judge died and another one tries."""
        assert judge.process.stdout is not None
        assert judge.task is not None
        try:
            report = receive(judge.process.stdout).decode()
        except EOFError:
            self._again(judge, "ended")
            return None
        self.served = True
        self._rest(judge)
        self.idle.append(judge)
        return judge.task, report

    def _again(self, judge: _Judge, what: str) -> None:
        """Replace a judge that was lost; the new one judges, or says that it cannot be done."""
        assert judge.task is not None
        self._rest(judge)
        task, said = judge.task, _last_words(judge)
        if judge.tries >= TRIES:
            why = f"a judge process {what} {judge.tries} times: {said}"
            if not self.served or judge.tries > TRIES:
                raise SandboxError(why)
            task = task._replace(refusal=why, verdict="JE")
        other = self._started()
        send_to(other, self.suite)
        self._give(other, task, judge.tries + 1)

    def _rest(self, judge: _Judge) -> None:
        assert judge.process.stdout is not None
        self.selector.unregister(judge.process.stdout)
        del self.busy[judge.process.stdout.fileno()]

    def _started(self) -> _Judge:
        words = tempfile.TemporaryFile()  # noqa: SIM115  # closed with its process
        path = os.pathsep.join(filter(None, (str(KIT), os.environ.get("PYTHONPATH"))))
        one_thread = {f"{t}_NUM_THREADS": "1" for t in ("OPENBLAS", "OMP", "MKL")}
        process = subprocess.Popen(  # our own interpreter and module
            [sys.executable, "-P", "-c", "from grader.batch.child import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=words,
            start_new_session=True,  # Ctrl-C is for us; the judges end when we do
            env={**os.environ, **one_thread, "PYTHONPATH": path},
        )
        judge = _Judge(process, words)
        send_to(judge, self.setup)
        return judge

    def close(self) -> None:
        """End every judge, at once if it is at work."""
        for judge in self.busy.values():
            judge.process.kill()
        for judge in (*self.idle, *self.busy.values()):
            _end(judge)
        self.idle, self.busy = [], {}
        self.selector.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def send_to(judge: _Judge, message: bytes) -> None:
    """Send a message; that nobody takes it is noticed where its answer is waited for."""
    assert judge.process.stdin is not None
    with contextlib.suppress(BrokenPipeError):
        send(judge.process.stdin, message)


def _last_words(judge: _Judge) -> str:
    judge.process.kill()
    judge.process.wait()
    judge.words.seek(0)
    lines = judge.words.read()[-8000:].decode("utf-8", "replace").strip().splitlines()
    _end(judge)
    return lines[-1] if lines else f"exit code {judge.process.returncode}"


def _end(judge: _Judge) -> None:
    with contextlib.suppress(OSError):  # what was not taken any more
        if judge.process.stdin:
            judge.process.stdin.close()
    try:
        judge.process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        judge.process.kill()
        judge.process.wait()
    if judge.process.stdout:
        judge.process.stdout.close()
    judge.words.close()
