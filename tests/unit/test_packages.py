"""Packages that a problem needs: what is missing is said, what is not asked for costs nothing."""

import subprocess
import sys

import pytest

from grader.errors import SandboxError
from grader.sandbox import packages
from tests.support import KIT


def test_missing_package_is_named():
    """
    A package that is not installed is named with the command that installs it.
    """
    assert packages.missing(["numpy"]) == ""
    assert packages.missing(["numpy", "no_such"]) == "needs no_such: pip install no_such"
    with pytest.raises(SandboxError, match="pip install no_such"):
        packages.places(["no_such"])


def test_numpy_alone_needs_no_metadata():
    """
    A problem with NumPy alone does not pay for reading what packages require.
    """
    code = (
        "import sys; from grader.sandbox import packages as p; print(sorted(p.places(['numpy'])))"
    )
    code += "; print('importlib.metadata' in sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=KIT
    )

    assert done.stdout.split("\n")[:2] == ["['numpy']", "False"]
