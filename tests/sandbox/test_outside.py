"""Who is to blame for the end of a process: somebody who killed it, want of memory, or itself."""

import signal
import subprocess
import sys

import pytest

from grader.sandbox.outside import VMSTAT, ended_for_memory, was_killed


@pytest.fixture
def counts(tmp_path):
    """
    A function that makes a file such as the kernel's, by how many were ended for want of memory.
    """

    def written(number):
        file = tmp_path / f"vmstat{number}"
        file.write_text(f"nr_free_pages 12\noom_kill {number}\n" if number is not None else "x 1\n")
        return file

    return written


def test_only_a_kill_without_want_of_memory_is_from_outside(counts):
    """
    Not where the kernel counted one more, where it does not count, or where the end was another.
    """
    assert was_killed(-signal.SIGKILL, 3, counts(3))
    assert not was_killed(-signal.SIGKILL, 3, counts(4))
    assert not was_killed(-signal.SIGKILL, None, counts(3))
    assert not was_killed(-signal.SIGKILL, 3, counts(None))
    for code in (None, 0, 1, -signal.SIGSEGV, -signal.SIGABRT):
        assert not was_killed(code, 3, counts(3))


def test_what_does_not_count_says_so(counts, tmp_path):
    """
    A file that is not there, and one of another form.
    """
    assert ended_for_memory(tmp_path / "none") is None
    assert ended_for_memory(counts(None)) is None
    assert ended_for_memory(counts(7)) == 7


@pytest.mark.skipif(ended_for_memory() is None, reason=f"{VMSTAT} does not count")
def test_a_process_that_is_killed_here():
    """
    As this machine's kernel tells it.
    """
    before = ended_for_memory()
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    process.kill()
    process.communicate()

    assert was_killed(process.returncode, before)
