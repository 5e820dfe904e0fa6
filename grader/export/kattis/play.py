"""Kattis's entry point: plays the cases on standard input and prints what the solution gives.

A copy of this file becomes __main__.py beside driver.py and the submission's solution.py. Input: a
line of JSON for each case. Output: a line for each quantity, its name, shape and numbers with
all their digits. What the submission itself prints goes to standard error.
"""

import importlib
import json
import os
import sys
import types
from typing import Any

import numpy as np


def main() -> None:
    """Play every case."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    cases = [json.loads(line) for line in sys.stdin]
    driver, solution = importlib.import_module("driver"), importlib.import_module("solution")
    for case in cases:
        inputs = {n: np.asarray(value, kind) for n, (kind, value) in case.pop("inputs").items()}
        played = types.SimpleNamespace(**case, inputs=inputs)
        with np.errstate(all="ignore"):
            seen = getattr(driver, case["group"])(solution, played)
        for name in case["observes"]:
            answers.write(f"{line(name, seen[name])}\n")
    answers.flush()


def line(name: str, value: Any) -> str:  # noqa: ANN401  # whatever a submission returns
    """Return name, shape and numbers; or the type of what is no array of numbers."""
    try:
        array = np.asarray(value)
    except (TypeError, ValueError):
        array = np.asarray(None)
    if array.dtype.kind not in "biuf":
        return f"{name} {type(value).__name__}"
    numbers = " ".join(f"{number:.17g}" for number in array.astype(np.float64).ravel())
    return f"{name} {array.shape} {numbers}".replace(", ", ",").rstrip()


if __name__ == "__main__":
    main()
