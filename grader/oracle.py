"""The only door to the reference: expected values, error bounds, misconceptions.

How a bound comes about
-----------------------
Every case is played on the reference three times:

    exact      in extended precision: the expected value
    plain      in float64: how far one sensible order of operations lands from it
    disturbed  in extended precision, every input moved by a random relative +-2^-30: the size S
               of what is summed, and how much the case itself amplifies a relative error

The natural scale s of a quantity is its largest value, for weights the largest update (at least
1e-5 of the weight), and never less than S / 1000. With u = 2^-53, the rounding that a
correct float64 solution can show is about e = max(|plain - exact|, u S), and

    bound = max(2e-11 s,  min(max(1e-11 S, 250 e), 1e-9 s),  30 e).

Where NumPy's long double has no extra digits, extended.py has decimal numbers instead.
Where a case is well conditioned that is some 1e5 roundings of the largest sum; 1e-9 of the
scale is exceeded only where e itself is beyond 1/30 of that. A quantity that is declared float32
has u = 2^-24, and bounds of 3e-4 s to 2e-2 s in place of 2e-11 s to 1e-9 s.
"""

import importlib.util
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from grader import extended
from grader.errors import GraderError, ProblemError
from grader.model import Array, Case, Expected, FloatArray, Group, Misconception, Problem, Quantity

U = {"float64": 2.0**-53, "float32": 2.0**-24}
UNIT = {"float64": 1.0, "float32": 2.0**24}  # less than U's 2^29: float32 has less room to spare
AMPLITUDE = 2.0**-30
LOWEST, HIGHEST = 2e-11, 1e-9  # of the natural scale
OF_SUM = 1e-11
OF_ROUNDING = 250.0
AT_LEAST = 30.0  # roundings, however bad the case's conditioning
OF_WEIGHT = 1e-5  # the least update that counts as the scale of a weight
CANCELLED = 1e-3  # the least value, in parts of what was summed


@lru_cache
def load_module(path: Path) -> types.ModuleType:
    """Return the module in that file, or the package in that folder, which needs no path."""
    name = "_".join(path.with_suffix("").parts[-2:])
    package = path.is_dir()
    inside = [str(path)] if package else None
    path = path / "__init__.py" if package else path
    spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=inside)
    if spec is None or spec.loader is None or not path.is_file():
        raise GraderError(
            f"{path} is missing: grading needs the kit's checkout (the wheel holds no reference)"
        )
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise ProblemError(f"{path}: cannot be imported: {error!r}") from error
    return module


def reference(problem: Problem) -> types.ModuleType:
    """Return the problem's reference solution."""
    return load_module(problem.root.parent.parent / "reference" / f"{problem.id}.py")


def driver(problem: Problem) -> types.ModuleType:
    """Return the problem's driver."""
    return load_module(problem.root / "driver.py")


def misconceptions(problem: Problem) -> tuple[Misconception, ...]:
    """Return the problem's known mistakes; none if it names none."""
    folder = problem.root.parent.parent / "reference" / "misconceptions"
    paths = (folder / f"{problem.id}.py", folder / problem.id)
    return next((tuple(load_module(p).MISCONCEPTIONS) for p in paths if p.exists()), ())


def default_value(known: Misconception) -> float | None:
    """Return the value that a misconception's parameter has in its class; None without one."""
    if known.parameter is None:
        return None
    name = known.parameter.name
    return next(float(getattr(c, name)) for c in known.provides.values() if hasattr(c, name))


def wrong_solution(
    problem: Problem, *mistakes: tuple[Misconception, float | None]
) -> types.SimpleNamespace:
    """Return the reference with these mistakes, each with the value of its parameter.

    The classes of a misconception are laid over the reference's, the first mistake outermost. A
    class for a function's name is called in its place, and finds the function as `inner` and the
    whole solution as `solution`; the functions of the reference see each other's changes. What a
    mistake keeps between calls it keeps in `solution.memory`, which is empty when a play begins.
    """
    original = vars(reference(problem))
    solution = types.SimpleNamespace(**original, memory={})
    names = vars(solution)
    for name, part in original.items():
        if isinstance(part, types.FunctionType) and part.__globals__ is original:
            names[name] = types.FunctionType(part.__code__, names, name, part.__defaults__)
    for known, value in reversed(mistakes):
        for name, change in known.provides.items():
            body = {known.parameter.name: value} if known.parameter else {}
            if isinstance(names[name], type):
                names[name] = type(name, (change, names[name]), body)
            else:
                inner = {"inner": staticmethod(names[name]), "solution": solution}
                names[name] = type(name, (change,), body | inner)()
    return solution


def play(problem: Problem, solution: Any, case: Case) -> dict[str, Array]:
    """Return what the driver observes of a trusted solution, as float arrays by name."""
    function: Callable[[Any, Case], Mapping[str, Any]] = getattr(driver(problem), case.group)
    getattr(solution, "memory", {}).clear()
    with np.errstate(all="ignore"):
        seen = function(solution, case)
        return {q.name: np.asarray(seen[q.name]) for q in problem.group(case.group).observes}


def expect(problem: Problem, case: Case) -> Expected:
    """Return value and bound of every quantity that the case's group observes, flattened.

    Raises ProblemError if the reference gives another shape, or nothing finite.
    """
    expected, uncounted = predict(problem, reference(problem), case)
    if uncounted or not np.isfinite(expected.value).all():
        raise ProblemError(
            f"{problem.id}: {case.group}: the reference's values are not finite or have the "
            f"wrong shapes {uncounted}"
        )
    return expected


def predict(
    problem: Problem, solution: Any, case: Case, widen: Callable[[Array], Array] = extended.widen
) -> tuple[Expected, dict[str, str]]:
    """Return what a trusted solution gives with its bound, and what does not count, in words.

    The words are those of the worker: a shape that is not the declared one, or a type. Such a
    quantity has the value NaN. widen: how inputs get more digits than float64; every way to do it
    gives the same.
    """
    group = problem.group(case.group)
    wide = _with_inputs(case, widen)
    signs = np.random.Generator(np.random.PCG64(case.seed))
    moved = _with_inputs(case, lambda a: widen(a) * _factors(a, signs))
    exact = play(problem, solution, wide)
    plain = play(problem, solution, case)
    disturbed = play(problem, solution, moved)
    values, bounds, scales, found = [], [], [], {}
    for q in group.observes:
        shape = q.shape_in(case.sizes)
        if fault := uncounted(plain[q.name], shape):
            found[q.name] = fault
            value, bound, scale = np.full(shape, np.nan), np.full(shape, np.nan), np.nan
        elif uncounted(exact[q.name], shape):  # it counts in its own precision only
            value = plain[q.name].astype(np.float64)
            scale = float(np.max(np.abs(value), initial=0.0))
            bound = np.full(shape, UNIT[q.precision] * HIGHEST * scale)
        else:
            value = exact[q.name].astype(np.float64)
            bound, scale = _bound(q, exact, plain, disturbed, wide, moved)
        values.append(value.ravel())
        bounds.append(bound.ravel())
        scales.append(np.full(bound.size, scale))
    expected = Expected(np.concatenate(values), np.concatenate(bounds), np.concatenate(scales))
    return expected, found


def uncounted(value: Array, shape: tuple[int, ...]) -> str:
    """Return what a trusted solution's value is, if it does not count: its type or its shape."""
    if value.dtype == object and value.ndim == 0 and not isinstance(value[()], extended.Real):
        return type(value[()]).__name__
    return "" if value.shape == shape else str(value.shape)


def expect_all(problem: Problem, cases: Sequence[Case]) -> tuple[Expected, ...]:
    """Return value and bound of every case, as expect does."""
    return tuple(expect(problem, case) for case in cases)


def positions(group: Group, case: Case) -> dict[str, slice]:
    """Return where each observed quantity lies in the flattened arrays."""
    found, at = {}, 0
    for q in group.observes:
        size = int(np.prod(q.shape_in(case.sizes)))
        found[q.name] = slice(at, at + size)
        at += size
    return found


def _bound(
    q: Quantity,
    exact: Mapping[str, Array],
    plain: Mapping[str, Array],
    disturbed: Mapping[str, Array],
    wide: Case,
    moved: Case,
) -> tuple[FloatArray, float]:
    """Return the absolute bound, in the shape of the quantity, and its natural scale."""
    value, change, shift = exact[q.name], exact[q.name], disturbed[q.name] - exact[q.name]
    weight: Any = 0.0
    if q.update_of is not None:
        weight = wide.inputs[q.update_of]
        change = update(value, weight)
        shift = update(disturbed[q.name], moved.inputs[q.update_of]) - change
    change, shift, weight = _double(change), _double(shift), _double(np.asarray(weight))
    summed = float(np.sqrt(np.mean((shift / AMPLITUDE) ** 2)))  # S
    largest = float(np.max(np.abs(weight), initial=0.0))
    scale = max(float(np.max(np.abs(change))), OF_WEIGHT * largest, CANCELLED * summed)
    rounding, value = _double(np.abs(plain[q.name] - value)), _double(value)
    rounding = np.maximum(rounding, np.sqrt(np.mean(rounding**2)))
    u = U[q.precision]
    rounding = np.maximum(rounding, u * np.maximum(summed, np.abs(value)))
    unit = UNIT[q.precision]
    generous = np.maximum(unit * OF_SUM * summed, OF_ROUNDING * rounding)
    generous = np.minimum(generous, unit * HIGHEST * scale)
    bound = np.maximum(np.maximum(unit * LOWEST * scale, generous), AT_LEAST * rounding)
    return bound.astype(np.float64), scale


def update(value: Array, weight: Array) -> Array:
    """Return what each step added to a weight; value is one step's or a stack of them."""
    if value.ndim == weight.ndim:
        return np.asarray(value - weight)
    return np.diff(np.concatenate([weight[None], value]), axis=0)


def _factors(array: Array, signs: np.random.Generator) -> FloatArray:
    """Return 1 +- AMPLITUDE for every element, which float64 holds exactly."""
    return 1.0 + AMPLITUDE * (signs.integers(0, 2, array.shape) * 2 - 1)


def _double(array: Array) -> Array:
    """Return an array of extended.Real, or one of them, as float64; any other as it is."""
    array = np.asarray(array)
    return array.astype(np.float64) if array.dtype == object else array


def _with_inputs(case: Case, change: Callable[[Array], Array]) -> Case:
    inputs = {n: change(a) if a.dtype.kind == "f" else a for n, a in case.inputs.items()}
    return replace(case, inputs=inputs)
