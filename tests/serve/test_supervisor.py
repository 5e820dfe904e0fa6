"""The process that starts the others again: what it makes of how they ended."""

import os
import signal
import subprocess

import pytest

from grader.sandbox.outside import ended_for_memory
from grader.serve import queue, supervisor
from grader.serve.owner import owner
from tests.serve.test_queue import submit, take


def judge_process():
    """
    A child that is a judge as the supervisor knows one, and does nothing.
    """
    child = supervisor.Child(supervisor.JUDGE, ())
    child.out_of_memory = ended_for_memory()
    child.process = subprocess.Popen(["sleep", "60"])
    return child


@pytest.mark.skipif(ended_for_memory() is None, reason="the kernel does not say who killed")
@pytest.mark.parametrize(("how", "tries"), [(signal.SIGKILL, 0), (signal.SIGSEGV, 1)])
def test_only_a_judge_that_died_by_itself_is_a_try(made, capsys, how, tries):
    """
    What it played alone is free at once, however it ended; the log says how it did.
    """
    course, database = made()
    submit(course, database, "ada", "1")
    take(course, database)
    queue.free_the_dead(database, lambda _: False, blamed=False)
    child = judge_process()
    assert take(course, database, owner(child.process.pid)).alone
    os.kill(child.process.pid, how)
    child.process.wait()

    supervisor._free(database, child, child.look())
    assert f"ended with code {-how}" in capsys.readouterr().err
    assert (take(course, database).tries, child.process) == (tries, None)


def test_a_judge_that_still_runs_keeps_what_it_has(made):
    """
    Another process that ends takes nothing from it.
    """
    course, database = made()
    submit(course, database, "ada", "1")
    child = judge_process()
    take(course, database, owner(child.process.pid))
    supervisor._free(database, child, child.look())
    supervisor._free(database, supervisor.Child(supervisor.WEB, ()), 1)

    assert take(course, database) is None
    child.close()
