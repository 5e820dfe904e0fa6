"""Known mistakes are the reference with pieces replaced: what a change is given, and what sees it."""

from dataclasses import replace

import numpy as np
import pytest

from grader.errors import ProblemError
from grader.explain.diagnose.prove import _both
from grader.explain.diagnose.suspects import Bench, Suspect
from grader.model import Parameter
from grader.oracle import load
from grader.oracle.wrong import wrong_solution
from grader.problems.load import load_problem
from grader.problems.mistakes import Catalogue, one_of
from tests.support import SEED, SIMPLE_RNN

RNN_CELL = load_problem("rnn_cell")
A = np.array([[0.0, 1.0], [2.0, -1.0]])


def solution(problem, *mistakes):
    """The reference with mistakes: their changes and, after them, the parameters' values."""
    catalogue = Catalogue()
    for n, (changes, _) in enumerate(mistakes):
        parameter = Parameter("value", "forward", "plain", one_of(1), 1.0)
        catalogue.wrong(f"mistake-{n}", "wrong", "错误", parameter, **changes)
    values = [value for _, value in mistakes]
    return wrong_solution(problem, *zip(catalogue, values, strict=True))


def test_a_change_gets_the_right_piece_and_its_own_value():
    """
    Each of two mistakes gets its own parameter, by name, and the piece that it replaces.
    """
    wrong = solution(
        RNN_CELL,
        ({"softmax": lambda _me, right, a, value: value * right(a)}, 2.0),
        ({"scores": lambda _me, right, a, p, value: right(a, p) + value}, 3.0),
    )

    right = load.reference(RNN_CELL)
    assert np.array_equal(wrong.softmax(A), 2 * right.softmax(A))
    parameters = {"Wya": A, "by": A[:, :1]}
    assert np.array_equal(wrong.scores(A, parameters), 3 + right.scores(A, parameters))
    assert np.array_equal(
        wrong.output(A, parameters), 2 * right.softmax(3 + right.scores(A, parameters))
    )


def test_methods_see_changed_functions_and_the_reference_stays():
    """
    A function that a method calls may be the piece, and nothing changes outside of the solution.
    """
    wrong = solution(SIMPLE_RNN, ({"tanh_slope": lambda _me, _right, h, value: value + 0 * h}, 7.0))
    models = [s.SimpleRNN(1, 2, 1) for s in (wrong, load.reference(SIMPLE_RNN))]
    for model in models:
        model.h = [np.zeros((2, 1)), np.ones((2, 1))]

    slopes = [model.through_tanh(np.ones((2, 1)), 0)[0, 0] for model in models]

    assert slopes == [7.0, 0.0]


def test_a_method_is_called_with_its_model():
    """
    What a change keeps on the model is the model's own, and the right piece calls other changes.
    """
    wrong = solution(
        SIMPLE_RNN,
        ({"states": lambda me, right, x, **_: setattr(me, "seen", len(x)) or right(x)}, 1.0),
        ({"first_state": lambda _me, right, x, value: right(x) + value}, 5.0),
    )
    first, second = (wrong.SimpleRNN(1, 2, 1) for _ in range(2))

    first.forward(np.zeros((3, 1)))

    assert first.seen == 3
    assert not hasattr(second, "seen")
    assert (first.h[0] == 5).all()


@pytest.mark.parametrize("piece", ["nothing_such", "np", "W_xh", "Any"])
def test_a_piece_that_is_none_is_the_setters_error(piece):
    """
    What the reference does not define as a function or method cannot be replaced.
    """
    with pytest.raises(ProblemError, match=f"mistake-0: .* no function or method .* {piece}"):
        solution(SIMPLE_RNN, ({piece: print}, 1.0))


@pytest.fixture
def elsewhere(tmp_path):
    """
    A problem whose reference is what a test writes.
    """

    def made(text):
        (tmp_path / "reference").mkdir()
        (tmp_path / "reference" / "simple_rnn.py").write_text(text)
        return replace(SIMPLE_RNN, root=tmp_path / "problem" / "simple_rnn")

    return made


def test_two_pieces_of_one_name_are_the_setters_error(elsewhere):
    """
    Where a function and a method, or two classes, share a name, a change of it says too little.
    """
    problem = elsewhere("def run(): pass\nclass A:\n    def run(self): pass\n")

    with pytest.raises(ProblemError, match=r"mistake-0: .* several pieces of the name run"):
        solution(problem, ({"run": print}, 1.0))


REFERENCE = """
from enum import Enum
from typing import NamedTuple
class Kind(Enum):
    SMALL = 1
class Pair(NamedTuple):
    first: int
class Base:
    def size(self, *, more=1):
        return scaled(more)
class Cell(Base):
    def run(self):
        return super().size() + self.size(more=10)
Alias = Cell
def scaled(value, *, by=2):
    return by * value
def made():
    return Alias().run()
"""


@pytest.mark.parametrize(
    ("changes", "gives"),
    [
        ({}, 22),
        ({"size": lambda _me, right, value, **given: value + right(**given)}, 222),
        ({"scaled": lambda _me, right, given, value: right(given, by=value)}, 1100),
        ({"run": lambda me, right, value: right() + me.size() + value}, 124),
        ({"made": lambda me, right, value: right() + me.Kind.SMALL.value + value}, 123),
    ],
)
def test_any_way_to_write_a_reference(elsewhere, changes, gives):
    """
    Changes are seen through base classes, super(), other names of a class and keyword defaults.
    """
    problem = elsewhere(REFERENCE)

    assert solution(problem, (changes, 100)).made() == gives
    assert load.reference(problem).made() == 22


def test_a_pair_changes_different_pieces():
    """
    Two mistakes are tried together in one order, or not at all if they change the same piece.
    """
    catalogue = Catalogue()
    for name, pieces in {"a": "carry", "b": "carry", "c": "output"}.items():
        catalogue.wrong(name, name, name, **{pieces: print})
    bench = Bench(SIMPLE_RNN, SEED, catalogue)
    a, b, c = (Suspect(((n, None),)) for n in range(3))

    assert list(_both(bench, a, b)) == []
    assert list(_both(bench, a, c)) == [Suspect(((0, None), (2, None)))]
