"""Output on whatever console a student has: nothing raises, what cannot be shown is escaped."""

import json
import re

import pytest

from tests.support import CORPUS, thinned

WRONG = CORPUS / "simple_rnn" / "wrong_answer" / "carry_missing_vectorised.py"
ENCODINGS = ("ascii", "cp1252", "gbk")
COMMANDS = [
    ("problems",),
    ("statement", "rnn_cell", "--lang", "zh"),
    ("check", WRONG, "--format", "json"),
    ("grade", WRONG),
    ("--help",),
]


@pytest.mark.parametrize(
    ("command", "encoding"),
    thinned([(c, e) for c in COMMANDS for e in ENCODINGS], 1, lambda v: f"{v[0][0]}-{v[1]}"),
)
def test_no_encoding_is_too_small(grader, command, encoding):
    """
    The command ends as it does elsewhere, and prints what that encoding can hold.
    """
    there = grader(*command, PYTHONIOENCODING=encoding)
    here = grader(*command, PYTHONIOENCODING="utf-8")

    assert (there.returncode, there.stderr) == (here.returncode, here.stderr)
    shown = there.stdout.decode(encoding)
    unescaped = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), shown)
    assert unescaped == here.stdout.decode()


@pytest.mark.slow
def test_json_stays_json(grader):
    """
    In whichever encoding it comes, JSON says the same.
    """
    ran = [
        grader("grade", WRONG, "--format", "json", PYTHONIOENCODING=e) for e in ("ascii", "utf-8")
    ]

    one, other = (json.loads(r.stdout) for r in ran)
    assert {**one, "usage": 0} == {**other, "usage": 0}


@pytest.mark.slow
def test_nothing_else_is_told_in_one_line(grader):
    """
    What cannot be carried out is one line in any encoding.
    """
    refused = grader("check", "作业.py", PYTHONIOENCODING="ascii")

    assert refused.returncode == 2
    assert refused.stderr.splitlines() == [rb"grader: there is no file \u4f5c\u4e1a.py"]


def test_bare_command_prints_help(grader):
    """
    Without a command there is help, over several lines, and nothing is wrong.
    """
    ran = grader()

    assert ran.returncode == 0
    assert ran.stdout.count(b"\n") > 10
    assert b"grader new simple_rnn" in ran.stdout
