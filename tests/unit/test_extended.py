"""More digits than float64, by either route."""

import functools
import itertools

import numpy as np
import pytest

from grader.cases import generate, suite
from grader.oracle import bounds, extended
from grader.oracle.extended import HAS_LONG_DOUBLE, Real, widen
from grader.problems.load import load_problem


@pytest.mark.parametrize("name", ["exp", "tanh", "sqrt", "log"])
def test_functions_are_those_of_numpy(name):
    """
    The functions that NumPy calls on a Real agree with its own on floats.
    """
    x = np.array([1e-30, 1e-9, 0.3, 1.0, 2.5, 30.0, 300.0])
    function = getattr(np, name)

    assert np.allclose(
        function(widen(x, long_double=False)).astype(float), function(x), rtol=1e-15, atol=0
    )


def test_arithmetic_keeps_forty_digits():
    """
    A third and back is one, and what float64 would lose is kept.
    """
    assert abs(float(Real(1) / 3 * 3 - 1)) < 1e-38
    assert float((Real(1) + 1e-30) - 1) == 1e-30


@pytest.mark.parametrize("number", [0.1, -1.54e308, 5e-324])
def test_negation_is_exact(number):
    """
    A number and its negative are nothing, even where it has more digits than are kept.
    """
    assert float(Real(number) + -Real(number)) == 0
    assert abs(Real(-number)) == abs(Real(number))


def size(case):
    """How many numbers go into a case."""
    return sum(a.size for a in case.inputs.values())


def fit_cases(problem):
    """Of each group one case that would be scored, with what is expected; but of `learning`."""
    drawn = [(next(s), s) for s in generate.draw_cases(problem, 3)]
    drawn = [d for d in drawn if d[0].group != "learning" and size(d[0]) > 20]
    largest_first = sorted(drawn, key=lambda d: size(d[0]), reverse=True)
    streams = {case.group: (case, stream) for case, stream in largest_first}
    fit = {g: suite.draw(problem, itertools.chain([c], s)) for g, (c, s) in streams.items()}
    return {g: found[0] for g, found in fit.items()}, {g: found[1] for g, found in fit.items()}


@pytest.mark.skipif(not HAS_LONG_DOUBLE, reason="long double is double here")
@pytest.mark.parametrize("problem_id", ["rnn_cell", "simple_rnn", "binary_addition"])
def test_both_routes_give_the_same_values_and_bounds(problem_id, monkeypatch):
    """
    Decimal numbers give the expected values of long double, and much the same bounds.
    """
    problem = load_problem(problem_id)
    by_group, first = fit_cases(problem)
    monkeypatch.setattr(extended, "widen", functools.partial(widen, long_double=False))
    for name, case in by_group.items():
        one, two = first[name], bounds.expect(problem, case)
        # long double rounds at 1e-19 of what is summed, float64 at 1e-16 of the value

        one_unit = np.spacing(np.abs(one.value))  # both are rounded to float64 in the end
        assert (np.abs(one.value - two.value) <= 1e-4 * one.bound + one_unit).all(), case.group
        assert np.allclose(one.bound, two.bound, rtol=0.05, atol=1e-300), case.group
