"""What a worker says of an exception."""

import pytest

from grader.sandbox import failure, wire

KEY = "def f(weights, other=None):\n    return weights['Wax']\n"


def said(call, source=KEY):
    """What is told of the exception that a call of a submission raises."""
    names = {}
    exec(compile(source, "/tmp/solution.py", "exec"), names)
    with pytest.raises(Exception) as raised:  # noqa: PT011  # whatever it is
        eval(call, names)
    return wire.unpack_failure(failure.failure(raised.value, wire.EXCEPTION))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("f({'Wam': 1, 'ba': 2})", "'Wax' (weights has Wam, ba)"),
        ("f({})", "'Wax'"),
        ("f({'Wam': 1}, {'b': 2})", "'Wax'"),
        ("f({'a b': 1, 3: 4, '\\x1b[31m': 5, 'by': 6})", "'Wax' (weights has by)"),
    ],
)
def test_a_missing_key_is_told_with_those_there_are(call, words):
    """
    Where one dict alone can have lacked it: its keys that are names, and no other text.
    """
    assert said(call)[2][1] == words
