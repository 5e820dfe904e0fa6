"""What every way to start the kit does before it imports anything: it leaves the working directory.

That may be a student's folder, and `json.py` in it would be run as the instructor. Python puts it
on the path for `python -m`, and for an empty or relative entry of PYTHONPATH. This file imports
what an interpreter has loaded before it looks there at all. What cannot be mended from inside is
what Python runs before: `grader` or `importlib.py` for `python -m grader`, and `sitecustomize.py`
for such a PYTHONPATH.
"""

import os
import sys

from grader.layout import KIT, here


def leave(*folders: str) -> None:
    """Take the working directory and these folders off the places to import from."""
    left = {os.path.realpath(folder) for folder in (here(), *folders)} - {os.path.realpath(KIT)}
    sys.path[:] = [p for p in sys.path if p and os.path.realpath(p) not in left]


def imported_from(folder: str) -> list[str]:
    """Return the names of modules that were taken from a folder, if it is not the kit's own."""
    place = os.path.realpath(folder)
    if place == os.path.realpath(KIT):
        return []
    return sorted(
        name
        for name, module in sys.modules.items()
        if "." not in name and _top(getattr(module, "__file__", None)) == place
    )


def _top(file: object) -> str:
    """Return the folder in which a top-level module or package was found."""
    if not isinstance(file, str):
        return ""
    folder, name = os.path.split(os.path.realpath(file))
    return os.path.dirname(folder) if name.startswith("__init__.") else folder


leave()
