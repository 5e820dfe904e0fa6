"""A statement without its words: sections, numbers, formulas, tables and code, to be compared."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

LANGUAGES = ("en", "zh")
FENCE = re.compile(r"^```(.*)$")
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


def sections(text: str) -> list[Section]:
    """Return what each section holds; a section begins with a heading."""
    found: list[Section] = []
    title = ""
    prose: list[str] = []
    rows: list[tuple[str, ...]] = []
    fences: list[tuple[str, str]] = []
    for kind, line in lines_of(text):
        if kind == "heading":
            found.append(_section(title, prose, fences, rows))
            title, prose, rows, fences = line, [line], [], []
        elif kind == "row":
            cells = tuple(c.strip() for c in line.strip().strip("|").split("|"))
            if not set("".join(cells)) <= set("-: "):
                rows.append(cells)
            prose.append(line)
        elif kind == "prose":
            prose.append(line)
        else:
            fences.append((kind.removeprefix("fence "), line))
    return [*found, _section(title, prose, fences, rows)][1:]


def lines_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, text): heading, row, prose, or `fence <info>` with all that is in it."""
    info: str | None = None
    inside: list[str] = []
    for line in text.splitlines():
        fence = FENCE.match(line)
        if info is not None:
            if fence:
                yield f"fence {info}", "\n".join(inside)
                info, inside = None, []
            else:
                inside.append(line)
        elif fence:
            info = fence.group(1).strip()
        elif line.startswith("#"):
            yield "heading", line
        else:
            yield ("row" if line.lstrip().startswith("|") else "prose"), line


def _section(
    title: str, prose: list[str], fences: list[tuple[str, str]], rows: list[tuple[str, ...]]
) -> Section:
    text = "\n".join(prose)
    bare = [
        (info, "\n".join(" ".join(COMMENT.sub("", t).split()) for t in code.splitlines()).strip())
        for info, code in fences
    ]
    return Section(
        title=title.lstrip("# "),
        numbers=Counter(NUMBER.findall(INLINE.sub(" ", text))),
        codes=Counter(INLINE.findall(text)),
        fences=tuple(bare),
        rows=tuple(rows),
    )


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
