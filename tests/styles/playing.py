"""Plays programs on a suite in the judge's own sandbox, and says what the judge makes of them."""

import contextlib
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from grader.cases.suite import kept_suite
from grader.judge.compared import find_mismatches
from grader.problems.load import load_problem
from grader.sandbox.host import Sandbox
from grader.sandbox.run import play_all
from tests.styles.compose import Style


@dataclass(frozen=True)
class Played:
    """What became of a program: why it was refused, or how near it came to a bound."""

    style: Style
    refused: str
    ratio: float  # the largest deviation, in bounds
    where: str
    cpu_s: float

    def __str__(self):
        return (
            f"{self.style}: {self.refused or 'accepted'} ({self.where})\n  {self.style.described}"
        )


@contextlib.contextmanager
def court(problem_id, seed, *, every=1, without=()):
    """A function that plays a style; every: only one case of so many of each kind is played.

    A kind is a group with a regime; one case of each is always played. without: groups that are
    left out.
    """
    problem = load_problem(problem_id)
    whole = kept_suite(problem, seed)
    seen, chosen = Counter(), []
    for number, case in enumerate(whole.cases):
        kind = case.group, case.regime
        if seen[kind] % every == 0 and case.group not in without:
            chosen.append(number)
        seen[kind] += 1
    cases, expected = ([of[n] for n in chosen] for of in (whole.cases, whole.expected))
    suite = replace(whole, cases=tuple(cases), expected=tuple(expected))
    with Sandbox(problem) as sandbox:
        yield lambda style: played(suite, sandbox, style)


def played(suite, sandbox, style):
    """What the judge makes of a program."""
    run = play_all(sandbox, style.source.encode(), suite.cases)
    if run.start is not None:
        return Played(style, f"{run.start.verdict} {run.start.message}", np.inf, "", run.cpu_s)
    refused, ratio, where = "", 0.0, ""
    mismatches = find_mismatches(suite, run)
    for number, case in enumerate(suite.cases):
        outcome = run.outcomes.get(number)
        named = f"{case.group} {case.regime} {dict(case.sizes)}"
        if outcome is None or outcome.claims is None:
            why = f"{outcome.verdict} {outcome.message}" if outcome else "not played"
            return Played(style, why, np.inf, named, run.cpu_s)
        off = _ratio(outcome.claims.values, suite.expected[number])
        if off > ratio:
            ratio, where = off, named
        if number in mismatches:
            found = mismatches[number]
            refused = refused or f"{found.quantity} {found.kind}"
    return Played(style, refused, ratio, where, run.cpu_s)


def _ratio(values, expected):
    with np.errstate(all="ignore"):
        error = np.abs(values - expected.value)
        parts = np.where(error == 0, 0.0, error / expected.bound)
    return float(np.max(np.where(np.isnan(parts), np.inf, parts), initial=0.0))
