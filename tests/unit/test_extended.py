"""More digits than float64, by either route."""

import functools

import numpy as np
import pytest

from grader import extended, generate, oracle
from grader.extended import HAS_LONG_DOUBLE, Real, widen
from grader.problem import load_problem


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


def size(case):
    """How many numbers go into a case."""
    return sum(a.size for a in case.inputs.values())


@pytest.mark.skipif(not HAS_LONG_DOUBLE, reason="long double is double here")
@pytest.mark.parametrize("problem_id", ["rnn_cell", "simple_rnn", "binary_addition"])
def test_both_routes_give_the_same_values_and_bounds(problem_id, monkeypatch):
    """
    Decimal numbers give the expected values of long double, and much the same bounds.
    """
    problem = load_problem(problem_id)
    drawn = [next(s) for s in generate.draw_cases(problem, 3)]
    drawn = [c for c in drawn if c.group != "learning"]
    by_group = {c.group: c for c in sorted(drawn, key=size, reverse=True) if size(c) > 20}
    first = {name: oracle.expect(problem, case) for name, case in by_group.items()}
    monkeypatch.setattr(extended, "widen", functools.partial(widen, long_double=False))
    for name, case in by_group.items():
        one, two = first[name], oracle.expect(problem, case)
        # long double rounds at 1e-19 of what is summed, float64 at 1e-16 of the value

        assert (np.abs(one.value - two.value) <= 1e-4 * one.bound + 1e-300).all(), case.group
        assert np.allclose(one.bound, two.bound, rtol=0.05, atol=1e-300), case.group
