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
OLD = "/old"

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


def enclose(readable: Iterable[str], covered: Iterable[str], scratch: str) -> str:
    """Leave all files but the readable ones and the scratch folder; return why not, or nothing.

    What is left lies where it was; the folders around it are new and empty, and anybody may pass.
    covered: folders within readable ones of which nothing is left but what is readable itself.
    """
    shown = {p for path in (*ALWAYS, *readable) for p in (path, os.path.realpath(path))}
    hidden = {p for path in covered for p in (path, os.path.realpath(path))}
    root = f"{scratch}-root"  # not in the scratch folder: that is removed with all that is in it
    around = os.open(os.path.dirname(root), os.O_RDONLY)
    os.mkdir(root, 0o700)
    try:
        _mount("none", root, 0, "tmpfs")
        try:
            for path in (*sorted(shown | hidden), scratch):  # a folder before what is in it
                (_cover if path in hidden else _show)(path, root + path)
            os.mkdir(root + OLD)
            _checked(libc.pivot_root(os.fsencode(root), os.fsencode(root + OLD)))
        except BaseException:
            _checked(libc.umount2(os.fsencode(root), MNT_DETACH))
            raise
        os.chdir("/")
        _checked(libc.umount2(OLD.encode(), MNT_DETACH))
        os.rmdir(OLD)
    except (OSError, AttributeError) as error:
        return str(error)
    finally:
        os.rmdir(os.path.basename(root), dir_fd=around)
        os.close(around)
    return ""


def _cover(_: str, there: str) -> None:
    """Let a folder that is seen be empty."""
    if os.path.isdir(there):
        _mount("none", there, 0, "tmpfs")


def _show(path: str, there: str) -> None:
    """Let a file or folder be seen at another place as well."""
    if os.path.lexists(there):  # in a folder that is seen already, where nothing may be made
        return
    folder = os.path.isdir(path)
    os.makedirs(there if folder else os.path.dirname(there), exist_ok=True)
    if not folder:
        Path(there).touch()
    _mount(os.path.realpath(path), there, MS_BIND | MS_REC)


def _mount(path: str, there: str, flags: int, kind: str = "") -> None:
    options = b"mode=755" if kind else None
    names = os.fsencode(path), os.fsencode(there), kind.encode() or None
    _checked(libc.mount(*names, flags, options))


def _checked(result: int) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
