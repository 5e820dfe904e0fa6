"""Where each quantity goes wrong, step by step, in one map."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from markupsafe import Markup

from grader.model import Counterexample
from grader.report.html import grid, plot

MOST_ROWS, MOST_STEPS = 40, 48
STEPLESS = "*"


def overview(c: Counterexample, wrong: Mapping[str, grid.Bools]) -> Markup:
    """Return a map of the largest difference of each quantity at each step, or nothing.

    wrong: which values of each quantity are not right; quantities that do not count are left out.
    A quantity without steps has one cell, in a column before the first step.
    """
    names = list(wrong)[:MOST_ROWS]
    if len(names) < 2 or not any(wrong[name].any() for name in names):
        return Markup()
    lines = [_by_step(c, name, wrong[name]) for name in names]
    ahead = 0 if all(line.steps for line in lines) else 1
    shown = _shown(lines)
    columns = ahead + shown.stop - shown.start
    errors, bad = np.zeros((len(names), columns)), np.zeros((len(names), columns), dtype=bool)
    spans = []
    for row, line in enumerate(lines):
        part = shown if line.steps else slice(0, 1)
        start = ahead if line.steps else 0
        spans.append((start, start + len(line.errors[part])))
        errors[row, slice(*spans[-1])] = line.errors[part]
        bad[row, slice(*spans[-1])] = line.wrong[part]
    labels = [STEPLESS] * ahead + [str(n) for n in range(shown.start, shown.stop)]
    marks = plot.Labels(names, labels)
    return plot.heat_map("overview", errors, bad, marks, "|yours - expected|", spans)


def _shown(lines: Sequence["_Line"]) -> slice:
    """Return the steps that are shown: those around the first that is wrong."""
    steps = max(line.steps for line in lines)
    first = min((int(np.argmax(n.wrong)) for n in lines if n.steps and n.wrong.any()), default=0)
    return grid.around(first, steps, MOST_STEPS)


class _Line(NamedTuple):
    """The largest error at each step, and whether any is wrong; steps 0: there is only one."""

    errors: grid.Floats
    wrong: grid.Bools
    steps: int


def _by_step(c: Counterexample, name: str, wrong: grid.Bools) -> _Line:
    with np.errstate(invalid="ignore", over="ignore"):
        errors = np.abs(grid.floats(c.actual[name]) - grid.floats(c.expected[name]))
    errors = np.where(wrong, errors, 0.0)
    axis = grid.step_axis(c.shapes.get(name, ()), c.steps)
    along = axis is not None and axis < errors.ndim
    first = np.moveaxis(errors, axis, 0) if axis is not None and along else errors[np.newaxis]
    bad = np.moveaxis(wrong, axis, 0) if axis is not None and along else wrong[np.newaxis]
    size = len(first)
    any_bad = np.asarray(bad.reshape(size, -1).any(axis=1))
    return _Line(first.reshape(size, -1).max(axis=1), any_bad, size if along else 0)
