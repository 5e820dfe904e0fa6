"""What a student reads: one sentence, with place, expected and found, and nothing that obeys."""

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.messages import wording
from grader.model import Case, Counterexample, GroupResult, Mismatch, Outcome, Report, Run, Verdict
from grader.report import escape, text
from grader.report import json as json_report

CASE = Case(
    "forward",
    {"H": 3, "I": 1, "O": 1, "T": 2, "T_2": 5},
    {},
    0,
    reported=("S", "T", "I", "H", "O"),
)
VALUE = Mismatch(
    *("outputs", "value", (2, 1, 1)),
    index=(1, 0, 0),
    expected=0.5,
    actual=0.25,
    bound=1e-12,
    scale=1.0,
    wrong=2,
    worst=0.25,
)
# Everything that is not safe to show: controls, escapes, bidirectional overrides, line separators.
HOSTILE = "\x1b[2J\x1b]0;title\x07\r\b\x00\x9b31m\u202e\u2028\ud800 ::set-output name=x::"


def report(**changes):
    group = GroupResult("forward", Verdict.WA, 0, 25, "wrong", 3, 1)
    values = dict(
        problem="simple_rnn",
        submission="solution.py",
        seed=1,
        verdict=Verdict.WA,
        score=0,
        max_score=100,
        message="",
        groups=(group,),
        diagnosis=(),
        counterexample=None,
        isolation=("seccomp",),
        missing_isolation={},
        printed="",
        suite={"digest": "0" * 64, "cases": 3},
        versions={"numpy": "2"},
    )
    return Report(**{**values, **changes})


def smallest(message="wrong", values=1.0):
    return Counterexample(
        group="forward",
        sizes={"T": 1},
        inputs={"x": values},
        seed=1,
        expected={"outputs": values},
        actual={"outputs": "\x1b[31m"},
        first_difference={"quantity": "outputs", "kind": "value", "index": [0]},
        message=message,
    )


@pytest.mark.parametrize(
    ("lang", "zeros", "first", "said"),
    [
        ("en", 8, [[0.5]], "  W = [[0.5]]; the 8 other inputs are all zero"),
        ("zh", 8, [[0.5]], "  W = [[0.5]]；其余 8 个输入全为零"),
        ("en", 8, [[0.0]], "  all 9 inputs are zero"),
        ("en", 1, [[0.5]], "  W = [[0.5]], a = [0]"),
    ],
)
def test_of_many_inputs_those_that_matter_are_shown(lang, zeros, first, said):
    """
    Where a case has many inputs, those that are zero are only counted; few are all shown.
    """
    inputs = {"W": first} | {chr(ord("a") + n): [0.0] for n in range(zeros)}

    lines = text.smallest(replace(smallest(), inputs=inputs), text.Page(lang))

    assert said in lines


def test_sizes_are_named_in_the_order_of_the_statement():
    """
    T comes first; sizes of a second model are not told.
    """
    assert wording.sizes_text(CASE) == "T=2, I=1, H=3, O=1"


def test_wrong_value_is_told_with_its_place():
    """
    Place, expected, found, the error, its limit, how many differ and the sizes stand in it.
    """
    said = wording.mismatch_text(CASE, VALUE)

    for part in ("outputs[1, 0, 0]", "0.5", "0.25", "1e-12", "2 of 2", "T=2"):
        assert part in said


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(1, 100))
def test_numbers_that_differ_look_different(value, steps):
    """
    Two floats are shown with as many digits as it takes to tell them apart.
    """
    other = value
    for _ in range(steps):
        other = math.nextafter(other, math.inf)

    assert wording.number_text(value, other) != wording.number_text(other, value)


@pytest.mark.parametrize("dtype", ["float32", "float16"])
def test_narrow_precision_is_named(dtype):
    """
    Work in float32 or float16 is told as such.
    """
    narrow = Mismatch("a", "value", (1,), dtype=dtype, index=(0,), worst=1e-7)

    assert f"computed in {dtype}" in wording.mismatch_text(CASE, narrow)


@pytest.mark.parametrize("kind", ["shape", "type"])
def test_value_of_another_kind_is_told(kind):
    """
    A value that does not count is told with what it should be and what it was.
    """
    said = wording.mismatch_text(CASE, Mismatch("outputs", kind, (2, 1, 1), "(2, 1)"))

    assert "(2, 1, 1)" in said
    assert "(2, 1)" in said


@pytest.mark.parametrize("actual", [math.nan, math.inf])
def test_not_finite_is_told(actual):
    """
    NaN and infinity are told in words.
    """
    found = Mismatch("a", "nonfinite", (1,), index=(0,), expected=1.0, actual=actual)

    assert "not a finite number" in wording.mismatch_text(CASE, found)


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.TLE, "out of time in forward, line 7"),
        (Verdict.MLE, "out of memory in forward, line 7"),
        (Verdict.OLE, "too much output in forward, line 7"),
        (Verdict.RTE, "said in forward, line 7"),
    ],
)
def test_end_is_told_with_its_place(verdict, words):
    """
    A play that ended early is told with verdict, function, line and sizes.
    """
    said = wording.ended_text(CASE, Outcome(verdict, None, "said", 7, "forward"))

    assert words in said
    assert "T=2" in said


def test_missing_package_says_what_is_allowed():
    """
    Who imports what is not there reads what is.
    """
    start = Outcome(Verdict.CE, message="ModuleNotFoundError: No module named 'torch'")

    said = wording.start_text(Run({}, (), {}, "", 0, 0, 0, start))

    assert "allowed are the standard library" in said


@given(st.text())
def test_safe_text_holds_nothing_that_a_terminal_obeys(said):
    """
    Only printable characters and line ends remain.
    """
    assert all(c.isprintable() or c == "\n" for c in escape.terminal(said))


@pytest.mark.parametrize("place", ["message", "printed", "group", "counterexample", "actual"])
def test_hostile_text_is_neutralised_wherever_it_stands(place):
    """
    Control characters from a submission reach the terminal from no part of the report.
    """
    changes = {
        "message": {"message": HOSTILE},
        "printed": {"printed": HOSTILE},
        "group": {"groups": (GroupResult("forward", Verdict.RTE, 0, 25, HOSTILE),)},
        "counterexample": {"counterexample": smallest(HOSTILE)},
        "actual": {"counterexample": smallest()},
    }[place]

    shown = text.render(report(**changes))

    assert all(c.isprintable() or c == "\n" for c in shown)


LONG = [[0.123456789] * 40] * 40


@pytest.mark.parametrize(
    "changes",
    [
        {"message": "long " * 10_000},
        {"printed": "line\n" * 10_000},
        {"printed": "\n" * 10_000},
        {"groups": tuple(GroupResult(f"g{n}", Verdict.WA, 0, 5, "word " * 500) for n in range(5))},
        {"groups": (GroupResult("g", Verdict.WA, 0, 5, "x" * 10_000),)},
        {"counterexample": smallest("long " * 1000, LONG)},
        {"counterexample": smallest("\n" * 1000, [0.1] * 40), "printed": "line\n" * 100},
        {"missing_isolation": {"landlock": "no" * 100, "seccomp": "no"}},
    ],
    ids=lambda c: "+".join(c),
)
def test_text_has_at_most_25_lines(changes):
    """
    However much there is to say, it is said in 25 lines.
    """
    shown = text.render(report(**changes))

    assert len(shown.splitlines()) <= 25


def test_colour_is_added_by_the_caller_only():
    """
    Without a painter there is no escape sequence, with one only its own.
    """
    plain = text.render(report())
    painted = text.render(report(), lambda words, colour: f"<{colour}>{words}</>")

    assert "\x1b" not in plain
    assert painted.replace("<red>", "").replace("</>", "") == plain


def test_json_is_the_same_bytes_twice():
    """
    The same report gives the same text.
    """
    assert json_report.render(report(printed=HOSTILE)) == json_report.render(
        report(printed=HOSTILE)
    )


def test_json_is_valid_and_holds_what_was_said():
    """
    Hostile text is one string of the object, and comes back unchanged.
    """
    data = json.loads(json_report.render(report(message='"}{\n' + HOSTILE)))

    assert data["message"] == '"}{\n' + HOSTILE


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_json_never_holds_what_is_no_number(value):
    """
    A NaN that slipped into a report is an error here and not invalid JSON there.
    """
    with pytest.raises(ValueError, match="JSON"):
        json_report.render(report(usage={"cpu_s": value}))


@pytest.mark.parametrize(("name", "shown"), [("g" * 30, "g" * 30), ("g" * 300, "g" * 46 + "...")])
def test_a_column_of_names_is_as_wide_as_they_are(name, shown):
    """
    A group's name of any length leaves points and message in line, within the width of a page.
    """
    groups = tuple(GroupResult(n, Verdict.WA, 0, 5, "word " * 50) for n in ("short", name))

    lines = text.render(report(groups=groups)).splitlines()

    points = [line.index("0/5") for line in lines if "0/5" in line]
    assert len(points) == 2
    assert len(set(points)) == 1
    assert any(shown in line for line in lines)
    assert max(map(len, lines)) <= text.WIDTH
