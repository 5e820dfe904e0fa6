"""The faulty line: named where one change of it makes everything right, and nowhere else."""

import json
import re

import pytest

from grader.explain.faulty import find
from grader.explain.faulty.find import FaultyLines
from grader.model import Verdict
from grader.report import json as json_report
from grader.report import text
from tests.styles.compose import style
from tests.support import CORPUS

SOURCES = {
    "style": lambda problem, name: style(problem, int(name)).source,
    "file": lambda problem, name: (CORPUS / problem / "accepted" / name).read_text("utf-8"),
}
SLOTS = (CORPUS / "simple_rnn" / "accepted" / "slots.py").read_text("utf-8")
# problem, kind of source, which; what stands there, and what stands there now; the kind told
MADE = [
    ("simple_rnn", "style", "845", "slopes[t] * dh", "slopes[t]", "factor"),
    ("simple_rnn", "style", "822", "O[t] -", "O[t - 1] -", "index"),
    (
        "rnn_cell",
        "file",
        "course_style.py",
        "e_x / np.sum(e_x, axis=0",
        "e_x / np.sum(e_x, axis=1",
        "",
    ),
    ("simple_rnn", "style", "911", "projected[t]", "projected[x]", "name"),
    ("simple_rnn", "file", "chained_pullbacks.py", "self.outputs - y[:, :", "y[:, :", "term"),
    ("rnn_cell", "file", "prints_and_warns.py", "1 - a_now**2", "a_now**2", "term"),
    ("simple_rnn", "style", "905", "self.cache = {", "self.forward = {", "target"),
    ("gru", "file", "stacked_gates.py", "self.out = self", "self.rz = self", "target"),
    pytest.param(
        *("torch_rnn", "file", "scripted_step.py", "step(x, h,", "step(x_seq, h,", "name"),
        marks=pytest.mark.torch,
    ),
    ("simple_rnn", "file", "recompute_in_backward.py", "self.W_hh @ h +", "h +", "factor"),
]


@pytest.fixture
def found(judges, monkeypatch):
    """
    A function from a problem and a source to what the search says, and its report before.

    No machine is so busy that time ends the search.
    """
    monkeypatch.setattr(find, "CPU_S", 60.0)

    def search(problem, source):
        judge = judges(problem)
        report = judge.judge(source.encode(), "made", search=False)
        lines = FaultyLines(judge.suite, judge.sandbox)
        return lines.of(source.encode(), report.groups), report

    return search


@pytest.mark.slow
@pytest.mark.parametrize(("problem", "kind", "name", "right", "wrong", "told"), MADE)
def test_the_changed_line_is_named(found, problem, kind, name, right, wrong, told):
    """
    A program made wrong in one place: that line is named first, as it is written.
    """
    source = SOURCES[kind](problem, name)
    line = source[: source.index(right)].count("\n") + 1
    changed = source.replace(right, wrong, 1)

    diagnosis, report = found(problem, changed)

    assert report.verdict in (Verdict.WA, Verdict.RTE)
    found_lines = [(d.id, d.line) for d in diagnosis if d.id != "where-raised"]
    assert found_lines == [("faulty-line", line)]
    assert wrong.split("[")[0] in diagnosis[0].message
    assert f"第 {line} 行" in diagnosis[0].message_zh
    assert told is not None


# what stands in slots.py, and what stands there now: of two mistakes or three
TWO = [("self.W_hh.T.dot(d", "self.W_hh.dot(d"), ("learning_rate * e.sum", "e.sum")]
FORWARD = [
    ("self.W_xh.dot(x[t]) +", "self.W_xh.dot(x[t]) -"),
    ("d.T.dot(self._h[:T])", "d.T.dot(self._h[1:])"),
]
THREE = [*TWO, ("* (1.0 - self._h[t + 1] ** 2)", "")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "proved"),
    [
        (TWO, "there are two mistakes, and a change in each makes every test right"),
        (FORWARD, "there are two mistakes, and a change in each makes every test right"),
        (THREE, "one change there alone makes b_y right in every test of backward"),
    ],
)
def test_several_mistakes_are_told_as_far_as_they_are_proved(found, changes, proved):
    """
    Of two both lines, also in two groups; of three the one that mends a part by itself.
    """
    source = SLOTS
    for right, wrong in changes:
        assert source.count(right) == 1
        source = source.replace(right, wrong)
    before, after = SLOTS.splitlines(), source.splitlines()
    lines = [n for n, line in enumerate(before) if line != after[n]]

    (told,), _ = found("simple_rnn", source)

    assert proved in told.message
    changed = [int(n) - 1 for n in re.findall(r"^@@ -(\d+)", told.change, re.MULTILINE)]
    assert set(changed) <= set(lines)
    assert ("still wrong then" in told.message) == (len(changed) < len(lines))


@pytest.mark.slow
def test_lines_that_need_no_change_are_not_told(found):
    """
    Where the same change at twin places mends all, and one of them is enough.
    """
    path = CORPUS / "simple_rnn/wrong_answer/derivatives_written_over_the_states.py"

    told, _ = found("simple_rnn", path.read_text("utf-8"))

    assert [d.line for d in told] == [42]
    assert "42," in told[0].message
    assert "36" not in told[0].message


@pytest.mark.slow
def test_where_more_lines_would_do_than_are_named_no_part_is_told(found):
    """
    Each of them mends all: nothing is still wrong then.
    """
    path = CORPUS / "simple_rnn/wrong_answer/sums_in_place_of_their_slopes.py"

    told, _ = found("simple_rnn", path.read_text("utf-8"))

    assert told == ()


def test_a_line_near_an_end_without_line_end(judges):
    """
    Editors that end a file without a line end are no reason to fail.
    """
    source = SLOTS.rstrip("\n").replace("learning_rate * e.sum", "learning_rate * 3 * e.sum")
    report = judges("simple_rnn").judge(b"# mine\n" + source.encode(), "made")

    assert report.verdict is Verdict.WA
    assert report.diagnosis[0].line == source.count("\n") + 2
    assert report.diagnosis[0].excerpt[-1][0] == source.count("\n") + 2


@pytest.mark.slow
def test_the_search_repeats_itself(found):
    """
    The same bytes give the same words.
    """
    source = style("simple_rnn", 845).source.replace("slopes[t] * dh", "slopes[t]")

    assert found("simple_rnn", source)[0] == found("simple_rnn", source)[0]


def test_a_report_names_the_line_and_keeps_the_change(judges):
    """
    The student's report has the line and the kind of change, the instructor's the change too.
    """
    source = style("simple_rnn", 822).source.replace("O[t] -", "O[t - 1] -").encode()
    report = judges("simple_rnn").judge(source, "made")

    plain = json.loads(json_report.render(report))["diagnosis"][0]
    kept = json.loads(json_report.render(report, solution=True))["diagnosis"][0]
    assert report.diagnosis[0].id == "faulty-line"
    assert plain["line"] == 55
    assert "change" not in plain
    assert "+        R = {t: O[t]" in kept["change"]
    assert "Line 55" in text.render(report)
    assert kept["change"].splitlines()[-1][1:].strip() not in text.render(report)


def test_what_is_right_or_has_a_name_is_not_searched(judges):
    """
    An accepted program has no diagnosis, and a known mistake is told by its name.
    """
    judge = judges("simple_rnn")
    right = (CORPUS / "simple_rnn/accepted/sech_squared.py").read_bytes()
    named = (CORPUS / "simple_rnn/wrong_answer/derivative_missing.py").read_bytes()

    assert judge.judge(right, "right").diagnosis == ()
    assert all(d.line is None for d in judge.judge(named, "named").diagnosis)


RAISES_AT_ONCE = """\
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        raise {error}
"""


@pytest.mark.slow
def test_what_cannot_be_started_is_told_its_line(judges):
    """
    A constructor that raises spoils every group; the change that mends it is found.
    """
    source = (CORPUS / "simple_rnn/run_time_error/randn_tuple.py").read_bytes()

    report = judges("simple_rnn").judge(source, "randn_tuple")

    assert [(d.id, d.line) for d in report.diagnosis] == [("faulty-line", 18)]


@pytest.mark.parametrize("error", ["NotImplementedError", "ImportError('scipy')"])
def test_what_no_change_can_mend_is_not_searched(judges, error):
    """
    An unwritten starter and a package that is missing cost no search.
    """
    judge = judges("simple_rnn")
    played = judge.explainer.lines if judge.explainer else None

    report = judge.judge(RAISES_AT_ONCE.format(error=error).encode(), "raises")

    assert report.verdict is Verdict.RTE
    assert report.diagnosis == ()
    assert (judge.explainer.lines if judge.explainer else None) is played
