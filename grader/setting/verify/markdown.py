"""A statement without its words: sections, numbers, formulas, tables and code, to be compared."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

LANGUAGES = ("en", "zh")
PARSER = MarkdownIt("commonmark").enable("table")
INLINE = re.compile(r"`([^`]+)`")
NUMBER = re.compile(r"(?<![A-Za-z0-9_.])-?\d+(?:\.\d+)?(?:e-?\d+)?(?![A-Za-z_])")
COMMENT = re.compile(r"\s*#.*$")
FORMULAS = "text"  # the info string of a fence that holds formulas, one a line


@dataclass(frozen=True, slots=True)
class Section:
    """What one section of a statement holds, without the words."""

    title: str
    numbers: Counter[str]
    codes: Counter[str]  # inline
    fences: tuple[tuple[str, str], ...]  # info string, text without comments
    rows: tuple[tuple[str, ...], ...]  # of its tables

    @property
    def formulas(self) -> int:
        """How many lines of formulas there are."""
        return sum(len(text.splitlines()) for info, text in self.fences if info == FORMULAS)


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of code: its info string, its text, and how many lines stand before that."""

    info: str
    code: str
    above: int


def sections(text: str) -> list[Section]:
    """Return what each section holds; a section begins with a heading."""
    found: list[list[Token]] = []
    for token in PARSER.parse(text):
        if token.type == "heading_open":
            found.append([])
        if found:
            found[-1].append(token)
    return [_section(tokens) for tokens in found]


def fences(text: str) -> Iterator[Fence]:
    """Yield every block of code."""
    for token in PARSER.parse(text):
        if token.type == "fence" and token.map:
            yield Fence(token.info.strip(), token.content, token.map[0] + 1)


def prose(text: str) -> Iterator[tuple[int, str]]:
    """Yield number and text of every line of words, without what is code."""
    first = 0
    for token in PARSER.parse(text):
        first = token.map[0] if token.map else first
        if token.type == "inline":
            yield from enumerate(_words(token).split("\n"), start=first + 1)


def _section(tokens: Sequence[Token]) -> Section:
    inline = [token for token in tokens if token.type == "inline"]
    children = [child for token in inline for child in token.children or ()]
    return Section(
        title=inline[0].content if inline else "",
        numbers=Counter(n for token in inline for n in NUMBER.findall(_words(token))),
        codes=Counter(child.content for child in children if child.type == "code_inline"),
        fences=tuple((t.info.strip(), _bare(t.content)) for t in tokens if t.type == "fence"),
        rows=tuple(_rows(tokens)),
    )


def _words(token: Token) -> str:
    """Return the words of a paragraph, a heading or a cell; code is a space."""
    breaks = {"softbreak": "\n", "hardbreak": "\n", "code_inline": " "}
    return "".join(breaks.get(child.type, child.content) for child in token.children or ())


def _bare(code: str) -> str:
    """Return code without comments, and with single spaces."""
    return "\n".join(" ".join(COMMENT.sub("", t).split()) for t in code.splitlines()).strip()


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[str, ...]]:
    """Yield the cells of every row of a table, as they are written."""
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            yield tuple(cells or ())
            cells = None
        elif token.type == "inline" and cells is not None:
            cells.append(token.content)


def differences(first: list[Section], second: list[Section]) -> Iterator[str]:
    """Yield where two statements do not hold the same, in words."""
    if len(first) != len(second):
        yield f"{len(first)} sections and {len(second)}"
        return
    for a, b in zip(first, second, strict=True):
        where = f"“{a.title}” / “{b.title}”"
        if a.formulas != b.formulas:
            yield f"{where}: {a.formulas} formulas and {b.formulas}"
        if a.fences != b.fences:
            yield f"{where}: the code or formulas (comments apart)"
        if [len(r) for r in a.rows] != [len(r) for r in b.rows]:
            yield f"{where}: the tables have other rows or columns"
        elif list(map(_facts_in, a.rows)) != list(map(_facts_in, b.rows)):
            yield f"{where}: the tables hold other numbers or code"
        yield from _only_in_one(f"{where}: numbers", set(a.numbers), set(b.numbers))
        yield from _only_in_one(f"{where}: code words", set(a.codes), set(b.codes))


def _facts_in(row: tuple[str, ...]) -> list[list[str]]:
    """Return the numbers and code words of each cell of a table's row."""
    return [sorted(NUMBER.findall(INLINE.sub(" ", c)) + INLINE.findall(c)) for c in row]


def _only_in_one(where: str, left: set[str], right: set[str]) -> Iterator[str]:
    """Yield what stands in one language only; that it stands there twice is no difference."""
    pairs = zip(LANGUAGES, (sorted(left - right), sorted(right - left)), strict=True)
    only = [f"only {language}: {', '.join(c)}" for language, c in pairs if c]
    if only:
        yield f"{where}; {'; '.join(only)}"
