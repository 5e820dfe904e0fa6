"""The bytes of a submission, taken from a file that may be anything."""

import os
import stat
from pathlib import Path

from grader.errors import GraderError
from grader.notebook.cells import MOST_NOTEBOOK, SUFFIX

MOST_SOURCE = 2**20


def most_of(name: str) -> int:
    """Return how many bytes a file of that name may have: a notebook holds its outputs, too."""
    return MOST_NOTEBOOK if name.lower().endswith(SUFFIX) else MOST_SOURCE


def read_submission(path: Path) -> bytes:
    """Return the bytes of a submission.

    Raises GraderError, worded for the user, for what is not a readable regular file: a
    directory, a link, a device. What is too large is cut one byte above most_of its name.
    """
    names = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")  # not every system has each
    flags = os.O_RDONLY | sum(getattr(os, name, 0) for name in names)
    try:
        if path.is_symlink():
            raise GraderError(f"{path} is a symbolic link; name the file itself")
        if path.is_dir():
            raise GraderError(f"{path} is a directory; name the file, such as {path}/solution.py")
        descriptor = os.open(path, flags)
    except FileNotFoundError as error:
        raise GraderError(f"there is no file {path}") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise GraderError(f"{path} cannot be read: {why}") from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise GraderError(f"{path} is not an ordinary file")
        return file.read(most_of(path.name) + 1)
