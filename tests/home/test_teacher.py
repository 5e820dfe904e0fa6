"""What `grader check` says: first things first, where to look, and in words that help."""

import re
from dataclasses import replace

import pytest

from grader.home.check import check
from grader.model import Finding
from grader.report import home
from grader.sandbox.choose import own
from tests.support import SIMPLE_RNN, solution

BASE = solution()
HAND_MADE = b"""
def tanh(a):
    return (np.exp(a) - np.exp(-a)) / (np.exp(a) + np.exp(-a))

class SimpleRNN"""


@pytest.fixture(scope="module")
def checked():
    """
    A function from a source to what is found; a case has little processor time.
    """
    limits = replace(SIMPLE_RNN.limits, case_cpu_s=0.7)
    with own(replace(SIMPLE_RNN, limits=limits)) as host:
        yield lambda source, lang="en": check(host.problem, host, source, lang)


def named(found, state):
    """The names of the findings of which that is said."""
    return [f.name for f in found if home._state(f) == state]


@pytest.mark.parametrize(
    "source",
    [
        BASE.replace(b"return self.outputs", b"return self.outputs[:, :, 0]"),  # (T, O)
        BASE.replace(b"return self.outputs", b"return self.outputs * np.inf"),
        solution(forward="return None"),
        solution(forward="raise KeyError(1)"),
    ],
    ids=["shape", "infinite", "none", "raises"],
)
def test_what_rests_on_forward_is_not_tried(checked, source):
    """
    Where forward is not right, that is the only thing to mend; nothing is blamed on backward.
    """
    found = checked(source).findings

    assert named(found, "wrong") == ["forward"]
    assert {f.waits_for for f in found if f.waits_for} == {"forward"}
    assert named(found, "ok") == ["initialisation", "seeded"]


def test_what_is_not_written_is_no_mistake(checked):
    """
    What the starter left open is to do, and said once.
    """
    found = checked(solution(backward="raise NotImplementedError")).findings

    assert named(found, "unwritten") == ["backward"]
    assert named(found, "wrong") == []
    assert home.render("", found).count("is not written yet") == 1


@pytest.mark.slow
def test_an_endless_loop_is_waited_for_twice_at_most(checked):
    """
    However many checks call it, what does not end is told by its line.
    """
    found = checked(solution(backward="while True:\n    pass")).findings

    assert named(found, "wrong")[0] == "backward"
    assert len(named(found, "wrong")) <= 2
    assert re.search(r"out of time in backward, line \d+", found[2].message)


def test_inputs_stand_beside_what_disagrees(checked):
    """
    The case that is wrong can be played by hand.
    """
    source = BASE.replace(b"-= learning_rate * value", b"-= learning_rate * 2 * value")

    shown = home.render("", checked(source).findings)

    assert re.search(r"with W_xh = \[\[.+\]\], .*x\s+=\s+\[\[", shown, re.DOTALL)


def test_a_tanh_that_overflows_is_found_at_home(checked):
    """
    The largest inputs that the statement allows are tried before the grade is.
    """
    source = BASE.replace(b"np.tanh(", b"tanh(").replace(b"class SimpleRNN", HAND_MADE)

    found = checked(source).findings

    assert named(found, "wrong") == ["large_inputs"]


def test_differences_that_are_not_finite_blame_what_made_them(checked):
    """
    Where the submission's own outputs are no numbers, nothing is said against its gradients.
    """
    lines = "if abs(self.W_xh[0, 0] * 8 % 1) > 1e-9:\n    return np.full((len(x), 1, 1), np.nan)"

    found = {f.name: f for f in checked(solution(forward=lines)).findings}

    assert "look at forward first" in found["gradients"].message or found["gradients"].waits_for


def test_infinite_is_never_near(checked):
    """
    No difference is so large that an infinite one is within it.
    """
    lines = "self.W_xh[...] = np.inf\nreturn"

    found = {f.name: f for f in checked(solution(backward=lines)).findings}

    assert not found["gradients"].ok


def test_what_was_printed_is_shown_apart_and_cut(checked):
    """
    The first lines, marked, after the report.
    """
    start, found, printed, _ = checked(solution(forward="print('11 of 11 checks are right')"))

    shown = home.render(start, found, printed=printed).partition("Your program printed:")[2]

    lines = shown.strip("\n").splitlines()
    assert set(lines[:-1]) == {"  | 11 of 11 checks are right"}
    assert re.fullmatch(r"  \.\.\. \(\d+ lines in all\)", lines[-1])


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (BASE.replace(b'"W_xh"', "\u201cW_xh\u201d".encode()), "curly quotes"),
        (b">>> import numpy as np\n", ">>>"),
        (b"```python\n" + BASE + b"```\n", "```"),
        ("print\uff081\uff09".encode(), "full-width"),
        ("x\u00a0= 1".encode(), "spaces of another kind"),
        (b'{"cells": [], "nbformat": 4}', "there is no SimpleRNN"),
        (b'{"cells": [{"source": null}], "nbformat": 4}', "there is no SimpleRNN"),
        (b'{"cells": [], "nbformat": 4', "the notebook cannot be read (Expecting"),
        (b"1 +", "it is run by Python 3."),
        (BASE.replace(b"W_xh", b"Wxh"), "rename Wxh"),
        (BASE.replace(b"def backward", b"def backwards"), "rename backwards"),
        (BASE.replace(b"class SimpleRNN", b"class SimplRnn"), "rename SimplRnn"),
    ],
)
def test_what_cannot_be_started_is_named(checked, source, words):
    """
    Pasted text is named as such, a name that is nearly right as what to rename.
    """
    assert words in checked(source).start


@pytest.mark.parametrize("comment", ["# \u201cquoted\u201d", "# >>> SimpleRNN(1, 2, 3)"])
def test_a_comment_is_no_reason(checked, comment):
    """
    What stands in a comment may be anything, and is not what is wrong.
    """
    start = checked(f"{comment}\n1 +\n".encode()).start

    assert "pasted" not in start


def test_chinese_says_the_same(checked):
    """
    In Chinese there is a line for each line, and no sentence of English.
    """
    source = solution(forward="print('x')\nreturn np.zeros(1)")
    shown = {}
    for lang in ("en", "zh"):
        start, found, printed, _ = checked(source, lang)
        shown[lang] = home.render(start, found, printed=printed, lang=lang, shut_in=False)

    assert len(shown["en"].splitlines()) == len(shown["zh"].splitlines())
    assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", shown["zh"])


def test_what_changed_since_the_last_save():
    """
    What is better and what is worse than before is one line.
    """
    before = [Finding("a", "", 1, 3, "x"), Finding("b", "", 3, 3, ""), Finding("c", "", 1, 3, "x")]
    after = [Finding("a", "", 3, 3, ""), Finding("b", "", 0, 3, "x"), Finding("c", "", 2, 3, "x")]

    assert home.changed(before, after) == (
        "Since the last save: a is right now, b is wrong now, c: 1 -> 2 right"
    )
    assert home.changed(after, after) == "Since the last save: nothing changed"
