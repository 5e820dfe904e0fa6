"""Benchmarks are not run by tests, but they stay such that they can be run."""

import subprocess
import sys

import pytest

from tests.support import KIT

MODULES = sorted(f"tests.benchmarks.{p.stem}" for p in (KIT / "tests/benchmarks").glob("*.py"))


@pytest.mark.slow
@pytest.mark.torch
@pytest.mark.cluster
def test_every_benchmark_can_be_imported():
    """
    What a benchmark uses of the kit is still there.
    """
    code = "\n".join(f"import {name}" for name in MODULES)

    subprocess.run([sys.executable, "-c", code], cwd=KIT, check=True)
