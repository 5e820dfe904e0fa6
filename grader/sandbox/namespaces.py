"""Takes the zygote off the machine's network and out of what its processes share by name.

Once a judge: whatever is forked afterwards is there too. It costs 1 ms, and stops again what the
filter stops, where there is none. A namespace of processes would take two more forks for every
worker, which costs more than all layers; Landlock and the filter leave nothing for it to stop.
"""

import ctypes
import os
from pathlib import Path

CLONE_NEWUTS, CLONE_NEWIPC = 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
SHARED = ("net", "ipc", "uts")  # as /proc/self/ns names them


def enter() -> str:
    """Enter a network without interfaces and names of one's own; return why not, or nothing.

    Only for a process of one thread. Who is not root becomes the same user in a namespace of users.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.geteuid(), os.getegid()
    flags = CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | (CLONE_NEWUSER if user else 0)
    if not hasattr(libc, "unshare"):
        return "only on Linux"
    if libc.unshare(flags):
        return os.strerror(ctypes.get_errno())
    if user:
        try:
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
        except OSError as error:
            return str(error)
    return ""
