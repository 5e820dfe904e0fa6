"""One worker from the judge's side: feed it, read its claims, time it, end it.

Everything is read under a deadline and a size limit; nothing that comes is believed before it
has the form that was asked for.
"""

import contextlib
import json
import os
import select
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from typing import Any

import numpy as np

from grader.errors import SandboxError
from grader.model import Case, Claims, Fault, Interface, Outcome, Problem, Verdict
from grader.sandbox import wire
from grader.sandbox.clock import Clock, LimitReachedError
from grader.sandbox.ended import death, failure, killed_by_kernel, one_line
from grader.sandbox.host import START_S, Exit, Sandbox

SHOWN_OUTPUT = 64 * 2**10
FRAME_SLACK = 2**16  # what a frame may hold beside the numbers that are expected
DRAIN_S = 0.2
POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class Variant:
    """A change of a submission: its function at a path, or all of it at "", is this text instead.

    path: such as SimpleRNN.forward. text: the function within its classes. pick: what the global
    name _pick_ is, where the text holds several variants.
    """

    path: str
    text: bytes
    pick: int = -1


class Worker:
    """One forked process with one submission; plays cases until it ends or is closed."""

    def __init__(
        self, sandbox: Sandbox, source: bytes, interface: Sequence[Interface] | None = None
    ) -> None:
        """interface: what the submission must provide, if not what the problem asks for."""
        self.sandbox, self.limits = sandbox, sandbox.problem.limits
        self.channel, theirs = socket.socketpair()
        self.out, out_theirs = os.pipe()
        os.set_blocking(self.out, False)
        self.printed, self.printed_size = b"", 0
        self.silent = False  # whether it can print no more: that would wake every wait at once
        self.exit: Exit | None = None
        try:
            self.pid = sandbox.fork(theirs.fileno(), out_theirs)
        except BaseException:
            self.channel.close()
            os.close(self.out)
            raise
        finally:
            theirs.close()
            os.close(out_theirs)
        self.clock = Clock(self.pid, self.limits)
        self.buffer = bytearray()
        self.began = time.monotonic()
        self.doubtful = False  # whether it was ended for what a busy machine may have caused
        self.channel.setblocking(False)
        try:
            self.layers = self._greeted(source, interface)
        except BaseException as error:  # no process and no descriptor is left behind
            self.close()
            if isinstance(error, EOFError | wire.WireError):
                raise SandboxError("a worker ended before it read the submission") from error
            raise

    def _greeted(
        self, source: bytes, interface: Sequence[Interface] | None
    ) -> list[tuple[str, str]]:
        """Return the layers that the worker reports; hand the submission over."""
        kind, payload = self._frame(FRAME_SLACK, start=True)
        if kind != wire.LAYERS:
            raise SandboxError("the worker did not report its layers")
        layers = [(n, why) for n, why in json.loads(payload)]
        self._refuse_if_bare(layers)
        asked = self.sandbox.problem.interface if interface is None else interface
        header = {"interface": [astuple(i) for i in asked]}
        self._send(wire.frame(wire.SOURCE, wire.pack(header) + source))
        return layers

    def _refuse_if_bare(self, layers: list[tuple[str, str]]) -> None:
        missing = {name: why for name, why in layers if why}
        if {"landlock", "seccomp"} <= missing.keys() and not self.sandbox.weak:
            raise SandboxError(
                "neither files nor system calls can be restricted on this machine "
                f"(landlock: {missing['landlock']}; seccomp: {missing['seccomp']}); "
                "run `grader doctor`, or for trusted code only: --isolation weak"
            )

    def imported(self) -> Outcome | None:
        """Wait for the import; return why it failed, or None if cases can be played."""
        try:
            self.clock.new_step()
            kind, payload = self._frame(FRAME_SLACK)
            if kind == wire.IMPORTED and not payload:
                return None
            return failure(payload if kind == wire.STOPPED else b"", at_import=True)
        except (LimitReachedError, EOFError, wire.WireError) as error:
            return self._ended(error)

    def play(self, cases: Sequence[Case]) -> Iterator[Outcome | None]:
        """Yield each case's outcome in turn; None where its group was given up before.

        Ends early after an outcome of which the worker died.
        """
        problem = self.sandbox.problem
        try:
            self.clock.new_step()
            self._send(self.sandbox.packed(cases, lambda: _frame_of(problem, cases)))
        except (LimitReachedError, EOFError) as error:
            yield self._ended(error)
            return
        broken: set[str] = set()
        for case in cases:
            try:
                self.clock.new_step()
                needed = (case.group, *problem.group(case.group).requires)
                outcome = self._outcome(case, given_up=not broken.isdisjoint(needed))
            except (LimitReachedError, EOFError, wire.WireError) as error:
                yield self._ended(error)
                return
            if outcome is None or outcome.verdict is not None:
                broken.add(case.group)
            yield outcome

    def play_variants(
        self, base: bytes, variants: Sequence[Variant], case: Case, cpu_s: float
    ) -> Iterator[Outcome]:
        """Yield how the case goes on each variant of base in turn, within cpu_s seconds each.

        Ends early after an outcome of which the worker died.
        """
        try:
            self.clock.new_step()
            self._send(_variants_frame(self.sandbox.problem, base, variants, case, cpu_s))
            for _ in variants:
                self.clock.new_step()
                outcome = self._outcome(case, given_up=False)
                yield outcome or Outcome(Verdict.RTE)  # no variant is ever given up before
        except (LimitReachedError, EOFError, wire.WireError) as error:
            yield self._ended(error)

    def close(self) -> None:
        """Kill the worker if it lives, and wait until it is reaped."""
        try:
            if self.exit is None:
                self.sandbox.kill()
                self.exit = self.sandbox.exited()
            self._drain()
        finally:
            if self.channel.fileno() >= 0:
                self.channel.close()
                os.close(self.out)
                self.clock.close()

    def gone(self) -> bool:
        """Return whether the process has ended, or was ended."""
        return self.exit is not None

    def cpu_s(self) -> float:
        """Return the processor time used so far."""
        return self.clock.now().cpu_s if self.exit is None else self.exit.cpu_s

    def _outcome(self, case: Case, *, given_up: bool) -> Outcome | None:
        """Return what is said of a case; it may be skipped only where its group is given up."""
        sizes = self.sandbox.sizes_of(case)
        kind, payload = self._frame(8 * sum(sizes) + FRAME_SLACK)
        if kind == wire.SKIPPED and not payload and given_up:
            return None
        if kind == wire.RAISED:
            return failure(payload, at_import=False)
        if kind != wire.CLAIMS:
            raise wire.WireError("a frame of another kind")
        values, dtypes, faults = wire.unpack_claims(payload, sizes)
        names = [q.name for q in self.sandbox.problem.group(case.group).observes]
        kinds = {wire.SHAPE: "shape", wire.TYPE: "type"}
        claims = Claims(
            values,
            dict(zip(names, dtypes, strict=True)),
            {names[n]: Fault(kinds[kind], one_line(text)) for n, (kind, text) in faults.items()},
        )
        return Outcome(None, claims)

    def _frame(self, limit: int, *, start: bool = False) -> tuple[int, bytes]:
        """Return the next frame; LimitReachedError, EOFError or WireError if none comes."""
        kind, length = wire.head(self._bytes(wire.HEAD.size, start=start), limit)
        return kind, self._bytes(length, start=start)

    def _bytes(self, size: int, *, start: bool) -> bytes:
        """Return so many bytes; a limit that is reached before the last has come counts."""
        while len(self.buffer) < size:
            self._wait(self.channel.fileno(), select.POLLIN)
            with contextlib.suppress(BlockingIOError):
                part = self._recv()
                if not part:
                    raise EOFError
                self.buffer += part
            if len(self.buffer) < size:
                self._check(start=start)
        data = bytes(self.buffer[:size])
        del self.buffer[:size]
        return data

    def _recv(self) -> bytes:
        try:
            return self.channel.recv(2**18)
        except ConnectionError:
            return b""

    def _send(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[self.channel.send(view) :]
            except BlockingIOError:
                self._wait(self.channel.fileno(), select.POLLOUT)
                self._check(start=False)
            except ConnectionError:
                raise EOFError from None

    def _wait(self, fd: int, event: int) -> None:
        """Return when fd may be ready, and now and then; drain what is printed meanwhile."""
        poller = select.poll()
        poller.register(fd, event)
        if not self.silent:
            poller.register(self.out, select.POLLIN)
        if self.out in {f for f, _ in poller.poll(1000 * POLL_S)}:
            self._drain()

    def _check(self, *, start: bool) -> None:
        """Raise when a limit is reached; start: that of a worker that is only being made."""
        if not start:
            self.clock.check()
        elif time.monotonic() - self.began > START_S:
            raise SandboxError("a forked worker does not answer")

    def _drain(self) -> None:
        """Read what was printed; keep the first part, count all of it."""
        if self.channel.fileno() < 0:
            return
        for _ in range(64):
            try:
                part = os.read(self.out, 2**16)
            except (BlockingIOError, OSError):
                break
            if not part:
                self.silent = True
                break
            self.printed += part[: SHOWN_OUTPUT - len(self.printed)]
            self.printed_size += len(part)
        limit = self.limits.output_kib
        if self.printed_size > limit * 2**10 and self.exit is None:
            raise LimitReachedError(Verdict.OLE, f"more than {limit / 1024:g} MiB were printed")

    def _ended(self, error: Exception) -> Outcome:
        """Return the verdict on a worker that ended, was ended, or talks nonsense."""
        if isinstance(error, EOFError) and self.exit is None:
            self.exit = self.sandbox.exited(DRAIN_S)
        killed = self.exit is None  # by us: it hung up, but did not end
        self.close()
        if isinstance(error, LimitReachedError):
            self.doubtful = error.verdict is Verdict.TLE and not error.whole
            return Outcome(error.verdict, message=error.why)
        if self.printed_size > self.limits.output_kib * 2**10:
            return Outcome(Verdict.OLE, message="too much was printed")
        if isinstance(error, wire.WireError) or killed or self.exit is None:
            return Outcome(Verdict.RTE, message="the process meddled with the judge's channel")
        self.doubtful = killed_by_kernel(self.exit)
        return death(self.exit, self.limits)


def _frame_of(problem: Problem, cases: Sequence[Case]) -> bytes:
    arrays = [a for case in cases for a in case.inputs.values()]
    header = [_header_of(problem, case) for case in cases]
    return wire.frame(wire.CASES, wire.pack(header, arrays))  # type: ignore[arg-type]  # a list is JSON too


def _variants_frame(
    problem: Problem, base: bytes, variants: Sequence[Variant], case: Case, cpu_s: float
) -> bytes:
    numbers = {text: n for n, text in enumerate(dict.fromkeys(v.text for v in variants))}
    told = [(v.path, numbers[v.text], v.pick) for v in variants]
    header = {"case": _header_of(problem, case), "cpu_s": cpu_s, "variants": told}
    texts = [np.frombuffer(text, np.uint8) for text in (base, *numbers)]
    return wire.frame(wire.VARIANTS, wire.pack(header, [*case.inputs.values(), *texts]))


def _header_of(problem: Problem, case: Case) -> dict[str, Any]:
    group = problem.group(case.group)
    return {
        "group": case.group,
        "requires": group.requires,
        "observes": [(q.name, q.shape_in(case.sizes)) for q in group.observes],
        "sizes": dict(case.sizes),
        "seed": case.seed,
        "inputs": list(case.inputs),
    }
