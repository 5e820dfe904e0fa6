"""Which problem a file solves: what it defines, the folder it lies in, its first line.

The text is searched, not parsed: a parser is no place to meet a stranger's file.
"""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from grader.errors import GraderError
from grader.notebook.cells import code
from grader.problems.load import problem_ids, signatures
from grader.problems.schema import Signature

EVERYWHERE = "numpy"
DEFINED = re.compile(
    r"^[ \t]*(?:def|class)[ \t]+(\w+)|^(\w+)[ \t]*(?:=[^=]|:)", re.ASCII | re.MULTILINE
)
IMPORTED = re.compile(r"^[ \t]*(?:import|from)[ \t]+(\w+)", re.ASCII | re.MULTILINE)


def problem_of(path: Path, source: bytes, otherwise: str = "") -> str:
    """Return the name of the problem, if nothing tells it the one that is named for that case.

    GraderError, which asks for it, where two fit, or none does and none is named.
    """
    return problem_of_text(str(path), code(source), path, otherwise)


def problem_of_text(
    name: str,
    text: bytes,
    path: Path = Path(),
    otherwise: str = "",
    *,
    how: str = "--problem ID",
) -> str:
    """Return the same for a text that may lie nowhere; name, how: what the message calls it."""
    ids = problem_ids()
    fit = _fitting(path, text, signatures(), ids) or ([otherwise] if otherwise else [])
    if len(fit) == 1:
        return fit[0]
    what = f"could solve {' or '.join(fit)}" if fit else f"names no problem of {', '.join(ids)}"
    raise GraderError(f"{name} {what}: say which with {how}")


def problem_of_class(path: Path, sources: Iterable[bytes], otherwise: str) -> str:
    """Return the name of the problem that most of a class's files solve; otherwise if none tells.

    GraderError, which asks for it, where as many solve others.
    """
    ids = problem_ids()
    problems = signatures()
    told = [_fitting(path, code(source), problems, ids) for source in sources]
    count = Counter(fit[0] for fit in told if len(fit) == 1).most_common()
    if not count:
        return otherwise
    if count[0][1] > sum(n for _, n in count[1:]):
        return count[0][0]
    fit = " or ".join(name for name, _ in count)
    raise GraderError(f"{path} could solve {fit}: say which with --problem ID")


def _fitting(path: Path, source: bytes, problems: list[Signature], ids: list[str]) -> list[str]:
    """Return the problems that a file may solve: one if text, folder or first line tells it."""
    if len(ids) == 1:
        return ids
    first = re.findall(r"\w+", source.lstrip().partition(b"\n")[0].decode("utf-8", "replace"))
    # A first line may speak of another problem than the file's own: what it imports counts, too.
    known = {p.id for p in problems}
    named = [i for i in ids if i in first and i in known and _packages(i, problems, source)]
    around = [p.name for p in (path / "file").absolute().parents if p.name in ids]
    defined = {p.id: _defined(p, source) for p in problems}
    whole = [p.id for p in problems if defined[p.id] == len(p.interface) > 0]
    for likely in (named, around[:1]):
        if len(likely) == 1 and (not whole or likely[0] in whole):
            return likely
    most = max(defined.values(), default=0)
    nearly = whole or [i for i, n in defined.items() if n == most > 0]
    return [i for i in nearly if _packages(i, problems, source)]


def _defined(problem: Signature, source: bytes) -> int:
    """Return how many names of the interface the file defines, spelt about so."""
    text = source.decode("utf-8", "replace")
    names = {_plain("".join(pair)) for pair in DEFINED.findall(text)}
    return sum(_plain(part.name) in names for part in problem.interface)


def _plain(name: str) -> str:
    return name.lower().replace("_", "")


def _packages(problem_id: str, problems: list[Signature], source: bytes) -> bool:
    """Return whether the file imports what this problem has beyond others, and no more."""
    special = {p for problem in problems for p in problem.packages} - {EVERYWHERE}
    found = special.intersection(IMPORTED.findall(source.decode("utf-8", "replace")))
    own = next(problem for problem in problems if problem.id == problem_id)
    return found == set(own.packages) - {EVERYWHERE}
