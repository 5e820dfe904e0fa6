"""What several test modules need: the corpus by folder, solutions to vary, processes to watch."""

import ctypes
import functools
import hashlib
import os
import pickle
import re
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from grader import layout
from grader.cases.suite import kept_suite
from grader.model import Verdict
from grader.problems.corpus import FOLDERS
from grader.problems.load import load_problem, problem_ids
from grader.sandbox.watch import Worker
from tests.needs import NEEDS

SEED = 20240607
KIT = Path(layout.KIT)
CORPUS = KIT / "tests" / "corpus"
PROMISE = re.compile(r"# promise: (?P<kind>[\w-]+) (?P<verdicts>[A-Z|]+): ")
LOSES = re.compile(r"^# loses: (?P<groups>.+)$", re.MULTILINE)
EVERY = 50  # one file of so many is looked at in the everyday run
# Which part is played of what only a benchmark or `grader mutate` plays whole; CI counts it on.
ROUND = int(os.environ.get("RNN_JUDGE_ROUND", "0"))
# Whether what only waits for accidents goes on for as long as it once should: 200 kills take minutes.
LONG = os.environ.get("RNN_JUDGE_LONG") == "1"


@dataclass(frozen=True)
class Sample:
    """A submission of the corpus and what its place and its first lines say of it."""

    problem: str
    path: Path
    verdicts: frozenset
    kind: str = ""
    loses: frozenset | None = None

    def __str__(self):
        return f"{self.problem}/{self.path.parent.name}/{self.path.stem}"

    @property
    def source(self):
        return self.path.read_bytes()

    @property
    def waits(self):
        """Whether the file may be there to use up time, so that its limits are shortened."""
        return Verdict.TLE in self.verdicts

    @property
    def costly(self):
        """Whether judging the file is slow: it fills memory or waits for a limit."""
        return self.kind == "exhaust" or self.verdicts <= {Verdict.TLE, Verdict.MLE}


def once_a_run(name, make):
    """What a function gives, made by the first process of a test run that asks for that name."""
    kept = Path(os.environ["XDG_CACHE_HOME"]) / "once" / hashlib.sha256(name.encode()).hexdigest()
    if not kept.is_file():
        kept.parent.mkdir(exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_bytes(pickle.dumps(make()))
        part.replace(kept)
    return pickle.loads(kept.read_bytes())


def samples(*folders):
    """Every file of the corpus in folders of those names, problem by problem."""
    return [s for p in problem_ids() for f in folders for s in _in_folder(p, f)]


@functools.cache
def _in_folder(problem, folder):
    found = [_sample(problem, path) for path in sorted((CORPUS / problem / folder).glob("*.py"))]
    return [s for s in found if folder in FOLDERS or s.kind]


def _sample(problem, path):
    head = path.read_bytes()[:1000].decode("utf-8", "replace")
    promise, loses = PROMISE.match(head), LOSES.search(head)
    stated = FOLDERS.get(path.parent.name, Verdict.JE)
    verdicts = promise["verdicts"].split("|") if promise else [stated]
    return Sample(
        problem,
        path,
        frozenset(map(Verdict, verdicts)),
        promise["kind"] if promise else "",
        frozenset(re.split(r",\s*", loses["groups"].strip())) if loses else None,
    )


def todays(values, parts):
    """One part of so many, another one in each round: of what is too much to play whole."""
    return [v for n, v in enumerate(values) if (n + ROUND) % parts == 0]


def params(found):
    """The samples as parameters, marked slow if they are costly, and all but every so-manyth."""
    return [pytest.param(s, id=str(s), marks=_marks(n, s)) for n, s in enumerate(found)]


@functools.cache
def problem(problem_id):
    """A problem of the kit; it is read once."""
    return load_problem(problem_id)


@functools.cache
def suite_of(problem_id="simple_rnn"):
    """Its suite for the seed of the tests; of all their processes one makes it."""
    return kept_suite(problem(problem_id), SEED)


def scored(*groups):
    """The scored cases of simple_rnn, of these groups if some are named."""
    return tuple(c for c in suite_of().cases if not groups or c.group in groups)


def needs_of(problem_id):
    """The markers of what a problem needs beside NumPy."""
    return [getattr(pytest.mark, name) for name in problem(problem_id).packages if name in NEEDS]


def slow_if_it_needs(problem_id):
    """The same, and that it is slow, since importing PyTorch is; nothing where nothing is needed."""
    needs = needs_of(problem_id)
    return [*needs, pytest.mark.slow] if needs else []


def per_problem(ids=None):
    """The problems, all of them if no names are given, as parameters that say what each needs."""
    found = problem_ids() if ids is None else ids
    return [pytest.param(problem(p), id=p, marks=needs_of(p)) for p in found]


def thinned(values, everyday=2, ids=None):
    """The values as parameters, all but the first few marked slow."""
    names = [str(ids(v)) if ids else None for v in values]
    return [
        pytest.param(*_as_tuple(v), id=name, marks=[pytest.mark.slow] if n >= everyday else [])
        for n, (v, name) in enumerate(zip(values, names, strict=True))
    ]


def _as_tuple(value):
    return value if isinstance(value, tuple) else (value,)


def _marks(number, sample):
    marks = [pytest.mark.slow] if sample.costly or number % EVERY else []
    return [*marks, *slow_if_it_needs(sample.problem)]  # tests/torch is enough of it


def hurried(problem):
    """The problem with limits that cost less to wait for."""
    limits = replace(problem.limits, cpu_s=1.2, wall_s=2.4, case_cpu_s=0.3, case_wall_s=0.6)
    return replace(problem, limits=limits)


SIMPLE_RNN = problem("simple_rnn")

CORRECT = """
import os, sys, time
import numpy as np
{at_import}

class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        {init}
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        {forward}
        self.h = [np.zeros(self.b_h.shape)]
        for row in x:
            self.h.append(np.tanh(self.W_xh @ row[:, None] + self.W_hh @ self.h[-1] + self.b_h))
        self.outputs = np.array([self.W_hy @ h + self.b_y for h in self.h[1:]])
        return self.outputs

    def backward(self, x, y, learning_rate):
        {backward}
        d_out = self.outputs - y[:, :, None]
        d = {{n: np.zeros(getattr(self, n).shape) for n in ("W_xh", "W_hh", "W_hy", "b_h", "b_y")}}
        carried = np.zeros(self.b_h.shape)
        for t in reversed(range(len(x))):
            d_a = (1 - self.h[t + 1] ** 2) * (self.W_hy.T @ d_out[t] + carried)
            d["W_xh"] += d_a @ x[t][None]
            d["W_hh"] += d_a @ self.h[t].T
            d["W_hy"] += d_out[t] @ self.h[t + 1].T
            d["b_h"] += d_a
            d["b_y"] += d_out[t]
            carried = self.W_hh.T @ d_a
        for name, value in d.items():
            getattr(self, name)[...] -= learning_rate * value
"""


def solution(at_import="", init="", forward="", backward=""):
    """The bytes of a correct solution with these lines put in."""
    inside = {"init": init, "forward": forward, "backward": backward}
    indented = {k: "\n        ".join(v.splitlines()) or "pass" for k, v in inside.items()}
    return CORRECT.format(at_import=at_import, **indented).encode()


@functools.cache
def refused_layers():
    """The names of the layers that this machine may refuse and does; the others are demanded."""
    code = "from grader.sandbox.namespaces import enter; print(enter())"
    why = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=KIT
    ).stdout
    return {"namespaces"} if why.strip() else set()


def printed_by(sandbox, code):
    """What the code prints when a worker imports it; it ends there."""
    worker = Worker(sandbox, f"{code}\nimport sys\nsys.stdout.flush()\n".encode())
    try:
        worker.imported()
    finally:
        worker.close()
    return worker.printed.decode()


def run_grader(*arguments, env=None, **options):
    """The finished process of a real `grader`."""
    return subprocess.run(
        [sys.executable, "-m", "grader", *map(str, arguments)],
        env={**clean_environment(), **(env or {})},
        capture_output=True,
        timeout=120,
        check=False,
        **options,
    )


def clean_environment():
    return {n: v for n, v in os.environ.items() if not n.startswith("GRADER_")}


def adopt_orphans():
    """Make this process the parent of every descendant that loses its own (only on Linux)."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def children(pid):
    """The living children of a process, by pid, with their command lines."""
    found = {}
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(task).decode().split():
            state = _read(f"/proc/{child}/stat").rpartition(b")")[2].split()[:1]
            if state not in ([], [b"Z"]):
                found[int(child)] = _read(f"/proc/{child}/cmdline")
    return found


def _read(file):
    """What is in a file of /proc; nothing if the process has ended meanwhile."""
    try:
        return Path(file).read_bytes()
    except OSError:
        return b""


def descendants(pid):
    """Every living process below a process, by pid."""
    found = children(pid)
    for child in list(found):
        found.update(descendants(child))
    return found


def eventually(condition, within_s=60.0):
    """Whether the condition holds before the time is up; looked at again and again."""
    until = time.monotonic() + within_s
    while not (held := condition()) and time.monotonic() < until:
        time.sleep(0.02)
    return bool(held)
