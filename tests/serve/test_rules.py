"""What is late, what that costs, which attempt counts, and when a day begins."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import ProblemError
from grader.model import Verdict
from grader.serve import rules
from grader.serve.rules import Counted, Judged
from grader.serve.settings import Assignment, in_utc, make_course, read_course
from tests.support import SIMPLE_RNN

BERLIN = ZoneInfo("Europe/Berlin")
DUE = datetime(2026, 3, 28, 22, tzinfo=UTC)
GIVEN = Assignment(
    "rnn", SIMPLE_RNN, 1, DUE - timedelta(days=9), DUE, timedelta(minutes=5), "accept", 10
)


@pytest.mark.parametrize(
    ("after", "lost"),
    [(-1, 0), (0, 0), (300, 0), (301, 8), (86400, 8), (86401, 17), (20 * 86400, 85)],
)
def test_every_day_begun_costs_its_part(after, lost):
    """
    In time is what comes within the grace; later, days count from the due time; never below 0.
    """
    assert rules.late_points(GIVEN, 85, DUE + timedelta(seconds=after)) == lost


def test_grace_closes_where_late_is_refused():
    """
    To the second, and never where there is no due time.
    """
    strict = replace(GIVEN, late="refuse")

    assert not rules.is_closed(strict, DUE + timedelta(minutes=5))
    assert rules.is_closed(strict, DUE + timedelta(minutes=5, seconds=1))
    assert not rules.is_closed(GIVEN, DUE + timedelta(days=99))
    assert not rules.is_closed(replace(strict, due=None), DUE + timedelta(days=99))


def judged(*scores, late=()):
    return [
        Judged(
            n,
            Verdict.JE if score is None else Verdict.WA,
            score or 0,
            DUE + timedelta(hours=1) if n in late else DUE,
        )
        for n, score in enumerate(scores)
    ]


@pytest.mark.parametrize(
    ("counts", "attempts", "expected"),
    [
        ("best", judged(), None),
        ("best", judged(None), Counted(0, 0)),
        ("best", judged(50, None), Counted(0, 0)),
        ("best", judged(50, 70, 70), Counted(1, 0)),
        ("best", judged(65, 70, late={1}), Counted(0, 0)),
        ("best", judged(50, 70, late={1}), Counted(1, 7)),
        ("last", judged(50, 70, 60), Counted(2, 0)),
        ("last", judged(50, None), Counted(0, 0)),
    ],
)
def test_what_counts(counts, attempts, expected):
    """
    The best after what lateness costs, the first of equals; a judge error only if alone.
    """
    assert rules.counted(replace(GIVEN, counts=counts), attempts) == expected


@given(st.timedeltas(timedelta(), timedelta(days=370)).map(lambda d: DUE + d))
def test_every_time_lies_in_its_day(at):
    """
    Days of 23 and 25 hours included.
    """
    begin, end = rules.day_of(at, BERLIN)

    assert begin <= at < end
    assert end - begin in (timedelta(hours=23), timedelta(hours=24), timedelta(hours=25))
    assert begin.astimezone(BERLIN).date() == at.astimezone(BERLIN).date()


def test_times_are_those_that_the_clock_shows():
    """
    What the clock shows twice is the later one for a due time; what it skips is refused, and
    so is a day without one before or after it.
    """
    assert in_utc("2026-10-25 02:30", BERLIN, fold=1) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert in_utc("2026-10-25 02:30", BERLIN, fold=0) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    for text in ("2026-03-29 02:30", "0001-01-01 00:00", "9999-12-31 23:59"):
        with pytest.raises(ValueError, match="the clock shows"):
            in_utc(text, BERLIN, fold=1)
    with pytest.raises(ValueError, match="such as"):
        in_utc("29.3.2026", BERLIN, fold=1)


def test_a_new_course_can_be_read(tmp_path):
    """
    Its seed is drawn, its folder is its owner's alone, and a second one is not made over it.
    """
    file = make_course(tmp_path / "course")
    course = read_course(tmp_path / "course")

    assert list(course.assignments) == ["rnn"]
    assert course.assignments["rnn"].seed > 2**40
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0
    with pytest.raises(Exception, match="a course already"):
        make_course(tmp_path / "course")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("zone: ", "zone: Moon", "there is no time zone"),
        ("address: ", "address: ftp://x", "HOST:PORT is wanted"),
        ("address: ", "address: http://x/course", "HOST:PORT is wanted"),
        ("    problem: ", "    problem: simple_rn", "there is no problem 'simple_rn'"),
        ("    due: ", '    due: "1999-01-01 00:00"', "must be after opens"),
        ("    due: ", "    due: soon", "a time such as"),
        ("    late: ", "    late: perhaps", "unknown value 'perhaps'"),
        ("    percent_a_day: ", "    percent_a_day: 101", "at most 100"),
        ("    counts: ", "    count: best", "unknown key 'count'"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path, old, new, said):
    """
    File, line and what is wanted.
    """
    file = make_course(tmp_path / "course")
    lines = file.read_text().splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith(old))
    lines[at] = new
    file.write_text("\n".join(lines))

    with pytest.raises(ProblemError, match=rf"course\.yaml:{at + 1}: .*{said}"):
        read_course(tmp_path / "course")
