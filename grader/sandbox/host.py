"""A zygote for one problem: started, given orders to fork and kill, ended; the judge's side."""

import contextlib
import json
import os
import secrets
import select
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from grader import layout
from grader.errors import SandboxError
from grader.layout import KIT
from grader.model import Problem
from grader.sandbox import packages, policy
from grader.sandbox.base import START_S, Exit, Host
from grader.sandbox.outside import ended_for_memory, was_killed
from grader.sandbox.sockets import Sockets
from grader.sandbox.spawn import Zygote, spawn
from grader.sandbox.zygote import EXIT, FORKED, LENGTH

REAPED_S = 0.2  # for a process whose pipes are closed to be gone


class Sandbox(Host):
    """A zygote for one problem, and the workers forked from it, one at a time."""

    def __init__(
        self,
        problem: Problem,
        *,
        weak: bool = False,
        layers: tuple[str, ...] | None = None,
        tells: bool = False,
        zygote: Zygote | None = None,
    ) -> None:
        """Start a zygote, if none is given, and tell it what it is for, without waiting for it.

        weak: go on where neither files nor system calls can be restricted. layers: only these,
        as on a machine that lacks the others (for tests of single layers). tells: a worker that is
        out of time says where it was.
        """
        super().__init__(problem, tells=tells)
        self.weak, self.layers = weak, layers
        self.count = 0
        self._start(zygote or spawn())

    def open(self) -> Sockets:
        """Start a worker; the one before has ended."""
        return Sockets(self)

    def _start(self, zygote: Zygote) -> None:
        """Take a zygote that was started; what it needs to know is found out meanwhile."""
        self.zygote, self.ready = zygote, False
        self.out_of_memory = ended_for_memory()
        self.process, self.channel = zygote
        # The zygote makes and removes this folder: it outlives a judge that is killed.
        self.scratch_root = os.path.join(tempfile.gettempdir(), f"rnn-judge-{secrets.token_hex(8)}")
        self.channel.settimeout(START_S)
        try:
            self._send_setup()
        except BaseException:
            self.close()
            raise

    def _send_setup(self) -> None:
        places = packages.places(self.problem.packages)
        rules, landlock_fd = _policy(places, self)
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
        if self.process.poll() is not None:
            self.close()
            self._start(spawn())
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
        return Exit(os.waitstatus_to_exitcode(status), cpu_s, peak_mib)

    def was_killed(self) -> bool:
        """Return whether somebody killed the zygote, who is no submission that is shut in."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=REAPED_S)
        return not self.weak and was_killed(self.process.poll(), self.out_of_memory)

    def close(self) -> None:
        """End the zygote and every worker, and remove all they had."""
        self.zygote.close()
        shutil.rmtree(self.scratch_root, ignore_errors=True)

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


def _policy(places: dict[str, str], sandbox: Sandbox) -> tuple[dict[str, Any], int]:
    """Return the worker's policy and the descriptor that belongs to it (-1: none)."""
    problem, layers = sandbox.problem, sandbox.layers
    limits = problem.limits
    rules: dict[str, Any] = {
        "cpu_s": limits.cpu_s,
        "memory_mib": limits.memory_mib,
        "uid": policy.UNPRIVILEGED,
        "layers": layers,
        "tells": sandbox.told_after,
    }
    landlock_fd = -1
    readable = policy.python_paths(places)
    rules["readable"], rules["covered"] = policy.folders(readable)
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
