"""Makes, outside, what the layers need inside: a Landlock ruleset and a seccomp program.

Both come from libraries that know the kernel's versions; the worker then only hands two
finished things to the kernel, and needs neither library.

The filter is a list of what is allowed, not of what is refused: only that stays right when the
kernel grows, and only that refuses numbers that nobody has heard of. It costs the same for calls
that are allowed whatever their arguments, since the kernel keeps a bitmap of those, and less than
1 microsecond more for the few whose arguments are looked at (`tests/benchmarks/bench_layers.py`).
Another architecture's entry (i386, x32) ends the process.
"""

import contextlib
import ctypes.util
import functools
import os
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from grader.errors import SandboxError

UNPRIVILEGED = 65534  # nobody

# What NumPy and the interpreter need, found by tracing them; everything else gives EPERM, and so
# do calls that do not exist yet. Each group says why it is there; threads, sockets, signals to
# others, links, modes, names and anything that makes a file or a process are in none.
ALLOWED_CALLS = (
    # arrays and objects; mprotect and executable pages because a lazily imported extension module
    # is mapped like any other
    *("brk", "mmap", "munmap", "mremap", "madvise", "mprotect"),
    # importing: files that Landlock allows (without Landlock: PATH_CALLS are refused)
    *("openat", "open", "read", "pread64", "readv", "close", "close_range", "lseek", "fstat"),
    *("newfstatat", "stat", "lstat", "statx", "fstatfs", "getdents64"),
    *("access", "faccessat", "faccessat2", "getcwd", "fadvise64"),
    # printing and answering on descriptors that are open; redirecting what is printed
    *("write", "writev", "dup", "dup2", "dup3", "poll", "ppoll", "select", "pselect6"),
    *("pipe", "pipe2"),
    # time, and waiting for it; a timer ends or interrupts its own process only
    *("nanosleep", "gettimeofday", "time"),
    *("times", "getitimer", "setitimer", "alarm", "pause", "sched_yield"),
    # its own signals: Python restores handlers, and some students set them
    *("rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "rt_sigtimedwait"),
    *("sigaltstack", "restart_syscall"),
    # the end
    *("exit", "exit_group"),
    # what it is, where it runs, how much it used: no argument, nothing to change
    *("getpid", "getppid", "gettid", "getuid", "geteuid", "getgid", "getegid", "getresuid"),
    *("getresgid", "getgroups", "getpgrp", "getrusage", "getrlimit", "getcpu", "uname"),
    *("sysinfo", "getrandom", "umask"),
)
PATH_CALLS = {
    *("openat", "open", "newfstatat", "stat", "lstat", "statx"),
    *("access", "faccessat", "faccessat2", "getdents64"),
}
# Calls of which only some uses are allowed: name -> (argument's position, mask, values). A mask
# of 32 bits because the kernel reads an int there, whatever stands in the upper half.
INT = 0xFFFFFFFF
TCGETS, FIONREAD, FIOCLEX, FIONCLEX, FIONBIO = 0x5401, 0x541B, 0x5451, 0x5450, 0x5421
DUPFD, GETFD, SETFD, GETFL, SETFL, DUPFD_CLOEXEC = 0, 1, 2, 3, 4, 1030
WAIT, WAKE, WAIT_BITSET, WAKE_BITSET = 0, 1, 9, 10
FILTERED_CALLS: dict[str, tuple[int, int, tuple[int, ...]]] = {
    # is this a terminal, how much is there to read; not: put input into a terminal, own a socket
    "ioctl": (1, INT, (TCGETS, FIONREAD, FIOCLEX, FIONCLEX, FIONBIO)),
    # not F_SETOWN and F_SETSIG, which have the kernel send any signal to any process of the user,
    # and not leases, locks, notifications and pipe sizes
    "fcntl": (1, INT, (DUPFD, GETFD, SETFD, GETFL, SETFL, DUPFD_CLOEXEC)),
    # locks of one thread; not priority inheritance and requeueing, which exploits are fond of
    "futex": (1, 0x7F, (WAIT, WAKE, WAIT_BITSET, WAKE_BITSET)),
    # the system's clocks and its own; not the processor time of another process
    "clock_gettime": (0, INT & ~0xF, (0,)),
    "clock_getres": (0, INT & ~0xF, (0,)),
    "clock_nanosleep": (0, INT & ~0xF, (0,)),
    # of itself only: whether others exist is nobody's business
    "sched_getaffinity": (0, INT, (0,)),
    "getpgid": (0, INT, (0,)),
    "getsid": (0, INT, (0,)),
}
# What a script may begin with out of habit, and what changes none of its results: it is told that
# all went well, and nothing happens.
IGNORED_CALLS = ("chdir", "fchdir")
# Answers, and solutions that are right: no path that is granted may hold them or lie in them.
SECRETS = ("reference", "tests")
OF_OTHERS = ("site-packages", "dist-packages")  # in the standard library's folder


def landlock_ruleset(readable: list[str]) -> int:
    """Return the descriptor of a ruleset that allows reading these paths and nothing else.

    Raises SandboxError where the kernel or the library has no Landlock.
    """
    try:
        from landlockpy import AccessFS, AccessNet, LandlockError, Ruleset, Scope  # noqa: PLC0415
    except ImportError as error:
        raise SandboxError(f"the package landlockpy is not installed ({error})") from error
    read = AccessFS.READ_FILE | AccessFS.READ_DIR
    try:
        ruleset = Ruleset(
            handled_net=AccessNet.BIND_TCP | AccessNet.CONNECT_TCP,
            scoped=Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET,
        )
        for path in readable:
            is_dir = os.path.isdir(path)
            ruleset.allow_path(path, read if is_dir else AccessFS.READ_FILE)
        for device, access in (
            ("/dev/null", AccessFS.READ_FILE | AccessFS.WRITE_FILE),
            ("/dev/zero", AccessFS.READ_FILE),
            ("/dev/urandom", AccessFS.READ_FILE),
        ):
            with contextlib.suppress(FileNotFoundError):
                ruleset.allow_path(device, access)
        # High, so that no standard descriptor is ever put in its place; the object's own goes.
        return _high(ruleset)
    except (LandlockError, OSError) as error:
        raise SandboxError(f"the kernel grants no Landlock ruleset ({error})") from error


def seccomp_program(*, with_paths: bool) -> bytes:
    """Return a BPF program that allows ALLOWED_CALLS, and of FILTERED_CALLS what they say.

    IGNORED_CALLS do nothing and return 0.

    with_paths: also the calls that name a file, which is safe where Landlock is in force.

    Raises SandboxError where libseccomp is missing.
    """
    seccomp = _pyseccomp()
    try:
        program = seccomp.SyscallFilter(seccomp.ERRNO(1))
        for name in ALLOWED_CALLS:
            if with_paths or name not in PATH_CALLS:
                with contextlib.suppress(OSError, RuntimeError):  # unknown on this architecture
                    program.add_rule(seccomp.ALLOW, name)
        for name, (position, mask, values) in FILTERED_CALLS.items():
            for value in values:
                only = seccomp.Arg(position, seccomp.MASKED_EQ, mask, value)
                program.add_rule(seccomp.ALLOW, name, only)
        own = seccomp.Arg(0, seccomp.EQ, 0)
        read_only = seccomp.Arg(2, seccomp.EQ, 0)
        program.add_rule(seccomp.ALLOW, "prlimit64", own, read_only)
        for name in IGNORED_CALLS:
            program.add_rule(seccomp.ERRNO(0), name)
        # libc then falls back to clone, which is refused: "can't start new thread"
        with contextlib.suppress(OSError, RuntimeError):
            program.add_rule(seccomp.ERRNO(38), "clone3")
        with tempfile.TemporaryFile() as file:
            program.export_bpf(file)
            file.seek(0)
            return file.read()
    except (OSError, RuntimeError, ValueError) as error:
        raise SandboxError(f"libseccomp made no filter ({error})") from error


def python_paths(packages: dict[str, str]) -> list[str]:
    """Return every path that importing the standard library and the packages may read.

    packages: name -> directory that holds it. Directories of other packages are left out, even
    where they lie inside the standard library's.
    """
    stdlib = Path(sysconfig.get_path("stdlib"))
    found = {str(p) for p in stdlib.iterdir() if p.name not in OF_OTHERS}
    found |= {str(p) for p in Path(sysconfig.get_path("platstdlib")).glob("lib-dynload")}
    for name, place in packages.items():
        found |= {str(Path(place, n)) for n in (name, f"{name}.libs", f"{name}.py")}
    found |= set(_shared_libraries())
    return sorted(p for p in found if os.path.exists(p))


def folders(readable: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the readable paths with one folder for the standard library, and what it hides."""
    stdlib = sysconfig.get_path("stdlib")
    others = [p for p in readable if os.path.dirname(p) != stdlib]
    return [stdlib, *others], [os.path.join(stdlib, name) for name in OF_OTHERS]


def refuse_secrets(readable: Iterable[str], kits: Iterable[Path]) -> None:
    """Raise SandboxError if a readable path holds, or lies in, the answers of one of these kits.

    Folders are compared by device and inode, so that links and bind mounts do not hide them.
    """
    secrets = {str(kit / n) for kit in kits for n in SECRETS if (kit / n).is_dir()}
    identity, real = functools.cache(_identity), functools.cache(os.path.realpath)
    inside = {identity(folder): folder for folder in secrets}
    above = {identity(p): folder for folder in secrets for p in _upwards(real(folder))}
    for path in readable:
        folder, name = os.path.split(path)
        plain = real(path) if os.path.islink(path) else os.path.join(real(folder), name)
        first, *rest = (identity(p) for p in _upwards(plain))
        secret = above.get(first) or next((inside[i] for i in rest if i in inside), None)
        if secret:
            raise SandboxError(
                f"{secret} lies where submissions may read ({path}, which Python needs): move "
                "the kit to a folder of its own, such as /srv/rnn-judge"
            )


def _upwards(path: str) -> list[str]:
    """Return the path and every folder around it."""
    found = [path]
    while (around := os.path.dirname(found[-1])) != found[-1]:
        found.append(around)
    return found


def _identity(path: str) -> tuple[int, int]:
    found = os.stat(path)
    return found.st_dev, found.st_ino


def _shared_libraries() -> Iterator[str]:
    """Yield where the loader looks; whole folders only where nothing else is kept in them."""
    triplet = sysconfig.get_config_var("MULTIARCH") or ""
    for root in ("/lib", "/usr/lib", "/lib64", "/usr/lib64"):
        if triplet and os.path.isdir(f"{root}/{triplet}"):
            yield f"{root}/{triplet}"
        else:  # beside the libraries lie other programs' files, and packages of Python
            yield from (str(p) for p in Path(root).glob("*.so*"))
    yield from (str(p) for p in Path(sys.base_prefix, "lib").glob("lib*.so*"))
    yield from ("/lib64/ld-linux-x86-64.so.2", "/etc/ld.so.cache", "/etc/localtime")
    yield "/usr/share/zoneinfo"


def _high(ruleset: object) -> int:
    """Return a duplicate of the ruleset's descriptor that no standard stream can displace."""
    import fcntl  # noqa: PLC0415  # not on Windows

    return fcntl.fcntl(ruleset, fcntl.F_DUPFD_CLOEXEC, 20)  # type: ignore[call-overload]  # has fileno


def _pyseccomp() -> Any:
    """Return the module; while it is imported, libraries are named, not searched with ldconfig."""
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: {"c": None}.get(name, f"lib{name}.so.2")
    try:
        import pyseccomp  # noqa: PLC0415  # only on Linux
    except (ImportError, OSError, RuntimeError) as error:
        raise SandboxError(f"pyseccomp or libseccomp is not installed ({error})") from error
    finally:
        ctypes.util.find_library = search
    return pyseccomp
