"""Cheats and hunts: what costs nothing is refused, and the worst case is looked for."""

from dataclasses import replace

from grader.oracle import load
from grader.oracle.wrong import default_value, wrong_solution
from grader.problems.load import load_problem
from grader.setting.verify.cheats import check_cheats
from grader.setting.verify.hunt import Worst, nearest_of, worst_of
from tests.support import KIT

CORPUS = KIT / "tests" / "corpus" / "simple_rnn"


def test_answers_that_cost_nothing_are_refused(judges):
    """
    The problem is not solved by constants, echoes, samples by heart, or a part of an axis.
    """
    check = check_cheats(judges("simple_rnn").suite)

    assert check.findings == ()
    assert len(check.table) > 15


def test_a_cheat_that_one_case_alone_refuses_is_named(judges):
    """
    A suite that sees one regime, or whose cases are of the samples' sizes, lets cheats through.
    """
    suite = judges("simple_rnn").suite
    kept = [n for n, case in enumerate(suite.cases) if case.regime == "plain"]
    smaller = replace(
        suite,
        cases=tuple(suite.cases[n] for n in kept),
        expected=tuple(suite.expected[n] for n in kept),
    )

    messages = [f.message for f in check_cheats(smaller).findings]

    assert any(m.startswith("zeros: refused by") and "of 1 regimes" in m for m in messages)


def hunted(judge, name, group="backward", regime="plain"):
    source = (CORPUS / name).read_bytes()
    return worst_of(judge, judge.problem.group(group), regime, name, source)


def test_the_worst_of_a_right_program_is_within_the_bound(judges):
    """
    The hunt says how near a right program comes to the bound, and where.
    """
    found = hunted(judges("simple_rnn"), "accepted/updates_step_by_step.py")

    assert 0 < found.ratio < 1
    assert "T=" in found.where


def test_the_worst_of_a_wrong_program_is_not(judges):
    """
    A program that is wrong is found to be so by the hunt too.
    """
    assert hunted(judges("simple_rnn"), "wrong_answer/epsilon_in_derivative.py").ratio > 1


def test_the_hunt_finds_the_same_again(judges):
    """
    Same seed, same prey.
    """
    first, second = (hunted(judges("simple_rnn"), "accepted/einsum_everywhere.py") for _ in "12")

    assert isinstance(first, Worst)
    assert first == second


def test_the_nearest_of_a_mistake_is_where_it_shows(judges):
    """
    A mistake that is wrong everywhere is far from every bound.
    """
    problem = load_problem("simple_rnn")
    mistake = next(m for m in load.misconceptions(problem) if m.id == "derivative-plus-epsilon")
    wrong = wrong_solution(problem, (mistake, default_value(mistake)))

    found = nearest_of(judges("simple_rnn"), problem.group("backward"), "plain", wrong)

    assert found.ratio > 1
