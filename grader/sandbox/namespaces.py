"""Takes the zygote off the machine's network, its files, and what its processes share by name.

Once a judge: whatever is forked afterwards is there too. It stops again what Landlock and the
filter stop, and hides which files there are, which these cannot. A namespace of processes would
take one more fork for every worker, which costs more than all layers and stops nothing else.
"""

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
MS_BIND, MS_REC, MS_PRIVATE, MNT_DETACH = 0x1000, 0x4000, 0x40000, 2
SHARED = ("net", "ipc", "uts", "mnt")  # as /proc/self/ns names them
ALWAYS = ("/proc", "/dev/null", "/dev/zero", "/dev/urandom")
ROOT, OLD = "root", "/old"

libc = ctypes.CDLL(None, use_errno=True)


def enter() -> str:
    """Enter a network without interfaces and names of one's own; return why not, or nothing.

    Only for a process of one thread. Who is not root becomes the same user in a namespace of users.
    """
    user, group = os.geteuid(), os.getegid()
    flags = CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS
    if not hasattr(libc, "unshare"):
        return "only on Linux"
    try:
        _checked(libc.unshare(flags | (CLONE_NEWUSER if user else 0)))
        if user:
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
        _mount("none", "/", MS_REC | MS_PRIVATE)
    except OSError as error:
        return str(error)
    return ""


def enclose(readable: Iterable[str], scratch: str) -> str:
    """Leave all files but the readable ones and the scratch folder; return why not, or nothing.

    What is left lies where it was; the folders around it are new and empty, and anybody may pass.
    """
    root = os.path.join(scratch, ROOT)
    try:
        os.mkdir(root)
        _checked(libc.mount(b"none", os.fsencode(root), b"tmpfs", 0, b"mode=755"))
        for path in (*ALWAYS, scratch, *readable):
            for place in {path, os.path.realpath(path)}:
                _show(path, root + place)
        os.mkdir(root + OLD)
        _checked(libc.pivot_root(os.fsencode(root), os.fsencode(root + OLD)))
        os.chdir("/")
        _checked(libc.umount2(OLD.encode(), MNT_DETACH))
        os.rmdir(OLD)
    except (OSError, AttributeError) as error:
        return str(error)
    os.rmdir(root)
    return ""


def _show(path: str, there: str) -> None:
    """Let a file or folder be seen at another place as well."""
    folder = os.path.isdir(path)
    os.makedirs(there if folder else os.path.dirname(there), exist_ok=True)
    if not folder:
        Path(there).touch()
    _mount(os.path.realpath(path), there, MS_BIND | (MS_REC if path in ALWAYS else 0))


def _mount(path: str, there: str, flags: int) -> None:
    _checked(libc.mount(os.fsencode(path), os.fsencode(there), None, flags, None))


def _checked(result: int) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
