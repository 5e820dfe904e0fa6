"""A CSV as it lies in a file: every cell with its place, so that all else stays byte for byte."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.errors import GraderError

BOM = b"\xef\xbb\xbf"
SEPARATORS = (b",", b";", b"\t")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it lies in the file, and what it says."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV: its bytes, its lines, and what separates their cells."""

    data: bytes
    lines: Sequence[Sequence[Cell]]
    separator: str

    def place(self, cell: Cell, title: str) -> str:
        """Return where a cell stands, for people."""
        line = self.data.count(b"\n", 0, cell.start) + 1
        return f"line {line}, column {title}"

    def changed(self, changes: Sequence[tuple[Cell, bytes]]) -> bytes:
        """Return the bytes with other ones in place of these cells'."""
        parts, at = [], 0
        for cell, new in sorted(changes, key=lambda change: change[0].start):
            parts += [self.data[at : cell.start], new]
            at = cell.end
        return b"".join([*parts, self.data[at:]])


def at(line: Sequence[Cell], number: int) -> str:
    """Return what the cell of that number says, "" where there is none."""
    return line[number].text.strip() if 0 <= number < len(line) else ""


def read(data: bytes) -> Sheet:
    """Return the cells of a CSV in UTF-8, line by line, each with its place in the bytes."""
    at_ = len(BOM) if data.startswith(BOM) else 0
    first = data[at_:].split(b"\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    lines: list[list[Cell]] = [[]]
    while at_ <= len(data):
        cell, at_ = _cell(data, at_, separator[0])
        lines[-1].append(cell)
        if at_ >= len(data):
            break
        if data[at_ : at_ + 1] != separator:
            at_ += 1 if data[at_ : at_ + 2] != b"\r\n" else 2
            if at_ >= len(data):
                break
            lines.append([])
            continue
        at_ += 1
    return Sheet(data, lines, separator.decode())


def _cell(data: bytes, start: int, separator: int) -> tuple[Cell, int]:
    """Return the cell that begins at start, and where it ends."""
    at_ = start
    if data[at_ : at_ + 1] == b'"':
        at_ += 1
        while at_ < len(data):
            end = data.find(b'"', at_)
            if end < 0:
                raise GraderError("the template is no CSV: a quotation mark is not closed")
            if data[end + 1 : end + 2] != b'"':
                at_ = end + 1
                break
            at_ = end + 2
    while at_ < len(data) and data[at_] not in (separator, 10, 13):
        at_ += 1
    raw = data[start:at_].strip()
    if raw.startswith(b'"') and raw.endswith(b'"') and len(raw) > 1:
        raw = raw[1:-1].replace(b'""', b'"')
    try:
        return Cell(start, at_, raw.decode("utf-8")), at_
    except UnicodeDecodeError as error:
        raise GraderError("the template is not in UTF-8; export it again as UTF-8") from error
