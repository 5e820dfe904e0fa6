"""Numbers that carry their rounding: whatever order they are computed in lies in the radius."""

import fractions

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from grader import compare
from grader.errors import ProblemError
from grader.oracle.rounding import Rounded, elementary
from tests.support import suite_of

U = 2.0**-53
NUMBERS = st.floats(-1e3, 1e3, allow_subnormal=False)
TERMS = arrays(np.float64, st.integers(1, 40), elements=NUMBERS)


def exact(values, u=U):
    return Rounded(np.asarray(values, np.longdouble), u=u)


def off(found, value):
    """
    How far exact rational numbers are from a float.
    """
    return abs(float(fractions.Fraction(float(found)) - value))


@given(TERMS, st.randoms(use_true_random=False))
def test_sum_in_any_order_lies_in_the_radius(terms, random):
    """
    However the terms are shuffled and grouped, the float sum is within the radius of the true one.
    """
    true = sum(map(fractions.Fraction, terms.tolist()))
    parts = terms.tolist()
    while len(parts) > 1:
        a, b = (parts.pop(random.randrange(len(parts))) for _ in range(2))
        parts.append(a + b)

    assert off(parts[0], true) <= float(exact(terms).sum().radius())


@given(TERMS, st.floats(-8, 8))
def test_factor_may_be_taken_into_a_sum(terms, factor):
    """
    c (x + y + ...) and c x + c y + ... both lie in the radius of either.
    """
    true = fractions.Fraction(factor) * sum(map(fractions.Fraction, terms.tolist()))
    outside, inside = factor * terms.sum(), 0.0
    for term in terms:
        inside += factor * term
    radius = float((exact(terms).sum() * factor).radius()) + 1e-300

    assert max(off(outside, true), off(inside, true)) <= radius


@given(arrays(np.float64, (3, 5), elements=NUMBERS), arrays(np.float64, (5, 2), elements=NUMBERS))
def test_product_of_matrices_lies_in_the_radius(a, b):
    """
    Every element is within the radius of the rational one.
    """
    radius = (exact(a) @ exact(b)).radius()
    found = a @ b

    for i, j in np.ndindex(3, 2):
        pairs = zip(a[i].tolist(), b[:, j].tolist(), strict=True)
        true = sum(fractions.Fraction(p) * fractions.Fraction(q) for p, q in pairs)
        assert off(found[i, j], true) <= radius[i, j] + 1e-300


WAYS_TO_TANH = {
    "exponentials": lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)),
    "twice": lambda z: 2 / (1 + np.exp(-2 * z)) - 1,
    "one_exponential": lambda z: (1 - np.exp(-2 * z)) / (1 + np.exp(-2 * z)),
    "expm1": lambda z: np.expm1(2 * z) / (np.expm1(2 * z) + 2),
    "quotient": lambda z: np.sinh(z) / np.cosh(z),
    "numpy": np.tanh,
}


@pytest.mark.parametrize("way", WAYS_TO_TANH)
def test_tanh_by_any_identity_lies_in_the_radius(way):
    """
    Sixteen roundings of 1 cover every textbook's tanh, tiny arguments included.
    """
    z = np.concatenate([np.linspace(-30, 30, 4001), 10.0 ** -np.arange(1, 20)])
    found = WAYS_TO_TANH[way](z)
    carried = np.tanh(exact(z))

    assert (np.abs(found - carried.v) <= carried.radius()).all()


def test_error_of_an_argument_moves_tanh_by_its_slope():
    """
    What went wrong before arrives multiplied by the steepest slope near, and no more.
    """
    moved = np.tanh(Rounded(np.longdouble([0.0, 3.0, 700.0]), u=U, p=np.full(3, 1e-6)))

    assert moved.p[0] == pytest.approx(1e-6, rel=0.02)
    assert moved.p[1] == pytest.approx(1e-6 / np.cosh(3) ** 2, rel=0.02)
    assert moved.p[2] == pytest.approx(16 * U)


def test_elementary_function_counts_as_one():
    """
    However many operations it takes, its value is off by what its argument moves it and 16 u.
    """
    sigmoid = elementary(lambda z: 1 / (1 + np.exp(-z)))

    found = sigmoid(exact([-600.0, 0.0, 2.0, 600.0]))

    assert found.radius() == pytest.approx(16 * U * 1.01, rel=1e-6)
    assert (found.v >= 0).all()


def test_product_with_an_exact_zero_is_exact():
    """
    A learning rate of 0 leaves nothing that could be rounded.
    """
    update = 0.0 * exact([1e3, 3.0]).sum()

    assert float(update.radius()) == 0.0


def test_unknown_function_is_told_with_a_way_out():
    """
    A setter who calls what has no rule is told what to write in its place.
    """
    with pytest.raises(ProblemError, match=r"numpy's linalg_det|numpy's det.*no rule"):
        np.linalg.det(exact(np.eye(2)))
    with pytest.raises(ProblemError, match="ELEMENTARY"):
        np.arctan(exact([1.0]))


def test_what_is_drawn_for_it_is_well_conditioned():
    """
    Every scored case has bounds of at most 1e-9 of the natural scale.
    """
    for expected in suite_of().expected:
        assert (expected.bound <= compare.LIMIT["float64"] * expected.scale + 1e-300).all()


def test_what_an_array_has_and_these_have_not_is_told():
    """
    A method that has no rule is named with those that there are.
    """
    with pytest.raises(AttributeError, match=r"have no 'cumsum', but T, astype, .*, sum, swapaxes"):
        exact(np.ones((2, 3))).cumsum()
