"""What takes a worker's powers away: one function a layer, each raises where it cannot take hold.

Runs inside the worker, after the fork and before a byte of the submission is looked at. What
the kernel needs (a Landlock ruleset, a seccomp program) was made by policy.py outside.
"""

import contextlib
import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 4, 24
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, SECCOMP_MODE_FILTER = 22, 38, 2
SYS_LANDLOCK_RESTRICT_SELF = 446  # the same number on every architecture
CAPABILITY_VERSION_3 = 0x20080522
OWN_UIDS = 0x70000000  # and above: nobody's, by systemd's list of user ids
CLAIMS_FD = 3  # 0, 1 and 2 are standard input, output and error

libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def apply(policy: dict[str, Any], chosen: tuple[str, ...] | None = None) -> list[tuple[str, str]]:
    """Put the layers on in order; return (name, '') for each in force, else (name, why not)."""
    results = []
    for name, layer in LAYERS:
        if chosen is not None and name not in chosen:
            results.append((name, "left off"))
            continue
        try:
            layer(policy)
            results.append((name, ""))
        except Exception as error:  # any reason means: not in force
            results.append((name, str(error) or type(error).__name__))
    return results


def namespaces(policy: dict[str, Any]) -> None:
    """No network, shared memory, host name and files of the machine's: the zygote left them."""
    if why := policy["namespaces_missing"]:
        raise OSError(why)


def session(_: dict[str, Any]) -> None:
    """A process group of its own, in a session without a terminal; dies when the zygote dies.

    The session is the zygote's: a new one for each worker costs 5 ms where the kernel makes a
    scheduling group with it (autogroup), and its leader could take a terminal.
    """
    os.setpgid(0, 0)
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def descriptors(policy: dict[str, Any]) -> None:
    """Only standard streams and the channel for claims stay open (and what layers below need)."""
    kept = {policy.get("landlock_fd", -1)}
    top = max(kept) + 1
    for fd in range(CLAIMS_FD + 1, top):
        if fd not in kept:
            with contextlib.suppress(OSError):
                os.close(fd)
    os.closerange(max(top, CLAIMS_FD + 1), max(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 4096))


def environment(_: dict[str, Any]) -> None:
    """No variable of the judge's environment; thread counts stay at one."""
    for name in list(os.environ):
        if not name.endswith("_NUM_THREADS"):
            del os.environ[name]


def directory(policy: dict[str, Any]) -> None:
    """An empty working directory that nobody else uses."""
    os.chdir(policy["scratch"])


def limits(policy: dict[str, Any]) -> None:
    """CPU time, memory, no file growth, no core dump, no new processes, few descriptors."""
    used = _address_space()
    cpu = int(policy["cpu_s"]) + 1
    bounds = {
        resource.RLIMIT_CPU: (cpu, cpu + 1),  # soft below hard: SIGXCPU tells it from a kill
        resource.RLIMIT_AS: used + policy["memory_mib"] * 2**20,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_NPROC: 0,
    }
    if hasattr(resource, "RLIMIT_MSGQUEUE"):
        bounds[resource.RLIMIT_MSGQUEUE] = 0
    failed = []
    for what, bound in bounds.items():
        soft, hard = bound if isinstance(bound, tuple) else (bound, bound)
        try:
            most = resource.getrlimit(what)[1]
            if most != resource.RLIM_INFINITY:  # the judge may be limited itself, and lower
                soft, hard = min(soft, most), min(hard, most)
            resource.setrlimit(what, (soft, hard))
        except (ValueError, OSError) as error:
            failed.append(f"{what}: {error}")
    if failed:
        raise OSError("; ".join(failed))


def privileges(policy: dict[str, Any]) -> None:
    """No capabilities, no way to gain any; a user id of its own if Python stays readable."""
    linux = sys.platform.startswith("linux")
    if linux:
        _prctl(PR_SET_NO_NEW_PRIVS, 1)
    if os.geteuid() == 0:
        for capability in range(64 if linux else 0):
            libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
        if policy.get("uid"):
            _become_nobody(policy["uid"])
    if not linux:
        raise OSError("only on Linux can rights be given up for good")
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    _checked(libc.capset(header, (ctypes.c_uint32 * 6)()))
    _prctl(PR_SET_DUMPABLE, 0)
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # a change of user id clears it


def landlock(policy: dict[str, Any]) -> None:
    """No file but the standard library and the allowed packages; no TCP; no signal outside."""
    if "landlock_fd" not in policy:
        raise OSError(policy["landlock_missing"])
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    _checked(libc.syscall(SYS_LANDLOCK_RESTRICT_SELF, policy["landlock_fd"], 0))
    os.close(policy["landlock_fd"])


def seccomp(policy: dict[str, Any]) -> None:
    """No system call but those that computing needs; the others fail with EPERM."""
    if "seccomp_program" not in policy:
        raise OSError(policy["seccomp_missing"])
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    code = policy["seccomp_program"]
    program = _Program(len(code) // 8, code)
    _checked(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0))


# The order matters: the last two take away what the others need.
LAYERS: tuple[tuple[str, Callable[[dict[str, Any]], None]], ...] = (
    ("namespaces", namespaces),
    ("session", session),
    ("descriptors", descriptors),
    ("environment", environment),
    ("directory", directory),
    ("limits", limits),
    ("privileges", privileges),
    ("landlock", landlock),
    ("seccomp", seccomp),
)


def _become_nobody(shared: int) -> None:
    """Be a user that no other worker is, or where such numbers are not granted, the shared one."""
    os.setgroups([])
    own = OWN_UIDS + os.getpid()
    try:
        os.setresgid(own, own, own)
        os.setresuid(own, own, own)
    except OSError:  # a container may have no more than 65,536
        os.setresgid(shared, shared, shared)
        os.setresuid(shared, shared, shared)


def _prctl(option: int, argument: int) -> None:
    if not sys.platform.startswith("linux"):
        raise OSError("only on Linux")
    _checked(libc.prctl(option, argument, 0, 0, 0))


def _checked(result: int) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _address_space() -> int:
    """Return the bytes of address space in use, since RLIMIT_AS counts the interpreter too."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 512 * 2**20
