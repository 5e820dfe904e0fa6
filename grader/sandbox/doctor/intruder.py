"""Run as a submission: tries what each layer forbids, and prints what it got away with.

Never imported: isolation.py sends its text to a worker, with PLACES set in front of it. Every
attempt is harmless where it succeeds. PLACES: references (files), folder (one that anybody may
write to), port (of a listening socket), shared (the judge's namespaces, by kind).
"""

import ctypes
import errno
import fcntl
import json
import mmap
import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

PLACES: dict[str, Any] = globals().get("PLACES", {})
MANY = 32
libc = ctypes.CDLL(None, use_errno=True)


def datagram_to_the_judge() -> bool:
    """Send a datagram to a port of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        return s.sendto(b"?", ("127.0.0.1", PLACES["port"])) > 0


def names_of_the_machine() -> bool:
    """Share memory segments and host names with others."""
    own = {kind: os.stat(f"/proc/self/ns/{kind}").st_ino for kind in PLACES["shared"]}
    return any(own[kind] == number for kind, number in PLACES["shared"].items())


def group_of_zygote() -> bool:
    """Be hit by, and hit, the zygote's process group."""
    return os.getpgrp() != os.getpid()


def open_descriptors() -> bool:
    """Find a descriptor that it was not given."""
    return any(_is_open(fd) for fd in range(4, 64))


def _is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


def variables() -> bool:
    """See a variable of the judge's environment."""
    given = {"HOME", "USERPROFILE", "USER", "LOGNAME", "USERNAME"}  # to every worker, the same
    return any(not name.endswith("_NUM_THREADS") for name in os.environ.keys() - given)


def working_directory() -> bool:
    """Work in a folder that others use."""
    return os.getcwd() == "/"


def memory() -> bool:
    """Map 64 GiB."""
    mmap.mmap(-1, 2**36, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000).close()
    return True


def memory_in_pieces() -> bool:
    """Map 16 GiB piece by piece."""
    pieces: list[mmap.mmap] = []
    try:
        while len(pieces) < MANY:
            pieces.append(mmap.mmap(-1, 2**29, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000))
    finally:
        for piece in pieces:
            piece.close()
    return True


def endless_time() -> bool:
    """Compute without a limit of the kernel's."""
    return resource.getrlimit(resource.RLIMIT_CPU)[0] == resource.RLIM_INFINITY


def capability() -> bool:
    """Use a right of root's."""
    os.chroot("/")
    return True


def gain_rights() -> bool:
    """Gain rights from a program that has them."""
    return libc.prctl(39, 0, 0, 0, 0) == 0  # PR_GET_NO_NEW_PRIVS


def read_file() -> bool:
    """Read a file of the system."""
    with open("/etc/passwd", "rb") as file:
        return bool(file.read(1))


def read_reference() -> bool:
    """Read a reference."""
    return any(_readable(path) for path in PLACES["references"])


def _readable(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return bool(file.read(1))
    except OSError:
        return False


def list_folder() -> bool:
    """List a folder."""
    return bool(os.listdir("/"))


def write_file() -> bool:
    """Leave a file."""
    with open(PLACES["folder"] + "/left", "wb"):
        return True


def connect() -> bool:
    """Open a connection."""
    with socket.socket() as s:
        s.connect(("127.0.0.1", PLACES["port"]))
        return True


def signal_zygote() -> bool:
    """Send a signal to the zygote."""
    os.kill(os.getppid(), 0)
    return True


def fork() -> bool:
    """Start a process."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return True


def program() -> bool:
    """Start a program."""
    os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)
    return True


def thread() -> bool:
    """Start a thread."""
    one = threading.Thread(target=int)
    one.start()
    one.join()
    return True


def datagram() -> bool:
    """Open a datagram socket."""
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()
    return True


def memory_file() -> bool:
    """Make a file in memory, which no limit counts."""
    os.close(os.memfd_create("attempt"))
    return True


def change_mode() -> bool:
    """Change a file's mode."""
    os.chmod(PLACES["folder"], 0o777)  # as it is
    return True


def change_times() -> bool:
    """Change a file's times."""
    os.utime(PLACES["folder"])
    return True


def slow_zygote() -> bool:
    """Change the zygote's priority."""
    os.setpriority(os.PRIO_PROCESS, os.getppid(), os.getpriority(os.PRIO_PROCESS, os.getppid()))
    return True


def owner_of_signals() -> bool:
    """Have the kernel send the zygote signals."""
    fcntl.fcntl(1, fcntl.F_SETOWN, 0)
    return True


def processes() -> bool:
    """Start many processes at once."""
    started: list[int] = []
    try:
        while len(started) < MANY:
            pid = os.fork()
            if pid == 0:
                os._exit(0)
            started.append(pid)
    finally:
        for pid in started:
            os.waitpid(pid, 0)
    return True


def clock_of_another() -> bool:
    """Ask for the clock of the zygote's process."""
    clock, room = (~os.getppid() << 3) | 2, (ctypes.c_long * 2)()
    return libc.clock_getres(clock, room) == 0


def link_of_another() -> bool:
    """Read where a link of the system leads."""
    return bool(os.readlink("/proc/self"))


def unknown_call() -> bool:
    """Reach a system call that no kernel has."""
    libc.syscall(ctypes.c_long(99_999))
    return ctypes.get_errno() == errno.ENOSYS


ATTEMPTS = {
    "namespaces": (datagram_to_the_judge, names_of_the_machine),
    "session": (group_of_zygote,),
    "descriptors": (open_descriptors,),
    "environment": (variables,),
    "directory": (working_directory,),
    "limits": (memory, memory_in_pieces, endless_time),
    "privileges": (capability, gain_rights),
    "landlock": (read_file, read_reference, list_folder, write_file, connect, signal_zygote),
    "seccomp": (
        *(processes, clock_of_another, link_of_another),
        *(fork, program, thread, datagram, memory_file, change_mode, change_times, slow_zygote),
        *(owner_of_signals, unknown_call),
    ),
}


def succeeds(attempt: Callable[[], bool]) -> bool:
    """Whether the forbidden thing could be done."""
    try:
        return bool(attempt())
    except (OSError, RuntimeError, MemoryError, AttributeError, ValueError):
        return False


def main() -> None:
    """Try everything; print one line of JSON."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    tried = {a.__name__: succeeds(a) for those in ATTEMPTS.values() for a in those}
    facts = {
        "uid": os.getuid(),
        "threads": os.environ.get("OPENBLAS_NUM_THREADS", ""),
        "subnormals": 5e-324 * float(len(ATTEMPTS) > 1) > 0,
        "hash": sys.flags.hash_randomization,
    }
    sys.stdout.write("\n" + json.dumps({"tried": tried, "facts": facts}) + "\n")
    sys.stdout.flush()


if __name__ in ("builtins", "solution"):  # sent to a worker
    main()
