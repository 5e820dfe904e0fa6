"""What these tests start: `grader` as it is here, and as it is where there is no POSIX."""

import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox.spawn import available
from tests.support import clean_environment

BARE = Path(__file__).with_name("bare.py")


def started(*command, cwd, **environment):
    """The finished process of this interpreter with these arguments."""
    return subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=cwd,
        env={**clean_environment(), "COVERAGE_PROCESS_CONFIG": "", **environment},
        capture_output=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="session")
def shut_in(request):
    """
    The sandbox, where this system has one.
    """
    if not available():
        pytest.skip("this system has no sandbox")
    return request.getfixturevalue("sandbox")


@pytest.fixture
def grader(tmp_path):
    """
    A function: `grader` with these arguments in an empty folder.
    """
    return lambda *a, cwd=tmp_path, **env: started("-P", "-m", "grader", *a, cwd=cwd, **env)


@pytest.fixture
def bare(tmp_path):
    """
    A function: the same where what Windows lacks is taken away.
    """
    if sys.platform != "linux":
        pytest.skip("this system is its own test")
    return lambda *a, cwd=tmp_path, module="grader", **env: started(
        BARE, module, *a, cwd=cwd, **env
    )
