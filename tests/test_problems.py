"""Every problem folder is whole: what it promises is there and fits together."""

import ast

import numpy as np
import pytest

from grader import oracle
from grader.problem import KIT
from grader.suite import make_suite
from tests.support import CORPUS, per_problem


@pytest.fixture(params=per_problem())
def problem(request):
    """
    Every problem in turn.
    """
    return request.param


def test_points_add_up_to_100(problem):
    """
    A solution is worth 100 points.
    """
    assert sum(g.max_score for g in problem.groups) == 100


@pytest.mark.parametrize("name", ["statement.en.md", "statement.zh.md", "starter.py", "driver.py"])
def test_file_is_there(problem, name):
    """
    Statements, starter and driver are there and not empty.
    """
    assert (problem.root / name).stat().st_size > 100


def test_driver_has_a_function_for_every_group(problem):
    """
    Each test group is a function of the driver.
    """
    driver = oracle.driver(problem)

    assert all(callable(getattr(driver, g.name, None)) for g in problem.groups)


def test_starter_compiles_and_defines_the_interface(problem):
    """
    The starter is Python, and has every name that is asked for.
    """
    tree = ast.parse((problem.root / "starter.py").read_text("utf-8"))

    defined = {n.name for n in tree.body if isinstance(n, ast.ClassDef | ast.FunctionDef)}
    assert {i.name for i in problem.interface} <= defined


def test_starter_is_not_accepted(problem, judges):
    """
    Handing in the starter unchanged earns nothing and is no judge error.
    """
    source = (problem.root / "starter.py").read_bytes()

    report = judges(problem.id).judge(source, "starter.py", search=False)

    assert report.verdict in ("RTE", "CE", "WA")
    assert report.score == 0


def test_reference_is_accepted(problem, judges):
    """
    The reference, handed in as a file, gets every point.
    """
    source = (KIT / "reference" / f"{problem.id}.py").read_bytes()

    report = judges(problem.id).judge(source, "reference.py", search=False)

    assert (report.verdict, report.score) == ("AC", 100), report


def test_reference_gives_what_is_observed(problem):
    """
    Played on the reference, every group gives its quantities in their shapes, all finite.
    """
    for case in make_suite(problem, 1).cases[::10]:
        expected = oracle.expect(problem, case)
        assert np.isfinite(expected.value).all()
        assert np.isfinite(expected.bound).all()


def test_problem_has_a_corpus(problem):
    """
    Every problem comes with accepted and wrong submissions to prove it by.
    """
    for folder in ("accepted", "wrong_answer"):
        assert len(list((CORPUS / problem.id / folder).glob("*.py"))) >= 10
