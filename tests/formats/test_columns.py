"""Texts are as wide as the terminal, from 60 to 100 columns; files and pipes have 100."""

import os
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model import Finding, Identity, Row, Verdict
from grader.report import home, table, text
from tests.formats.reports import REPORT, TEXT

SAY = "from grader.commands.console import columns; print(columns())"


def on_a_terminal(columns):
    """What a program is told of a terminal of so many columns."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    try:
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        environment = {n: v for n, v in os.environ.items() if n != "COLUMNS"}
        subprocess.run([sys.executable, "-c", SAY], stdout=theirs, env=environment, check=True)
        return int(os.read(ours, 100))
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.mark.skipif(sys.platform == "win32", reason="has no pty")
@pytest.mark.parametrize(("columns", "used"), [(40, 60), (72, 72), (80, 80), (200, 100)])
def test_a_terminal_says_how_wide(columns, used):
    """
    Its own width, but never too narrow to read nor too wide to follow.
    """
    assert on_a_terminal(columns) == used


def test_a_pipe_has_a_hundred():
    """
    What is kept is the same on every machine.
    """
    done = subprocess.run([sys.executable, "-c", SAY], stdout=subprocess.PIPE, check=True)

    assert done.stdout.split() == [b"100"]


@settings(max_examples=60, deadline=None)
@given(REPORT, st.integers(60, 100))
def test_no_line_of_a_report_is_wider(report, columns):
    """
    Whatever a submission says: messages are wrapped, lines of code and of numbers are cut.
    """
    lines = text.render(report, columns=columns).split("\n")

    last = lines.pop() if columns == 100 else ""  # seed, suite and versions stand in one line
    plain = [line for line in lines if not re.search(r"# # \[|: :", line)]  # taken apart
    assert max(map(len, plain)) <= columns
    assert "\n" not in last


FINDING = st.builds(
    Finding,
    name=st.sampled_from(["forward", "update_without_a_rate"]),
    title=st.sampled_from(["samples: outputs of a sequence", "a learning rate of 0, " * 4]),
    right=st.integers(0, 3),
    played=st.just(3),
    message=TEXT,
    inputs=st.just({"x": [[0.5, -1.25]] * 9}),
    waits_for=st.sampled_from(["", "forward"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(FINDING, max_size=4), TEXT, TEXT, st.integers(60, 99))
def test_no_line_of_a_check_is_wider(findings, start, printed, columns):
    """
    At home, too: checks, messages, inputs, and what the program printed.
    """
    shown = home.render(start, findings, printed=printed, shut_in=False, columns=columns)

    lines = [n for n in shown.split("\n") if not re.search(r"# # \[|: :", n)]
    assert max(map(len, lines), default=0) <= columns


def test_no_line_of_a_table_is_wider():
    """
    A long name keeps two fifths of it.
    """
    told = {"message": "what is wrong " * 20, "groups": [], "diagnosis": []}
    who = Identity(called="Ada " * 20)
    rows = [Row("s1", "p", "late " * 40, Verdict.WA, 3, 100, "", 1, told, who)]

    for columns in (60, 80, 100):
        lines = table.text(rows, columns).splitlines()
        assert max(map(len, lines)) == columns
        assert lines[1][2 * columns // 5 :].startswith("  WA ")
