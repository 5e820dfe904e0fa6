"""Where a submission goes wrong, in words: what the cases that are wrong have in common."""

import numpy as np

from grader.explain.diagnose.locate import Seen, _idle, _rule
from grader.explain.diagnose.sweep import Sweeps
from grader.model import Case
from tests.support import SEED, SIMPLE_RNN

REGIMES = {"heavy": {"en": "large weights", "zh": "权重很大"}}


def seen(regime, *, failed, number, zeroed="", idle=()):
    """A case of one quantity, wrong or right."""
    case = Case("forward", {"T": 2, "H": number}, {}, 0, regime=regime, reported=("T", "H"))
    wrong = {"outputs": np.array([failed])}
    return Seen(case, wrong, finite=True, failed=failed, zeroed=zeroed, idle=frozenset(idle))


def test_wrong_in_one_regime_only_is_told_in_its_words():
    """
    The name of a regime is never shown, in either language; one without words says nothing.
    """
    right = [seen("plain", failed=False, number=n % 3) for n in range(6)]
    wrong = [seen("heavy", failed=True, number=n) for n in range(3)]

    told = list(_rule(REGIMES, [*right, *wrong], []))

    assert told == [
        (
            "Only cases with large weights are wrong: 3 of 3; all 6 others are right.",
            "只有权重很大的测例出错（3 个中有 3 个），其余 6 个全部正确。",
        )
    ]
    assert list(_rule({}, [*right, *wrong], [])) == []


def test_right_where_nothing_happens_is_no_hint():
    """
    An input that is zero tells something only where the wrong quantities still have values.
    """
    typical = seen("plain", failed=True, number=1)
    zeroed = seen("plain", failed=False, number=1, zeroed="W_hy")
    idle = seen("plain", failed=False, number=1, zeroed="W_hy", idle=["outputs"])

    assert [en for en, _ in _rule({}, [], [typical, zeroed])] == [
        "Right as soon as W_hy is all zero."
    ]
    assert list(_rule({}, [], [typical, idle])) == []


def test_outputs_that_no_step_changes_are_idle():
    """
    Without W_hy each output is the bias, whatever the states are; without x they still differ.
    """
    group = SIMPLE_RNN.group("forward")
    swept = {s.zeroed: s for s in Sweeps(SIMPLE_RNN, SEED).of("forward")}

    assert _idle(group, swept["W_hy"]) == {"outputs"}
    assert _idle(group, swept["W_hh"]) == set()
