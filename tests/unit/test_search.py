"""The search finds the smallest case that fails, within its budget, and the same one again."""

import numpy as np
import pytest

from grader import search
from grader.generate import growing_cases, make_case
from grader.model import Case
from tests.support import SEED, SIMPLE_RNN

GROUP = SIMPLE_RNN.group("backward")


def sweep(most=240):
    return growing_cases(SIMPLE_RNN, GROUP, "readable", SEED, largest=3, most=most)


def each(fails):
    return lambda cases: [fails(c) for c in cases]


def shapes(sizes):
    return {q.name: q.shape_in(sizes) for q in GROUP.inputs}


def large_case():
    sizes = {"T": 40, "I": 9, "H": 12, "O": 7}
    return make_case(SIMPLE_RNN, GROUP, "plain", sizes, seed=1, fill=(1,))


NEEDS = [{"T": 1}, {"T": 2}, {"T": 3}, {"H": 2}, {"T": 2, "H": 2}, {"I": 2, "O": 2}, {"O": 3}]


@pytest.mark.parametrize("needs", NEEDS, ids=str)
def test_first_failing_case_has_the_smallest_sizes(needs):
    """
    A failure that needs some sizes is shown with those sizes and 1 for the others.
    """
    fails = each(lambda c: all(c.sizes[n] >= k for n, k in needs.items()))

    found = search.first_failing(sweep(), fails, search.Budget(1000, 60))

    assert dict(found.sizes) == {"T": 1, "I": 1, "H": 1, "O": 1} | needs


def test_no_failing_case_is_none():
    """
    Where nothing fails, nothing is found.
    """
    assert search.first_failing(sweep(), each(lambda _: False), search.Budget(1000, 60)) is None


@pytest.mark.parametrize(
    "needs", [{"T": 1}, {"T": 17}, {"H": 12}, {"T": 5, "I": 4, "O": 2}], ids=str
)
def test_cut_case_cannot_be_cut_further(needs):
    """
    Lowering any one size of what is returned makes it pass.
    """
    fails = each(lambda c: all(c.sizes[n] >= k for n, k in needs.items()))
    smallest = dict.fromkeys("TIHO", 1)

    found = search.cut_down(large_case(), shapes, smallest, fails, search.Budget(1000, 60))

    assert dict(found.sizes) == {"T": 1, "I": 1, "H": 1, "O": 1} | needs


def test_cut_case_keeps_its_values():
    """
    Arrays are cut to their leading part.
    """
    case = large_case()
    fails = each(lambda c: c.sizes["H"] >= 3)

    found = search.cut_down(case, shapes, dict.fromkeys("TIHO", 1), fails, search.Budget(1000, 60))

    np.testing.assert_array_equal(found.inputs["W_hh"], case.inputs["W_hh"][:3, :3])


def test_values_become_as_simple_as_they_can():
    """
    Of a failure that needs one value not to be zero, that value is 1 and all others are zero.
    """
    case = make_case(SIMPLE_RNN, GROUP, "plain", dict(T=2, I=1, H=2, O=1), seed=1, fill=(1,))
    fails = each(lambda c: c.inputs["W_hh"][0, 1] != 0)

    found = search.simplify_values(case, fails, search.Budget(1000, 60), SEED)

    assert found.inputs["W_hh"].tolist() == [[0, 1], [0, 0]]
    assert not any(a.any() for n, a in found.inputs.items() if n != "W_hh")


def test_simplified_case_fails():
    """
    Whatever the budget, what is returned is a case that failed.
    """
    case = make_case(SIMPLE_RNN, GROUP, "plain", dict(T=3, I=2, H=2, O=1), seed=1, fill=(1,))

    def fails(c):
        return c.inputs["x"].sum() > 0.3 or c is case

    for cases in range(0, 60, 7):
        found = search.simplify_values(case, each(fails), search.Budget(cases, 60), SEED)
        assert fails(found)


def test_integers_stay_as_they_are():
    """
    Inputs that are no floats are not simplified.
    """
    bits = np.array([1, 0, 1], np.uint8)
    case = Case("g", {"D": 3}, {"a": bits, "w": np.array([0.37])}, 0)

    found = search.simplify_values(case, each(lambda _: True), search.Budget(100, 60), SEED)

    assert found.inputs["a"] is bits
    assert found.inputs["w"].tolist() == [0]


def test_budget_of_cases_is_kept():
    """
    Not one case more is played than the budget allows.
    """
    played = []

    def never(cases):
        played.extend(cases)
        return [False] * len(cases)

    with pytest.raises(search.OutOfBudgetError):
        search.first_failing(sweep(), never, search.Budget(100, 60))

    assert len(played) <= 100


def test_budget_of_time_is_kept():
    """
    When the time is up, nothing is played any more.
    """
    with pytest.raises(search.OutOfBudgetError):
        search.first_failing(sweep(), each(lambda _: False), search.Budget(1000, 0))


def test_search_is_deterministic():
    """
    The same seed and the same failures give the same case, bit by bit.
    """
    fails = each(lambda c: c.sizes["H"] > 1 and c.inputs["W_hh"][0, 1] > 0)

    def once():
        found = search.first_failing(sweep(), fails, search.Budget(1000, 60))
        return search.simplify_values(found, fails, search.Budget(500, 60), SEED)

    first, second = once(), once()

    assert first.sizes == second.sizes
    assert all(first.inputs[n].tobytes() == second.inputs[n].tobytes() for n in first.inputs)
