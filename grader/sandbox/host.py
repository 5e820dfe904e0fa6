"""A zygote for one problem: started, given orders to fork and kill, ended; the judge's side."""

import contextlib
import json
import math
import os
import secrets
import select
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from grader import layout
from grader.errors import SandboxError
from grader.layout import KIT
from grader.model import Case, Problem
from grader.sandbox import packages, policy
from grader.sandbox.zygote import EXIT, FORKED, LENGTH

BATCH = 32  # scored cases that are given to a worker at once
KEPT = 64  # messages with cases that come again
START_S = 60.0  # for our own processes to answer; only a broken machine takes that long


class Exit(NamedTuple):
    """How a worker ended, as its zygote saw it."""

    status: int  # as wait4 gives it
    cpu_s: float
    peak_mib: float


class Sandbox:
    """A zygote for one problem, and the workers forked from it, one at a time."""

    def __init__(
        self, problem: Problem, *, weak: bool = False, layers: tuple[str, ...] | None = None
    ) -> None:
        """Start the zygote without waiting for it.

        weak: go on where neither files nor system calls can be restricted. layers: only these,
        as on a machine that lacks the others (for tests of single layers).
        """
        if not hasattr(os, "fork") or not hasattr(socket, "send_fds"):
            raise SandboxError("the sandbox needs Linux, or for trusted code macOS; try WSL 2")
        self.problem, self.weak, self.layers = problem, weak, layers
        self.count = 0
        self.sizes_of = lru_cache(1024)(self._sizes_of)  # by identity, as cases have
        self._start()

    def _start(self) -> None:
        """Start a zygote; what it needs to know is found out while it starts."""
        self.ready = False
        self.frames: dict[Sequence[Case], bytes] = {}
        # The zygote makes and removes this folder: it outlives a judge that is killed.
        self.scratch_root = os.path.join(tempfile.gettempdir(), f"rnn-judge-{secrets.token_hex(8)}")
        self.channel, theirs = socket.socketpair()
        zygote = str(Path(__file__).with_name("zygote.py"))
        command = [sys.executable, "-P", "-s", "-S", "-B", "-X", "utf8", zygote]
        with theirs:
            self.process = subprocess.Popen(  # our own interpreter and file
                [*command, str(theirs.fileno()), KIT],
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                cwd="/",
            )
        self.channel.settimeout(START_S)
        try:
            self._send_setup()
        except BaseException:
            self.close()
            raise

    def _send_setup(self) -> None:
        places = packages.places(self.problem.packages)
        rules, landlock_fd = _policy(places, self.problem, self.layers)
        setup = json.dumps(
            {
                "places": places,
                "preload": [
                    *self.problem.packages,
                    *(f"{p}.linalg" for p in self.problem.packages),
                ],
                "must_be_readable": [
                    os.__file__,
                    *(packages.origin(p) for p in self.problem.packages),
                ],
                "policy": rules,
                "scratch_root": self.scratch_root,
                "driver": (self.problem.root / "driver.py").read_text(encoding="utf-8"),
            }
        ).encode()
        passed = [landlock_fd] if landlock_fd >= 0 else []
        try:
            socket.send_fds(self.channel, [LENGTH.pack(len(setup))], passed)
            self.channel.sendall(setup)
        except OSError as error:
            raise SandboxError(f"the zygote ended: {self._last_words()}") from error
        finally:
            for fd in passed:
                os.close(fd)

    def fork(self, claims: int, out: int) -> int:
        """Fork a worker that writes to these descriptors; return its pid.

        One worker at a time: the next fork must wait until exited() has told of the last one.
        A zygote that has died since (no submission can reach it, but the kernel may choose it
        when memory is short) is replaced, so that one judge error is not followed by others.
        """
        if self.ready and self.process.poll() is not None:
            self.close()
            self._start()
        self.wait()
        self.count += 1
        order = b"F" + os.fsencode(os.path.join(self.scratch_root, str(self.count)))
        try:
            socket.send_fds(self.channel, [order], [claims, out])
        except OSError as error:
            raise SandboxError(f"the zygote takes no orders ({error})") from error
        kind, pid = FORKED.unpack(self._receive(FORKED.size))
        if kind != b"P":
            raise SandboxError("the zygote did not fork")
        return int(pid)

    def wait(self) -> None:
        """Return when workers can be forked; SandboxError if they never will be."""
        if not self.ready:
            self._receive(1)
            self.ready = True

    def packed(self, cases: Sequence[Case], pack: Callable[[], bytes]) -> bytes:
        """Return what pack() gives; for cases in a tuple, which come again, as it was kept."""
        if not isinstance(cases, tuple):
            return pack()
        if cases not in self.frames:
            while len(self.frames) >= KEPT:
                self.frames.pop(next(iter(self.frames)))
            self.frames[cases] = pack()
        return self.frames[cases]

    def batches(self, cases: Sequence[Case]) -> dict[tuple[int, ...], Sequence[Case]]:
        """Return the cases of a run by their numbers, in batches as a search has them too.

        A batch is of one group. A worker that holds no more cases than that can neither tell what
        comes after them nor by their number what they are for.
        """
        kind = tuple if isinstance(cases, tuple) else list
        return {numbers: kind(batch) for numbers, batch in _batched(cases)}

    def _sizes_of(self, case: Case) -> tuple[int, ...]:
        """Return how many numbers each quantity has that the case's group observes."""
        observed = self.problem.group(case.group).observes
        return tuple(math.prod(q.shape_in(case.sizes)) for q in observed)

    def kill(self) -> None:
        """Tell the zygote to kill the worker, if it still lives."""
        with contextlib.suppress(OSError):
            self.channel.sendall(b"K")

    def exited(self, within_s: float | None = None) -> Exit | None:
        """Wait until the worker is reaped and return how it ended; None if not within_s."""
        if within_s is not None and not select.select([self.channel], [], [], within_s)[0]:
            return None
        kind, status, cpu_s, peak_mib = EXIT.unpack(self._receive(EXIT.size))
        if kind != b"X":
            raise SandboxError("the zygote lost count of its workers")
        return Exit(status, cpu_s, peak_mib)

    def close(self) -> None:
        """End the zygote and every worker, and remove all they had."""
        self.channel.close()
        ended(self.process)
        if self.process.stderr:
            self.process.stderr.close()
        shutil.rmtree(self.scratch_root, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _receive(self, size: int) -> bytes:
        """Return size bytes from the zygote; SandboxError with its own words if it is gone."""
        data = b""
        try:
            while len(data) < size:
                part = self.channel.recv(size - len(data))
                if not part:
                    raise SandboxError(f"the zygote ended: {self._last_words()}")
                data += part
        except OSError as error:
            raise SandboxError(f"the zygote does not answer ({error})") from error
        return data

    def _last_words(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=2)
        if self.process.poll() is None or not self.process.stderr:
            return "no reason given"
        words = self.process.stderr.read(8000).decode("utf-8", "replace").strip()
        return words.splitlines()[-1] if words else f"exit code {self.process.returncode}"


def _batched(cases: Sequence[Case]) -> Iterator[tuple[tuple[int, ...], list[Case]]]:
    numbers: list[int] = []
    for number, case in enumerate(cases):
        if numbers and (case.group != cases[numbers[0]].group or len(numbers) == BATCH):
            yield tuple(numbers), [cases[n] for n in numbers]
            numbers = []
        numbers.append(number)
    if numbers:
        yield tuple(numbers), [cases[n] for n in numbers]


def ended(process: subprocess.Popen[bytes], within_s: float = 5.0) -> None:
    """Wait for a process that should end by itself; kill it if it does not, and go on anyway."""
    for last in (False, True):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=within_s)
            return
        if not last:
            process.kill()


def _policy(
    places: dict[str, str],
    problem: Problem,
    layers: tuple[str, ...] | None,
) -> tuple[dict[str, Any], int]:
    """Return the worker's policy and the descriptor that belongs to it (-1: none)."""
    limits = problem.limits
    rules: dict[str, Any] = {
        "cpu_s": limits.cpu_s,
        "memory_mib": limits.memory_mib,
        "uid": policy.UNPRIVILEGED,
        "layers": layers,
    }
    landlock_fd = -1
    readable = policy.python_paths(places)
    try:
        if layers is None or "landlock" in layers:
            landlock_fd = policy.landlock_ruleset(readable)
        else:
            rules["landlock_missing"] = "left off"
    except SandboxError as error:
        rules["landlock_missing"] = str(error)
    if landlock_fd >= 0:
        policy.refuse_secrets(readable, {Path(KIT), layout.around(problem.root)})
    try:
        if layers is None or "seccomp" in layers:
            rules["seccomp_program"] = policy.seccomp_program(with_paths=landlock_fd >= 0).hex()
    except SandboxError as error:
        rules["seccomp_missing"] = str(error)
    return rules, landlock_fd


def _environment() -> dict[str, str]:
    threads = ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB")
    counts = {f"{t}_NUM_THREADS": "1" for t in threads}
    # asked for more, OpenMP then gives one; it would end the process when it cannot start threads
    return {**counts, "OMP_THREAD_LIMIT": "1", "PYTHONHASHSEED": "0"}
