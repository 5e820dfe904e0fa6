"""The smallest failing case that a report shows is small, fails, and fits on a screen."""

import json
import math

import pytest

from grader.model import Verdict
from grader.report import json as json_report
from grader.report import text
from tests.support import params, samples, solution

WRONG = samples("wrong_answer")
SEARCHED = WRONG[2::30]  # a search takes longer than judging; those of simple_rnn matter most
SHOWN = SEARCHED[::5]  # and what looks for the cause takes longer still
# Every file of a wrong solution whose mistake shows in small cases; the others need long
# sequences, wide layers or large numbers, and say so in their names.
NEEDS_MORE = (
    "100",
    "50",
    "_64",
    "_16",
    "_10",
    "_8",
    "clip",
    "limit",
    "small",
    "large",
    "long",
    "truncated",
)


def test_what_is_wrong_after_other_cases_only_is_told_so(judges):
    """
    A case that is right alone is no counterexample; the report says that something is kept.
    """
    kept = "CALLS.append(x)\nif len(CALLS) > 20:\n    x = x + 1"

    source = solution(at_import="CALLS = []", forward=kept)
    report = judges("simple_rnn").judge(source, "kept", diagnose=False)

    assert report.verdict is Verdict.WA
    assert report.counterexample is None
    assert "where-kept" in [d.id for d in report.diagnosis]


@pytest.mark.slow
@pytest.mark.parametrize("sample", params(SEARCHED))
def test_counterexample_belongs_to_the_first_wrong_group(report_of, sample):
    """
    Where a case is shown, it is one of the first group that was wrong, and it does not agree.
    """
    report = report_of(sample, search=True)

    shown = report.counterexample
    first = next(g.name for g in report.groups if g.verdict is Verdict.WA)
    assert shown is None or shown.group == first
    assert shown is None or shown.message


@pytest.mark.parametrize("sample", params([s for s in SEARCHED if s.problem == "simple_rnn"]))
def test_counterexample_is_found_and_small(report_of, sample):
    """
    Nearly every mistake is shown, with no size above 3 unless the mistake itself needs more.
    """
    report = report_of(sample, search=True)

    shown = report.counterexample
    assert shown is not None
    if not any(part in sample.path.stem for part in NEEDS_MORE):
        assert max(shown.sizes.values()) <= 3, shown.sizes


@pytest.mark.slow
@pytest.mark.parametrize("sample", params(SHOWN))
def test_report_fits_on_a_screen(report_of, sample):
    """
    The text has at most 25 lines, none wider than 120, and nothing that a terminal obeys.
    """
    shown = text.render(report_of(sample, diagnose=True))

    assert len(shown.splitlines()) <= 25
    assert max(map(len, shown.splitlines())) <= 120
    assert all(c.isprintable() or c == "\n" for c in shown)


@pytest.mark.slow
@pytest.mark.parametrize("sample", params(SHOWN))
def test_json_is_valid_with_finite_numbers(report_of, sample):
    """
    The report is JSON as the standard has it, and every number in it is finite.
    """
    rendered = json_report.render(report_of(sample, diagnose=True))

    data = json.loads(rendered, parse_constant=lambda name: pytest.fail(name))
    assert all(math.isfinite(n) for n in numbers(data))


@pytest.mark.slow
@pytest.mark.parametrize("sample", params(SEARCHED)[1::10])
def test_search_finds_the_same_case_again(judges, report_of, sample):
    """
    A second search shows the same smallest case.
    """
    again = judges(sample.problem).judge(sample.source, str(sample.path), diagnose=False)

    assert again.counterexample == report_of(sample, search=True).counterexample


def numbers(data):
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for part in data:
            yield from numbers(part)
    elif isinstance(data, int | float):
        yield data
