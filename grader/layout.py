"""Where the kit's own files lie, and how an interpreter of ours finds them.

Every start of the kit reads this before it has left the working directory: what is imported here,
an interpreter has loaded before it looks there at all.
"""

import os

TYPE_CHECKING = False  # as in typing, which is not loaded yet
if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = os.path.dirname(os.path.abspath(__file__))
# The kit's checkout, or the place where the wheel put its problems.
KIT = os.path.dirname(PACKAGE)


def around(problem: "Path") -> "Path":
    """Return where a problem and all that belongs to it lie: the kit, or a place like it."""
    return problem.parent.parent


def answers(problem: "Path") -> "Path":
    """Return the folder of the references, beside the one in which the problem's folder lies."""
    return around(problem) / "reference"


def tests(problem: "Path") -> "Path":
    """Return the folder of the tests: corpora, independent solutions, explained mutants."""
    return around(problem) / "tests"


def here() -> str:
    """Return the working directory; the root if it was removed."""
    try:
        return os.getcwd()
    except OSError:
        return "/"


def python_path() -> str:
    """Return PYTHONPATH for an interpreter of ours: the kit, and what is no relative entry."""
    left = os.path.realpath(here())
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    kept = [p for p in given if os.path.isabs(p) and os.path.realpath(p) != left]
    return os.pathsep.join([KIT, *kept])
