"""The same bytes are judged once a class, and every student has a report of their own."""

import json
from dataclasses import replace

import pytest

from grader.course.attempts import RunKey
from grader.course.find.discover import find
from grader.course.find.tree import open_tree
from grader.course.grade import judge_class, plan
from grader.course.judges.pool import Pool
from grader.course.judges.task import Task
from grader.course.store import Store
from grader.report import json as json_report
from tests.support import CORPUS, SEED, SIMPLE_RNN, suite_of

KEY = RunKey("simple_rnn", "suite", 1, "{}")
REPORT = {
    **dict(problem="simple_rnn", seed=1, score=0, max_score=100, message="", groups=[]),
    **dict(diagnosis=[], counterexample=None, isolation=[], missing_isolation={}, printed=""),
    **dict(suite={}, versions={}),
}
SOURCES = {"ann": b"x = 1", "bob": b"x = 1", "cat": b"x = 2", "dan": b"x = 1"}


@pytest.fixture
def judged(tmp_path):
    """
    A function that judges a class of these sources; it returns who was judged, and all results.
    """

    def run(sources, verdict="WA", **options):
        for name, source in sources.items():
            (tmp_path / "class" / name).mkdir(parents=True, exist_ok=True)
            (tmp_path / "class" / name / "solution.py").write_bytes(source)
        asked = []

        def judges(tasks):
            for task in list(tasks):
                asked.append(task.student)
                report = REPORT | {"submission": task.name, "verdict": verdict}
                yield task, json.dumps(report)

        tree, told = open_tree(tmp_path / "class"), []
        with Store(tmp_path / "out", writing=True) as store:
            planned = plan(store, tree, find(tree, None), KEY, **options)
            left = judge_class(store, tree, planned, judges, lambda *a: told.append(a))
            rows = {r.student: r.report["submission"] for r in store.rows(planned.run)}
        assert not left
        assert len(told) == len(planned.todo)
        return asked, rows

    return run


def test_copies_are_judged_once(judged):
    """
    Three of four students handed in the same bytes: two are judged, four have a report.
    """
    asked, rows = judged(SOURCES)

    assert asked == ["ann", "cat"]
    assert rows == {name: f"{name}/solution.py" for name in SOURCES}


def test_who_comes_later_gets_what_is_known(judged):
    """
    Bytes that were judged in an earlier run, under the same conditions, are not judged again.
    """
    judged({"ann": b"x = 1"})

    asked, rows = judged(SOURCES)

    assert asked == ["cat"]
    assert rows == {name: f"{name}/solution.py" for name in SOURCES}


def test_force_judges_each_source_again(judged):
    """
    With --force every source is judged once more, still once for all who handed it in.
    """
    judged(SOURCES)

    assert judged(SOURCES, force=True)[0] == ["ann", "cat"]


def test_a_judge_error_is_nobody_elses(judged):
    """
    A judge error is not passed on: each of the others is judged.
    """
    asked, _ = judged(SOURCES, verdict="JE")

    assert sorted(asked) == sorted(SOURCES)


def test_copies_with_other_comments_are_explained_once(judges):
    """
    Who handed in the same program under another heading is told the same, without a search.
    """
    source = (CORPUS / "simple_rnn" / "wrong_answer" / "carry_missing_vectorised.py").read_bytes()
    copy = b"# by Bob" + source[source.index(b"\n") :]
    judge = judges("simple_rnn")

    first, before = judge.judge(source, "solution.py"), judge.sandbox.count
    second, after = judge.judge(copy, "solution.py"), judge.sandbox.count

    assert after == before + 1  # one worker, for the scored cases
    assert first.diagnosis
    assert json_report.render(replace(first, usage={})) == json_report.render(
        replace(second, usage={})
    )


@pytest.mark.slow
def test_copies_wait_for_the_judge_that_explains_the_first():
    """
    Others are judged meanwhile, and the copies, under whatever comments, by that judge alone.
    """
    right = (CORPUS / "simple_rnn" / "accepted" / "slots.py").read_bytes()
    wrong = (CORPUS / "simple_rnn" / "wrong_answer" / "carry_missing_vectorised.py").read_bytes()
    order = [("wrong", wrong)] * 3 + [("right", right)] * 3 + [("wrong", wrong)] * 2
    tasks = [
        Task(f"{kind} {n}", "solution.py", source + f"\n\n# {n}".encode())
        for n, (kind, source) in enumerate(order)
    ]

    with Recording(SIMPLE_RNN, SEED, 2) as pool:
        pool.set_suite(suite_of())
        reports = {task.student: json.loads(text) for task, text in pool.judge_all(iter(tasks))}

    assert len({pid for student, pid in pool.given if student.startswith("wrong")}) == 1
    assert pool.given[1][0] == "right 3"
    told = [r["diagnosis"] for student, r in reports.items() if student.startswith("wrong")]
    assert told == [told[0]] * 5 != [[]] * 5
    assert {r["verdict"] for s, r in reports.items() if s.startswith("right")} == {"AC"}


class Recording(Pool):
    """A pool that keeps which process is given whose submission."""

    def set_suite(self, suite):
        self.given = []
        super().set_suite(suite)

    def _give(self, judge, task, tries):
        self.given.append((task.student, judge.process.pid))
        super()._give(judge, task, tries)
