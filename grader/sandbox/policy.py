"""Makes, outside, what the layers need inside: a Landlock ruleset and a seccomp program.

Both come from libraries that know the kernel's versions; the worker then only hands two
finished things to the kernel, and needs neither library.
"""

import contextlib
import ctypes.util
import os
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.errors import SandboxError

UNPRIVILEGED = 65534  # nobody

# What NumPy and the interpreter need, found by tracing them; everything else gives EPERM, and so
# do calls that do not exist yet. A list of what is allowed stays right when the kernel grows.
ALLOWED_CALLS = (
    # memory
    *("brk", "mmap", "munmap", "mremap", "madvise", "mprotect", "membarrier", "mincore"),
    # reading files that Landlock allows, and descriptors that are open
    *("openat", "open", "read", "pread64", "readv", "write", "writev", "close", "close_range"),
    *("lseek", "fstat", "newfstatat", "stat", "lstat", "statx", "fstatfs", "getdents64"),
    *("readlink", "readlinkat", "access", "faccessat", "faccessat2", "getcwd", "fcntl", "dup"),
    *("dup2", "dup3", "poll", "ppoll", "select", "pselect6", "pipe", "pipe2", "fadvise64"),
    # time
    *("clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time"),
    *("times", "getitimer", "setitimer", "alarm"),
    # this process
    *("rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "sigaltstack"),
    *("rt_sigtimedwait", "pause", "restart_syscall", "exit", "exit_group", "futex", "rseq"),
    *("set_robust_list", "set_tid_address", "arch_prctl", "getpid", "getppid", "gettid"),
    *("getuid", "geteuid", "getgid", "getegid", "getresuid", "getresgid", "getgroups"),
    *("getpgrp", "getpgid", "getsid", "getrusage", "getrlimit", "sched_getaffinity"),
    *("sched_yield", "getcpu", "uname", "sysinfo", "getrandom", "umask"),
)
PATH_CALLS = {
    *("openat", "open", "newfstatat", "stat", "lstat", "statx", "readlink", "readlinkat"),
    *("access", "faccessat", "faccessat2", "getdents64"),
}
TCGETS, FIONREAD, FIOCLEX, FIONCLEX, FIONBIO = 0x5401, 0x541B, 0x5451, 0x5450, 0x5421


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
    """Return a BPF program that allows ALLOWED_CALLS; without_paths, none that names a file.

    Raises SandboxError where libseccomp is missing.
    """
    seccomp = _pyseccomp()
    try:
        program = seccomp.SyscallFilter(seccomp.ERRNO(1))
        for name in ALLOWED_CALLS:
            if with_paths or name not in PATH_CALLS:
                with contextlib.suppress(OSError, RuntimeError):  # unknown on this architecture
                    program.add_rule(seccomp.ALLOW, name)
        own = seccomp.Arg(0, seccomp.EQ, 0)
        read_only = seccomp.Arg(2, seccomp.EQ, 0)
        program.add_rule(seccomp.ALLOW, "prlimit64", own, read_only)
        for request in (TCGETS, FIONREAD, FIOCLEX, FIONCLEX, FIONBIO):
            program.add_rule(seccomp.ALLOW, "ioctl", seccomp.Arg(1, seccomp.EQ, request))
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
    found = {str(p) for p in stdlib.iterdir() if p.name not in ("site-packages", "dist-packages")}
    found |= {str(p) for p in Path(sysconfig.get_path("platstdlib")).glob("lib-dynload")}
    for name, place in packages.items():
        found |= {str(Path(place, n)) for n in (name, f"{name}.libs", f"{name}.py")}
    found |= set(_shared_libraries())
    return sorted(p for p in found if os.path.exists(p))


def _shared_libraries() -> Iterator[str]:
    triplet = sysconfig.get_config_var("MULTIARCH") or ""
    for root in ("/lib", "/usr/lib", "/lib64", "/usr/lib64"):
        yield f"{root}/{triplet}" if triplet else root
    yield from ("/lib64/ld-linux-x86-64.so.2", "/etc/ld.so.cache", "/etc/localtime")
    yield "/usr/share/zoneinfo"
    if sysconfig.get_config_var("Py_ENABLE_SHARED"):
        yield from (str(p) for p in Path(sys.base_prefix, "lib").glob("libpython*"))


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
