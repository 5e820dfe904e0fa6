"""A clean interpreter with NumPy warm that forks one worker for each submission.

Started by host.py as `python -P -s -S zygote.py`, with an environment that holds nothing but
thread counts and a fixed hash seed. It is told a problem's public driver and the policy, and
never anything else: no reference, no seed, no expected value. It ends when the judge hangs up,
however the judge ended, and takes its worker and their folders with it.
"""

import contextlib
import gc
import json
import os
import select
import shutil
import signal
import socket
import struct
import sys
import time
import types
from collections.abc import Callable, Iterator
from typing import Any

EXIT = struct.Struct("<cidd")  # b"X", wait status, CPU seconds, peak MiB
FORKED = struct.Struct("<ci")  # b"P", pid
LENGTH = struct.Struct("<Q")  # of the setup; the ruleset's descriptor comes with it
MOST_S = 10.0  # for a process that was killed, or that only opens files; a broken disk takes longer


def main() -> None:
    """Say hello, then fork a worker for each request until the judge goes away."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    kit, places = sys.argv[2], json.loads(sys.argv[3])
    sys.path.insert(0, kit)
    from grader.sandbox import imports, namespaces  # noqa: PLC0415  # the path is only known now

    sys.meta_path.append(imports.AllowedPackages(places))
    from grader.sandbox import forked, worker  # noqa: PLC0415  # they need NumPy

    sys.path.remove(kit)
    sys.path_importer_cache.pop(kit, None)
    imports.import_all(imports.WARM)
    setup = _setup(channel)
    if setup is None:
        return

    chosen = setup["policy"]["layers"]
    left_off = chosen is not None and "namespaces" not in chosen
    setup["policy"]["namespaces_missing"] = "left off" if left_off else namespaces.enter()
    places |= setup["places"]
    imports.import_all(setup["preload"])
    if "landlock_fd" not in setup["policy"] and "seccomp_program" in setup["policy"]:
        imports.import_everything()
        sys.meta_path.insert(0, imports.NothingMore())
    driver = worker.load_driver(setup["driver"])
    with _folder(setup["scratch_root"]):
        seen = setup["policy"].pop("readable"), setup["policy"].pop("covered")
        if not setup["policy"]["namespaces_missing"]:
            why = namespaces.enclose(*seen, setup["scratch_root"])
            setup["policy"]["namespaces_missing"] = why
            imports.look_again(setup["places"].values())
        policy = _policy(setup)
        gc.collect()
        gc.freeze()
        _serve(channel, lambda request: _fork(channel, request, forked, driver, policy))


@contextlib.contextmanager
def _folder(path: str) -> Iterator[None]:
    """Make the folder of scratch folders and remove it at the end, wherever it is seen by then."""
    around = os.open(os.path.dirname(path), os.O_RDONLY)
    os.mkdir(path)
    try:
        os.chmod(path, 0o711)  # an unprivileged worker goes through it
        yield
    finally:
        shutil.rmtree(path, ignore_errors=True)
        with contextlib.suppress(OSError):
            os.rmdir(os.path.basename(path), dir_fd=around)


def _serve(channel: socket.socket, fork: Callable[[tuple[str, list[int]]], int]) -> None:
    """Fork on request until the judge goes away."""
    wake_r, wake_w = os.pipe()
    os.set_blocking(wake_r, False)
    os.set_blocking(wake_w, False)
    signal.set_wakeup_fd(wake_w)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    try:
        channel.sendall(b"R")
        while request := _request(channel):
            _attend(channel, fork(request), wake_r, request[0])
    except (BrokenPipeError, ConnectionResetError):
        return  # the judge went away while it was being told something


def _setup(channel: socket.socket) -> dict[str, Any] | None:
    """Return what the judge says first; None if it goes away before it has said it."""
    head, fds, _, _ = socket.recv_fds(channel, LENGTH.size, 1)
    data = b""
    while len(head) == LENGTH.size and len(data) < LENGTH.unpack(head)[0]:
        part = channel.recv(1 << 16)
        if not part:
            return None
        data += part
    if not data:
        return None
    setup: dict[str, Any] = json.loads(data)
    import fcntl  # noqa: PLC0415  # not on Windows, where only the sizes of orders are read here

    for fd in fds:  # high, so that no standard descriptor is ever put in its place
        setup["policy"]["landlock_fd"] = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 20)
        os.close(fd)
    return setup


def _request(channel: socket.socket) -> tuple[str, list[int]] | None:
    """Wait for the next order to fork: a scratch directory and two descriptors."""
    while True:
        message, fds, _, _ = socket.recv_fds(channel, 4096, 2)
        if not message:
            return None
        if len(fds) == 2:  # an order to kill may have come too late, and in one piece with this
            return message.lstrip(b"K").removeprefix(b"F").decode(), fds


def _fork(
    channel: socket.socket,
    request: tuple[str, list[int]],
    forked: Any,
    driver: types.ModuleType,
    policy: dict[str, Any],
) -> int:
    scratch, (claims, out) = request
    os.mkdir(scratch, 0o755)
    pid = os.fork()
    if pid == 0:
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            channel.detach()
            forked.main(claims, out, driver, {**policy, "scratch": scratch})
        finally:
            os._exit(0)
    os.close(claims)
    os.close(out)
    channel.sendall(FORKED.pack(b"P", pid))
    return pid


def _attend(channel: socket.socket, pid: int, wake: int, scratch: str) -> None:
    """Kill the worker when told to, or when the judge is gone; clean up, report how it ended."""
    while True:
        ready = select.select([channel.fileno(), wake], [], [])[0]
        if channel.fileno() in ready:
            message = channel.recv(1)
            for signaller, target in ((os.killpg, pid), (os.kill, pid)):
                with contextlib.suppress(OSError):
                    signaller(target, signal.SIGKILL)
            if not message:
                _reaped(pid)
                return
        with contextlib.suppress(BlockingIOError):
            os.read(wake, 4096)
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            with contextlib.suppress(OSError):  # whatever it left behind; its number is still its
                os.killpg(pid, signal.SIGKILL)
            _, status, usage = os.wait4(pid, 0)
            unit = 2**20 if sys.platform == "darwin" else 2**10
            cpu_s = usage.ru_utime + usage.ru_stime
            shutil.rmtree(scratch, ignore_errors=True)
            channel.sendall(EXIT.pack(b"X", status, cpu_s, usage.ru_maxrss / unit))
            return


def _policy(setup: dict[str, Any]) -> dict[str, Any]:
    """Return the policy that the layers take."""
    policy: dict[str, Any] = setup["policy"]
    if "seccomp_program" in policy:
        policy["seccomp_program"] = bytes.fromhex(policy["seccomp_program"])
    if policy["uid"] and not (
        os.geteuid() == 0 and _readable_as(policy["uid"], setup["must_be_readable"])
    ):
        policy["uid"] = 0
    return policy


def _readable_as(uid: int, paths: list[str]) -> bool:
    """Return whether that user could still read Python's own files."""
    pid = os.fork()
    if pid == 0:
        try:
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
            for path in paths:
                with open(path, "rb"):
                    pass
            os._exit(0)
        finally:
            os._exit(1)
    return _reaped(pid) == 0


def _reaped(pid: int) -> int | None:
    """Wait until a process has ended and return its status; None if it does not in MOST_S."""
    until = time.monotonic() + MOST_S
    while time.monotonic() < until:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.002)
    return None


if __name__ == "__main__":
    main()
