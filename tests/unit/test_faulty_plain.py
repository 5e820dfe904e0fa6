"""Of changes that mend the same line the one that is told."""

import pytest

from grader.explain.faulty.edits import Edit
from grader.explain.faulty.plain import plainness
from grader.explain.faulty.program import Program

HEAD = "def f(x, y, lr, W):\n    h = np.zeros_like(x)\n    z = y[1:] * lr\n"
TOLD = [  # a statement, and what it may become: the plainest first
    ("x = min(lr, 50)", ["x = lr", "x = min(lr, lr)", "x = lr * 1.0"]),
    ("x = y", ["x = np.zeros_like(y)", "x = y - y"]),
    ("x = y + z", ["x = y - z", "x = y + z * -1", "x = y + z - 2 * z"]),
    ("x = y - z", ["x = z - y", "x = -1 * (y - z)"]),
    ("x = y @ W", ["x = y @ W.T", "x = (W @ y.T).T"]),
    ("x = y.shape[0]", ["x = y.shape[1]", "x = y[0].shape[0]"]),
    ("x = y[0:]", ["x = y", "x = y[1:]", "x = y[7 - 6:]"]),
    ("x = np.zeros(H)", ["x = np.zeros(W)", "x = np.zeros(1)", "x = np.zeros(7)"]),
]


@pytest.mark.parametrize(("statement", "changes"), TOLD)
def test_what_a_teacher_would_say_comes_first(statement, changes):
    """
    Less, or in another order; another sign; what stands elsewhere; known words; the rest.
    """
    program = Program(f"{HEAD}    {statement}\n    return x\n".encode())
    begin = program.source.index(statement.encode())

    def of(text):
        return plainness(program, Edit("", (4,), ((begin, begin + len(statement), text),)))

    assert sorted(sorted(changes), key=of) == changes


def test_where_a_copy_mends_a_copy_is_missing():
    """
    It changes no value; a sign may mend as well, since it makes a new array.
    """
    program = Program(f"{HEAD}    x = y\n    return x\n".encode())
    at = program.source.index(b"y\n", len(HEAD)), program.source.index(b"y\n", len(HEAD)) + 1

    copy, sign = (
        plainness(program, Edit(kind, (4,), ((*at, text),)))
        for kind, text in (("copy", "y.copy()"), ("sign", "-y"))
    )

    assert copy < sign
