"""The two statements and the samples: they agree, and are what the judge and reference do."""

import doctest
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np

from grader import compare
from grader.cases import samples
from grader.errors import ProblemError
from grader.model import LANGUAGES, Problem
from grader.oracle import bounds, load
from grader.problems.load import line_of
from grader.setting.verify.findings import Check, Finding, error
from grader.setting.verify.markdown import (
    NUMBER,
    Section,
    differences,
    fences,
    sections,
)

SHAPE = re.compile(r"`\(([^`]*)\)`")
PLACES = 6  # decimals that a number of a statement has at least, or it is exact


def check_statements(problem: Problem) -> Check:
    """That both statements exist, say the same, and agree with problem.yaml and the reference."""
    read: dict[str, list[Section]] = {}
    findings: list[Finding] = []
    for language in LANGUAGES:
        file = problem.root / f"statement.{language}.md"
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as failure:
            findings.append(error(f"{file.name} cannot be read: {failure}"))
            continue
        read[language] = sections(text)
        findings += [error(f"{file.name}: {what}") for what in _against_problem(problem, text)]
        findings += [error(f"{file.name}: {what}") for what in _executed(problem, file, text)]
    if len(read) == len(LANGUAGES):
        en, zh = (read[n] for n in LANGUAGES)
        findings += [error(f"the statements differ: {what}") for what in differences(en, zh)]
    figures = {
        "sections": len(read.get("en", [])),
        "formulas": sum(s.formulas for s in read.get("en", [])),
        "tables": sum(bool(s.rows) for s in read.get("en", [])),
        "numbers": sum(s.numbers.total() for s in read.get("en", [])),
    }
    said = ", ".join(f"{count} {name}" for name, count in figures.items())
    return Check("statements", f"agree in {said}", tuple(findings), figures)


def _against_problem(problem: Problem, text: str) -> Iterator[str]:
    """Yield what a table row says otherwise than problem.yaml, and what no row says.

    A row whose first cell is the name of a limit, a group or a size in backticks holds its
    value, its points or its range in cells of their own. A size needs a row where a shape in
    backticks, `(T, I)`, has it.
    """
    shown = {name for shape in SHAPE.findall(text) for name in re.split(r"\W+", shape)}
    stated = {
        match.group(1): row
        for section in sections(text)
        for row in section.rows
        if (match := re.fullmatch(r"`(\w+)`", row[0]))
    }
    for name, numbers in _facts(problem).items():
        row = stated.get(name)
        if row is None:
            if name not in problem.sizes or name in shown:
                yield f"no table row says the value of `{name}`"
            continue
        said = [float(cell) for cell in row[1:] if NUMBER.fullmatch(cell)]
        if said != numbers:
            yield f"`{name}` is said to be {said}, problem.yaml has {numbers}"
        yield from _beyond(problem, name)
    for package in problem.packages:
        if package.lower() not in text.lower():
            yield f"the package {package} is allowed but not mentioned"


def _beyond(problem: Problem, size: str) -> Iterator[str]:
    """Yield the strata that break the promise of a size that the statement states."""
    low, high = problem.sizes.get(size, (0, 0))
    for name, ranges in problem.strata.items():
        ends = ranges.get(size) if size in problem.sizes else None
        ends = ranges.get(ends, problem.sizes[ends]) if isinstance(ends, str) else ends
        if ends and not low <= int(ends[0]) <= int(ends[1]) <= high:
            place = line_of(problem, "strata", name, size)
            yield f"`{size}` is promised from {low} to {high}, {place} has {list(ends)}"


def _facts(problem: Problem) -> Mapping[str, list[float]]:
    return {
        **{name: [float(value)] for name, value in asdict(problem.limits).items()},
        **{group.name: [float(group.max_score)] for group in problem.groups},
        **{symbol: [float(n) for n in ends] for symbol, ends in problem.sizes.items()},
    }


def _executed(problem: Problem, file: Path, text: str) -> Iterator[str]:
    """Yield what the reference gives otherwise than the statement's examples say.

    A ```json fence is a case as in samples/ (a part of the expected values will do); a ```pycon
    fence is a session with the reference as `solution`.
    """
    examples = 0
    session = ""
    for fence in fences(text):
        if fence.info == "json":
            examples += 1
            yield from against_reference(problem, fence.code, whole=False)
        elif fence.info == "pycon":
            examples += fence.code.count(">>> ")
            session += "\n" * (fence.above - session.count("\n")) + fence.code
    if not examples:
        yield "there is no worked example (a json or pycon fence)"
    if session:
        yield from _session(problem, file, session)


def _session(problem: Problem, file: Path, code: str) -> Iterator[str]:
    said: list[str] = []
    test = doctest.DocTestParser().get_doctest(code + "\n", {}, file.name, str(file), 0)
    before = sys.modules.get("solution")
    sys.modules["solution"] = load.reference(problem)
    try:
        runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE)
        with np.errstate(all="ignore"):  # warnings are no errors here, as in judging
            runner.run(test, out=said.append)
    finally:
        del sys.modules["solution"]
        if before is not None:
            sys.modules["solution"] = before
    for failure in said:
        place, _, words = failure.partition("Failed example:")
        line = re.search(r"line (\d+)", place)
        number = line[1] if line else "?"
        example, _, raised = words.partition("Exception raised:")
        if raised:  # of the traceback, which is the kit's, the last line
            words = f"{example} raised {raised.strip().splitlines()[-1]}"
        yield f"line {number}: Failed example: {' '.join(words.split())}"


def check_samples(problem: Problem) -> Check:
    """That samples/ holds the files that `grader samples` writes, with the reference's values."""
    findings: list[Finding] = []
    folder = problem.root / "samples"
    there = {p.name for p in folder.glob("*.json")}
    wanted = dict(samples.sample_cases(problem))
    advice = f"run `grader samples {problem.id}`"
    findings += [error(f"samples/{n} is missing: {advice}") for n in sorted(set(wanted) - there)]
    findings += [error(f"samples/{n} is not one of ours: {advice}") for n in there - set(wanted)]
    for name in sorted(there):
        text = (folder / name).read_text(encoding="utf-8")
        wrong = against_reference(problem, text)
        findings += [error(f"samples/{name}: {w}: {advice}") for w in wrong]
    silent = {g.name for g in problem.groups} - {c.group for c in wanted.values()}
    findings += [error(f"the group {name} has no sample") for name in sorted(silent)]
    summary = f"{len(there)} samples equal the reference"
    return Check("samples", summary, tuple(findings), {"files": len(there)})


def against_reference(problem: Problem, text: str, *, whole: bool = True) -> Iterator[str]:
    """Yield where a published case is not what the reference gives.

    whole: the full precision of every observed quantity; otherwise what is there, as rounded.
    """
    try:
        case, stated = samples.parse(problem, text)
    except ProblemError as failure:
        yield str(failure)
        return
    group = problem.group(case.group)
    expected = bounds.expect(problem, case)
    where = group.positions(case.sizes)
    if unknown := sorted(set(stated) - set(where)):
        yield f"{unknown[0]} is not observed in {group.name}"
    for q in group.observes:
        if q.name not in stated:
            if whole:
                yield f"{q.name} is missing"
            continue
        value = expected.value[where[q.name]].reshape(q.shape_in(case.sizes))
        bound = expected.bound[where[q.name]].reshape(value.shape)
        allowed = bound if whole else bound + 0.5000001 * 10.0**-PLACES
        said = stated[q.name]
        if said.shape != value.shape or not compare.right(said, value, allowed).all():
            yield f"{q.name} is {said.tolist()}, the reference gives {value.tolist()}"
