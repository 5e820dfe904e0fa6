"""A failing case becomes as small and as simple as it can, in few rounds, and the same one again."""

import numpy as np
import pytest

from grader.cases.generate import growing_cases, make_case
from grader.explain import search
from grader.model import Case
from tests.support import SEED, SIMPLE_RNN

GROUP = SIMPLE_RNN.group("backward")
LEAST = dict.fromkeys("TIHO", 1)


def case_of(**sizes):
    return make_case(SIMPLE_RNN, GROUP, "readable", sizes, seed=1, fill=(1,))


def first(fails):
    """What plays a batch: the place of the first case that fails."""
    return lambda cases: next((n for n, c in enumerate(cases) if fails(c)), None)


def shapes(sizes):
    return {q.name: q.shape_in(sizes) for q in GROUP.inputs}


def cut_down(case, fails, fresh=None):
    return [case, *search.cut_down(case, shapes, LEAST, first(fails), fresh)][-1]


def simplified(case, fails):
    return [case, *search.simplify_values(case, first(fails))][-1]


NEEDS = [{"T": 1}, {"T": 17}, {"H": 12}, {"T": 5, "I": 4}, {"T": 5, "I": 4, "O": 2}]


@pytest.mark.parametrize("needs", NEEDS, ids=str)
def test_cut_case_cannot_be_cut_further(needs):
    """
    Lowering any one size of what is returned makes it pass.
    """
    found = cut_down(
        case_of(T=40, I=9, H=12, O=7), lambda c: all(c.sizes[n] >= k for n, k in needs.items())
    )

    assert dict(found.sizes) == LEAST | needs


def test_size_that_is_hardly_too_large_is_found_in_few_rounds():
    """
    What was too small in one round is not tried in the next.
    """
    batches = []

    def play(cases):
        batches.append(len(cases))
        return first(lambda c: c.sizes["T"] >= 101)(cases)

    *_, found = search.cut_down(case_of(T=110, I=1, H=1, O=1), shapes, LEAST, play)

    assert found.sizes["T"] == 101
    assert len(batches) <= 8
    assert sum(batches) <= 80


def test_cut_case_keeps_its_values():
    """
    Arrays are cut to their leading part.
    """
    case = case_of(T=40, I=9, H=12, O=7)

    found = cut_down(case, lambda c: c.sizes["H"] >= 3)

    np.testing.assert_array_equal(found.inputs["W_hh"], case.inputs["W_hh"][:3, :3])


def test_fresh_case_is_taken_where_a_cut_one_passes():
    """
    A mistake that no leading part shows is still shown in a small case.
    """
    case = case_of(T=40, I=9, H=12, O=7)

    found = cut_down(
        case,
        lambda c: c is case or c.seed == 7,
        lambda sizes: make_case(SIMPLE_RNN, GROUP, "readable", sizes, seed=7, fill=(1,)),
    )

    assert dict(found.sizes) == LEAST
    assert found.seed == 7


def test_values_become_as_simple_as_they_can():
    """
    Of a failure that needs one value not to be zero, that value is 1 and all others are zero.
    """
    found = simplified(case_of(T=2, I=1, H=2, O=1), lambda c: c.inputs["W_hh"][0, 1] != 0)

    assert found.inputs["W_hh"].tolist() == [[0, 1], [0, 0]]
    assert not any(a.any() for n, a in found.inputs.items() if n != "W_hh")


def test_values_that_must_stay_do():
    """
    Values whose product must not be zero stay, one of each, and a sign that matters is kept.
    """

    def fails(case):
        i = case.inputs
        return i["W_xh"].any() and i["x"].any() and (i["y"] < 0).any() and i["b_h"].any()

    found = simplified(case_of(T=2, I=2, H=2, O=1), fails)

    counts = {n: np.count_nonzero(a) for n, a in found.inputs.items()}
    assert counts == {"W_xh": 1, "W_hh": 0, "W_hy": 0, "b_h": 1, "b_y": 0, "x": 1, "y": 1}
    assert found.inputs["y"].min() == -1


def test_many_values_become_simple():
    """
    Of a case of many numbers whole arrays become zero, then the others one by one.
    """
    found = simplified(case_of(T=3, I=3, H=3, O=3), lambda c: c.inputs["b_h"][1] != 0)

    assert found.inputs["b_h"].ravel().tolist() == [0, 1, 0]
    assert not any(a.any() for n, a in found.inputs.items() if n != "b_h")


def test_rounds_are_few():
    """
    However stubborn a failure is, no more than so many batches are played.
    """
    rounds = []

    def play(cases):
        rounds.append(len(cases))
        return len(cases) - 1 if len(rounds) % 2 else None

    list(search.simplify_values(case_of(T=3, I=3, H=3, O=3), play))
    list(search.cut_down(case_of(T=40, I=9, H=12, O=7), shapes, LEAST, play))

    assert len(rounds) <= 3 * search.ROUNDS  # a round of sizes may take two


def test_each_case_on_the_way_fails():
    """
    Wherever the search is ended, what it had come to is a case that fails.
    """
    case = case_of(T=3, I=2, H=2, O=1)

    def fails(c):
        return c.inputs["x"].sum() > 0.3 or c is case

    found = list(search.simplify_values(case, first(fails)))

    assert found
    assert all(map(fails, found))


def test_integers_stay_as_they_are():
    """
    Inputs that are no floats are not simplified.
    """
    bits = np.array([1, 0, 1], np.uint8)
    case = Case("g", {"D": 3}, {"a": bits, "w": np.array([0.37])}, 0)

    found = simplified(case, lambda _: True)

    assert found.inputs["a"] is bits
    assert found.inputs["w"].tolist() == [0]


def test_search_is_deterministic():
    """
    The same failures give the same case, bit by bit.
    """

    def once():
        return simplified(case_of(T=2, I=2, H=2, O=1), lambda c: c.inputs["W_hh"][0, 1] > 0)

    one, other = once(), once()

    assert one.sizes == other.sizes
    for name, array in one.inputs.items():
        np.testing.assert_array_equal(array, other.inputs[name])


@pytest.mark.parametrize("needs", [{}, {"T": 2}, {"H": 2}, {"T": 2, "H": 2}, {"O": 3}], ids=str)
def test_deck_shows_a_failure_with_the_smallest_sizes_first(needs):
    """
    The first of the growing cases that has the sizes that a failure needs has no larger ones.
    """
    cases = growing_cases(SIMPLE_RNN, GROUP, "readable", SEED, largest=3, most=240)

    found = next(c for c in cases if all(c.sizes[n] >= k for n, k in needs.items()))

    assert dict(found.sizes) == LEAST | needs
