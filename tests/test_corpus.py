"""Every file of the corpus gets the verdict that its folder, or its first line, states."""

import glob
import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pytest

from grader.model import Verdict
from grader.problem import KIT, problem_ids
from tests.support import CORPUS, FOLDERS, children, descendants, eventually, params, samples

LIMITS = ("time_limit_exceeded", "memory_limit_exceeded", "output_limit_exceeded")
CANARY = "rnn_judge_canary*"
LIKELY = (
    *("/", "/tmp", "/var/tmp", "/run", "/run/lock", "/dev", "/dev/shm", "/dev/mqueue", "/root"),
    *("/home", "/work", "/app", "/autograder", os.path.expanduser("~"), os.getcwd()),
    *(tempfile.gettempdir(), KIT, KIT / "grader", KIT / "problem", KIT / "reference"),
    *(KIT / "tests", KIT.parent, Path(np.__file__).parent, Path(np.__file__).parent.parent),
    *(Path(np.__file__).parent / "__pycache__", Path(os.__file__).parent),
    Path(os.__file__).parent / "__pycache__",
)


@pytest.mark.parametrize("sample", params(samples("accepted")))
def test_accepted_gets_every_point(report_of, sample):
    """
    A correct solution is accepted with 100 points, whatever its style.
    """
    report = report_of(sample)

    assert (report.verdict, report.score) == (Verdict.AC, 100), report


@pytest.mark.parametrize("sample", params(samples("wrong_answer")))
def test_wrong_answer_is_found(report_of, sample):
    """
    A wrong solution is a wrong answer.
    """
    report = report_of(sample)

    assert report.verdict is Verdict.WA, report


@pytest.mark.parametrize("sample", params([s for s in samples("wrong_answer") if s.loses]))
def test_wrong_answer_loses_points_only_where_it_should(report_of, sample):
    """
    The groups judged wrong are those that the file names, less those whose requirement failed.
    """
    report = report_of(sample)

    failed = {g.name for g in report.groups if g.verdict is Verdict.WA}
    skipped = {g.name for g in report.groups if g.verdict is None}
    assert failed == sample.loses - skipped
    assert all(g.score == 0 for g in report.groups if g.name in failed | skipped)


VALUES = [s for s in samples("wrong_answer") if s.path.name.startswith("value_")]


@pytest.mark.parametrize("sample", params(VALUES))
def test_value_that_does_not_count_gives_no_points(report_of, sample):
    """
    A value of another kind never earns what its group is worth, and the message says where.
    """
    report = report_of(sample)

    wrong = [g for g in report.groups if g.verdict is Verdict.WA]
    assert wrong
    assert all(g.score == 0 and g.message for g in wrong)


@pytest.mark.parametrize("sample", params(samples("compile_error", "run_time_error")))
def test_failure_has_its_verdict(report_of, sample):
    """
    What cannot be imported is CE and what raises or ends is RTE, said in a message.
    """
    report = report_of(sample)

    assert report.verdict in sample.verdicts, report
    assert report.message or any(g.message for g in report.groups)


@pytest.mark.parametrize("sample", params(samples(*LIMITS)))
def test_limit_has_its_verdict(report_of, sample):
    """
    What exceeds a limit is told by that limit, and the groups before it keep their points.
    """
    report = report_of(sample)

    assert report.verdict in sample.verdicts, report
    assert report.score < report.max_score


@pytest.mark.parametrize("sample", params(samples("hostile")))
def test_hostile_keeps_its_promise(judges, report_of, sample):
    """
    A hostile file gets a promised verdict, no point for nothing, and leaves nothing behind.
    """
    judge = judges(sample.problem, hurry=sample.waits)

    report = report_of(sample)

    assert report.verdict in sample.verdicts, report
    assert report.score < report.max_score or report.verdict is Verdict.AC
    assert canaries() == []
    assert eventually(lambda: not descendants(judge.sandbox.process.pid)), "a process is left"
    assert eventually(lambda: not os.listdir(judge.sandbox.scratch_root)), "a directory is left"


@pytest.mark.parametrize("sample", params([s for s in samples("hostile") if "/trace_" in str(s)]))
def test_second_run_finds_no_trace_of_the_first(judges, sample):
    """
    A file that leaves marks for its next run is judged the same again by the same zygote.
    """
    judge = judges(sample.problem)

    first, second = (judge.judge(sample.source, "", search=False) for _ in range(2))

    assert first.verdict in sample.verdicts
    assert (second.verdict, second.score) == (first.verdict, first.score)


@pytest.mark.slow
def test_nothing_hostile_escaped():
    """
    After all of the above no orphan lives, and no canary lies anywhere on this file system.
    """
    command = ["find", "/", "/dev/shm", "-xdev", "-name", CANARY]
    found = subprocess.run(command, capture_output=True, check=False, text=True).stdout.split()
    orphans = [c for c in children(os.getpid()).values() if b"zygote.py" not in c]

    assert found == []
    assert orphans == []


def test_every_corpus_folder_states_a_verdict():
    """
    No file of the corpus is left out because its folder's name says nothing.
    """
    known = {s.path for s in samples("hostile", *FOLDERS)}
    files = {f for p in problem_ids() for f in (CORPUS / p).glob("*/*.py")}

    assert files == known


def canaries():
    return [f for place in LIKELY for f in glob.glob(CANARY, root_dir=place)]
