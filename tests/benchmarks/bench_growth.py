"""What a class costs as it grows: `python -m tests.benchmarks.bench_growth [COUNT ...] [dask]`.

Whole runs of `grader grade FOLDER --out RESULTS`, simple_rnn, two jobs, all submissions right and no
two of the same bytes: processor time and time by the clock a submission, and the peak memory of the
process that leads the run. Without COUNT at 50 and 500 (5000 takes minutes).

`dask`: the same class with two jobs and with a Dask cluster of two workers on this machine.
"""

import contextlib
import importlib
import itertools
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.bench_class import correct

COUNTS = (50, 500)
OF_A_CLUSTER = 200
LEAD = """
import os, resource, sys
from grader.cli import cli
told = int(sys.argv.pop(1))
try:
    cli.main(sys.argv[1:], standalone_mode=False)
finally:
    found = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(u.ru_utime + u.ru_stime for u in found)
    print(cpu, found[0].ru_maxrss / 1024, file=os.fdopen(told, "w"))
"""


def make_class(root, count):
    """Write `count` right submissions, each in a folder of its student."""
    for number, source in zip(range(count), itertools.cycle(correct()), strict=False):
        folder = root / f"student{number:05}"
        folder.mkdir(parents=True)
        (folder / "solution.py").write_bytes(source + f"\n# {number}\n".encode())


def graded(count, *options):
    """Seconds by the clock, of processor time, and MiB of the leading process, of a class."""
    with tempfile.TemporaryDirectory() as place:
        make_class(Path(place, "class"), count)
        begin, end = os.pipe()
        command = [sys.executable, "-c", LEAD, str(end), "grade", f"{place}/class"]
        command += ["--problem", "simple_rnn", "--out", f"{place}/results", *options]
        began = time.perf_counter()
        done = subprocess.Popen(command, stdout=subprocess.DEVNULL, pass_fds=[end])
        os.close(end)
        with os.fdopen(begin) as told:
            cpu, memory = map(float, told.read().split())
        assert done.wait() in (0, 1)
        return time.perf_counter() - began, cpu, memory


def growth(counts):
    """What one submission costs in classes of several sizes."""
    for count in counts:
        clock, cpu, memory = graded(count, "--jobs", "2")
        print(
            f"growth: {count} submissions: {1000 * cpu / count:.1f} ms of processor time and "
            f"{1000 * clock / count:.1f} ms by the clock each, run {memory:.0f} MiB"
        )


@contextlib.contextmanager
def cluster():
    """The address of a cluster of two workers on this machine."""
    local = importlib.import_module("distributed").LocalCluster
    with local(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
        yield made.scheduler_address


def dask():
    """The rate of two workers of a cluster against that of two jobs."""
    jobs = graded(OF_A_CLUSTER, "--jobs", "2")[0]
    with cluster() as address:
        workers = graded(OF_A_CLUSTER, "--scheduler", address)[0]
    print(
        f"dask: {OF_A_CLUSTER} submissions: two jobs {OF_A_CLUSTER / jobs:.1f} a second, two workers "
        f"{OF_A_CLUSTER / workers:.1f}, ratio {jobs / workers:.2f}"
    )


def main():
    """Print what is asked for."""
    counts = [int(a) for a in sys.argv[1:] if a.isdigit()]
    if counts or "dask" not in sys.argv:
        growth(counts or COUNTS)
    if "dask" in sys.argv:
        dask()


if __name__ == "__main__":
    main()
