"""Fixtures that are costly to make: judges and sandboxes that serve many tests."""

import contextlib
import os
import signal
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from grader.judge.judge import Judge
from grader.problems.load import load_problem
from grader.sandbox.host import Sandbox
from tests import needs, support

# How long an example takes says how busy the machine is, and nothing of what is tested. Without a
# round each run has the same examples: a tree is green or it is not. `.ci/check` looks for others.
settings.register_profile(
    "busy",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=support.ROUND == 0,
)
settings.load_profile("busy")

# A run in the background ignores these, and so would every judge that a test starts and interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_configure(config):
    """
    Tests keep what they compute in a folder of this run alone, which all its processes share.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        kept = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        usual = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        # Matplotlib's list of fonts takes seconds to make, and is the same for every run.
        os.environ.setdefault("MPLCONFIGDIR", str(usual / "matplotlib"))
        os.environ["XDG_CACHE_HOME"] = kept.name
        # Tests start the kit some hundred times: it is compiled once, if not beside its sources.
        if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
            os.environ["PYTHONPYCACHEPREFIX"] = str(Path(kept.name) / "pycache")
        config.add_cleanup(kept.cleanup)


def pytest_collection_modifyitems(items):
    """
    Skip what needs something that is missing; a marker says what (tests/needs.py).
    """
    needs.skip_what_cannot_run(items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """
    What is demanded by RNN_JUDGE_NEEDS_... (set in CI) is not skipped, for whatever reason.
    """
    report = yield
    needs.fail_what_is_demanded(item, report)
    return report


@pytest.fixture(scope="session")
def judges():
    """
    A function from a problem's name to its one judge; `hurry` gives one with short limits.
    """
    support.adopt_orphans()
    made = {}
    with contextlib.ExitStack() as stack:

        def judge_of(problem_id, *, hurry=False):
            if (problem_id, hurry) not in made:
                problem = load_problem(problem_id)
                problem = support.hurried(problem) if hurry else problem
                made[problem_id, hurry] = stack.enter_context(Judge(problem, support.SEED))
            return made[problem_id, hurry]

        yield judge_of


@pytest.fixture(scope="session")
def report_of(judges):
    """
    A function from a sample to its report, made once; with short limits where it may use up time.

    search, diagnose: with the smallest case, and with the cause, each of which costs more.
    """
    made = {}

    def report(sample, *, search=False, diagnose=False):
        how = {"search": search or diagnose, "diagnose": diagnose}
        key = (sample, *how.values())
        if key not in made:
            judge = judges(sample.problem, hurry=sample.waits)
            made[key] = support.once_a_run(
                f"{sample} {how}", lambda: judge.judge(sample.source, str(sample.path), **how)
            )
        return made[key]

    return report


@pytest.fixture(scope="session")
def sandbox_with():
    """
    A function from names of layers to a sandbox in which only those are in force.
    """
    made = {}
    with contextlib.ExitStack() as stack:

        def sandbox(*layers):
            if layers not in made:
                opened = Sandbox(support.SIMPLE_RNN, weak=True, layers=layers)
                made[layers] = stack.enter_context(opened)
            return made[layers]

        yield sandbox


@pytest.fixture(scope="session")
def sandbox():
    """
    A sandbox for simple_rnn with every layer that this machine can give.
    """
    with Sandbox(support.SIMPLE_RNN, weak=True) as opened:
        yield opened
