"""How long one `grader grade` takes, as a multiple of what importing its libraries takes.

Run it: python tests/benchmarks/bench_startup.py. It measures and judges nothing.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

KIT = Path(__file__).resolve().parents[2]
CORRECT = KIT / "tests" / "corpus" / "simple_rnn" / "accepted" / "einsum_everywhere.py"
GRADE = [sys.executable, "-m", "grader", "grade", str(CORRECT)]
IMPORTS = [sys.executable, "-c", "import numpy, hypothesis.extra.numpy"]


def seconds(command):
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=KIT)
    return time.perf_counter() - began


def measure(rounds):
    """Medians of both commands, run in turn so that a busy machine disturbs both alike."""
    pairs = [(seconds(GRADE), seconds(IMPORTS)) for _ in range(rounds)]
    grade, imports = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    return grade, imports, ratio


def main(rounds=9):
    grade, imports, ratio = measure(rounds)
    print(f"one `grader grade` of a correct solution  {grade:.3f} s")
    print(f"import numpy, hypothesis.extra.numpy      {imports:.3f} s")
    print(f"ratio                                     {ratio:.2f}  (aim: at most 4)")
    return ratio


@pytest.mark.slow
def test_benchmark_runs():
    """
    The benchmark runs and gives a ratio; what it is, is for people to judge.
    """
    assert main(rounds=3) > 0


if __name__ == "__main__":
    main()
