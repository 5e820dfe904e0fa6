"""A submission without its comments, line by line: programs that differ in no more are one."""

import io
import tokenize
from collections.abc import Mapping
from dataclasses import replace

from grader.explain.faulty.proof import MOST_WIDTH
from grader.model import Diagnosis, Explanation, Source

MOST_BYTES = 40_000  # of a source; a larger one is left as it is
UNREADABLE = (SyntaxError, tokenize.TokenError, UnicodeError)


def bare(source: Source) -> Source:
    """Return the same program with its code in the same lines, and no comments.

    What is no plain text in UTF-8 stays as it is, and so does a notebook, with lines in cells.
    """
    text = source.text.replace(b"\r\n", b"\n")
    if source.places or b"\r" in text or len(text) > MOST_BYTES:
        return source
    try:
        ends = _ends(text)
        if ends is None:
            return source
        lines = text.decode().split("\n")
    except UNREADABLE:
        return source
    for number, column in ends.items():
        lines[number - 1] = lines[number - 1][:column].rstrip()
    return replace(source, text="\n".join(lines).rstrip().encode() + b"\n")


def _ends(text: bytes) -> Mapping[int, int] | None:
    """Return where comments begin, by line; None if the text is in another encoding."""
    tokens = tokenize.tokenize(io.BytesIO(text).readline)
    if next(tokens).string != "utf-8":
        return None
    return dict(token.start for token in tokens if token.type == tokenize.COMMENT)


def as_written(found: Explanation, source: Source) -> Explanation:
    """Return what was found out about a bare program, with the lines that it shows as written."""
    lines = source.text.decode().replace("\r\n", "\n").split("\n")
    return replace(found, diagnosis=tuple(_quoting(d, lines) for d in found.diagnosis))


def _quoting(told: Diagnosis, lines: list[str]) -> Diagnosis:
    """Return a diagnosis whose excerpt is of these lines."""
    excerpt = tuple((n, lines[n - 1][:MOST_WIDTH]) for n, _ in told.excerpt)
    return replace(told, excerpt=excerpt)
