"""Everybody has a verdict before lines at fault are looked for, and each line is found at last."""

import json
import re
from dataclasses import replace

import pytest

from grader.course.attempts import RunKey
from grader.course.find.discover import find
from grader.course.find.tree import open_tree
from grader.course.grade import find_lines, judge_class, plan
from grader.course.judges.pool import Pool
from grader.course.store import Store
from grader.judge.judge import Judge
from grader.model import FAULTY_LINE
from grader.report import json as json_report
from grader.report import markdown, text
from grader.report.html import student
from tests.support import SEED, SIMPLE_RNN, solution, suite_of

KEY = RunKey("simple_rnn", "suite", SEED, "{}")
RIGHT = solution()
# No known mistake: what the hidden layer is given is scaled.
WRONG = re.sub(rb"np\.tanh\(", b"np.tanh(1.0625 * ", RIGHT, count=1)


def from_json(report):
    return json_report.parse(json.loads(report) if isinstance(report, str) else report)


@pytest.fixture(scope="module")
def at_once():
    """
    The report on what is wrong as one gets it for a single file.
    """
    with Judge(SIMPLE_RNN, SEED, suite=suite_of()) as judge:
        return judge.judge(WRONG, "ann/solution.py")


@pytest.fixture(scope="module")
def pool():
    """
    Two judges.
    """
    with Pool(SIMPLE_RNN, SEED, 2) as judges:
        judges.set_suite(suite_of())
        yield judges


@pytest.fixture
def course(tmp_path):
    """
    A class of three, of whom two handed in the same wrong bytes: its tree and a store.
    """
    for name, source in {"ann": WRONG, "bob": RIGHT, "cat": WRONG}.items():
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / "solution.py").write_bytes(source)
    with Store(tmp_path / "out", writing=True) as store:
        yield open_tree(tmp_path / "class"), store


def judged(course, judges):
    """Judge a class; return what was still to be judged."""
    tree, store = course
    planned = plan(store, tree, find(tree, None), KEY)
    assert not judge_class(store, tree, planned, judges, lambda *_: None)
    return [entry.student for entry in planned.todo]


def reports(course):
    return {row.student: from_json(row.report) for row in course[1].rows()}


def untimed(report):
    return replace(report, usage={}, submission="")


def test_verdicts_are_kept_before_any_line_is_looked_for(course, pool, at_once):
    """
    When everybody is judged, the wrong ones have all but the line, and their reports say so.
    """
    judged(course, pool.judge_all)

    told = reports(course)
    assert {name: str(report.verdict) for name, report in told.items()} == {
        **dict(ann="WA", bob="AC", cat="WA")
    }
    for name in ("ann", "cat"):
        assert told[name].pending
        assert told[name].groups == at_once.groups
        assert told[name].counterexample == at_once.counterexample
    assert not told["bob"].pending


def test_lines_are_found_then_in_every_copy(course, pool, at_once):
    """
    The same bytes are searched once; what the reports then say is what a single file is told.
    """
    judged(course, pool.judge_all)
    store, told = course[1], []

    numbers = store.lines_pending(KEY)
    find_lines(store, numbers, pool.judge_all, lambda *a: told.append(a))

    found = reports(course)
    assert at_once.diagnosis[0].id == FAULTY_LINE
    assert untimed(found["ann"]) == untimed(found["cat"]) == untimed(at_once)
    assert found["cat"].submission == "cat/solution.py"
    assert told == [("ann/solution.py", "found")]
    assert store.lines_pending(KEY) == []
    assert len(store.attempts("ann")) == 1


def test_a_run_that_ends_before_goes_on_with_the_lines(course, pool):
    """
    Started again it judges nobody, and finds the lines that it owes.
    """
    judged(course, pool.judge_all)

    assert judged(course, pool.judge_all) == []
    assert len(course[1].lines_pending(KEY)) == 1


def test_a_judge_that_fails_over_a_line_costs_the_line_only(course, pool):
    """
    Verdict, points and what was said before stand, and the report says what it lacks.
    """
    judged(course, pool.judge_all)
    before = reports(course)

    def failing(tasks):
        for task in tasks:
            report = replace(from_json(task.report), verdict="JE", score=0, diagnosis=())
            yield task, json_report.render(report)

    store = course[1]
    find_lines(store, store.lines_pending(KEY), failing, lambda *_: None)

    after = reports(course)["ann"]
    assert replace(after, left_out=()) == replace(before["ann"], pending=False)
    assert "JE" in after.left_out[0]["en"]
    assert store.lines_pending(KEY) == []


def test_a_pending_line_is_told_as_such(at_once):
    """
    Every format that people read says that the line is still looked for; JSON has a field.
    """
    pending = replace(at_once, pending=True, diagnosis=())
    said = "The line at fault is still being looked for."

    assert said in text.render(pending)
    assert said in markdown.render(pending)
    assert said in student.render(pending, source=WRONG)
    assert json.loads(json_report.render(pending))["pending"] is True
    assert "pending" not in json.loads(json_report.render(at_once))
    assert said not in text.render(at_once)
