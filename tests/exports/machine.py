"""A machine of its own for an exported autograder: its folders, little memory, half a processor."""

import contextlib
import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

GROUPS = Path("/sys/fs/cgroup")
MEMORY, HALF = 768 * 2**20, 50_000  # bytes; microseconds of 100,000

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="mounting a folder needs root")


@contextlib.contextmanager
def small():
    """Yield the words before a command that let it have 768 MiB and half a processor."""
    name = f"rnn-judge-test-{uuid.uuid4().hex[:8]}"
    limits = {"memory": ("memory.limit_in_bytes", MEMORY), "cpu": ("cpu.cfs_quota_us", HALF)}
    made = []
    with contextlib.suppress(OSError):
        for kind, (file, value) in limits.items():
            folder = GROUPS / kind / name
            folder.mkdir()
            made.append(folder)
            (folder / file).write_text(str(value))
    joins = "".join(f"echo $$ > {folder}/cgroup.procs; " for folder in made)
    try:
        yield ["bash", "-c", f'{joins}exec "$@"', "bash"]
    finally:
        for folder in made:
            folder.rmdir()


def run(root, place, command, *, prefix=(), env=None, cwd="/"):
    """The finished process of a command for which the folder `root` is the folder `place`.

    There, everybody may read the Python, wherever it lies here.
    """
    there = not Path(place).exists()
    Path(place).mkdir(exist_ok=True)
    (root / "python").mkdir(exist_ok=True)
    mounts = f'mount --bind "{root}" "{place}" && mount --bind {sys.base_prefix} "{place}/python"'
    script = f'{mounts} && cd "{cwd}" && exec "$@"'
    path = f"{place}/python/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    try:
        return subprocess.run(
            [*prefix, "unshare", "-m", "bash", "-c", script, "bash", *command],
            env={"PATH": path, "HOME": "/root", **(env or {})},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    finally:
        if there:
            Path(place).rmdir()
