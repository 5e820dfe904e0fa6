"""Whether somebody killed a process, or it ended by what it did or for want of memory."""

import contextlib
import signal
from pathlib import Path

VMSTAT = Path("/proc/vmstat")
COUNT = "oom_kill "


def ended_for_memory(file: Path = VMSTAT) -> int | None:
    """Return how many processes the kernel has ended for want of memory; None if it does not say.

    It counts before it kills.
    """
    with contextlib.suppress(OSError, ValueError):
        lines = file.read_text(encoding="ascii").splitlines()
        return next((int(line[len(COUNT) :]) for line in lines if line.startswith(COUNT)), None)
    return None


def was_killed(code: int | None, before: int | None, file: Path = VMSTAT) -> bool:
    """Return whether a process was killed by somebody outside; False if that is not certain.

    code: what it ended with, None while it runs. before: ended_for_memory() at its start.
    """
    return code == -signal.SIGKILL and before is not None and ended_for_memory(file) == before
