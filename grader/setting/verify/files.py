"""The files of a corpus, and what they say of themselves: verdicts, promises, lost groups."""

import re
from collections.abc import Iterator
from pathlib import Path

from grader import layout
from grader.model import Problem, Verdict
from grader.problems.node import nearest
from grader.setting.verify.findings import Check, Finding, error

ACCEPTED, WRONG, HOSTILE = "accepted", "wrong_answer", "hostile"
VERDICTS = {
    ACCEPTED: Verdict.AC,
    WRONG: Verdict.WA,
    "run_time_error": Verdict.RTE,
    "time_limit_exceeded": Verdict.TLE,
    "memory_limit_exceeded": Verdict.MLE,
    "output_limit_exceeded": Verdict.OLE,
    "compile_error": Verdict.CE,
}
PROMISE = re.compile(rb"^#\s*promise:\s*\S+\s+([A-Z|]+)")
LOSES = re.compile(rb"^# loses: (.+)$", re.MULTILINE)
LEAST = 10  # right, and wrong files


def folder(problem: Problem) -> Path:
    """Return the problem's corpus."""
    return layout.tests(problem.root) / "corpus" / problem.id


def check_corpus(problem: Problem) -> Check:
    """That there are enough files, all in folders that state a verdict."""
    findings: list[Finding] = []
    counts = {}
    for place in sorted(p for p in folder(problem).glob("*") if p.is_dir() and p.name[0] != "."):
        if place.name not in (*VERDICTS, HOSTILE):
            hint = nearest(place.name, [*VERDICTS, HOSTILE])
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


def short(path: Path) -> str:
    """Return where a file of the corpus lies, from the kit's root."""
    return "/".join(("tests", *path.parts[path.parts.index("corpus") :]))


def _head(problem: Problem, file: Path) -> Iterator[str]:
    """Yield what is wrong with what a file says of itself."""
    if file.parent.name == HOSTILE and not PROMISE.search(file.read_bytes()):
        yield f"{short(file)}:1: states no verdict: write `# promise: KIND VERDICT: why`"
    names = [g.name for g in problem.groups]
    for name in sorted(loses_of(file) or ()):
        if name not in names:
            yield f"{short(file)}:1: loses the group {name}, which is none{nearest(name, names)}"


def loses_of(file: Path) -> set[str] | None:
    """Return the groups that a wrong file says it loses, if it does."""
    loses = LOSES.search(file.read_bytes())
    return {n.strip() for n in loses.group(1).decode().split(",")} if loses else None


def wanted_of(file: Path) -> tuple[str, ...]:
    """Return the verdicts that a file may get: its folder's, or what it promises."""
    if file.parent.name != HOSTILE:
        return (VERDICTS[file.parent.name],)
    promise = PROMISE.search(file.read_bytes())
    return tuple(promise.group(1).decode().split("|")) if promise else (Verdict.AC,)
