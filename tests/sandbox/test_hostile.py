"""Every hostile file of the corpus gets what its first line promises, and leaves nothing behind."""

import glob
import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pytest

from grader.judge.judge import Judge
from grader.model import Verdict
from grader.problems.load import load_problem
from grader.sandbox import layers
from grader.sandbox.host import Sandbox
from tests.support import (
    CORPUS,
    KIT,
    SEED,
    children,
    descendants,
    eventually,
    hurried,
    needs_of,
    params,
    samples,
    suite_of,
    thinned,
)

EVERY_BARE = 25  # one of so many is played without layers
WEAK = ("session", "descriptors", "environment", "directory", "limits", "privileges")
CANARY = "rnn_judge_canary*"
LIKELY = (
    *("/", "/tmp", "/var/tmp", "/run", "/run/lock", "/dev", "/dev/shm", "/dev/mqueue", "/root"),
    *("/home", "/work", "/app", "/autograder", os.path.expanduser("~"), os.getcwd()),
    *(tempfile.gettempdir(), KIT, KIT / "grader", KIT / "problem", KIT / "reference"),
    *(KIT / "tests", KIT.parent, Path(np.__file__).parent, Path(np.__file__).parent.parent),
    *(Path(np.__file__).parent / "__pycache__", Path(os.__file__).parent),
    Path(os.__file__).parent / "__pycache__",
)


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


def rows_of(table):
    """The files of a table, each with what stops it."""
    lines = table.read_text(encoding="utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| `")]
    return [(table.parent / row[0].strip("`"), row[-1]) for row in rows]


def held_without_layers():
    """Some of the files of which the table says that no layer is needed to stop them."""
    names = [name for name, _ in layers.LAYERS]
    rows = [r for t in sorted(CORPUS.glob("*/hostile/README.md")) for r in rows_of(t)]
    bare = {file for file, stops in rows if not any(f"`{n}`" in stops for n in names)}
    found = [s for s in samples("hostile") if s.path in bare and not s.costly]
    return [s for s in found if not needs_of(s.problem)][::EVERY_BARE]


@pytest.mark.parametrize("sample", thinned(held_without_layers(), everyday=1, ids=str))
def test_weak_isolation_keeps_what_it_promises(sample):
    """
    Where nothing restricts files and system calls, numbers are still compared outside.
    """
    problem = load_problem(sample.problem)
    problem = hurried(problem) if sample.waits else problem
    with (
        Sandbox(problem, weak=True, layers=WEAK) as bare,
        Judge(problem, SEED, sandbox=bare, suite=suite_of(sample.problem)) as judge,
    ):
        report = judge.judge(sample.source, "", search=False)

    assert report.verdict in sample.verdicts, report
    assert report.score < report.max_score or report.verdict is Verdict.AC
    assert set(report.isolation) == set(WEAK)


@pytest.mark.slow
def test_nothing_hostile_escaped():
    """
    After all of the above no orphan lives, and no canary lies anywhere on this file system.
    """
    packages = ("-name", "site-packages", "-prune", "-o")  # most of all files; ours is in LIKELY
    command = ["find", "/", "/dev/shm", "-xdev", *packages, "-name", CANARY, "-print"]
    found = subprocess.run(command, capture_output=True, check=False, text=True).stdout.split()
    orphans = [c for c in children(os.getpid()).values() if b"zygote.py" not in c]

    assert found + canaries() == []
    assert orphans == []


def canaries():
    return [f for place in LIKELY for f in glob.glob(CANARY, root_dir=place)]


@pytest.mark.parametrize("folder", sorted(CORPUS.glob("*/hostile")), ids=lambda f: f.parent.name)
def test_table_names_every_hostile_file(folder):
    """
    README.md beside the hostile files says what each tries and what stops it.
    """
    named = {file for file, _ in rows_of(folder / "README.md")}

    assert named == {s.path for s in samples("hostile") if s.path.parent == folder}
    assert named == set(folder.glob("*.py"))
