"""A submission's own text, of a notebook its code cells, with the lines that its report names."""

import codecs
import io
import itertools
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from grader.errors import GraderError
from grader.model import Place, Report, Verdict
from grader.notebook.cells import cells, is_notebook
from grader.report import escape

MOST_LINES = 2000
MOST_WIDTH = 400
OF_DOMAINS = ("idna", "punycode")  # encodings that take minutes for what is no short name


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file; said: which parts of the report speak of it; fault: it is at fault."""

    number: str  # of a notebook with the cell, as in [3] 7
    text: str
    said: str = ""
    fault: bool = False


def lines(source: bytes, report: Report) -> list[Line]:
    """Return the lines of a submission; of very long ones the beginning."""
    said: dict[Place, list[str]] = {}
    faults = set()
    for place, words, fault in _told(report):
        said.setdefault(place, []).append(words)
        faults |= {place} if fault else set()
    return [
        Line(
            str(place.line) if place.cell is None else f"[{place.cell}] {place.line}",
            escape.cut(text, MOST_WIDTH),
            ", ".join(said.get(place, ())),
            place in faults,
        )
        for place, text in itertools.islice(_placed(source), MOST_LINES)
    ]


def _told(report: Report) -> Iterator[tuple[Place, str, bool]]:
    """Yield every line that the report names; where a value is wrong it is the method's first."""
    if report.line:
        yield Place(report.line, report.cell), str(report.verdict), True
    for d in report.diagnosis:
        for line in d.lines:
            yield Place(line, d.cell), d.id, True
    for g in report.groups:
        if g.line and g.verdict not in (None, Verdict.AC):
            yield Place(g.line, g.cell), f"{g.verdict} {g.name}", g.verdict is not Verdict.WA


def _placed(source: bytes) -> Iterator[tuple[Place, str]]:
    """Yield every line and where it stands; none of a notebook that cannot be read."""
    if not is_notebook(source):
        texts: list[tuple[int | None, str]] = [(None, _text(source))]
    else:
        try:
            texts = [*cells(source)]
        except GraderError:
            return
    for cell, text in texts:
        found = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
        yield from ((Place(number, cell), line) for number, line in enumerate(found, 1))


def _text(source: bytes) -> str:
    """Return the text as Python reads it; what is in no encoding that it names as UTF-8."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
        if codecs.lookup(encoding).name not in OF_DOMAINS:
            return source.decode(encoding)
    except (SyntaxError, UnicodeError, LookupError):
        pass
    return source.decode("utf-8", "replace")
