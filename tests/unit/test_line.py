"""The line that a failed group points to."""

import pytest

from grader.judge.line import line_of, with_lines
from grader.model import GroupResult, Source, Verdict
from grader.problems.load import load_problem
from tests.support import SIMPLE_RNN, solution

SOURCE = solution().decode().splitlines()
WHERE = [
    ("initialisation", "def __init__"),
    ("forward", "def forward"),
    ("backward", "def backward"),
    ("training", "def backward"),
    ("conduct", "def backward"),
]


@pytest.mark.parametrize(("group", "words"), WHERE)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_group_points_to_its_method(group, words, newline):
    """
    The driver tells which method a group is about; line ends of any kind are counted alike.
    """
    source = newline.join(SOURCE).encode()

    line = line_of(SIMPLE_RNN, source, SIMPLE_RNN.group(group))

    assert SOURCE[line - 1].strip().startswith(words)


@pytest.mark.parametrize(
    ("problem_id", "group", "name"),
    [
        ("rnn_cell", "cell_backward", "rnn_cell_backward"),
        ("rnn_cell", "sequence_forward", "RNN_forward"),
        ("rnn_cell", "conduct", "RNN_backward"),
        ("binary_addition", "int2binary", "int2binary"),
        ("binary_addition", "step", "train_step"),
        ("torch_rnn", "gradients", "forward"),
        ("torch_rnn", "parameters", "__init__"),
    ],
)
def test_other_problems_need_no_word_of_their_own(problem_id, group, name):
    """
    In the starter of every problem the line found is the one of the function to write.
    """
    problem = load_problem(problem_id)
    source = (problem.root / "starter.py").read_bytes()

    line = line_of(problem, source, problem.group(group))

    assert f"def {name}(" in source.decode().splitlines()[line - 1]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("", None),
        ("def backward(self): pass", 1),
        ("class SimpleRNN: pass", 1),
        ("class A:\n  def backward(s): 1\nclass SimpleRNN(A): pass", 2),
        ("class A:\n  def backward(s): 1\nclass SimpleRNN:\n  def backward(s): 2", 4),
        ("# def backward(\nclass SimpleRNN:\n\tdef backward_all(s): 1\n\tdef backward (s): 2", 4),
        ("SimpleRNN = make()", None),
    ],
)
def test_odd_styles(source, line):
    """
    A method is found in its class, else where it comes from; where there is none, the class.
    """
    assert line_of(SIMPLE_RNN, source.encode(), SIMPLE_RNN.group("backward")) == line


def test_only_failed_groups_without_a_line_get_one():
    """
    What was right or not judged has no line, and an exception keeps its own.
    """
    results = [
        GroupResult("initialisation", Verdict.AC, 10, 10, ""),
        GroupResult("forward", Verdict.RTE, 0, 25, "", line=3),
        GroupResult("backward", Verdict.WA, 0, 40, ""),
        GroupResult("training", None, 0, 15, ""),
    ]

    found = with_lines(SIMPLE_RNN, Source(solution()), results)

    assert [r.line is None for r in found] == [True, False, False, True]
    assert found[1].line == 3
