"""A zygote for one problem: started, given orders to fork and kill, ended; the judge's side."""

import contextlib
import importlib.util
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from grader.errors import SandboxError
from grader.model import Problem
from grader.problem import KIT
from grader.sandbox import policy
from grader.sandbox.zygote import EXIT, FORKED

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

        weak: go on where neither files nor system calls can be restricted. layers: only these
        (for tests of single layers).
        """
        self.problem, self.weak = problem, weak
        self.scratch_root = tempfile.mkdtemp(prefix="rnn-judge-")
        os.chmod(self.scratch_root, 0o711)  # an unprivileged worker goes through it
        self.count = 0
        self.ready = False
        self.channel, theirs = socket.socketpair()
        places = {name: _place(name) for name in problem.packages}
        rules, landlock_fd = _policy(places, problem, layers)
        setup = json.dumps(
            {
                "places": places,
                "preload": [*problem.packages, *(f"{p}.linalg" for p in problem.packages)],
                "probes": [os.__file__, *(p for n in places for p in [_file(n)])],
                "policy": rules,
                "scratch_root": self.scratch_root,
                "driver": (problem.root / "driver.py").read_text(encoding="utf-8"),
            }
        ).encode()
        zygote = str(Path(__file__).with_name("zygote.py"))
        command = [sys.executable, "-P", "-s", "-S", "-B", "-X", "utf8", zygote]
        inherited = [theirs.fileno(), *([landlock_fd] if landlock_fd >= 0 else [])]
        try:
            self.process = subprocess.Popen(  # our own interpreter and file
                [*command, str(theirs.fileno()), str(KIT), str(len(setup))],
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=inherited,
                start_new_session=True,
                cwd="/",
            )
        finally:
            theirs.close()
            if landlock_fd >= 0:
                os.close(landlock_fd)
        self.channel.settimeout(START_S)
        self.channel.sendall(setup)

    def fork(self, claims: int, out: int) -> int:
        """Fork a worker that writes to these descriptors; return its pid.

        One worker at a time: the next fork must wait until exited() has told of the last one.
        """
        if not self.ready:
            self._receive(1)
            self.ready = True
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
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
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
    try:
        landlock_fd = policy.landlock_ruleset(policy.python_paths(places))
        rules["landlock_fd"] = landlock_fd
    except SandboxError as error:
        rules["landlock_missing"] = str(error)
    try:
        rules["seccomp_program"] = policy.seccomp_program(with_paths=landlock_fd >= 0).hex()
    except SandboxError as error:
        rules["seccomp_missing"] = str(error)
    return rules, landlock_fd


def _environment() -> dict[str, str]:
    threads = ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB")
    return {**{f"{t}_NUM_THREADS": "1" for t in threads}, "PYTHONHASHSEED": "0"}


def _place(package: str) -> str:
    """Return the directory that holds a package; SandboxError if it is not installed."""
    return str(Path(_file(package)).parent.parent)


def _file(package: str) -> str:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SandboxError(f"the package {package} is not installed: pip install {package}")
    return spec.origin
