"""Which process something belongs to, and whether that process still lives; no clock decides."""

import os
from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")
START = 19  # of the fields in /proc/PID/stat after the program's name


def owner(pid: int | None = None) -> str:
    """Return the name of a process, of this one by default: boot, number and start; "" if gone.

    No process to come has the same, not even one of the same number.
    """
    number = os.getpid() if pid is None else pid
    try:
        boot = BOOT.read_text(encoding="ascii").strip()
        after_name = Path(f"/proc/{number}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return ""
    if after_name[0] in (b"Z", b"X"):  # dead, and not yet waited for
        return ""
    return f"{boot} {number} {after_name[START].decode('ascii')}"


def lives(name: str) -> bool:
    """Return whether the process of that name is still there."""
    parts = name.split()
    return len(parts) == 3 and owner(int(parts[1])) == name
