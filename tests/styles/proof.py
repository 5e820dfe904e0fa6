"""Whether a program is right, without the reference and without the judge's bounds.

The problem's driver plays small cases on the program and on an implementation by PyTorch's
automatic differentiation. They may differ by 1e-7 of the largest value, or of the largest change of
a weight: generous, so that what is proved here is that the program computes the right thing.
"""

import functools
import types
import warnings

import numpy as np

from grader import compare
from grader.cases import generate
from grader.oracle import load, trusted
from grader.problems.load import load_problem
from tests.support import KIT

TOLERANCE = {"float64": 1e-7, "float32": 1e-3}
OF_WEIGHT = 1e-5  # the least update of a weight that counts as its scale
ORDINARY = ("plain", "quarters", "readable", "large_inputs")
SEED = 1
COSTLY = ("learning",)  # a thousand steps, each like the one that `step` shows
PLACES = (KIT / "tests" / "styles" / "independent", KIT / "tests" / "independent")


def module_of(source):
    """The program as an imported module."""
    made = types.ModuleType("solution")
    with warnings.catch_warnings():
        warnings.simplefilter("error", SyntaxWarning)
        exec(compile(source, "solution.py", "exec"), made.__dict__)
    return made


@functools.cache
def cases_of(problem_id):
    """Small cases of every group with all sizes different, and what they should give."""
    problem = load_problem(problem_id)
    path = next(p for place in PLACES if (p := place / f"{problem_id}.py").exists())
    right = load.load_module(path)
    found = []
    for group in [g for g in problem.groups if g.name not in COSTLY]:
        drawn = {d.regime for d in group.draws}
        for regime in [r for r in ORDINARY if r in drawn] or sorted(drawn)[:1]:
            cases = generate.unequal_cases(problem, group, regime, SEED, smallest=2)
            found += [(group, case, trusted.play(problem, right, case)) for case in cases]
    return problem, found


def deviation(style):
    """The largest deviation of a program, as a part of what is tolerated; and where it is."""
    problem, found = cases_of(style.problem)
    program = module_of(style.source)
    worst, where = 0.0, ""
    for group, case, wanted in found:
        seen = trusted.play(problem, program, case)
        for q in group.observes:
            off = _deviation(q, case, np.asarray(seen[q.name], float), wanted[q.name])
            if not off <= worst:
                worst, where = off, f"{group.name} {case.regime} {q.name}"
    return worst, where


def _deviation(q, case, seen, wanted):
    if seen.shape != q.shape_in(case.sizes):
        return np.inf
    change, weight = wanted, 0.0
    if q.update_of is not None:
        weight = case.inputs[q.update_of]
        if weight.ndim == wanted.ndim:  # more may be there to load than there are steps
            weight = weight[: len(wanted)]
        change = wanted - compare.loaded_before(wanted, weight)
    sizes = [np.max(np.abs(change), initial=0.0), OF_WEIGHT * np.max(np.abs(weight), initial=0.0)]
    scale = max(*sizes, 1e-300)
    return float(np.max(np.abs(seen - wanted), initial=0.0) / scale / TOLERANCE[q.precision])
