"""The corpus: every file has the verdict of its folder, and is far enough from the other side."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from grader.judge.judge import Judge
from grader.model import Problem, Report, Run, Suite, Verdict
from grader.problems.corpus import (
    ACCEPTED,
    FOLDERS,
    HOSTILE,
    WRONG,
    folder,
    loses_of,
    short,
    wanted_of,
)
from grader.sandbox.run import play_all
from grader.setting.verify.findings import Check, Finding, error, warning
from grader.setting.verify.matrix import Rows, too_near
from grader.setting.verify.proofs import ratio

NEEDS = re.compile(r"^#\s*needs:\s*(.*)$", re.MULTILINE)
LARGER = re.compile(r"(\w+)\s*>\s*\d+")
MOST_USED = 0.5  # of a bound, which holds for every order of evaluation
LARGEST = 3  # size of a counterexample
SHORT_S, WALL = 1.0, 2.5  # time limit of a case where a file is there to reach it
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a submission's claims are from the reference, in bounds: worst case by group."""

    file: str
    worst: dict[str, float]

    @property
    def most(self) -> float:
        """The largest of all."""
        return max(self.worst.values(), default=0.0)


def check_accepted(problem: Problem, bench: Judge, tell: Tell) -> Check:
    """That every correct style is accepted and uses at most a hundredth of any bound."""
    findings: list[Finding] = []
    margins = []
    for file in _files(problem, ACCEPTED, tell):
        margin, report = _measured(file, bench, search=False)
        margins.append(margin)
        if report.verdict is not Verdict.AC:
            findings.append(_unexpected(file, report, "AC"))
        elif margin.most > MOST_USED:
            at = max(margin.worst, key=margin.worst.__getitem__)
            text = f"{file.name} is correct and uses {margin.most:.2g} of a bound in {at}"
            findings.append(warning(f"{text}, more than {MOST_USED:g}"))
    worst = max(margins, key=lambda m: m.most, default=Margin("none", {}))
    summary = f"{len(margins)} correct submissions; at most {worst.most:.2g} of a bound"
    figures = {"files": len(margins), "worst": worst.most, "worst_file": worst.file}
    return Check("accepted", summary, tuple(findings), figures)


def check_wrong(problem: Problem, bench: Judge, tell: Tell) -> tuple[Check, Rows]:
    """That every wrong file is clearly wrong and has a small counterexample; rows by group."""
    findings: list[Finding] = []
    margins = []
    sizes: dict[str, dict[str, int]] = {}
    for file in _files(problem, WRONG, tell):
        margin, report = _measured(file, bench, search=True)
        margins.append(margin)
        if report.verdict is not Verdict.WA:
            findings.append(_unexpected(file, report, "WA"))
            continue
        if near := too_near(problem, margin.worst):
            findings.append(error(f"{file.name} {near}"))
        findings += _counterexample(problem, file, report)
        findings += _unlike(file, report)
        if report.counterexample is not None:
            sizes[file.stem] = dict(report.counterexample.sizes)
    rows = {m.file: m.worst for m in margins}
    closest = min(margins, key=lambda m: m.most, default=Margin("none", {}))
    small = sum(max(s.values(), default=0) <= LARGEST for s in sizes.values())
    summary = f"{len(margins)} wrong submissions; closest {closest.file}, {closest.most:.2g} bounds"
    figures = {
        "files": len(margins),
        "closest": closest.most,
        "closest_file": closest.file,
        "counterexamples": len(sizes),
        "counterexamples_up_to_3": small,
        "counterexample_sizes": sizes,
    }
    if margins:
        summary += f"; {small} of {len(margins)} counterexamples up to size {LARGEST}"
    return Check("wrong", summary, tuple(findings), figures), rows


def check_others(problem: Problem, bench: Judge, hurried: Judge, tell: Tell) -> Check:
    """That every other corpus file has its verdict; those that use up time have less, `hurried`."""
    findings: list[Finding] = []
    count = 0
    for name in (*(n for n in FOLDERS if n not in (ACCEPTED, WRONG)), HOSTILE):
        for file in _files(problem, name, tell):
            count += 1
            wanted = wanted_of(file)
            judge = hurried if Verdict.TLE in wanted else bench
            report = judge.judge(file.read_bytes(), file.name, search=False)
            if report.verdict not in wanted:
                findings.append(_unexpected(file, report, "|".join(wanted)))
    summary = f"{count} other submissions have the verdict they should have"
    return Check("others", summary, tuple(findings), {"files": count})


def _files(problem: Problem, name: str, tell: Tell) -> Iterator[Path]:
    for file in sorted((folder(problem) / name).glob("*.py")):
        tell(f"{name}/{file.name}")
        yield file


def _measured(file: Path, bench: Judge, *, search: bool) -> tuple[Margin, Report]:
    source = file.read_bytes()
    run = play_all(bench.sandbox, source, bench.suite.cases)
    report = bench.judge(source, file.name, search=search, diagnose=False, run=run)
    return Margin(file.stem, worst_by_group(bench.suite, run)), report


def worst_by_group(suite: Suite, run: Run) -> dict[str, float]:
    """Return the largest error over bound by group; infinite where a value does not count."""
    worst = {g.name: 0.0 for g in suite.problem.groups}
    for number, outcome in run.outcomes.items():
        if outcome.claims is None:
            off = np.inf
        else:
            expected = suite.expected[number]
            with np.errstate(invalid="ignore", over="ignore"):
                error_ = np.abs(outcome.claims.values - expected.value)
            off = float(np.max(ratio(error_, expected.bound), initial=0.0))
        name = suite.cases[number].group
        worst[name] = max(worst[name], off)
    return worst


def _unlike(file: Path, report: Report) -> list[Finding]:
    """Return whether other groups are lost than the file says, but those not judged for them."""
    loses = loses_of(file)
    failed = {g.name for g in report.groups if g.verdict is Verdict.WA}
    skipped = {g.name for g in report.groups if g.verdict is None}
    if loses is None or failed == loses - skipped:
        return []
    said = f"loses {', '.join(sorted(failed))}, it says {', '.join(sorted(loses))}"
    return [error(f"{short(file)}:1: {said}: correct the one or the other")]


def _unexpected(file: Path, report: Report, wanted: str) -> Finding:
    said = report.message or next((g.message for g in report.groups if g.verdict != "AC"), "")
    text = f"{short(file)} is judged {report.verdict}, it should be {wanted}"
    advice = "move it to the folder of its verdict, or mend it"
    return error(f"{text}: {advice}{f' ({said})' if said else ''}")


def _counterexample(problem: Problem, file: Path, report: Report) -> list[Finding]:
    """Return what is wrong with the counterexample; `# needs: ...` in the file excuses it."""
    needs = NEEDS.search(file.read_text(encoding="utf-8", errors="replace"))
    excused = LARGER.findall(needs.group(1)) if needs else []
    if report.counterexample is None:
        text = f"{file.name}: no counterexample was found"
        if any(d.id == "where-kept" for d in report.diagnosis):
            return [warning(f"{text}, as it needs other cases before")]
        if needs and not excused:  # it needs no size but, say, calls of other cases before
            return [warning(f"{text}, as it needs {needs.group(1).strip()}")]
        return [error(text)]
    findings = []
    for symbol, size in report.counterexample.sizes.items():
        if size <= max(LARGEST, problem.sizes[symbol][0]):
            continue
        text = f"{file.name}: its counterexample has {symbol}={size}"
        if symbol in excused and needs:
            findings.append(warning(f"{text}, as it needs {needs.group(1).strip()}"))
        else:
            findings.append(error(f"{text}; the largest size should be {LARGEST}"))
    return findings


def in_a_hurry(problem: Problem) -> Problem:
    """Return the problem with limits under which a file that runs out of time costs a second."""
    limits = replace(
        problem.limits,
        case_cpu_s=min(problem.limits.case_cpu_s, SHORT_S),
        case_wall_s=min(problem.limits.case_wall_s, WALL * SHORT_S),
    )
    return replace(problem, limits=limits)
