"""A Dask cluster of two workers on this machine, in a process of its own."""

import contextlib
import os
import subprocess
import sys

from tests.support import KIT

CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        print(cluster.scheduler_address, list(cluster.workers.values())[0].pid, flush=True)
        sys.stdin.read()
"""


@contextlib.contextmanager
def cluster():
    """The scheduler's address, and the process number of one of the workers."""
    process = subprocess.Popen(
        [sys.executable, "-c", CLUSTER],
        env={**os.environ, "PYTHONPATH": str(KIT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        address, worker = process.stdout.readline().decode().split()
        yield address, int(worker)
    finally:
        process.communicate()
