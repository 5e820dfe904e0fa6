"""Which versions are installed: what decides a suite, its numbers and what is kept of them."""

import platform
import sys
from functools import cache
from pathlib import Path

NONE = "0 (not installed)"


def versions() -> dict[str, str]:
    """Return the versions that shape a suite and its numbers."""
    return {
        "rnn-judge": installed("rnn-judge"),
        "python": platform.python_version(),
        "numpy": installed("numpy"),
        "hypothesis": installed("hypothesis"),
    }


@cache
def installed(distribution: str) -> str:
    """Return the version of an installed distribution, as its folder NAME-VERSION.dist-info says.

    importlib.metadata, which takes as long to import as the judge, is asked where none says so.
    """
    name = distribution.replace("-", "_")
    for place in sys.path:
        for folder in Path(place).glob(f"{name}-*.dist-info"):
            return folder.name.removesuffix(".dist-info").removeprefix(f"{name}-")
    from importlib import metadata  # noqa: PLC0415  # slow, and mostly not needed

    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return NONE
