"""Kattis's input validator: a line for each case, as the kit writes them and no other way."""

import json
import math
import sys
from typing import Any

VALID, INVALID = 42, 43
KEYS = ["group", "sizes", "seed", "observes", "inputs"]


def main() -> int:
    """Check every line."""
    try:
        lines = sys.stdin.buffer.read().decode("ascii").split("\n")
        assert lines.pop() == ""
        assert lines
        for line in lines:
            case = json.loads(line)
            assert json.dumps(case) == line
            check(case)
    except (AssertionError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return INVALID
    return VALID


def check(case: dict[str, Any]) -> None:
    """Raise where something is not a case."""
    assert list(case) == KEYS
    assert case["group"].isidentifier()
    assert all(n.isidentifier() and 0 <= size <= 10**4 for n, size in case["sizes"].items())
    assert 0 <= case["seed"] < 2**32
    assert case["observes"]
    for kind, value in case["inputs"].values():
        assert kind in ("float64", "float32", "int64", "uint8", "int8", "bool")
        assert all(map(math.isfinite, numbers(value)))


def numbers(value: Any) -> list[float]:  # noqa: ANN401  # nested lists
    """Return the numbers in nested lists."""
    if isinstance(value, list):
        return [number for part in value for number in numbers(part)]
    return [float(value)]


if __name__ == "__main__":
    sys.exit(main())
