"""How a play ended, in the judge's words: of a dead process, and of what a worker says it raised.

Whatever a worker says is one line of text, put behind words of the judge's own: nothing that it
sends can stand where a sentence of the judge would.
"""

import re
import signal

from grader.model import Limits, Outcome, Verdict
from grader.sandbox import wire
from grader.sandbox.alarm import CPU
from grader.sandbox.base import Exit
from grader.sandbox.clock import LimitReachedError

ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
WORD = re.compile(r"[^\s\"']+")
# Matched at the start of a word only: linear time. A plain process has no number in its folder.
SCRATCH = re.compile(r".*[/\\]rnn-judge-\w+(?:[/\\]\d+(?![^/\\]))?[/\\]?")
FRAME = re.compile(r"(?!\d)(\w{1,80}|<\w{1,20}>):\d{1,7}")
SIGNALS = {s.value: s.name for s in signal.Signals}
MOST_TEXT = 600
NEARLY_ALL = 0.9  # of the memory: who had so much and was killed had run out of it
# What a worker may say of an interface; anything else that it says there is not passed on.
LACKING = re.compile(
    r"there is no \w+ in the file(; rename \w+)?|\w+ is a \w+, which cannot be called|"
    r"an object made by \w+ has no \w+(, \w+)*(; rename \w+)?|\w+(, \w+)* of \w+ cannot be called"
)


def death(ended: Exit, limits: Limits) -> Outcome:
    """Return the verdict on a process that ended by itself, or was ended by the kernel."""
    if ended.code >= 0:
        return Outcome(Verdict.RTE, message=f"the process was ended with exit code {ended.code}")
    name = SIGNALS.get(-ended.code, str(-ended.code))
    if name == "SIGXCPU" or ended.cpu_s > limits.cpu_s:
        why = f"more than {limits.cpu_s:g} s of processor time"
        return Outcome(Verdict.TLE, message=why)
    if ended.peak_mib > NEARLY_ALL * limits.memory_mib:
        why = f"more than {limits.memory_mib} MiB were used"
        return Outcome(Verdict.MLE, message=why)
    return Outcome(Verdict.RTE, message=f"the process was ended by the signal {name}")


def killed_by_kernel(ended: Exit) -> bool:
    """Return whether a process was killed: by the kernel, when memory is short or time is up."""
    return SIGNALS.get(-ended.code) == "SIGKILL"


def raise_if_late(payload: bytes, limits: Limits) -> None:
    """Raise LimitReachedError if a worker says that its time was up, and where it was."""
    reason, line, (_, used_up, function) = wire.unpack_failure(payload)
    if reason == wire.TIME:
        why = f"no answer within {limits.case_wall_s:g} s"
        if used_up == CPU:
            why = f"more than {limits.case_cpu_s:g} s of processor time"
        where = function if function.isidentifier() else ""
        raise LimitReachedError(Verdict.TLE, why, sure=True, line=line, function=where)


def failure(payload: bytes, *, at_import: bool) -> Outcome:
    """Return the outcome that a STOPPED or RAISED payload tells; WireError if it tells none."""
    reason, line, (kind, message, function) = wire.unpack_failure(payload)
    if at_import and reason == wire.INTERFACE:
        said = message if LACKING.fullmatch(message) else "the interface is not as it must be"
        return Outcome(Verdict.CE, message=said)
    if reason in (wire.INTERFACE, wire.TIME) or (reason == wire.COMPILE and not at_import):
        raise wire.WireError("a failure that cannot come here")
    raised = kind if kind.isidentifier() else "an exception of another name"
    verdict = {wire.MEMORY: Verdict.MLE, wire.COMPILE: Verdict.CE}.get(reason, Verdict.RTE)
    frames = _frames(function)
    where = frames[0][0] if frames else function if function.isidentifier() else ""
    words = one_line(message)
    said = f"{raised}: {words}" if words else raised
    return Outcome(verdict, message=said, line=line or None, function=where, frames=frames)


def _frames(text: str) -> tuple[tuple[str, int], ...]:
    """Return the functions and lines that a worker names, the innermost first."""
    parts = (word.rpartition(":") for word in text.split(" ") if FRAME.fullmatch(word))
    return tuple((name, int(line)) for name, _, line in parts)


def one_line(text: str) -> str:
    """Return a worker's text without what differs between runs, on one line, cut."""
    line = " ".join(clean(text).split())
    return line if len(line) <= MOST_TEXT else f"{line[:MOST_TEXT]}..."


def clean(text: str) -> str:
    """Return text without memory addresses and scratch directories: they differ between runs."""
    if "rnn-judge-" in text:
        text = WORD.sub(lambda found: found[0][_scratch_part(found[0]) :], text)
    return ADDRESS.sub("0x...", text)


def _scratch_part(word: str) -> int:
    """Return how much of the word, from its start, names a scratch directory."""
    found = SCRATCH.match(word)
    return found.end() if found else 0
