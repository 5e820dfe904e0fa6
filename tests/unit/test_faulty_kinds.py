"""What kind of change is told: as narrowly as the change's own text says it."""

import pytest

from grader.explain.faulty.edits import Edit
from grader.explain.faulty.kinds import kind_of
from grader.explain.faulty.program import Program
from grader.explain.faulty.words import KINDS

TOLD = [  # a statement, what is replaced in it by what, the kind that it was made as, the kind told
    ("x = x * 2", "x * 2", "x", "less factor", "superfluous"),
    ("y = x * 2", "2", "1", "constant", "less factor"),
    ("y = x + 2", "2", "0", "constant", "less term"),
    ("x += y", "y", "0", "name", "superfluous"),
    ("x -= np.mean(x)", "np.mean(x)", "x", "call", "no call"),
    ("y = x", "x", "np.mean(x)", "call", "call missing"),
    ("y = np.mean(x)", "np.mean(x)", "np.sum(x)", "call", "other call"),
    ("y = np.mean(x)", "np.mean(x)", "np.mean(x, axis=1)", "argument", "argument missing"),
    ("y = np.mean(x, 1)", "np.mean(x, 1)", "np.mean(x)", "argument", "no argument"),
    ("y = np.mean(x, 1)", "np.mean(x, 1)", "np.mean(x, 0)", "argument", "argument"),
    ("y = W @ x", "W", "W.T", "transpose", "transpose missing"),
    ("y = W.T @ x", "W.T", "W", "transpose", "no transpose"),
    ("y = x[t]", "x[t]", "x", "index", "no index"),
    ("y = x[t]", "x[t]", "x[t - 1]", "index", "other index"),
    ("y = x", "x", "x[t]", "index", "index missing"),
    ("y = x[0]", "0", "(-1)", "constant", "other index"),
    ("y = x[0]", "x[0]", "x[1]", "index", "other index"),
    ("y = np.stack(x, axis=0)", "0", "(-1)", "constant", "axis"),
    ("y = x * 3", "3", "2", "constant", "constant"),
    ("for t in range(9, 0, -1):\n        x = 0", "0", "(-1)", "constant", "range"),
    ("if not x.any():\n        return", "not x.any()", "False", "condition", "superfluous"),
    ("y += x - 2 * y", "y += x - 2 * y", "y += x", "name", "less term"),
    ("y += x", "y += x", "y += x * z", "name", "factor"),
    ("y = x - z", "y", "z", "name", "target"),
    ("y = x - z", "y = x - z", "y = x - W", "name", "name"),
    ("y = x[-1]", "x[-1]", "x[t]", "name", "other index"),
    ("y = x[z]", "z", "t", "name", "other index"),
    ("y = x[t - 1]", "t - 1", "t", "index", "other index"),
    ("y = x % 3", "x % 3", "x", "name", "value"),
    ("y = np.ones(3)", "np.ones(3)", "x", "name", "value"),
    ("y = 0.1 * x", "0.1", "z", "name", "value"),
    ("y = x", "x", "(x * 1)", "factor", "copy"),
    ("def g(a):\n        return a", "g", "h", "name", "called otherwise"),
    ("y = x + z", "+", "-", "operator", "operator"),
    ("y = np.zeros(x)", "x", "1", "name", "shape"),
    ("y = np.zeros((x, 1))", "1", "2", "constant", "shape"),
    ("y = min(x, 50)", "min(x, 50)", "x", "call", "limit"),
    ("y = x.clip(-1, 1)", "x.clip(-1, 1)", "x", "name", "limit"),
    ("if x > 1:\n        y = 0", "1", "0", "constant", "condition"),
    ("if x > 1:\n        y = 0", "x", "(-x)", "sign", "condition"),
    ("y = np.max(x)", "np.max(x)", "x", "call", "no call"),
]


@pytest.mark.parametrize(("statement", "old", "new", "made", "told"), TOLD)
def test_kind_is_what_the_change_amounts_to(statement, old, new, made, told):
    """
    A change to what does nothing is one that takes something away; calls and the like are told
    apart by whether they are missing, too many or others.
    """
    program = Program(f"def f(x, y, z, W, t):\n    {statement}\n    return y\n".encode())
    begin = program.source.index(statement.encode()) + statement.index(old)

    kind = kind_of(program, Edit(made, (2,), ((begin, begin + len(old), new),)))

    assert kind == told
    assert kind in KINDS
