"""One worker from the judge's side: feed it, read its claims, time it, end it.

Everything is read under a deadline and a size limit; nothing that comes is believed before it
has the form that was asked for.
"""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any

import numpy as np

from grader.errors import SandboxError
from grader.model import Case, Claims, Fault, Interface, Outcome, Problem, Verdict
from grader.sandbox import wire
from grader.sandbox.base import START_S, Exit, Host, batches
from grader.sandbox.clock import LimitReachedError
from grader.sandbox.ended import death, failure, killed_by_kernel, one_line, raise_if_late

SHOWN_OUTPUT = 64 * 2**10
FRAME_SLACK = 2**16  # what a frame may hold beside the numbers that are expected
DRAIN_S = 0.2
GRACE_S = 1.0


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
    """One process with one submission; plays cases until it ends or is closed."""

    def __init__(
        self, host: Host, source: bytes, interface: Sequence[Interface] | None = None
    ) -> None:
        """interface: what the submission must provide, if not what the problem asks for."""
        self.host, self.limits = host, host.problem.limits
        self.printed, self.printed_size = b"", 0
        self.exit: Exit | None = None
        self.link = host.open()
        self.clock = self.link.clock
        if host.tells:  # the worker itself tells when its time is up, and can say where
            self.clock.limits = replace(
                self.limits,
                case_cpu_s=self.limits.case_cpu_s + GRACE_S,
                case_wall_s=self.limits.case_wall_s + GRACE_S,
            )
        self.buffer = bytearray()
        self.began = time.monotonic()
        self.doubtful = False  # whether it was ended for what a busy machine may have caused
        try:
            self.layers = self._greeted(source, interface)
            if host.tells:
                self.clock.begin()
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
        asked = self.host.problem.interface if interface is None else interface
        header = {"interface": [astuple(i) for i in asked]}
        self._send(wire.frame(wire.SOURCE, wire.pack(header) + source))
        return layers

    def _refuse_if_bare(self, layers: list[tuple[str, str]]) -> None:
        missing = {name: why for name, why in layers if why}
        if {"landlock", "seccomp"} <= missing.keys() and not self.host.weak:
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
            stopped = payload if kind == wire.STOPPED else b""
            if self.host.tells:
                raise_if_late(stopped, self.limits)
            return failure(stopped, at_import=True)
        except (LimitReachedError, EOFError, wire.WireError) as error:
            return self._ended(error)

    def play(self, cases: Sequence[Case]) -> Iterator[Outcome | None]:
        """Yield each case's outcome in turn; None where its group was given up before.

        Ends early after an outcome of which the worker died.
        """
        broken: set[str] = set()
        try:
            for batch in batches(cases):
                yield from self._play(batch, broken)
        except (LimitReachedError, EOFError, wire.WireError) as error:
            yield self._ended(error)

    def _play(self, cases: Sequence[Case], broken: set[str]) -> Iterator[Outcome | None]:
        """Yield the outcomes of a batch; broken: the groups that were given up, which grow."""
        problem = self.host.problem
        group = problem.group(cases[0].group)
        needed = (group.name, *group.requires)
        if not broken.isdisjoint(needed):
            broken.add(group.name)
            yield from (None for _ in cases)
            return
        self.clock.new_step()
        self._send(self.host.packed(cases, lambda: _frame_of(problem, cases)))
        for case in cases:
            self.clock.new_step()
            outcome = self._outcome(case, given_up=not broken.isdisjoint(needed))
            if outcome is None or outcome.verdict is not None:
                broken.add(group.name)
            yield outcome

    def play_variants(
        self, base: bytes, variants: Sequence[Variant], case: Case, cpu_s: float
    ) -> Iterator[Outcome]:
        """Yield how the case goes on each variant of base in turn, within cpu_s seconds each.

        Ends early after an outcome of which the worker died.
        """
        try:
            self.clock.new_step()
            self._send(_variants_frame(self.host.problem, base, variants, case, cpu_s))
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
                self.link.kill()
                self.exit = self.link.exited()
            self._drain()
        finally:
            self.link.close()

    def gone(self) -> bool:
        """Return whether the process has ended, or was ended."""
        return self.exit is not None

    def cpu_s(self) -> float:
        """Return the processor time used so far."""
        return self.clock.now().cpu_s if self.exit is None else self.exit.cpu_s

    def _outcome(self, case: Case, *, given_up: bool) -> Outcome | None:
        """Return what is said of a case; it may be skipped only where its group is given up."""
        sizes = self.host.sizes_of(case)
        kind, payload = self._frame(8 * sum(sizes) + FRAME_SLACK)
        if kind == wire.SKIPPED and not payload and given_up:
            return None
        if kind == wire.RAISED:
            if self.host.tells:
                raise_if_late(payload, self.limits)
            return failure(payload, at_import=False)
        if kind != wire.CLAIMS:
            raise wire.WireError("a frame of another kind")
        values, dtypes, faults = wire.unpack_claims(payload, sizes)
        names = [q.name for q in self.host.problem.group(case.group).observes]
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
            part = self.link.read()
            self._drain()
            if part == b"":
                raise EOFError
            self.buffer += part or b""
            if len(self.buffer) < size:
                self._check(start=start)
        data = bytes(self.buffer[:size])
        del self.buffer[:size]
        return data

    def _send(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            taken = self.link.write(view)
            view = view[taken:]
            if not taken:
                self._drain()
                self._check(start=False)

    def _check(self, *, start: bool) -> None:
        """Raise when a limit is reached; start: that of a worker that is only being made."""
        if not start:
            self.clock.check()
        elif time.monotonic() - self.began > START_S:
            raise SandboxError("a forked worker does not answer")

    def _drain(self) -> None:
        """Read what was printed; keep the first part, count all of it."""
        for part in self.link.printed():
            self.printed += part[: SHOWN_OUTPUT - len(self.printed)]
            self.printed_size += len(part)
        limit = self.limits.output_kib
        if self.printed_size > limit * 2**10 and self.exit is None:
            raise LimitReachedError(Verdict.OLE, f"more than {limit / 1024:g} MiB were printed")

    def _ended(self, error: Exception) -> Outcome:
        """Return the verdict on a worker that ended, was ended, or talks nonsense."""
        if isinstance(error, EOFError) and self.exit is None:
            self.exit = self.link.exited(DRAIN_S)
        killed = self.exit is None  # by us: it hung up, but did not end
        self.close()
        if isinstance(error, LimitReachedError):
            self.doubtful = error.verdict is Verdict.TLE and not error.sure
            return Outcome(
                error.verdict, message=error.why, line=error.line or None, function=error.function
            )
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
