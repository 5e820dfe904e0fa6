"""One worker from the judge's side: feed it, read its claims, time it, end it.

Everything is read under a deadline and a size limit; nothing that comes is believed before it
has the form that was asked for.
"""

import contextlib
import json
import os
import re
import select
import signal
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import astuple

from grader.errors import SandboxError
from grader.model import Case, Claims, Fault, Limits, Outcome, Problem, Verdict
from grader.sandbox import wire
from grader.sandbox.host import START_S, Exit, Sandbox

SHOWN_OUTPUT = 64 * 2**10
FRAME_SLACK = 2**16  # what a frame may hold beside the numbers that are expected
DRAIN_S = 0.2
CPU_POLL_S = 0.05
ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
WORD = re.compile(r"[^\s\"']+")
SCRATCH = re.compile(r".*/rnn-judge-\w+/\d+/?")  # matched at the start of a word only: linear time
SIGNALS = {s.value: s.name for s in signal.Signals}


class _TimeUpError(Exception):
    """A limit was reached while waiting for a frame."""

    def __init__(self, verdict: Verdict, why: str) -> None:
        self.verdict, self.why = verdict, why


class Worker:
    """One forked process with one submission; plays cases until it ends or is closed."""

    def __init__(self, sandbox: Sandbox, source: bytes) -> None:
        self.sandbox, self.limits = sandbox, sandbox.problem.limits
        self.channel, theirs = socket.socketpair()
        self.out, out_theirs = os.pipe()
        os.set_blocking(self.out, False)
        self.printed, self.printed_size = b"", 0
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
        self.clock = (~self.pid << 3) | 2  # the kernel's CPU clock of that process
        self.buffer = b""
        self.began = self.step_began = time.monotonic()
        self.step_cpu = 0.0
        self.total_cpu_s, self.total_wall_s = self.limits.cpu_s, self.limits.wall_s
        self.channel.setblocking(False)
        try:
            self.layers = self._greeted(source)
        except BaseException as error:  # no process and no descriptor is left behind
            self.close()
            if isinstance(error, EOFError | wire.WireError):
                raise SandboxError("a worker ended before it read the submission") from error
            raise

    def _greeted(self, source: bytes) -> list[tuple[str, str]]:
        """Return the layers that the worker reports; hand the submission over."""
        kind, payload = self._frame(FRAME_SLACK, start=True)
        if kind != wire.LAYERS:
            raise SandboxError("the worker did not report its layers")
        layers = [(n, why) for n, why in json.loads(payload)]
        self._refuse_if_bare(layers)
        header = {"interface": [astuple(i) for i in self.sandbox.problem.interface]}
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
        self._new_step()
        try:
            kind, payload = self._frame(FRAME_SLACK)
            if kind == wire.IMPORTED and not payload:
                return None
            return _failure(payload if kind == wire.STOPPED else b"", at_import=True)
        except (_TimeUpError, EOFError, wire.WireError) as error:
            return self._ended(error)

    def play(self, cases: Sequence[Case]) -> Iterator[Outcome | None]:
        """Yield each case's outcome in turn; None where its group was given up before.

        Ends early after an outcome of which the worker died.
        """
        problem = self.sandbox.problem
        try:
            self._new_step()
            self._send(self.sandbox.packed(cases, lambda: _frame_of(problem, cases)))
        except (_TimeUpError, EOFError) as error:
            yield self._ended(error)
            return
        for case in cases:
            self._new_step()
            try:
                yield self._outcome(case)
            except (_TimeUpError, EOFError, wire.WireError) as error:
                yield self._ended(error)
                return

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

    def cpu_s(self) -> float:
        """Return the processor time used so far."""
        if self.exit is not None:
            return self.exit.cpu_s
        with contextlib.suppress(OSError):
            return time.clock_gettime(self.clock)
        return 0.0

    def _outcome(self, case: Case) -> Outcome | None:
        sizes = self.sandbox.sizes_of(case)
        kind, payload = self._frame(8 * sum(sizes) + FRAME_SLACK)
        if kind == wire.SKIPPED and not payload:
            return None
        if kind == wire.RAISED:
            return _failure(payload, at_import=False)
        if kind != wire.CLAIMS:
            raise wire.WireError("a frame of another kind")
        values, dtypes, faults = wire.unpack_claims(payload, sizes)
        names = [q.name for q in self.sandbox.problem.group(case.group).observes]
        kinds = {wire.SHAPE: "shape", wire.TYPE: "type"}
        claims = Claims(
            values,
            dict(zip(names, dtypes, strict=True)),
            {names[n]: Fault(kinds[kind], clean(text)) for n, (kind, text) in faults.items()},
        )
        return Outcome(None, claims)

    def _new_step(self) -> None:
        self.step_began, self.step_cpu = time.monotonic(), self.cpu_s()

    def _frame(self, limit: int, *, start: bool = False) -> tuple[int, bytes]:
        """Return the next frame; _TimeUpError, EOFError or WireError if none comes."""
        kind, length = wire.head(self._bytes(wire.HEAD.size, start=start), limit)
        return kind, self._bytes(length, start=start)

    def _bytes(self, size: int, *, start: bool) -> bytes:
        while len(self.buffer) < size:
            self._wait(self.channel.fileno(), start=start)
            with contextlib.suppress(BlockingIOError):
                part = self._recv()
                if not part:
                    raise EOFError
                self.buffer += part
        data, self.buffer = self.buffer[:size], self.buffer[size:]
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
                self._wait(self.channel.fileno(), start=False, writing=True)
            except ConnectionError:
                raise EOFError from None

    def _wait(self, fd: int, *, start: bool, writing: bool = False) -> None:
        """Return when fd may be ready; drain what is printed; raise when a limit is reached."""
        poller = select.poll()
        poller.register(fd, select.POLLOUT if writing else select.POLLIN)
        poller.register(self.out, select.POLLIN)
        ready = {f for f, _ in poller.poll(1000 * (0.5 if start else CPU_POLL_S))}
        if self.out in ready:
            self._drain()
        if fd not in ready:
            self._check_limits(start=start)

    def _check_limits(self, *, start: bool) -> None:
        now, cpu_s, limits = time.monotonic(), self.cpu_s(), self.limits
        if start:
            if now - self.began > START_S:
                raise SandboxError("a forked worker does not answer")
            return
        if cpu_s - self.step_cpu > limits.case_cpu_s:
            raise _TimeUpError(Verdict.TLE, f"more than {limits.case_cpu_s:g} s of processor time")
        if cpu_s > self.total_cpu_s:
            raise _TimeUpError(
                Verdict.TLE, f"more than {limits.cpu_s:g} s of processor time for all cases"
            )
        if now - self.step_began > limits.case_wall_s:
            raise _TimeUpError(Verdict.TLE, f"no answer within {limits.case_wall_s:g} s")
        if now - self.began > self.total_wall_s:
            raise _TimeUpError(Verdict.TLE, f"no end within {limits.wall_s:g} s for all cases")

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
                break
            self.printed += part[: SHOWN_OUTPUT - len(self.printed)]
            self.printed_size += len(part)
        limit = self.limits.output_kib
        if self.printed_size > limit * 2**10 and self.exit is None:
            raise _TimeUpError(Verdict.OLE, f"more than {limit / 1024:g} MiB were printed")

    def _ended(self, error: Exception) -> Outcome:
        """Return the verdict on a worker that ended, was ended, or talks nonsense."""
        if isinstance(error, EOFError) and self.exit is None:
            self.exit = self.sandbox.exited(DRAIN_S)
        killed = self.exit is None  # by us: it hung up, but did not end
        self.close()
        if isinstance(error, _TimeUpError):
            return Outcome(error.verdict, message=error.why)
        if self.printed_size > self.limits.output_kib * 2**10:
            return Outcome(Verdict.OLE, message="too much was printed")
        if isinstance(error, wire.WireError) or killed or self.exit is None:
            return Outcome(Verdict.RTE, message="the process meddled with the judge's channel")
        return _death(self.exit, self.limits)


def _death(ended: Exit, limits: Limits) -> Outcome:
    """Return the verdict on a process that ended by itself, or was ended by the kernel."""
    if os.WIFEXITED(ended.status):
        code = os.WEXITSTATUS(ended.status)
        return Outcome(Verdict.RTE, message=f"the process was ended with exit code {code}")
    number = os.WTERMSIG(ended.status)
    if number == signal.SIGXCPU or ended.cpu_s > limits.cpu_s:
        why = f"more than {limits.cpu_s:g} s of processor time"
        return Outcome(Verdict.TLE, message=why)
    if ended.peak_mib > 0.9 * limits.memory_mib:
        why = f"more than {limits.memory_mib} MiB were used"
        return Outcome(Verdict.MLE, message=why)
    what = SIGNALS.get(number, str(number))
    return Outcome(Verdict.RTE, message=f"the process was ended by the signal {what}")


def clean(text: str) -> str:
    """Return text without memory addresses and scratch directories: they differ between runs."""
    if "/rnn-judge-" in text:
        text = WORD.sub(lambda found: found[0][_scratch_part(found[0]) :], text)
    return ADDRESS.sub("0x...", text)


def _scratch_part(word: str) -> int:
    """Return how much of the word, from its start, names a scratch directory."""
    found = SCRATCH.match(word)
    return found.end() if found else 0


def _failure(payload: bytes, *, at_import: bool) -> Outcome:
    """Return the outcome that a STOPPED or RAISED payload tells."""
    reason, line, (kind, message, function) = wire.unpack_failure(payload)
    said = clean(f"{kind}: {message}" if message and kind else kind or message)
    if reason == wire.MEMORY:
        verdict = Verdict.MLE
    elif at_import and reason in (wire.COMPILE, wire.INTERFACE):
        verdict = Verdict.CE
    else:
        verdict = Verdict.RTE
    return Outcome(verdict, message=said, line=line or None, function=clean(function))


def _frame_of(problem: Problem, cases: Sequence[Case]) -> bytes:
    return wire.frame(wire.CASES, _pack_cases(problem, cases))


def _pack_cases(problem: Problem, cases: Sequence[Case]) -> bytes:
    header = []
    for case in cases:
        group = problem.group(case.group)
        header.append(
            {
                "group": case.group,
                "requires": group.requires,
                "observes": [(q.name, q.shape_in(case.sizes)) for q in group.observes],
                "sizes": dict(case.sizes),
                "seed": case.seed,
                "inputs": list(case.inputs),
            }
        )
    return wire.pack(header, [a for case in cases for a in case.inputs.values()])  # type: ignore[arg-type]  # a list is JSON too
