"""That a corpus has enough files, and that each says what it is there for."""

from collections.abc import Iterator
from pathlib import Path

from grader.model import Problem
from grader.problems.corpus import (
    ACCEPTED,
    FOLDERS,
    HOSTILE,
    PROMISE,
    WRONG,
    folder,
    loses_of,
    short,
)
from grader.problems.node import nearest
from grader.setting.verify.findings import Check, Finding, error

LEAST = 10  # right, and wrong files


def check_corpus(problem: Problem) -> Check:
    """That there are enough files, all in folders that state a verdict."""
    findings: list[Finding] = []
    counts = {}
    for place in sorted(p for p in folder(problem).glob("*") if p.is_dir() and p.name[0] != "."):
        if place.name not in (*FOLDERS, HOSTILE):
            hint = nearest(place.name, [*FOLDERS, HOSTILE])
            findings.append(error(f"{short(place)}: the folder's name states no verdict{hint}"))
        files = list(place.glob("*.py"))
        counts[place.name] = len(files)
        findings += [error(said) for file in files for said in _head(problem, file)]
    for name in (ACCEPTED, WRONG):
        if counts.get(name, 0) < LEAST:
            text = f"holds {counts.get(name, 0)} of {LEAST} files that are wanted: add some"
            findings.append(error(f"{short(folder(problem) / name)}: {text}"))
    summary = f"{sum(counts.values())} submissions in {len(counts)} folders"
    return Check("corpus", summary, tuple(findings), counts)


def _head(problem: Problem, file: Path) -> Iterator[str]:
    """Yield what is wrong with what a file says of itself."""
    if file.parent.name == HOSTILE and not PROMISE.search(file.read_bytes()):
        yield f"{short(file)}:1: states no verdict: write `# promise: KIND VERDICT: why`"
    names = [g.name for g in problem.groups]
    for name in sorted(loses_of(file) or ()):
        if name not in names:
            yield f"{short(file)}:1: loses the group {name}, which is none{nearest(name, names)}"
