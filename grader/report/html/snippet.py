"""A case as a program that a student can run beside solution.py."""

import json
from collections.abc import Mapping
from typing import Any

from grader.model import Counterexample

MOST_NUMBERS = 400

PROGRAM = """\
# Save this beside solution.py. It plays the case as the judge does; needs rnn-judge installed.
from types import SimpleNamespace

import numpy as np
from problem.{problem} import driver

import solution

case = SimpleNamespace(
    seed={seed},
    sizes={sizes},
    inputs={{{inputs}
    }},
)
expected = {{{expected}
}}
for name, value in driver.{group}(solution, case).items():
    print(name, "yours:", np.asarray(value).tolist(), "expected:", expected[name].tolist())
"""


def program(problem: str, c: Counterexample) -> str:
    """Return the program, or nothing if the case is too large to be read."""
    names = [problem, c.group, *c.inputs, *c.expected]
    numbers = sum(map(_count, [*c.inputs.values(), *c.expected.values()]))
    if numbers > MOST_NUMBERS or not all(n.isidentifier() for n in names):
        return ""
    return PROGRAM.format(
        problem=problem,
        group=c.group,
        seed=c.seed,
        sizes=json.dumps(dict(c.sizes)),
        inputs=_arrays(c.inputs, c.dtypes, 8),
        expected=_arrays(c.expected, {}, 4),
    )


def _arrays(values: Mapping[str, Any], dtypes: Mapping[str, str], margin: int) -> str:
    lines = []
    for name, value in values.items():
        dtype = dtypes.get(name, "float64")
        wanted = "" if dtype == "float64" else f', dtype="{dtype}"'
        lines.append(f'\n{" " * margin}"{name}": np.array({_nested(value)}{wanted}),')
    return "".join(lines)


def _nested(value: Any) -> str:
    """Return numbers as Python writes them, in brackets."""
    if isinstance(value, list):
        return f"[{', '.join(map(_nested, value))}]"
    return f"float({value!r})" if isinstance(value, str) else repr(value)


def _count(value: Any) -> int:
    return sum(map(_count, value)) if isinstance(value, list) else 1
