"""Groups that are told before the report: certain, and neither at once nor too often."""

import pytest

from grader.course import so_far
from grader.judge.so_far import PAUSE_S, SoFar
from grader.model import Verdict
from tests.support import CORPUS

FOLDER = CORPUS / "simple_rnn"
FILES = {
    "accepted/slots.py": Verdict.AC,
    "wrong_answer/init_scale_0_1.py": Verdict.WA,
    "wrong_answer/carry_missing_vectorised.py": Verdict.WA,
}


class Clock:
    """A clock that goes on by so much whenever it is looked at."""

    def __init__(self, step_s):
        self.now, self.step_s = 0.0, step_s

    def __call__(self):
        self.now += self.step_s
        return self.now


def told(judges, file, step_s):
    """
    What is told of a submission before its report, and the report.
    """
    heard = []
    source = (FOLDER / file).read_bytes()
    heard_by = SoFar(lambda groups: heard.append(so_far.as_text(groups)), Clock(step_s))
    report = judges("simple_rnn").judge(source, "s.py", so_far=heard_by, diagnose=False)
    return [so_far.from_text(text) for text in heard], report


@pytest.mark.parametrize("file", FILES)
def test_what_is_told_is_what_the_report_says(judges, file):
    """
    Ever more groups in their order, none of which is another later; all, where there is to explain.
    """
    heard, report = told(judges, file, PAUSE_S)
    groups = so_far.from_text(so_far.as_text(report.groups))

    assert report.verdict is FILES[file]
    assert len(heard) >= len(groups)
    for before, after in zip(heard, [*heard[1:], groups], strict=True):
        assert set(before) <= set(after)
    assert [len(parts) for parts in heard] == sorted(map(len, heard))
    assert heard[-1] == groups


@pytest.mark.parametrize("file", FILES)
def test_what_is_quick_is_told_once_at_most(judges, file):
    """
    Of what is right the report is next; what is wrong has still to be explained.
    """
    heard, report = told(judges, file, 0.0)

    assert len(heard) == (report.verdict is not Verdict.AC)


def test_no_text_is_no_group():
    """
    As it stands in the file of a course before anything is told.
    """
    assert so_far.from_text("") == ()
