"""Points only for groups in which every case was right; a verdict that fits what happened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.judge import score
from grader.model import Claims, Mismatch, Outcome, Run, Suite, Verdict
from grader.oracle import load
from tests.support import SEED, SIMPLE_RNN, scored

NAMES = [g.name for g in SIMPLE_RNN.groups]
RIGHT = Outcome(None, Claims(None, {}, {}))
WRONG = Mismatch("outputs", "value", (2, 1, 1), index=(0, 0, 0), wrong=1)
ENDED = [Verdict.TLE, Verdict.MLE, Verdict.OLE, Verdict.RTE]


def numbers(group):
    return [n for n, c in enumerate(scored()) if c.group == group]


def judged(ended=None, wrong=(), unplayed=(), start=None, mismatches=None):
    """Groups and verdict of a run; ended: group -> verdict of its last case."""
    outcomes = {n: RIGHT for n, c in enumerate(scored()) if c.group not in unplayed}
    for group, verdict in (ended or {}).items():
        outcomes[numbers(group)[-1]] = Outcome(verdict, message="it ended")
    run = Run({} if start else outcomes, (), {}, "", 0, 0, 0, start)
    mismatches = mismatches or {numbers(g)[0]: WRONG for g in wrong}
    suite = Suite(SIMPLE_RNN, SEED, scored(), (), "")
    groups = {g.name: g for g in score.group_results(suite, run, mismatches)}
    return groups, score.verdict_of(run, tuple(groups.values()))


def points(groups):
    return score.total(SIMPLE_RNN, tuple(groups.values()))


def test_everything_right_is_accepted():
    """
    All cases right is AC with every point.
    """
    groups, verdict = judged()

    assert verdict is Verdict.AC
    assert points(groups) == (100, 100)


def test_points_are_whole_numbers():
    """
    Points add up to 100 and are integers, group by group.
    """
    groups, _ = judged(wrong=["initialisation"])

    assert all(type(g.score) is int and type(g.max_score) is int for g in groups.values())
    assert sum(g.max_score for g in groups.values()) == 100


@pytest.mark.parametrize("group", NAMES)
def test_one_wrong_case_costs_the_group(group):
    """
    One case of many that is wrong leaves no point to its group.
    """
    groups, verdict = judged(wrong=[group])

    assert verdict is Verdict.WA
    assert (groups[group].verdict, groups[group].score) == (Verdict.WA, 0)


def test_a_wrong_shape_is_told_where_all_sizes_differ():
    """
    Where they are equal by chance it could be another slip; and a shape comes before numbers.
    """
    first, second, third = numbers("forward")[:3]
    small = Mismatch("outputs", "shape", (1, 1, 1), "(1, 1)")
    telling = Mismatch("outputs", "shape", (3, 2, 1), "(2, 1)")

    groups, _ = judged(mismatches={first: WRONG, second: small, third: telling})

    assert "(2, 1)" in groups["forward"].message
    assert "(3, 2, 1)" in groups["forward"].message


def test_wrong_initialisation_sinks_nothing_else():
    """
    Weights are loaded, so the other groups keep their points.
    """
    groups, _ = judged(wrong=["initialisation"])

    assert points(groups) == (90, 100)


def test_group_is_skipped_when_its_requirement_failed():
    """
    What needs a failed group is not judged, gets nothing, and says because of which.
    """
    groups, _ = judged(wrong=["forward"])

    for name in ("backward", "training", "conduct"):
        assert (groups[name].verdict, groups[name].score) == (None, 0)
        assert "because forward" in groups[name].message


def test_skipped_group_names_the_root():
    """
    A group that needs a skipped group names the one that failed itself.
    """
    groups, _ = judged(wrong=["forward", "backward", "training"])

    assert "because forward" in groups["training"].message


@pytest.mark.parametrize("verdict", ENDED)
def test_what_happened_at_run_time_outweighs_a_wrong_answer(verdict):
    """
    WA means that everything ran; else the verdict says what did not.
    """
    _, found = judged(ended={"backward": verdict}, wrong=["initialisation"])

    assert found is verdict


@given(first=st.sampled_from(ENDED), second=st.sampled_from(ENDED))
def test_first_failure_at_run_time_is_the_verdict(first, second):
    """
    Of two failures at run time, the one in the earlier group counts.
    """
    _, verdict = judged(ended={"initialisation": first, "forward": second})

    assert verdict is first


@pytest.mark.parametrize("verdict", ENDED)
def test_case_that_ended_costs_the_group(verdict):
    """
    A group in which a case ended early has that verdict and no points.
    """
    groups, _ = judged(ended={"conduct": verdict})

    assert (groups["conduct"].verdict, groups["conduct"].score) == (verdict, 0)
    assert points(groups) == (90, 100)


def test_group_without_evidence_gets_nothing():
    """
    A group whose cases were never played has no verdict and no points.
    """
    groups, verdict = judged(unplayed=["conduct"])

    assert (groups["conduct"].verdict, groups["conduct"].score) == (None, 0)
    assert verdict is not Verdict.AC


@pytest.mark.parametrize("verdict", [Verdict.CE, Verdict.TLE, Verdict.MLE, Verdict.RTE])
def test_submission_that_did_not_start_gets_nothing(verdict):
    """
    A failure to start is the verdict, and no group is judged.
    """
    groups, found = judged(start=Outcome(verdict, message="no"))

    assert found is verdict
    assert points(groups) == (0, 100)
    assert all(g.verdict is None for g in groups.values())


@given(
    wrong=st.sets(st.sampled_from(NAMES)),
    unplayed=st.sets(st.sampled_from(NAMES)),
    ended=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(ENDED)),
)
def test_points_mean_that_every_case_was_right(wrong, unplayed, ended):
    """
    Whatever happened: points only for untouched groups, and AC only with all of them.
    """
    ended = {g: v for g, v in ended.items() if g not in unplayed}
    groups, verdict = judged(ended, wrong - unplayed, unplayed)

    earned = {n for n, g in groups.items() if g.score}
    assert earned.isdisjoint(wrong | unplayed | set(ended))
    assert (verdict is Verdict.AC) == (earned == set(NAMES))


def test_oracle_and_score_agree_on_the_groups():
    """
    Every group that is scored is one that the driver can play.
    """
    assert all(callable(getattr(load.driver(SIMPLE_RNN), name)) for name in NAMES)


ENDS = st.sampled_from([None, "wrong", *ENDED])


@given(ends=st.tuples(*(ENDS for _ in NAMES)), data=st.data())
def test_what_is_settled_stays_so(ends, data):
    """
    After any number of cases in their order, whatever comes of those that are still to be played.
    """
    outcomes, mismatches, failed = {}, {}, set()
    for group, end in zip(SIMPLE_RNN.groups, ends, strict=True):
        if failed.intersection(group.requires):
            failed.add(group.name)
            continue
        played = numbers(group.name)
        last = data.draw(st.sampled_from(played))
        if isinstance(end, Verdict):
            played = played[: played.index(last) + 1]
        outcomes |= dict.fromkeys(played, RIGHT)
        if isinstance(end, Verdict):
            outcomes[last] = Outcome(end, message="it ended")
        elif end:
            mismatches[last] = WRONG
        if end:
            failed.add(group.name)
    many = data.draw(st.integers(0, len(outcomes)))
    part = Run(dict(list(outcomes.items())[:many]), (), {}, "", 0, 0, 0)
    whole = Run(outcomes, (), {}, "", 0, 0, 0)

    found = {n: m for n, m in mismatches.items() if n in part.outcomes}
    suite = Suite(SIMPLE_RNN, SEED, scored(), (), "")
    groups = score.group_results(suite, whole, mismatches)
    assert set(score.settled(suite, part, found)) <= set(groups)
    assert score.settled(suite, whole, mismatches) == groups
