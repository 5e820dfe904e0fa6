"""Texts and numbers as cells of a CSV that a spreadsheet opens without obeying them."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

COMMANDS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")

FIRST = re.compile(rf"[\s'\"]*[{re.escape(''.join(COMMANDS))}]")
# Where semicolons or line breaks part the fields, one begins there.
WITHIN = re.compile(rf"([;\n][\s'\"]*)(?=[{re.escape(''.join(COMMANDS))}])")


def text_cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    clean = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    clean = WITHIN.sub(r"\1'", clean)
    return f"'{clean}" if text.startswith(COMMANDS) or FIRST.match(clean) else clean


def quoted(cell: str) -> str:
    """Return a cell in quotes, as RFC 4180 has it."""
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def lines(rows: Iterable[Sequence[str | int | None]]) -> str:
    """Return rows as CSV; texts are quoted and made safe, numbers stand as they are."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    for row in rows:
        writer.writerow([text_cell(c) if isinstance(c, str) else c for c in row])
    return file.getvalue()
