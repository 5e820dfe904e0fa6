"""Every hostile file of the corpus gets what its first line promises, and leaves nothing behind."""

import glob
import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pytest

from grader.model import Verdict
from tests.support import CORPUS, KIT, children, descendants, eventually, params, samples

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
    table = (folder / "README.md").read_text(encoding="utf-8")

    named = {line.split("`")[1] for line in table.splitlines() if line.startswith("| `")}
    assert named == {s.path.name for s in samples("hostile") if s.path.parent == folder}
