"""A forked worker from the judge's side: a socket for its frames, a pipe for what it prints."""

import os
import select
import socket
from collections.abc import Iterator
from typing import Protocol

from grader.model import Problem
from grader.sandbox.base import POLL_S, Exit
from grader.sandbox.clock import Clock


class Forker(Protocol):
    """What forks workers, one at a time."""

    problem: Problem

    def fork(self, claims: int, out: int) -> int:
        """Fork a worker that writes to these descriptors; return its pid."""

    def kill(self) -> None:
        """End the worker, if it still lives."""

    def exited(self, within_s: float | None = None) -> Exit | None:
        """Wait until the worker has ended and return how; None if not within_s."""


class Sockets:
    """The link to a worker that was forked for it."""

    def __init__(self, forker: Forker) -> None:
        self.forker = forker
        self.channel, theirs = socket.socketpair()
        self.out, out_theirs = os.pipe()
        os.set_blocking(self.out, False)
        self.silent = False  # whether it can print no more: that would wake every wait at once
        try:
            self.pid = forker.fork(theirs.fileno(), out_theirs)
        except BaseException:
            self.channel.close()
            os.close(self.out)
            raise
        finally:
            theirs.close()
            os.close(out_theirs)
        self.clock = Clock(forker.problem.limits, self.pid)
        self.channel.setblocking(False)

    def read(self) -> bytes | None:
        """Return what came; nothing after the last, None if nothing came within POLL_S."""
        self._wait(select.POLLIN)
        try:
            return self.channel.recv(2**18)
        except BlockingIOError:
            return None
        except ConnectionError:
            return b""

    def write(self, data: memoryview) -> int:
        """Return how many bytes were taken, waiting for at most POLL_S; EOFError if it is gone."""
        try:
            return self.channel.send(data)
        except BlockingIOError:
            self._wait(select.POLLOUT)
            return 0
        except ConnectionError:
            raise EOFError from None

    def printed(self) -> Iterator[bytes]:
        """Yield what was printed and not told yet, without waiting."""
        for _ in range(64 if self.channel.fileno() >= 0 else 0):
            try:
                part = os.read(self.out, 2**16)
            except OSError:  # nothing now
                return
            if not part:
                self.silent = True
                return
            yield part

    def kill(self) -> None:
        """End the worker, if it still lives."""
        self.forker.kill()

    def exited(self, within_s: float | None = None) -> Exit | None:
        """Wait until the worker has ended and return how; None if not within_s."""
        return self.forker.exited(within_s)

    def close(self) -> None:
        """Give back the descriptors."""
        if self.channel.fileno() >= 0:
            self.channel.close()
            os.close(self.out)
            self.clock.close()

    def _wait(self, event: int) -> None:
        """Return when the channel may be ready, when something is printed, and now and then."""
        poller = select.poll()
        poller.register(self.channel.fileno(), event)
        if not self.silent:
            poller.register(self.out, select.POLLIN)
        poller.poll(1000 * POLL_S)
