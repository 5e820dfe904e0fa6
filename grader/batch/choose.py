"""Which of a student's files is the submission: one rule for every class.

Files named solution.py count, in any case and with the number of a copy (`solution (1).py`,
`solution-2.py`), or what a pattern matches. Of several an ordinary file is taken before a link or a
folder, then the one in the fewest folders, then the plain name, then the copy with the highest
number, then the first by name. Among a platform's loose files a student's only program counts, too.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from grader.identity import key

CUSTOMARY = "solution.py"
COPY = re.compile(r"solution[ _-]*(?:\((?P<inner>\d{1,9})\)|(?P<number>\d{1,9}))?\.py")


class File(NamedTuple):
    """A place in what a student handed in."""

    path: str
    kind: str
    name: str  # the student's own, without what a platform put before it
    depth: int


def customary(files: Sequence[File]) -> list[File]:
    """Return what may be the submission, the one to judge first."""
    named = [f for f in files if COPY.fullmatch(key(f.name))]
    programs = [f for f in files if not f.depth and f.name.lower().endswith(".py")]
    if not named and len(programs) == 1:
        named = programs
    return sorted(named, key=_preference)


def matching(files: Sequence[File], matches: Callable[[str], object]) -> list[File]:
    """Return what a pattern matches, the one to judge first."""
    return sorted((f for f in files if matches(f.path)), key=_preference)


def _preference(file: File) -> tuple[bool, int, bool, int, str]:
    form = COPY.fullmatch(key(file.name))
    number = int(form["inner"] or form["number"] or 0) if form else 0
    return (file.kind != "file", file.depth, file.name != CUSTOMARY, -number, file.path)


def pattern(text: str) -> Callable[[str], object]:
    """Return a test whether a path is of a pattern: * within a name, ** for any folders."""
    means = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    split = re.split(r"(\*\*/|\*|\?)", text.removeprefix("./"))
    parts = [means.get(part, re.escape(part)) for part in split]
    return re.compile("".join(parts), re.DOTALL).fullmatch


def root_of(text: str) -> str:
    """Return the folders that a pattern names before what stands for a student."""
    parts = text.removeprefix("./").split("/")
    wild = next((n for n, part in enumerate(parts) if "*" in part or "?" in part), len(parts) - 1)
    return "/".join(parts[:wild])
