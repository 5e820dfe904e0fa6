"""What of this machine touches reproducibility, and whether the kit is complete."""

import platform
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from grader.sandbox.layers import OWN_UIDS
from grader.versions import installed

FILES = ("problem.yaml", "driver.py", "starter.py", "statement.en.md", "statement.zh.md")


def settings(facts: dict[str, Any]) -> dict[str, str]:
    """Return name -> value of what may change a bit of a result; facts: as a worker saw them."""
    config = np.show_config(mode="dicts") or {}
    blas = config.get("Build Dependencies", {}).get("blas", {})
    simd = config.get("SIMD Extensions", {})
    return {
        "Python": f"{platform.python_version()} ({platform.python_implementation()})",
        "NumPy": installed("numpy"),
        "Hypothesis": f"{installed('hypothesis')} (draws the cases)",
        "BLAS": f"{blas.get('name', '?')} {blas.get('version', '?')}",
        "SIMD": ", ".join([*simd.get("baseline", ()), *simd.get("found", ())][-4:]) or "?",
        "long double": f"{np.finfo(np.longdouble).nmant + 1} bits",
        "BLAS threads in a worker": str(facts.get("threads") or "not set"),
        "subnormal numbers": "kept" if facts.get("subnormals") else "flushed to zero",
        "worker's user": _user(facts.get("uid")),
    }


def _user(uid: int | None) -> str:
    if uid == 0:
        return "0 (without root's rights; no other user can read this Python)"
    if uid is not None and uid >= OWN_UIDS:
        return "each its own"
    return "?" if uid is None else str(uid)


def incomplete(problems: Path, ids: Iterable[str]) -> dict[str, list[str]]:
    """Return the files that the kit lacks, by problem; empty where nothing is missing."""
    lacking: dict[str, list[str]] = {}
    for name in ids:
        folder = problems / name
        wanted = [folder / f for f in FILES]
        wanted.append(reference_of(problems, name))
        absent = [str(f.relative_to(problems.parent)) for f in wanted if not f.is_file()]
        if not any(folder.glob("samples/*.json")):
            absent.append(f"{folder.relative_to(problems.parent)}/samples/*.json")
        if absent:
            lacking[name] = absent
    return lacking


def reference_of(problems: Path, name: str) -> Path:
    """Return where a problem's reference is, if the kit has one."""
    return problems.parent / "reference" / f"{name}.py"
