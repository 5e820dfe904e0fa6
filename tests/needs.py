"""What a test may need beside the kit: a marker each, skipped without it, demanded by a variable."""

import importlib
import importlib.util
import os
import shutil
from pathlib import Path

import pytest


def _axe():
    """The path of axe-core, the newest of those that came with a package, or None."""
    found = (
        importlib.util.find_spec(name) for name in ("axe_playwright_python", "axe_core_python")
    )
    files = (Path(s.origin).with_name("axe.min.js") for s in found if s and s.origin)
    return next((file for file in files if file.is_file()), None)


AXE = _axe()
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def _packages(*names):
    return lambda: all(importlib.util.find_spec(name) for name in names)


NEEDS = {  # marker -> whether it is there
    "torch": _packages("torch"),
    "cluster": _packages("distributed"),
    "formats": _packages("xmlschema", "junitparser", "check_jsonschema", "problemtools"),
    "serve": _packages("starlette", "uvicorn", "python_multipart", "jinja2", "matplotlib"),
    "chromium": lambda: CHROMIUM is not None,
    "notebook": _packages("IPython"),
    "kernel": _packages("nbclient", "nbformat", "ipykernel"),
    "axe": lambda: AXE is not None,
}


def demanded(need):
    """Whether a test may not be skipped for it: RNN_JUDGE_NEEDS_TORCH=1, set in CI."""
    return bool(os.environ.get(f"RNN_JUDGE_NEEDS_{need.upper()}"))


def imported(need, module):
    """A module of the kit that needs something; its tests are skipped without that, and only then."""
    if not NEEDS[need]():
        reason = f"needs {need}, which is not installed"
        if demanded(need):
            raise ImportError(f"{module} {reason}, and {need} is demanded")
        pytest.skip(reason, allow_module_level=True)
    return importlib.import_module(module)


def needed_by(item):
    """The needs by whose markers a test is marked."""
    return [need for need in NEEDS if item.get_closest_marker(need)]


def skip_what_cannot_run(items):
    """Mark as skipped, with the reason, what needs something that is missing."""
    missing = {need for need, found in NEEDS.items() if not found()}
    for item in items:
        for need in missing.intersection(m.name for m in item.iter_markers()):
            item.add_marker(pytest.mark.skip(reason=f"needs {need}, which is not installed"))


def fail_what_is_demanded(item, report):
    """Turn a skip into a failure where what the test needs is demanded, and nothing else is missing."""
    reasons = [need for need in needed_by(item) if demanded(need)]
    if item.get_closest_marker("skipif"):
        return
    if report.skipped and reasons and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but {', '.join(reasons)} is demanded: {report.longrepr[2]}"
