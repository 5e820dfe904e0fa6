"""Judges on this machine: processes of their own, each with its own zygote.

Processes and not threads: the search for a smallest case computes in the judge, and NumPy's
global generator, which a driver seeds, has one state for all threads of a process.
"""

import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Self

from grader import layout
from grader.cases.pack import pack_suite
from grader.course.judges.child import READY, SO_FAR
from grader.course.judges.feed import OnGroups, feed
from grader.course.judges.pipes import Line
from grader.course.judges.task import Task, pack_task
from grader.errors import SandboxError
from grader.model import Problem, Suite, Verdict
from grader.sandbox import wire
from grader.sandbox.spawn import ended

PATIENCE_S = 240.0  # beyond what the limits allow a submission, for search and diagnosis
TRIES = 2  # the second one alone: what happens again is not for want of room
MOST_STARTS = 3  # judges that may end before they are ready, one after the other


@dataclass(slots=True, eq=False)
class _Judge:
    """A judge process and what it is judging."""

    process: subprocess.Popen[bytes]
    words: IO[bytes]  # what it says on standard error
    line: Line
    ready: bool = False
    task: Task | None = None
    tries: int = 0
    until: float = 0.0
    explained: set[int] = field(default_factory=set)  # gists of what it found wrong

    def knows(self, gist: int) -> bool:
        """Whether it has found out, or is about to, what there is to say about such a program."""
        return gist in self.explained or (self.task is not None and self.task.gist == gist)


class Pool:
    """Judge processes that are fed one submission at a time."""

    def __init__(
        self,
        problem: Problem,
        seed: int,
        jobs: int,
        *,
        weak: bool = False,
        told: OnGroups | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start the processes; the suite follows when it is known.

        told: is called by collect() with the groups that are judged before a report is there.
        clock: tells when a judge hangs.
        """
        self.problem, self.told, self.clock = problem, told, clock
        self.setup = wire.pack(
            {"problem": problem.id, "seed": seed, "weak": weak, "tells": told is not None}
        )
        self.suite = b""
        self.never_ready = 0  # judges in a row that ended before they could judge
        self.judges: list[_Judge] = []
        self.again: deque[Task] = deque()  # whose judge was lost: to be judged alone
        self.selector = selectors.DefaultSelector()
        try:
            for _ in range(jobs):
                self._start()
        except BaseException:
            self.close()
            raise

    def set_suite(self, suite: Suite) -> None:
        """Tell every judge what to judge by."""
        self.suite = pack_suite(suite)
        for judge in self.judges:
            self._send(judge, self.suite)

    def judge_all(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, str]]:
        """Yield every task with its report as JSON, in the order in which they are done."""
        return feed(self, tasks)

    @property
    def size(self) -> int:
        """How many submissions it can have at a time."""
        return len(self.judges)

    @property
    def busy(self) -> bool:
        """Whether a report is still to come."""
        return bool(self.again) or any(j.task is not None for j in self.judges)

    @property
    def idle(self) -> bool:
        """Whether some judge has nothing to do."""
        return any(j.task is None for j in self.judges)

    @property
    def room(self) -> bool:
        """Whether a task can be offered; not while one is to be judged alone, or is."""
        alone = self.again or any(j.task is not None and j.tries > 1 for j in self.judges)
        return not alone and self.idle

    def should_wait(self, task: Task) -> bool:
        """Whether a judge that is at work on another task knows this one's program."""
        knowing = [j.task is not None for j in self.judges if j.knows(task.gist)]
        return bool(knowing) and all(knowing)

    def offer(self, task: Task) -> None:
        """Give a task to a judge that has none, to one who knows the program if there is one."""
        free = [j for j in self.judges if j.task is None]
        self._give(max(free, key=lambda j: j.knows(task.gist)), task, tries=1)

    def collect(self, timeout_s: float = 1.0) -> Iterator[tuple[Task, str]]:
        """Yield every task that is done by now with its report as JSON; wait for one that long.

        A task whose judge dies or hangs is judged once more, when no other is, and then is a
        judge error by name. SandboxError if judges cannot even start.
        """
        if self.again and all(j.task is None for j in self.judges):
            self._give(self.judges[0], self.again.popleft(), tries=TRIES)
        yield from self._attend(timeout_s)

    def _attend(self, timeout_s: float = 1.0) -> Iterator[tuple[Task, str]]:
        """Write and read what can be; yield what is finished, replace who is lost."""
        for key, events in self.selector.select(timeout=timeout_s):
            judge: _Judge = key.data
            if judge not in self.judges:
                continue
            if events & selectors.EVENT_WRITE:
                judge.line.write()
                self._watch(judge)
            else:
                yield from self._read(judge)
        for judge in [j for j in self.judges if j.task is not None]:
            if self.clock() > judge.until:
                self._lost(judge, "hung")

    def _read(self, judge: _Judge) -> Iterator[tuple[Task, str]]:
        try:
            messages = judge.line.read()
        except (EOFError, OSError):
            self._lost(judge, "ended")
            return
        for message in messages:
            if not judge.ready:
                judge.ready, self.never_ready = message == READY, 0
            elif judge.task is not None and message.startswith(SO_FAR):
                if self.told is not None:
                    self.told(judge.task, message.removeprefix(SO_FAR).decode())
            elif judge.task is not None:
                task, judge.task = judge.task, None
                report = message.decode()
                if json.loads(report)["verdict"] != Verdict.AC:
                    judge.explained.add(task.gist)
                yield task, report

    def _give(self, judge: _Judge, task: Task, tries: int) -> None:
        judge.task, judge.tries = task, tries
        judge.until = self.clock() + self.problem.limits.wall_s + PATIENCE_S
        self._send(judge, pack_task(task))

    def _lost(self, judge: _Judge, what: str) -> None:
        """Replace a judge that died or hangs, and see to what it was judging."""
        self.judges.remove(judge)
        said, task = self._last_words(judge), judge.task
        self.never_ready += not judge.ready
        if self.never_ready >= MOST_STARTS or (task and judge.tries > TRIES):
            raise SandboxError(f"a judge process {what}: {said}")
        other = self._start()
        if task is None:
            return
        if not judge.ready:
            self._give(other, task, judge.tries)
        elif judge.tries < TRIES:
            self.again.append(task)
        else:
            why = f"a judge process {what} {judge.tries} times: {said}"
            self._give(other, task._replace(refusal=why, verdict="JE"), TRIES + 1)

    def _start(self) -> _Judge:
        words = tempfile.TemporaryFile()  # noqa: SIM115  # closed with its process
        one_thread = {f"{t}_NUM_THREADS": "1" for t in ("OPENBLAS", "OMP", "MKL")}
        process = subprocess.Popen(  # our own interpreter and module
            [sys.executable, "-P", "-c", "from grader.course.judges.child import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=words,
            start_new_session=True,  # Ctrl-C is for us; the judges end when we do
            env={**os.environ, **one_thread, "PYTHONPATH": layout.python_path()},
        )
        assert process.stdin is not None
        assert process.stdout is not None
        line = Line(process.stdin.fileno(), process.stdout.fileno())
        judge = _Judge(process, words, line)
        self.judges.append(judge)
        self.selector.register(process.stdout, selectors.EVENT_READ, judge)
        self._send(judge, self.setup)
        if self.suite:
            self._send(judge, self.suite)
        return judge

    def _send(self, judge: _Judge, message: bytes) -> None:
        judge.line.send(message)
        self._watch(judge)

    def _watch(self, judge: _Judge) -> None:
        """Ask to be told when more can be written, while there is more."""
        stdin = judge.process.stdin
        watched = stdin in self.selector.get_map()
        if judge.line.outgoing and not watched and stdin is not None:
            self.selector.register(stdin, selectors.EVENT_WRITE, judge)
        elif not judge.line.outgoing and watched and stdin is not None:
            self.selector.unregister(stdin)

    def _last_words(self, judge: _Judge) -> str:
        judge.process.kill()
        ended(judge.process)
        judge.words.seek(0)
        lines = judge.words.read()[-8000:].decode("utf-8", "replace").strip().splitlines()
        self._end(judge)
        return lines[-1] if lines else f"exit code {judge.process.returncode}"

    def _end(self, judge: _Judge) -> None:
        """Take leave of a judge: it ends when its orders end, or is killed."""
        judge.line.outgoing.clear()
        self._watch(judge)
        for pipe in (judge.process.stdin, judge.process.stdout):
            if pipe is not None and pipe in self.selector.get_map():
                self.selector.unregister(pipe)
        if judge.process.stdin:
            judge.process.stdin.close()
        ended(judge.process, within_s=10)
        if judge.process.stdout:
            judge.process.stdout.close()
        judge.words.close()

    def close(self) -> None:
        """End every judge, at once if it is at work."""
        for judge in self.judges:
            if judge.task is not None:
                judge.process.kill()
        for judge in self.judges:
            self._end(judge)
        self.judges = []
        self.selector.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
