"""What is scored: cases whose bounds are narrow, the next of a stream where one is not."""

import dataclasses
import itertools

import pytest

from grader.cases import generate
from grader.cases.suite import draw, make_suite
from grader.errors import ProblemError
from tests.support import SEED, SIMPLE_RNN

# States of 1e-10 are what tanh made of exponentials cannot give: it is off by 1e-16 of 1.
FAINT = {
    "default": {"normal": 1e-10},
    "W_xh": {"normal": 1, "per": "I"},
    "W_hh": {"normal": 1, "per": "H"},
    "W_hy": {"normal": 1, "per": "H"},
    "b_y": {"zeros": True},
}


def spoilt(problem, regime):
    return dataclasses.replace(problem, regimes={**problem.regimes, regime: FAINT})


def test_a_badly_conditioned_case_is_passed_over():
    """
    What comes after it in its own stream is taken, and that it was passed over is counted.
    """
    group, sizes = SIMPLE_RNN.group("backward"), {"T": 3, "I": 2, "H": 3, "O": 2}
    bad, good = (
        generate.make_case(problem, group, "plain", sizes, seed=1, fill=(1,))
        for problem in (spoilt(SIMPLE_RNN, "plain"), SIMPLE_RNN)
    )

    case, expected, passed_over = draw(SIMPLE_RNN, [bad, bad, good, good])

    assert case is good
    assert passed_over == 2
    assert expected.well_conditioned


def test_a_regime_that_gives_no_fit_case_is_named():
    """
    A setter whose regime asks for more digits than right programs have is told which it is.
    """
    with pytest.raises(ProblemError, match=r"group backward, regime nearer_targets.*smaller sizes"):
        make_suite(spoilt(SIMPLE_RNN, "nearer_targets"), SEED)


@pytest.mark.slow
def test_what_was_passed_over_is_decided_by_the_seed():
    """
    Two suites of one seed pass over the same cases, and a suite holds what its streams give.
    """
    first, second = make_suite(SIMPLE_RNN, SEED), make_suite(SIMPLE_RNN, SEED)
    streams = generate.draw_cases(SIMPLE_RNN, SEED)
    taken = [
        next(itertools.islice(stream, times, None))
        for stream, times in zip(streams, first.passed_over, strict=True)
    ]

    assert first.passed_over == second.passed_over
    assert generate.digest(tuple(taken)) == first.digest == second.digest
