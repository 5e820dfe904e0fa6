"""Correct programs, put together from independent choices of style, are accepted."""

import random
from dataclasses import replace

import numpy as np
import pytest

from tests import support
from tests.styles import elementary, proof
from tests.styles.compose import HELD_BACK, PROBLEMS, PROGRAMS, maker, style
from tests.styles.compose import chosen as axes_of
from tests.styles.playing import court

EVERYDAY, SLOW = 5, 8
LEARNERS = 2  # of them in slow runs; the benchmark trains all
PROVED = 50  # one program of so many, other ones in each round; their parts occur in the others
EVERY = 100  # of the cases of a group and regime, in everyday runs: one of each
COSTLY = ("learning",)  # a thousand steps of training
U = 2.0**-53


def problems(marks=()):
    """The problems as parameters; each is played by one test, on one suite."""
    torch = pytest.mark.torch
    return [
        pytest.param(p, marks=[*marks, torch] if p == "torch_rnn" else list(marks))
        for p in PROBLEMS
    ]


def chosen(problem, count, seed=0):
    """So many styles of a problem, by a seed; none of those that are held back."""
    draw = random.Random(f"{count} {seed}")
    return [style(problem, n) for n in draw.sample(range(HELD_BACK), count)]


def refused_of(problem, styles, **which):
    """The programs that are refused, with their axes, so that the assertion shows them."""
    with court(problem, support.SEED, **which) as play:
        found = [play(s) for s in styles]
    return [str(played) for played in found if played.refused]


@pytest.mark.parametrize("problem", problems())
def test_correct_programs_are_accepted(problem):
    """
    Programs of any mixture of styles are right on cases of every group and regime.
    """
    refused = refused_of(problem, chosen(problem, EVERYDAY), every=EVERY, without=COSTLY)

    assert not refused, "\n".join(refused)


@pytest.mark.slow
@pytest.mark.parametrize("problem", problems())
def test_more_correct_programs_are_accepted(problem):
    """
    The same for more programs, on every scored case; the benchmark plays all programs.
    """
    styles = chosen(problem, SLOW, support.ROUND)
    refused = refused_of(problem, styles, without=COSTLY)
    if problem == "binary_addition":
        refused += refused_of(problem, styles[:LEARNERS])

    assert not refused, "\n".join(refused)


def test_program_that_is_slightly_wrong_is_refused():
    """
    A learning rate that is wrong by a millionth is seen, whatever the style.
    """
    right = [s for s in chosen("simple_rnn", 10) if "learning_rate * " in s.source]
    wrong = [
        replace(s, source=s.source.replace("learning_rate * ", "1.000001 * learning_rate * "))
        for s in right
    ]

    assert wrong
    assert len(refused_of("simple_rnn", wrong, every=EVERY)) == len(wrong)


@pytest.mark.slow
@pytest.mark.torch
@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_programs_are_correct(problem):
    """
    Each program computes what an independent implementation computes.
    """
    wrong = [
        f"{s}: {off:.2g} of the tolerance, {where}\n  {s.described}"
        for s in (style(problem, n) for n in range(support.ROUND % PROVED, PROGRAMS, PROVED))
        for off, where in [proof.deviation(s)]
        if not off <= 1
    ]

    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
@pytest.mark.parametrize("problem", PROBLEMS)
def test_programs_differ(problem):
    """
    No two programs of a problem have the same text.
    """
    sources = {style(problem, n).source for n in range(PROGRAMS)}

    assert len(sources) == PROGRAMS


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_choice_occurs(problem):
    """
    Every value of every axis is in some program.
    """
    seen = {pair for n in range(PROGRAMS) for pair in axes_of(problem, n).items()}
    wanted = {(axis, value) for axis, values in maker(problem).AXES.items() for value in values}

    assert wanted <= seen


WAYS = [
    (kind, way, table)
    for table in (elementary.FUNCTIONS, elementary.FUNCTIONS_OF_NUMBERS)
    for kind, ways in table.items()
    for way in ways
]


@pytest.mark.parametrize(("kind", "way", "table"), WAYS)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_elementary_function_keeps_the_promise(kind, way, table):
    """
    A way to write a function is wrong by at most 16 u of the larger of its value and 1.
    """
    most = {"tanh": 1e5, "sigmoid": 700}[kind]
    z = np.concatenate([np.linspace(-30, 30, 4001), np.geomspace(1e-12, most, 500)])
    z = np.concatenate([z, -z])
    numbers = table is elementary.FUNCTIONS_OF_NUMBERS
    text = (
        elementary.number_texts(kind, way, "product")
        if numbers
        else elementary.function_text(kind, way)
    )
    made = proof.module_of(f"import cmath, math\nimport numpy as np\n{text}")

    values = np.array(getattr(made, kind)(z.tolist() if numbers else z))

    wide = z.astype(np.longdouble)
    exact = np.tanh(wide) if kind == "tanh" else 1 / (1 + np.exp(-wide))
    assert np.max(np.abs(values - exact)) <= 16 * U
