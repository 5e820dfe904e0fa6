"""What happened in a case, in plain words for the student, in the language asked for; pure."""

import itertools
from collections.abc import Sequence

import numpy as np

from grader.messages.phrases import both, relayed, say
from grader.messages.shapes import other_size, slip
from grader.model import (
    Case,
    LeftOut,
    Mismatch,
    Outcome,
    Place,
    Run,
    Source,
    Text,
    Verdict,
)

MOST_LEFT = 5  # parts of a notebook that are named
LIMITS = (Verdict.TLE, Verdict.MLE, Verdict.OLE)


def sizes_text(case: Case) -> str:
    """Return the sizes of a case, such as T=2, I=1, H=3, O=1."""
    return ", ".join(f"{name}={size}" for name, size in case.named_sizes.items())


def number_text(value: float, other: float | None = None) -> str:
    """Return a number with as many digits as it takes to tell it from the other."""
    for digits in (6, 9, 12, 15, 17):
        text = f"{value:.{digits}g}"
        if other is None or text != f"{other:.{digits}g}":
            return text
    return repr(value)


def mismatch_text(case: Case, mismatch: Mismatch, lang: str = "en") -> str:
    """Return one sentence: place, expected, found, and by how much more than allowed."""
    name, m = mismatch.quantity, mismatch
    where = _where(case, lang)
    if m.kind in ("type", "shape"):
        found = relayed(lang, m.found)
        text = say(lang, f"of {m.kind}", name=name, shape=m.shape, found=found, where=where)
        sizes = case.named_sizes
        reason = "nothing returned" if m.found == "NoneType" else slip(m.found, m.shape, sizes)
        other = other_size(m.found, m.shape, sizes)
        steps = m.shape[:1] and m.shape[0]
        return say(lang, reason, said=text, steps=steps, size=other) if reason else text
    place = f"{name}[{', '.join(map(str, m.index))}]" if m.index else name
    expected, actual = number_text(m.expected, m.actual), number_text(m.actual, m.expected)
    text = say(lang, "differs", place=place, expected=expected, actual=actual)
    if m.kind == "nonfinite":
        key = "holds not finite" if np.isfinite(m.actual) else "is not finite"
        return say(lang, key, said=text, name=name, where=where)
    off = abs(m.actual - m.expected)
    text = say(lang, "off by", said=text, off=f"{off:.2g}", bound=f"{m.bound:.2g}")
    size = int(np.prod(m.shape))
    if size > 1:
        text = say(lang, "values differ", said=text, wrong=m.wrong, size=size)
    hint = precision_text(m, lang)
    return say(lang, "in precision", said=text + where, hint=hint) if hint else text + where


def _where(case: Case | None, lang: str) -> str:
    """Return the sizes of a case in brackets, or nothing."""
    sizes = sizes_text(case) if case else ""
    return say(lang, "at sizes", sizes=sizes) if sizes else ""


def precision_text(m: Mismatch, lang: str = "en") -> str:
    """Return what the size of the error says about precision, or nothing."""
    if m.dtype in ("float32", "float16"):
        return say(lang, "narrow", dtype=m.dtype)
    if m.kind == "value" and m.worst < 1e-5:
        return say(lang, "inexact", worst=f"{m.worst:.1g}")
    return ""


def ended_text(case: Case | None, outcome: Outcome, lang: str = "en") -> str:
    """Return one sentence about a play that did not run to its end."""
    where = say(lang, "in function", function=outcome.function) if outcome.function else ""
    if outcome.place:
        where += say(lang, "at place", place=places_text([outcome.place], lang))
    sizes, why = _where(case, lang), relayed(lang, outcome.message)
    if outcome.verdict in LIMITS:
        text = say(lang, f"out of {outcome.verdict}") + where
        return say(lang, "with reason", said=text, why=why) + sizes if why else text + sizes
    return f"{why}{where}{sizes}"


def places_text(places: Sequence[Place], lang: str = "en") -> str:
    """Return which lines these are: lines 3, 4; of a notebook, cell 2, lines 3, 4."""
    parts = []
    for cell, lines in itertools.groupby(places, key=lambda place: place.cell):
        numbers = [str(place.line) for place in lines]
        said = ("lines" if len(numbers) > 1 else "line") + (" of cell" if cell is not None else "")
        parts.append(say(lang, said, line=", ".join(numbers), cell=cell))
    return ", ".join(parts)


def left_out_texts(source: Source) -> tuple[Text, ...]:
    """Return what of a notebook was not taken though it may be missed; not all of very much."""
    told = list(map(_left_out, source.left_out[:MOST_LEFT]))
    if len(source.left_out) > MOST_LEFT:
        told.append(both(lambda lang: say(lang, "left more", n=len(source.left_out) - MOST_LEFT)))
    return tuple(told)


def _left_out(one: LeftOut) -> Text:
    key = f"left {one.why}"
    return both(lambda lang: say(lang, key, what=one.what, place=places_text([one.place], lang)))


def start_text(run: Run, lang: str = "en") -> str:
    """Return why a submission could not be started, or nothing."""
    start = run.start
    if start is None:
        return ""
    text = ended_text(None, start, lang)
    if "ModuleNotFoundError" in start.message:
        return say(lang, "packages", said=text)
    return text
