"""Where the time of one submission goes: fork and layers, import, cases, comparison.

Run it: python tests/benchmarks/bench_phases.py. It measures and judges nothing.
"""

import statistics
import time
from pathlib import Path

import pytest

from grader.cases import generate
from grader.cases.suite import make_suite
from grader.judge.compared import find_mismatches
from grader.model import Run
from grader.oracle import bounds
from grader.problems.load import load_problem
from grader.sandbox.host import Sandbox
from grader.sandbox.watch import Worker

KIT = Path(__file__).resolve().parents[2]
CORRECT = KIT / "tests" / "corpus" / "simple_rnn" / "accepted" / "einsum_everywhere.py"


def timed(work):
    began = time.perf_counter()
    result = work()
    return result, time.perf_counter() - began


def one_submission(sandbox, suite):
    """Seconds by phase of one submission in a warm zygote."""
    phases = {}
    worker, phases["fork and layers"] = timed(lambda: Worker(sandbox, CORRECT.read_bytes()))
    failed, phases["import"] = timed(worker.imported)
    outcomes, phases["cases"] = timed(lambda: list(worker.play(suite.cases)))
    _, phases["end"] = timed(worker.close)
    run = Run(dict(enumerate(outcomes)), (), {}, "", 0, 0, 0, failed)
    _, phases["comparison"] = timed(lambda: find_mismatches(suite, run))
    return phases


def main(rounds=15):
    problem, seed = load_problem("simple_rnn"), 1
    once = {}
    cases, once["draw the cases"] = timed(
        lambda: tuple(next(stream) for stream in generate.draw_cases(problem, seed))
    )
    _, once["expected values and bounds"] = timed(
        lambda: tuple(bounds.expect(problem, case) for case in cases)
    )
    suite = make_suite(problem, seed)
    began = time.perf_counter()
    with Sandbox(problem, weak=True) as sandbox:
        Worker(sandbox, b"").close()
        once["start the zygote"] = time.perf_counter() - began
        found = [one_submission(sandbox, suite) for _ in range(rounds)]
    print(f"once a run, {len(cases)} cases")
    for phase, taken in once.items():
        print(f"  {phase:28}{1000 * taken:8.1f} ms")
    print(f"each submission, median of {rounds}")
    for phase in found[0]:
        taken = statistics.median(f[phase] for f in found)
        print(f"  {phase:28}{1000 * taken:8.1f} ms")
    return found


@pytest.mark.slow
def test_benchmark_runs():
    """
    The benchmark runs; its figures are for people to judge.
    """
    assert main(rounds=2)


if __name__ == "__main__":
    main()
