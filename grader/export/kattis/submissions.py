"""Example submissions of a package, and what our own judge says of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from grader import layout
from grader.errors import GraderError
from grader.judge.judge import Judge
from grader.model import Problem, Verdict
from grader.problems import corpus


class Example(NamedTuple):
    """A submission with the verdict and points that it must get."""

    name: str
    source: bytes
    verdict: Verdict
    score: int


def examples(problem: Problem, seed: int) -> list[Example]:
    """Return the reference, the starter, and a right and a wrong one of the corpus if it is here.

    GraderError if the reference is missing or not accepted.
    """
    found = []
    with Judge(problem, seed) as judge:
        for name, file in _files(problem):
            source = file.read_bytes()
            report = judge.judge(source, name, search=False)
            if name == "reference" and report.verdict is not Verdict.AC:
                raise GraderError(f"the reference of {problem.id} is not accepted: {report}")
            if report.verdict in (Verdict.AC, Verdict.WA, Verdict.RTE):
                found.append(Example(name, source, report.verdict, report.score))
    return found


def _files(problem: Problem) -> Iterator[tuple[str, Path]]:
    answer = layout.answers(problem.root) / f"{problem.id}.py"
    if not answer.is_file():
        raise GraderError(f"{answer} is missing: a package needs the kit's checkout")
    yield "reference", answer
    yield "starter", problem.root / "starter.py"
    for name in (corpus.ACCEPTED, corpus.WRONG):
        for file in sorted((corpus.folder(problem) / name).glob("*.py"))[:1]:
            yield file.stem, file
