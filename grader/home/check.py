"""What a student can find out at home: samples and self-consistency, with no reference.

A sample is a published case with its answer. A self-check needs no answer: the driver observes
pairs of quantities that should agree, such as what backward subtracts and the differences of the
submission's own loss. Cases grow in size, so the first that fails is a small one; at the end are
two whose sizes all differ. What rests on something that is wrong is not tried: that comes first.
"""

import functools
import itertools
import re
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.cases import generate, samples
from grader.home.flaws import pair_flaw, sample_flaw
from grader.home.pasted import pasted
from grader.messages.phrases import relayed, say
from grader.messages.wording import ended_text, left_out_texts, places_text, start_text
from grader.model import Array, Case, Finding, Group, Outcome, Problem, Run, Source
from grader.notebook.places import placed_run
from grader.notebook.taken import source_of
from grader.problems.uses import READABLE
from grader.sandbox.base import Host
from grader.sandbox.run import play_all

SEED, LARGEST, MOST, UNEQUAL = 0, 3, 48, 2
MOST_INPUTS = 40  # numbers of a case that are worth showing
UNWRITTEN = "NotImplementedError"  # what a starter raises


class Checked(NamedTuple):
    """Why the submission cannot be started (or ''), what every check found, what was printed.

    left_out: what of a notebook was not taken, though it may be missed.
    """

    start: str
    findings: list[Finding]
    printed: str
    left_out: tuple[str, ...] = ()


def check(problem: Problem, host: Host, data: bytes, lang: str = "en") -> Checked:
    """Return what playing the samples and the self-checks finds, in that language.

    SandboxError where something must be installed to read the submission, a notebook.
    """
    return check_source(problem, host, source_of(data, problem), lang)


def check_source(problem: Problem, host: Host, source: Source, lang: str = "en") -> Checked:
    """Return the same for what was read already."""
    if source.flaw:
        return Checked(relayed(lang, source.flaw), [], "")
    published = [
        samples.parse(problem, file.read_text(encoding="utf-8"))
        for file in sorted((problem.root / "samples").glob("*.json"))
    ]
    cases = [case for case, _ in published]
    own = [case for group in problem.self_checks for case in _self_checks(problem, group)]
    checking = _Checking(problem, [*cases, *own], [values for _, values in published], lang)
    run = placed_run(play_all(host, source.text, checking.cases, checking.is_right), source)
    left_out = tuple(text[lang] for text in left_out_texts(source))
    if run.start is not None:
        return Checked(_start(run, source.text, lang), [], run.printed, left_out)
    findings = checking.findings(run)
    wrong = not all(f.ok for f in findings)
    return Checked("", findings, run.printed, left_out if wrong else ())


def _self_checks(problem: Problem, group: Group) -> Iterator[Case]:
    return itertools.chain(
        generate.growing_cases(problem, group, READABLE, SEED, largest=LARGEST, most=MOST),
        generate.unequal_cases(problem, group, READABLE, SEED, smallest=UNEQUAL),
    )


def _start(run: Run, source: bytes, lang: str) -> str:
    """Return why it cannot be started: not written, pasted with what is no Python, or as told."""
    assert run.start is not None
    if _is_unwritten(run.start):
        return _unwritten(run.start, lang)
    said = start_text(run, lang)
    if re.match("(Syntax|Indentation|Tab)Error", run.start.message):
        return say(lang, pasted(source) or "by this Python", said=said, version=python_version())
    return said


def _is_unwritten(outcome: Outcome) -> bool:
    return outcome.message.startswith(UNWRITTEN)


def _unwritten(outcome: Outcome, lang: str) -> str:
    said = say(lang, "unwritten", function=outcome.function)
    if outcome.place:
        said += say(lang, "at place", place=places_text([outcome.place], lang))
    return said


class _Checking:
    """The cases of all checks, the answers of those that have one, and what is said of each."""

    def __init__(
        self,
        problem: Problem,
        cases: Sequence[Case],
        answers: Sequence[dict[str, Array]],
        lang: str,
    ) -> None:
        self.problem, self.cases, self.answers, self.lang = problem, cases, answers, lang
        self.flaw = functools.cache(self._flaw)

    def is_right(self, number: int, outcome: Outcome) -> bool:
        """Return whether there is nothing to say against the outcome of a case."""
        return not self.flaw(number, outcome)

    def _flaw(self, number: int, outcome: Outcome) -> str:
        case = self.cases[number]
        if outcome.claims is None:
            unwritten = _is_unwritten(outcome)
            return (_unwritten if unwritten else functools.partial(ended_text, case))(
                outcome, self.lang
            )
        if number < len(self.answers):
            answer = self.answers[number]
            return sample_flaw(self.problem, case, answer, outcome.claims, self.lang)
        return pair_flaw(self.problem.group(case.group), case, outcome.claims, self.lang)

    def findings(self, run: Run) -> list[Finding]:
        """Return a finding for each group, and then for each self-check."""
        found: dict[str, Finding] = {}
        ended: dict[object, str] = {}  # how and where it ended -> what found that first
        for group in self.problem.groups:
            title = say(self.lang, "samples of", title=group.title[self.lang])
            found[group.name] = self._finding(run, group, title, found, ended)
        for group in self.problem.self_checks:
            title = group.title[self.lang]
            found[group.name] = self._finding(run, group, title, found, ended)
        return list(found.values())

    def _finding(
        self,
        run: Run,
        group: Group,
        title: str,
        found: dict[str, Finding],
        ended: dict[object, str],
    ) -> Finding:
        numbers = [n for n, case in enumerate(self.cases) if case.group == group.name]
        tried = [(n, run.outcomes[n]) for n in numbers if n in run.outcomes]
        flawed = [(n, outcome) for n, outcome in tried if not self.is_right(n, outcome)]
        right = len(tried) - len(flawed)
        if not numbers:
            return Finding(group.name, title, 0, 0, say(self.lang, "no sample"))
        if not flawed and right == len(numbers):
            return Finding(group.name, title, right, right, "")
        cause = self._cause(group, flawed, found, ended)
        if cause:
            said = say(self.lang, "not yet", group=cause)
            return Finding(group.name, title, right, len(numbers), said, waits_for=cause)
        first, outcome = flawed[0]
        case = self.cases[first]
        few = outcome.claims is not None and sum(a.size for a in case.inputs.values()) < MOST_INPUTS
        return Finding(
            group.name,
            title,
            right,
            len(numbers),
            self.flaw(first, outcome),
            inputs={n: a.tolist() for n, a in case.inputs.items()} if few else {},
            seed=case.seed if few and not case.inputs else None,
            unwritten=_is_unwritten(outcome),
        )

    def _cause(
        self,
        group: Group,
        flawed: Sequence[tuple[int, Outcome]],
        found: dict[str, Finding],
        ended: dict[object, str],
    ) -> str:
        """Return which check must be right before this one can say anything; nothing if none."""
        if not flawed:
            wrong = [f for f in found.values() if not f.ok and not f.waits_for]
            needed = [f for f in wrong if f.name in self._needs(group)]
            return (needed or wrong)[0].name if wrong else group.name
        outcome = flawed[0][1]
        if outcome.verdict is None:
            return ""
        how = (outcome.message, outcome.line, outcome.cell, outcome.function)
        first = ended.setdefault(how, group.name)
        return first if first != group.name else ""

    def _needs(self, group: Group) -> set[str]:
        """Return the groups that one rests on, and those that they rest on."""
        needed = set(group.requires)
        return needed.union(*(self._needs(self.problem.group(name)) for name in needed))


def python_version() -> str:
    """Return the version of Python as it is named: two numbers."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"
