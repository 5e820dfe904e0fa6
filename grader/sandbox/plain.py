"""Runs a student's own code on their own machine: a child process, limits by the clock, no more.

Nothing is shut in: the code may do whatever the student may. So it is never for what somebody else
wrote, and every report says that there was no isolation. Driver, frames and words are the
sandbox's, and so are the verdicts; it needs nothing that Windows lacks.
"""

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from grader.layout import KIT
from grader.model import Problem
from grader.sandbox import packages
from grader.sandbox.alone import LENGTH
from grader.sandbox.base import POLL_S, Exit, Host
from grader.sandbox.clock import Clock
from grader.sandbox.spawn import environment

LAYERS = (("isolation", "a plain process, for one's own code only"),)
PARTS = 64  # of what came that wait to be looked at
LAST_S = 1.0  # for what a process that has ended has printed


class Plain(Host):
    """Starts a process for each worker."""

    shut_in, weak, plays_variants = False, True, False

    def __init__(self, problem: Problem) -> None:
        """Find what the problem needs; SandboxError if it is not installed."""
        super().__init__(problem, tells=True)
        names = problem.packages
        setup = {
            "places": packages.places(names),
            "preload": [*names, *(f"{name}.linalg" for name in names)],
            "driver": (problem.root / "driver.py").read_text(encoding="utf-8"),
            "layers": LAYERS,
            "tells": self.told_after,
        }
        data = json.dumps(setup).encode()
        self.setup = LENGTH.pack(len(data)) + data

    def open(self) -> "Started":
        """Start a worker; the one before has ended."""
        return Started(self.problem, self.setup)

    def wait(self) -> None:
        """Return at once: there is nothing to wait for."""

    def close(self) -> None:
        """Do nothing: a worker goes with its link."""


class Started:
    """A worker in a process of its own; a thread each takes what it says and what it prints."""

    def __init__(self, problem: Problem, setup: bytes) -> None:
        self.folder = tempfile.mkdtemp(prefix="rnn-judge-")
        script = str(Path(__file__).with_name("alone.py"))
        self.process = subprocess.Popen(  # our own interpreter and file
            [sys.executable, "-P", "-s", "-S", "-B", "-X", "utf8", script, KIT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
            cwd=self.folder,
            start_new_session=True,  # not on Windows; there:
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self.clock = Clock(problem.limits, None)
        self.said, self.shown = _pump(self.process.stdout), _pump(self.process.stderr)
        with contextlib.suppress(EOFError):
            self.write(memoryview(setup))

    def read(self) -> bytes | None:
        """Return what came; nothing after the last, None if nothing came within POLL_S."""
        try:
            return self.said.get(timeout=POLL_S)
        except queue.Empty:
            return None

    def write(self, data: memoryview) -> int:
        """Return how many bytes were taken, all of them: a worker reads before it plays."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(data)
            self.process.stdin.flush()
        except OSError:
            raise EOFError from None
        return len(data)

    def printed(self) -> Iterator[bytes]:
        """Yield what was printed and not told yet; all of it when the process has ended."""
        wait_s = 0.0 if self.process.poll() is None else LAST_S
        with contextlib.suppress(queue.Empty):
            while part := self.shown.get(block=wait_s > 0, timeout=wait_s):
                yield part
            self.shown.put(b"")  # it stays at the end

    def kill(self) -> None:
        """End the process, where there are such things with all that it has started."""
        if hasattr(os, "killpg"):
            with contextlib.suppress(OSError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()

    def exited(self, within_s: float | None = None) -> Exit | None:
        """Wait until the process has ended and return how; None if not within_s."""
        try:
            return Exit(self.process.wait(within_s), 0.0, 0.0)
        except subprocess.TimeoutExpired:
            return None

    def close(self) -> None:
        """Give back pipes and folder."""
        with contextlib.suppress(OSError):
            assert self.process.stdin is not None
            self.process.stdin.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _pump(pipe: IO[bytes] | None) -> queue.Queue[bytes]:
    """Return what a thread reads from the pipe, part by part, and nothing as the last."""
    assert pipe is not None
    parts: queue.Queue[bytes] = queue.Queue(PARTS)

    def run() -> None:
        with pipe:
            while part := os.read(pipe.fileno(), 2**16):
                parts.put(part)
        parts.put(b"")

    threading.Thread(target=run, daemon=True).start()
    return parts
