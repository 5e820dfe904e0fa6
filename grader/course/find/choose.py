"""Which of a student's files is the submission: one rule for every class.

Files named solution.py or solution.ipynb count, in any case and with what a system adds to a copy,
as in solution-2.py, solution (1).py and solution copy.py; or what a pattern matches. Of several an
ordinary file is taken before a link or a folder, then the one in the fewest folders, then a program
before a notebook, then the plain name, then the copy with the highest number, then the first by
name. Among a platform's loose files a student's only program counts, too, or the only notebook.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from grader.course.find.tree import CUT, UNREADABLE
from grader.course.identity import key

Matches = Callable[[str], object] | None

SUFFIXES = (".py", ".ipynb")  # of programs; of one student's the first that there is
PLAIN = tuple(f"solution{suffix}" for suffix in SUFFIXES)
CUSTOMARY = PLAIN[0]
COPY = re.compile(
    r"solution(?:[ _-]*(?:copy|\(copy\)|副本))?"
    r"(?:[ _-]*(?:\((?P<inner>[0-9]{1,9})\)|(?P<number>[0-9]{1,9})))?"
    rf"(?P<suffix>{'|'.join(map(re.escape, SUFFIXES))})"
)


class File(NamedTuple):
    """A place in what a student handed in."""

    path: str
    kind: str
    name: str  # the student's own, without what a platform put before it
    depth: int


class Choice(NamedTuple):
    """What may be a student's submission, the one to judge first."""

    files: tuple[File, ...] = ()
    held: str = ""  # the path of one file, whatever it is
    cut: str = ""  # why not all were looked at


def choice(files: Iterable[File], matches: Matches) -> Choice:
    """Return which of the files may be the submission. matches: instead of the customary name."""
    held = cut = ""
    fits: list[File] = []
    programs: list[File] = []
    for file in files:
        if file.kind in (CUT, UNREADABLE):
            cut = file.kind
            continue
        held = held or file.path
        if matches(file.path) if matches else COPY.fullmatch(key(file.name)):
            fits.append(file)
        elif not matches and not file.depth and file.name.lower().endswith(SUFFIXES):
            programs.append(file)
    first = [file for file in programs if _suffix(file) == min(map(_suffix, programs))]
    if not fits and len(first) == 1:
        fits = first
    return Choice(tuple(sorted(fits, key=_preference)), held, cut)


def _preference(file: File) -> tuple[bool, int, int, int, int, str]:
    form = COPY.fullmatch(key(file.name))
    number = int(form["inner"] or form["number"] or 0) if form else 0
    suffix = _suffix(file)
    plain = PLAIN[suffix]
    otherwise = [file.name, key(file.name), plain].index(plain)  # exactly, in another case
    return (file.kind != "file", file.depth, suffix, otherwise, -number, file.path)


def _suffix(file: File) -> int:
    """Return which of the suffixes a name has; the first for what only a pattern has found."""
    return next((n for n, s in enumerate(SUFFIXES) if file.name.lower().endswith(s)), 0)


def pattern(text: str) -> Callable[[str], object]:
    """Return a test whether a path is of a pattern: * within a name, ** for any folders."""
    means = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    split = re.split(r"(\*\*/|\*|\?)", text.removeprefix("./"))
    parts = [means.get(part, re.escape(part)) for part in split]
    return re.compile("".join(parts), re.DOTALL).fullmatch


def root_of(text: str) -> str:
    """Return the folders that a pattern names before what stands for a student."""
    parts = text.removeprefix("./").split("/")
    wild = (n for n, part in enumerate(parts) if "*" in part or "?" in part)
    return "/".join(parts[: next(wild, 0)])
