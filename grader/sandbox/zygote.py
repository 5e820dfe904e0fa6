"""A clean interpreter with NumPy warm that forks one worker for each submission.

Started by run.py as `python -P -s -S zygote.py`, with an environment that holds nothing but
thread counts and a fixed hash seed. It is told a problem's public driver and the policy, and
never anything else: no reference, no seed, no expected value.
"""

import contextlib
import gc
import importlib
import importlib.abc
import importlib.machinery
import json
import os
import select
import shutil
import signal
import socket
import struct
import sys
import types
from collections.abc import Sequence
from typing import Any

EXIT = struct.Struct("<cidd")  # b"X", wait status, CPU seconds, peak MiB
FORKED = struct.Struct("<ci")  # b"P", pid
# What most submissions import, so that it need not be read again in each worker.
WARM = (
    *("abc", "collections", "contextlib", "copy", "dataclasses", "enum", "functools", "io"),
    *("itertools", "linecache", "math", "operator", "random", "time", "typing", "warnings"),
    *("encodings.utf_8_sig", "encodings.gbk", "encodings.latin_1", "encodings.ascii"),
)


class AllowedPackages(importlib.abc.MetaPathFinder):
    """Finds the packages a problem allows, and no other that may lie in the same directory."""

    def __init__(self, places: dict[str, str]) -> None:
        self.places = places

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return the spec of an allowed top-level package."""
        if path is None and name in self.places:
            return importlib.machinery.PathFinder.find_spec(name, [self.places[name]], target)
        return None


def main() -> None:
    """Say hello, then fork a worker for each request until the judge goes away."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    kit, length = sys.argv[2], int(sys.argv[3])
    from_parent = b""
    while len(from_parent) < length:
        from_parent += channel.recv(min(length - len(from_parent), 1 << 16))
    setup = json.loads(from_parent)

    sys.meta_path.append(AllowedPackages(setup["places"]))
    sys.path.insert(0, kit)
    from grader.sandbox import worker  # noqa: PLC0415  # the path is only known now

    sys.path.remove(kit)
    sys.path_importer_cache.pop(kit, None)
    for name in (*WARM, *setup["preload"]):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    policy = _policy(setup)
    driver = worker.load_driver(setup["driver"])

    wake_r, wake_w = os.pipe()
    os.set_blocking(wake_r, False)
    os.set_blocking(wake_w, False)
    signal.set_wakeup_fd(wake_w)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    gc.collect()
    gc.freeze()
    channel.sendall(b"R")
    try:
        while request := _request(channel):
            pid = _fork(channel, request, worker, driver, policy)
            _attend(channel, pid, wake_r)
            with contextlib.suppress(OSError):
                shutil.rmtree(request[0])
    finally:
        shutil.rmtree(setup["scratch_root"], ignore_errors=True)


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
    worker: Any,
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
            worker.main(claims, out, driver, {**policy, "scratch": scratch})
        finally:
            os._exit(0)
    os.close(claims)
    os.close(out)
    channel.sendall(FORKED.pack(b"P", pid))
    return pid


def _attend(channel: socket.socket, pid: int, wake: int) -> None:
    """Kill the worker when told to, or when the judge is gone; report how it ended."""
    while True:
        ready = select.select([channel.fileno(), wake], [], [])[0]
        if channel.fileno() in ready:
            message = channel.recv(1)
            for signaller, target in ((os.killpg, pid), (os.kill, pid)):
                with contextlib.suppress(OSError):
                    signaller(target, signal.SIGKILL)
            if not message:
                os.waitpid(pid, 0)
                return
        with contextlib.suppress(BlockingIOError):
            os.read(wake, 4096)
        reaped, status, usage = os.wait4(pid, os.WNOHANG)
        if reaped:
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)  # whatever it left behind
            unit = 2**20 if sys.platform == "darwin" else 2**10
            cpu_s = usage.ru_utime + usage.ru_stime
            channel.sendall(EXIT.pack(b"X", status, cpu_s, usage.ru_maxrss / unit))
            return


def _policy(setup: dict[str, Any]) -> dict[str, Any]:
    """Return the policy that the layers take."""
    policy: dict[str, Any] = setup["policy"]
    if "seccomp_program" in policy:
        policy["seccomp_program"] = bytes.fromhex(policy["seccomp_program"])
    if policy["uid"] and not (os.geteuid() == 0 and _readable_as(policy["uid"], setup["probes"])):
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
    return os.waitpid(pid, 0)[1] == 0


if __name__ == "__main__":
    main()
