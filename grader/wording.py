"""What happened in a case, in plain words for the student; pure functions of the data."""

import numpy as np

from grader.model import Case, Mismatch, Outcome, Run, Verdict

FLOAT32, FLOAT16 = 2.0**-24, 2.0**-11


def sizes_text(case: Case) -> str:
    """Return the sizes of a case, such as T=2, I=1, H=3, O=1."""
    order = sorted(case.sizes, key=lambda n: (n.endswith("_2"), "STBDIHO".find(n[0]), n))
    shown = [n for n in order if not n.endswith("_2")]
    return ", ".join(f"{n}={case.sizes[n]}" for n in shown)


def number_text(value: float, other: float | None = None) -> str:
    """Return a number with as many digits as it takes to tell it from the other."""
    for digits in (6, 9, 12, 15, 17):
        text = f"{value:.{digits}g}"
        if other is None or text != f"{other:.{digits}g}":
            return text
    return repr(value)


def mismatch_text(case: Case, mismatch: Mismatch) -> str:
    """Return one sentence: place, expected, found, and by how much more than allowed."""
    name, m = mismatch.quantity, mismatch
    at = sizes_text(case)
    where = f" ({at})" if at else ""
    if m.kind == "type":
        return f"{name} should be an array of numbers of shape {m.shape}; it is a {m.found}{where}"
    if m.kind == "shape":
        return f"{name} has the shape {m.found}, it should be {m.shape}{where}"
    place = f"{name}[{', '.join(map(str, m.index))}]" if m.index else name
    found = number_text(m.actual, m.expected)
    text = f"{place} should be {number_text(m.expected, m.actual)}, it is {found}"
    if m.kind == "nonfinite":
        if not np.isfinite(m.actual):
            return f"{text}: not a finite number{where}"
        return f"{text}, and {name} holds values that are not finite{where}"
    size = int(np.prod(m.shape))
    off = abs(m.actual - m.expected)
    text += f"; off by {off:.2g}, allowed {m.bound:.2g}"
    if size > 1:
        text += f"; {m.wrong} of {size} values differ"
    text += where
    return f"{text}; {precision_text(m)}" if precision_text(m) else text


def precision_text(m: Mismatch) -> str:
    """Return what the size of the error says about precision, or nothing."""
    if m.dtype in ("float32", "float16"):
        return f"computed in {m.dtype}, use float64"
    if m.kind == "value" and m.worst < 1e-5:
        return f"the idea may be right but is inexact: at most {m.worst:.1g} of its size off"
    return ""


def ended_text(case: Case | None, outcome: Outcome) -> str:
    """Return one sentence about a play that did not run to its end."""
    where = f" in {outcome.function}" if outcome.function else ""
    if outcome.line:
        where += f", line {outcome.line}"
    sizes = f" ({sizes_text(case)})" if case and case.sizes else ""
    verbs = {
        Verdict.TLE: "out of time",
        Verdict.MLE: "out of memory",
        Verdict.OLE: "too much output",
    }
    if outcome.verdict in verbs:
        text = f"{verbs[outcome.verdict]}{where}"
        return f"{text}: {outcome.message}{sizes}" if outcome.message else text + sizes
    return f"{outcome.message}{where}{sizes}"


def start_text(run: Run) -> str:
    """Return why a submission could not be started, or nothing."""
    start = run.start
    if start is None:
        return ""
    text = ended_text(None, start)
    if "ModuleNotFoundError" in start.message:
        text += "; allowed are the standard library and the packages of the statement"
    return text
