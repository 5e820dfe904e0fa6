"""A submission's own text, with the lines marked of which its report speaks."""

import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from grader.model import Report, Verdict
from grader.report import escape

MOST_LINES = 2000
MOST_WIDTH = 400


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file; said: which parts of the report speak of it; fault: it is at fault."""

    number: int
    text: str
    said: str = ""
    fault: bool = False


def lines(source: bytes, report: Report) -> list[Line]:
    """Return the lines of a submission; of very long ones the beginning."""
    said: dict[int, list[str]] = {}
    faults = set()
    for line, words, fault in _told(report):
        said.setdefault(line, []).append(words)
        faults |= {line} if fault else set()
    found = _text(source).replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    return [
        Line(
            number, escape.cut(text, MOST_WIDTH), ", ".join(said.get(number, ())), number in faults
        )
        for number, text in enumerate(found[:MOST_LINES], 1)
    ]


def _told(report: Report) -> Iterator[tuple[int, str, bool]]:
    """Yield every line that the report names; where a value is wrong it is the method's first."""
    if report.line:
        yield report.line, str(report.verdict), True
    for d in report.diagnosis:
        if d.line:
            yield d.line, d.id, True
    for g in report.groups:
        if g.line and g.verdict not in (None, Verdict.AC):
            yield g.line, f"{g.verdict} {g.name}", g.verdict is not Verdict.WA


def _text(source: bytes) -> str:
    """Return the text as Python reads it; what is in no encoding that it names as UTF-8."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
        return source.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError):
        return source.decode("utf-8", "replace")
