"""Every file of the corpus gets the verdict that its folder, or its first line, states."""

import pytest

from grader.judge.judge import Judge
from grader.model import Verdict
from tests.support import ROUND, params, per_problem, samples, todays

LIMITS = ("time_limit_exceeded", "memory_limit_exceeded", "output_limit_exceeded")
OTHER_SEEDS = (2, 3, 1)  # of which each round takes one


@pytest.mark.parametrize("sample", params(samples("accepted")))
def test_accepted_gets_every_point(report_of, sample):
    """
    A correct solution is accepted with 100 points, whatever its style.
    """
    report = report_of(sample)

    assert (report.verdict, report.score) == (Verdict.AC, 100), report


@pytest.mark.parametrize("sample", params(todays(samples("wrong_answer"), 2)))
def test_wrong_answer_loses_points_only_where_it_should(report_of, sample):
    """
    The groups judged wrong are those that the file names, less those whose requirement failed.

    What they are worth is lost whole, and where a value is of another kind a message says so.
    """
    report = report_of(sample)

    wrong = [g for g in report.groups if g.verdict is Verdict.WA]
    skipped = {g.name for g in report.groups if g.verdict is None}
    assert report.verdict is Verdict.WA, report
    assert all(g.score == 0 for g in report.groups if g in wrong or g.name in skipped)
    if sample.loses:
        assert {g.name for g in wrong} == sample.loses - skipped
    if sample.path.name.startswith("value_"):
        assert wrong
        assert all(g.message for g in wrong)


@pytest.mark.parametrize(
    "sample", params([s for s in samples("wrong_answer") if s.path.stem == "value_none"])
)
def test_none_is_asked_for_its_return(report_of, sample):
    """
    Who returns nothing hears that a return may be missing.
    """
    wrong = [g for g in report_of(sample).groups if g.verdict is Verdict.WA]

    assert "is a `return` missing?" in wrong[0].message


@pytest.mark.parametrize("sample", params(samples("compile_error", "run_time_error")))
def test_failure_has_its_verdict(report_of, sample):
    """
    What cannot be imported is CE and what raises or ends is RTE, said in a message.
    """
    report = report_of(sample)

    assert report.verdict in sample.verdicts, report
    assert report.message or any(g.message for g in report.groups)


@pytest.mark.parametrize("sample", params(samples(*LIMITS)))
def test_limit_has_its_verdict(report_of, sample):
    """
    What exceeds a limit is told by that limit, and the groups before it keep their points.
    """
    report = report_of(sample)

    assert report.verdict in sample.verdicts, report
    assert report.score < report.max_score


@pytest.mark.slow
@pytest.mark.parametrize("problem", per_problem())
def test_no_verdict_depends_on_the_seed(problem):
    """
    With other cases, too, what is right is accepted and nothing else is.
    """
    found = [s for s in samples("accepted", "wrong_answer") if s.problem == problem.id]

    with Judge(problem, OTHER_SEEDS[ROUND % len(OTHER_SEEDS)]) as judge:
        reports = {s: judge.judge(s.source, s.path.name, search=False) for s in todays(found, 4)}

    right = {s for s, report in reports.items() if report.verdict is Verdict.AC}
    assert right == {s for s in reports if Verdict.AC in s.verdicts}
