"""A class on disk, and the command line on it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[1] / "corpus" / "simple_rnn"
KIT = Path(__file__).parents[2]


@pytest.fixture
def kit():
    """The environment in which a child finds the kit."""
    return {**os.environ, "PYTHONPATH": str(KIT)}


@pytest.fixture
def grader(kit):
    """Run the command line; its exit code, output and errors."""

    def run(*arguments, **options):
        done = subprocess.run(
            [sys.executable, "-m", "grader", *map(str, arguments)],
            capture_output=True,
            env=kit,
            timeout=600,
            check=False,
            **options,
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run


@pytest.fixture
def fill():
    """Make a folder of submissions out of corpus files: `fill(folder, "accepted/slots", ...)`."""

    def make(folder, *names):
        for name in names:
            student = folder / name.replace("/", "-")
            student.mkdir(parents=True)
            (student / "solution.py").write_bytes((CORPUS / f"{name}.py").read_bytes())
        return folder

    return make


@pytest.fixture
def table(grader):
    """Everything a class's results say, times and usage apart, as text to compare."""

    def read(results):
        code, out, err = grader("results", results, "--format", "json")
        assert code == 0, err
        rows = json.loads(out)
        for row in rows:
            row.pop("judged_at")
            row["report"].pop("usage", None)
            for attempt in row["earlier"]:
                attempt.pop("judged_at")
        return json.dumps(rows, indent=1)

    return read
