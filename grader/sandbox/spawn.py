"""A zygote is started; what it is for follows, so that it imports NumPy while its judge does."""

import contextlib
import importlib.util
import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

from grader.errors import SandboxError
from grader.layout import KIT
from grader.sandbox import packages

# Only a worker that was forked has layers; what they need is asked for by name.
NEEDED = ((os, "fork"), (os, "waitid"), (socket, "send_fds"), (select, "poll"))


class Zygote(NamedTuple):
    """A zygote that was started, and the way to it."""

    process: subprocess.Popen[bytes]
    channel: socket.socket

    def close(self) -> None:
        """Hang up, which ends it; again does nothing."""
        self.channel.close()
        ended(self.process)
        if self.process.stderr:
            self.process.stderr.close()


def available() -> bool:
    """Return whether this system has what the sandbox is made of."""
    modules = all(importlib.util.find_spec(name) for name in ("fcntl", "resource"))
    return modules and all(hasattr(module, name) for module, name in NEEDED)


def spawn() -> Zygote:
    """Start a zygote without waiting for it; SandboxError where there can be none."""
    if not available():
        raise SandboxError(
            "grading needs Linux (on Windows: WSL 2), where submissions can be shut in; "
            "for your own trials of one file: --isolation none"
        )
    places = json.dumps(packages.places([packages.WORKER]))
    channel, theirs = socket.socketpair()
    zygote = os.path.join(os.path.dirname(__file__), "zygote.py")
    command = [sys.executable, "-P", "-s", "-S", "-B", "-X", "utf8", zygote]
    with theirs:
        process = subprocess.Popen(  # our own interpreter and file
            [*command, str(theirs.fileno()), KIT, places],
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
            cwd="/",
        )
    return Zygote(process, channel)


@contextlib.contextmanager
def early(isolation: str) -> Iterator[Zygote | None]:
    """Give a zygote to who will need one in that isolation, if this system has any."""
    zygote = spawn() if isolation != "none" and available() else None
    try:
        yield zygote
    finally:
        if zygote is not None:
            zygote.close()


def environment() -> dict[str, str]:
    """Return the variables of an interpreter that runs submissions: one thread, fixed hashes."""
    threads = ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB")
    counts = {f"{t}_NUM_THREADS": "1" for t in threads}
    # asked for more, OpenMP then gives one; it would end the process when it cannot start threads
    needed = {n: os.environ[n] for n in ("SYSTEMROOT", "WINDIR") if n in os.environ}  # on Windows
    return {**needed, **counts, "OMP_THREAD_LIMIT": "1", "PYTHONHASHSEED": "0"}


def ended(process: subprocess.Popen[bytes], within_s: float = 5.0) -> None:
    """Wait for a process that should end by itself; kill it if it does not, and go on anyway."""
    for last in (False, True):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=within_s)
            return
        if not last:
            process.kill()
