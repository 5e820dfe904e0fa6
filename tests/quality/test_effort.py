"""What is done for a wrong submission is bounded by numbers; verdict and points never depend on it."""

from dataclasses import replace

import pytest

from grader.explain.budget import CANDIDATES, PLAYS, TIME, Budget, OutOfBudgetError
from grader.judge.judge import Judge
from grader.model import Effort
from grader.problems.load import load_problem
from grader.report import markdown, text
from tests.support import CORPUS, SEED, thinned

SOURCE = (CORPUS / "simple_rnn" / "wrong_answer" / "carry_missing_vectorised.py").read_bytes()


@pytest.fixture(scope="module")
def judged(judges):
    """
    A function from an effort to the report on a wrong submission.
    """
    suite = judges("simple_rnn").suite

    def report(effort):
        problem = replace(load_problem("simple_rnn"), effort=effort)
        with Judge(problem, SEED, suite=replace(suite, problem=problem)) as judge:
            return judge.judge(SOURCE, "solution.py")

    return report


def test_all_is_done_within_the_effort(judged):
    """
    With what the problem allows, case and mistake are found and nothing is left undone.
    """
    report = judged(Effort())

    assert report.counterexample
    assert [d.id for d in report.diagnosis] == ["nothing-carried-back"]
    assert report.undone == report.undone_zh == ""


EFFORTS = {
    "no plays": (Effort(plays=0), "the 0 plays", "0 次运行"),
    "no candidates": (Effort(candidates=0), "the 0 candidates", "0 次比对"),
    "few plays": (Effort(plays=150), "the 150 plays", "150 次运行"),
    "few changes": (Effort(candidates=0, changes=50), "the 50 changes", "50 处改动"),
}


@pytest.mark.parametrize(("effort", "en", "zh"), thinned(list(EFFORTS.values()), 0))
def test_what_was_left_undone_is_said(judged, effort, en, zh):
    """
    Where the effort does not suffice, the report says so in both languages; verdict and points stand.
    """
    report, whole = judged(effort), judged(Effort())

    assert (report.verdict, report.score) == (whole.verdict, whole.score)
    assert en in report.undone
    assert zh in report.undone_zh
    assert en in text.render(report)
    assert en in markdown.render(report)


@pytest.mark.slow
def test_a_search_that_is_ended_shows_what_it_had(judged):
    """
    When plays run out while a case is made simpler, the case is shown as it is.
    """
    reports = [judged(Effort(plays=n)) for n in (140, 150, 160)]

    assert all(r.counterexample for r in reports)
    assert reports[0].undone


@pytest.mark.parametrize(
    ("why", "spend"),
    [
        (PLAYS, lambda b: b.play(11)),
        (CANDIDATES, lambda b: b.compare(21)),
        (TIME, lambda b: (b.used.append(9), b.play(1))),
    ],
)
def test_budget_says_what_is_used_up(why, spend):
    """
    Each of the three bounds ends what it bounds, and what was refused is not counted.
    """
    used = [0]
    budget = Budget(Effort(plays=10, candidates=20), 5, lambda: used[-1])
    budget.used = used

    with pytest.raises(OutOfBudgetError) as caught:
        spend(budget)

    assert caught.value.why == why
    used.append(0)
    budget.play(10)
    budget.compare(20)


class _Unable:
    """An explainer that cannot explain."""

    def explain(self, *_, **__):
        raise ArithmeticError


def test_what_cannot_be_explained_keeps_its_verdict_and_points(judges):
    """
    Whatever fails beside judging costs that part of the report alone, and the report says so.
    """
    source = (CORPUS / "simple_rnn/wrong_answer/absolute_error.py").read_bytes()
    suite = judges("simple_rnn").suite
    with Judge(suite.problem, SEED, suite=suite) as judge:
        told = judge.judge(source, "told")
        judge.explainer = _Unable()
        untold = judge.judge(source, "untold")

    assert told.diagnosis != ()
    assert untold.diagnosis == ()
    assert (untold.verdict, untold.score) == (told.verdict, told.score)
    assert [g.verdict for g in untold.groups] == [g.verdict for g in told.groups]
    assert "ArithmeticError" in str(untold.left_out)
    assert "ArithmeticError" in text.render(untold)
