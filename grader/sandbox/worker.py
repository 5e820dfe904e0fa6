"""Inside the sandbox: import the submission, play the driver on it, send what came back.

Nothing here is believed outside. The names used after the submission has run are bound before,
so that a submission that patches a module by accident does not break its own judging.
"""

import errno
import functools
import io
import linecache
import os
import signal
import struct
import sys
import tempfile
import types
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.sandbox import wire
from grader.sandbox.alarm import ThreadAlarm, TimerAlarm
from grader.sandbox.failure import FILE, RESERVE, failure, message_of, reason_of
from grader.sandbox.interface import missing

USER = "student"

Alarm = TimerAlarm | ThreadAlarm
handle = signal.signal
timer: Any = getattr(signal, "setitimer", None)  # not on Windows


class Channel:
    """Frames to and from the judge over one descriptor."""

    def __init__(self, fd_in: int, fd_out: int) -> None:
        self.fd_in, self.fd_out = fd_in, fd_out
        self.read, self.write = os.read, os.write
        self.alarm: Alarm | None = None

    def begin(self, kind: int) -> None:
        """Begin what ends with the next frame; where its time is up before, a frame says so."""
        if self.alarm is not None:
            self.alarm.start(lambda frame, used_up: self._late(kind, frame, used_up))

    def send(self, kind: int, payload: bytes = b"") -> None:
        """Send one frame."""
        if self.alarm is not None:
            self.alarm.stop()
        self._send(kind, payload)

    def _late(self, kind: int, frame: types.FrameType | None, used_up: str) -> None:
        line, function = 0, ""  # the deepest line, and the function that the driver called
        while frame is not None:
            if frame.f_code.co_filename.endswith(FILE):
                line = line or frame.f_lineno or 0
                function = frame.f_code.co_name.replace("<module>", "")
            frame = frame.f_back
        _flush()
        self._send(kind, wire.pack_failure(wire.TIME, line, ["", used_up, function]))

    def _send(self, kind: int, payload: bytes) -> None:
        wire.write_all(self.fd_out, wire.frame(kind, payload), self.write)

    def receive(self) -> tuple[int, bytes]:
        """Return kind and payload of the next frame; EOFError when the judge hangs up."""
        head = wire.read_exactly(self.fd_in, wire.HEAD.size, self.read)
        kind, length = wire.head(head, 2**31)
        return kind, wire.read_exactly(self.fd_in, length, self.read)


KEPT_STREAMS: set[Any] = set()  # that own the descriptors: these close when they are collected


class Play:
    """A case as a driver sees it."""

    def __init__(self, header: dict[str, Any], inputs: dict[str, Any]) -> None:
        self.group: str = header["group"]
        self.requires: list[str] = header["requires"]
        self.observes: list[tuple[str, list[int]]] = header["observes"]
        self.sizes: dict[str, int] = header["sizes"]
        self.seed: int = header["seed"]
        self.inputs = inputs


def load_driver(source: str) -> types.ModuleType:
    """Return the driver as a module; it imports only what a submission may import."""
    driver = types.ModuleType("driver")
    exec(compile(source, "driver.py", "exec", dont_inherit=True), driver.__dict__)
    return driver


def serve(channel: Channel, driver: types.ModuleType, alarm: Alarm | None) -> None:
    """Import the submission and play cases until the judge hangs up.

    alarm: what tells where the submission is when its time is up, or nobody.
    """
    home(os.getcwd())
    os.environ.update(getattr(driver, "ENVIRONMENT", {}))
    try:
        _, payload = channel.receive()
        (header, _), source = wire.unpack(payload), _tail(payload)
        channel.alarm = alarm
        solution = _import(channel, source, header["interface"])
        if solution is None:
            return
        channel.send(wire.IMPORTED)
        while True:
            kind, payload = channel.receive()
            if kind == wire.VARIANTS:
                _play_variants(channel, driver, payload)
                continue
            plays = _plays(payload)
            del payload
            _play_all(channel, driver, solution, plays)
    except EOFError:
        return
    except MemoryError:  # outside of any play: what was kept before left no room
        RESERVE.free()
        channel.send(wire.RAISED, wire.pack_failure(wire.MEMORY, 0, ["MemoryError", "", ""]))


def home(folder: str) -> None:
    """Be an ordinary user whose home is the working directory: programs ask at their top."""
    tempfile.tempdir = folder
    os.environ.update(dict.fromkeys(("HOME", "USERPROFILE"), folder))
    os.environ.update(dict.fromkeys(("USER", "LOGNAME", "USERNAME"), USER))


def _tail(payload: bytes) -> bytes:
    (length,) = struct.unpack_from("<I", payload)
    return payload[4 + length :]


def _plays(payload: bytes) -> list[Play]:
    header, arrays = wire.unpack(payload)
    position = iter(arrays)
    return [Play(h, {name: next(position) for name in h["inputs"]}) for h in header]


def text_output(fd: int, *, owned: bool = True) -> io.TextIOWrapper:
    """Return an ordinary text stream to that descriptor; owned: it is closed with the stream."""
    raw = io.FileIO(fd, "w", closefd=owned)
    return io.TextIOWrapper(
        io.BufferedWriter(raw), "utf-8", "backslashreplace", line_buffering=fd == 2
    )


def _import(channel: Channel, source: bytes, interface: list[Any]) -> types.ModuleType | None:
    """Return the submission as the module `solution`, or say why it cannot be judged."""
    solution = types.ModuleType("solution")
    path = os.path.join(os.getcwd(), FILE)
    solution.__file__ = path
    channel.begin(wire.STOPPED)
    try:
        code = compile(source, path, "exec", dont_inherit=True)
    except BaseException as error:  # every way not to compile is a verdict
        reason = reason_of(error, wire.COMPILE)
        line = getattr(error, "lineno", None) or 0
        text = getattr(error, "msg", None) or message_of(error)
        texts = [type(error).__name__, str(text), ""]
        channel.send(wire.STOPPED, wire.pack_failure(reason, line, texts))
        return None
    _show(path, source)
    sys.modules["solution"] = solution
    sys.argv[:] = [FILE]
    try:
        exec(code, solution.__dict__)  # the one place where it runs
    except BaseException as error:
        reason = reason_of(error, wire.COMPILE)
        _flush()
        channel.send(wire.STOPPED, failure(error, reason))
        return None
    return solution if _has_interface(channel, solution, interface) else None


def _show(path: str, source: bytes) -> None:
    """Let inspect and tracebacks find a source that lies in no file."""
    lines = source.decode("utf-8", "replace").splitlines(keepends=True)
    linecache.cache[path] = (len(source), None, lines, path)


def _has_interface(channel: Channel, solution: types.ModuleType, interface: list[Any]) -> bool:
    """Construct each class once; what is missing is told before anything is judged."""
    for name, *rest in interface:
        try:
            lacking = missing(solution, [part[0] for part in interface], name, *rest)
        except BaseException as error:  # raised from construction on
            reason = reason_of(error, wire.EXCEPTION)
            _flush()
            channel.send(wire.STOPPED, failure(error, reason, name))
            return False
        if lacking:
            payload = wire.pack_failure(wire.INTERFACE, 0, ["", lacking, ""])
            _flush()
            channel.send(wire.STOPPED, payload)
            return False
    _flush()
    return True


def _play_all(
    channel: Channel, driver: types.ModuleType, solution: types.ModuleType, plays: list[Play]
) -> None:
    """Play each case; once a group has raised, neither it nor a group that needs it goes on."""
    broken: set[str] = set()
    for play in plays:
        if not broken.isdisjoint((play.group, *play.requires)):
            broken.add(play.group)
            channel.send(wire.SKIPPED)
            continue
        channel.begin(wire.RAISED)
        try:
            kind, payload = wire.CLAIMS, _claims(driver, solution, play)
        except BaseException as error:  # SystemExit and the like too
            reason = reason_of(error, wire.EXCEPTION)
            kind, payload = wire.RAISED, failure(error, reason)
            broken.add(play.group)
        _flush()
        channel.send(kind, payload)
        RESERVE.fill()


def _claims(driver: types.ModuleType, solution: types.ModuleType, play: Play) -> bytes:
    seen = getattr(driver, play.group)(solution, play)
    return wire.pack_claims([wire.take(seen[name], tuple(shape)) for name, shape in play.observes])


def _play_variants(channel: Channel, driver: types.ModuleType, payload: bytes) -> None:
    """Play one case on every variant, each as a module of its own and for a limited time.

    The first text is that of the submission; a variant names another one by its number.
    """
    header, arrays = wire.unpack(payload)
    inputs = dict(zip(header["case"]["inputs"], arrays, strict=False))
    base, *texts = (array.tobytes() for array in arrays[len(inputs) :])
    _show(os.path.join(tempfile.gettempdir(), FILE), base)  # a change moves none of its lines much
    compiled = _kept(_variant_code)
    KEPT_STREAMS.update((sys.stdout, sys.stderr))
    for path, number, pick in header["variants"]:
        copies = {name: array.copy() for name, array in inputs.items()}
        play = Play(header["case"], copies)
        sys.stdout = sys.__stdout__ = text_output(1, owned=False)  # type: ignore[misc]  # ours to set
        sys.stderr = sys.__stderr__ = text_output(2, owned=False)  # type: ignore[misc]  # ours to set
        try:
            code = compiled(base, path, texts[number])  # of many at once: none of them pays for it
            handle(signal.SIGPROF, _out_of_time)
            timer(signal.ITIMER_PROF, header["cpu_s"])
            kind, payload = wire.CLAIMS, _claims(driver, _variant(code, pick), play)
            timer(signal.ITIMER_PROF, 0)
        except BaseException as error:
            timer(signal.ITIMER_PROF, 0)
            kind, payload = wire.RAISED, failure(error, reason_of(error, wire.EXCEPTION))
        _flush()
        channel.send(kind, payload)


class OutOfTimeError(BaseException):
    """A variant takes too long; no handler for ordinary exceptions catches this."""


def _out_of_time(*_: object) -> None:
    raise OutOfTimeError


def _variant(code: types.CodeType, pick: int) -> types.ModuleType:
    """Return a changed submission as the module `solution`, in the place of the one before."""
    solution = types.ModuleType("solution")
    solution.__file__ = code.co_filename
    solution.__dict__["_pick_"] = pick  # which of the variants in its text it is
    sys.modules["solution"] = solution
    exec(code, solution.__dict__)
    return solution


def _kept(make: Callable[..., types.CodeType]) -> Callable[..., types.CodeType]:
    """Return the same function, which makes what it returns or raises once for each call."""
    made: dict[tuple[object, ...], types.CodeType | Exception] = {}

    def get(*what: object) -> types.CodeType:
        if what not in made:
            try:
                made[what] = make(*what)
            except Exception as error:  # a text that is no program
                made[what] = error
        found = made[what]
        if isinstance(found, Exception):
            raise found.with_traceback(None)
        return found

    return get


def _variant_code(base: bytes, path: str, text: bytes) -> types.CodeType:
    code = _compiled(text)
    return _with_function(_compiled_base(base), code, path.split(".")) if path else code


def _compiled(source: bytes) -> types.CodeType:
    path = os.path.join(tempfile.gettempdir(), FILE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a change may well look like a slip
        return compile(source, path, "exec", dont_inherit=True)


_compiled_base = functools.lru_cache(1)(_compiled)


def _with_function(code: types.CodeType, part: types.CodeType, path: list[str]) -> types.CodeType:
    """Return code in which the function at a path is that of the other one."""
    if not path:
        if not {*part.co_freevars} <= {*code.co_freevars}:  # it would be read where nothing is
            raise SyntaxError("it needs what is around it")
        return part
    new = next(c for c in part.co_consts if getattr(c, "co_name", "") == path[0])
    consts = [
        _with_function(c, new, path[1:]) if getattr(c, "co_name", "") == path[0] else c
        for c in code.co_consts
    ]
    return code.replace(co_consts=tuple(consts))


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException as error:  # closed or replaced: the student's choice
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise


np.seterr(divide="warn", over="warn", under="ignore", invalid="warn")  # as NumPy starts
