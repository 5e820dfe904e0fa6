"""Right means within the bound, element by element; whatever is not is found and described."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from grader import compare
from grader.model import Case, Claims, Expected, Fault, Group, Quantity
from grader.oracle import bounds
from tests.support import SIMPLE_RNN, suite_of

GROUP = Group(
    name="forward",
    max_score=10,
    title={"en": "", "zh": ""},
    inputs=(),
    observes=(Quantity("a", ("N", 3)), Quantity("b", ("N",))),
    requires=(),
    draws=(),
)
CASE = Case("forward", {"N": 4}, {}, 0, reported=("N",))
VALUE = np.array([*range(1, 13), -0.5, 0.25, 3.0, -7.0])
EXPECTED = Expected(VALUE, np.full(16, 1e-9), np.full(16, 12.0))
NUMBERS = {"a": "float64", "b": "float64"}


def mismatch(values, faults=None, dtypes=None):
    claims = Claims(np.array(values, float), dtypes or NUMBERS, faults or {})
    return compare.first_mismatch(GROUP, CASE, EXPECTED, claims)


def changed(at, value):
    values = VALUE.copy()
    values[at] = value
    return values


def test_the_value_itself_is_right():
    """
    What is expected is right.
    """
    assert mismatch(VALUE) is None


@given(st.lists(st.floats(-1, 1), min_size=16, max_size=16))
def test_within_the_bound_is_right(errors):
    """
    Any error that does not exceed its bound is right.
    """
    assert mismatch(VALUE + 0.999 * EXPECTED.bound * np.array(errors)) is None


@given(at=st.integers(0, 15), off=st.floats(1.001, 1e6), sign=st.sampled_from([-1, 1]))
def test_beyond_the_bound_is_wrong(at, off, sign):
    """
    One element beyond its bound is found where it is, with both values.
    """
    found = mismatch(changed(at, VALUE[at] + sign * off * 1e-9))

    where = np.unravel_index(at, (4, 3)) if at < 12 else (at - 12,)
    assert found.quantity == ("a" if at < 12 else "b")
    assert found.index == tuple(map(int, where))
    assert found.expected == VALUE[at]
    assert found.wrong == 1


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@given(at=st.integers(0, 15))
def test_not_finite_is_wrong(value, at):
    """
    NaN and infinity are never right.
    """
    assert mismatch(changed(at, value)).kind == "nonfinite"


def test_infinity_is_wrong_under_an_infinite_bound():
    """
    A NaN difference fails even where the bound is infinite.
    """
    wide = Expected(VALUE, np.full(16, np.inf), EXPECTED.scale)
    claims = Claims(changed(0, np.nan), NUMBERS, {})

    assert compare.first_mismatch(GROUP, CASE, wide, claims) is not None


@given(st.permutations(range(16)))
def test_permutation_is_wrong(order):
    """
    The right numbers in another order are wrong.
    """
    values = VALUE[list(order)]
    assume((values != VALUE).any())  # two of them are 3

    assert mismatch(values) is not None


@given(st.floats(-1e3, 1e3).filter(lambda f: abs(f - 1) > 1e-8))
def test_another_scale_is_wrong(factor):
    """
    A factor other than 1 is wrong, -1 included.
    """
    assert mismatch(VALUE * factor) is not None


def test_transposition_is_wrong():
    """
    A transposed array of the same size is wrong.
    """
    square = Group("forward", 1, {"en": "", "zh": ""}, (), (Quantity("a", ("N", "N")),), (), ())
    value = VALUE.reshape(4, 4)
    expected = Expected(value.ravel(), np.full(16, 1e-9), np.full(16, 12.0))
    claims = Claims(value.T.ravel(), {"a": "float64"}, {})

    assert compare.first_mismatch(square, CASE, expected, claims).index == (0, 1)


@pytest.mark.parametrize("kind", ["shape", "type"])
def test_fault_is_a_mismatch(kind):
    """
    A quantity that does not count is wrong, whatever numbers stand in its place.
    """
    found = mismatch(VALUE, faults={"b": Fault(kind, "(3, 4)")})

    assert (found.quantity, found.kind, found.found) == ("b", kind, "(3, 4)")


def test_first_quantity_comes_first():
    """
    With everything wrong, the first observed quantity is the one that is told.
    """
    found = mismatch(VALUE + 1, faults={"b": Fault("shape", "()")})

    assert (found.quantity, found.kind, found.index, found.wrong) == ("a", "value", (0, 0), 12)


@pytest.fixture(scope="module")
def suite():
    """
    One scored case of every draw of simple_rnn, with what is expected of it.
    """
    cases = suite_of().cases
    kept = {(c.group, c.regime, min(c.sizes.values()), max(c.sizes.values())): c for c in cases}
    return [(c, bounds.expect(SIMPLE_RNN, c)) for c in kept.values()]


def deviations(suite, size):
    """Whether each case notices that one element of each quantity is off by size of its scale."""
    for case, expected in suite:
        group = SIMPLE_RNN.group(case.group)
        dtypes = {q.name: "float64" for q in group.observes}
        for part in group.positions(case.sizes).values():
            values = expected.value.copy()
            at = part.start + int(np.argmax(expected.bound[part]))
            if not expected.scale[at]:  # exactly zero: the initial biases
                continue
            values[at] += size * expected.scale[at]
            claims = Claims(values, dtypes, {})
            yield compare.first_mismatch(group, case, expected, claims) is not None


def test_deviation_of_1e_8_of_the_scale_is_wrong(suite):
    """
    A hundred-millionth of the natural scale is noticed in every quantity of every case.
    """
    assert all(deviations(suite, 1e-8))


def test_deviation_of_1e_13_of_the_scale_is_right(suite):
    """
    What rounding explains is forgiven in every quantity of every case.
    """
    assert not any(deviations(suite, 1e-13))
