"""The only door to the reference: expected values, error bounds, misconceptions.

The driver plays the reference once, on numbers that carry their own rounding (rounding/): the
value is computed in extended precision, and beside it a radius that holds whatever evaluates the
same formulas in any order. With the natural scale s of a quantity, its largest value or, for
weights, its largest update, but at least 1e-5 of the weight and 1e-3 of what is summed, the bound
is the larger of the radius and 2e-11 s. Where the radius is above 1e-9 s the case is badly
conditioned, and suite.py takes another in its place. In float32 the three are 1e-3 of the weight,
2e-5 s and 1e-2 s, and inputs are rounded to float32 first.

Where the reference does not compute with NumPy, `reference/twins/<id>.py` does so in its place: a
function for a test group takes the inputs by name and the sizes, and returns what the driver
observes.
"""

import importlib.util
import math
import sys
import types
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from grader import layout
from grader.errors import GraderError, ProblemError
from grader.model import Array, Case, Expected, FloatArray, Group, Misconception, Problem, Quantity
from grader.oracle import extended
from grader.oracle.rounding import Rounded, as_rounded, elementary

U = {"float64": 2.0**-53, "float32": 2.0**-24}
FLOOR = {"float64": 2e-11, "float32": 2e-5}  # of the natural scale
LIMIT = {"float64": 1e-9, "float32": 1e-2}
OF_WEIGHT = {"float64": 1e-5, "float32": 1e-3}  # the least update that counts as a weight's scale
CLEARLY = 10  # limits: beyond, a number is wrong whatever its bound
CANCELLED = 1e-3  # the least value, in parts of what was summed


@lru_cache
def load_module(path: Path) -> types.ModuleType:
    """Return the module in that file, which needs no place on the path of imports."""
    name = "_".join(path.with_suffix("").parts[-2:])
    spec = importlib.util.spec_from_file_location(name, path)
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
    return _marked(load_module(layout.answers(problem.root) / f"{problem.id}.py"))


def driver(problem: Problem) -> types.ModuleType:
    """Return the problem's driver."""
    return load_module(problem.root / "driver.py")


def twin(problem: Problem) -> types.ModuleType | None:
    """Return the reference's computations in NumPy, where the reference has them elsewhere."""
    path = layout.answers(problem.root) / "twins" / f"{problem.id}.py"
    return _marked(load_module(path)) if path.exists() else None


def _marked(module: types.ModuleType) -> types.ModuleType:
    """Mark the functions that a reference names in ELEMENTARY, once."""
    for name in getattr(module, "ELEMENTARY", ()):
        function = getattr(module, name)
        if not hasattr(function, "__wrapped__"):
            setattr(module, name, elementary(function))
    return module


def misconceptions(problem: Problem) -> tuple[Misconception, ...]:
    """Return the problem's known mistakes; none if it names none."""
    path = layout.answers(problem.root) / "misconceptions" / f"{problem.id}.py"
    return tuple(load_module(path).MISCONCEPTIONS) if path.exists() else ()


def default_value(known: Misconception) -> float | None:
    """Return the value of a misconception's parameter that stands as an example; None without."""
    return None if known.parameter is None else known.parameter.default


def wrong_solution(
    problem: Problem, *mistakes: tuple[Misconception, float | None]
) -> types.SimpleNamespace:
    """Return the reference with these mistakes, each with the value of its parameter.

    mistakes.py says how a change is called; no two mistakes may change the same piece. Functions
    and methods see each other's changes. What a mistake in a function keeps between calls is in
    `solution.memory`, which is empty when a play begins.
    """
    original = vars(reference(problem))
    solution = types.SimpleNamespace(**original, memory={})
    names = vars(solution)
    names |= _rebound(original, original, names)
    made: dict[type, type] = {}
    for name, part in original.items():
        if isinstance(part, type) and (methods := _rebound(vars(part), original, names)):
            bases = (part, *(made[b] for b in part.__bases__ if b in made))
            body = {"__module__": part.__module__, **methods}
            names[name] = made[part] = made.get(part) or type(name, bases, body)
    for known, value in mistakes:
        given = {known.parameter.name: value} if known.parameter else {}
        for piece, change in known.changes.items():
            owner = _owner(solution, made.values(), piece, f"{problem.id}: {known.id}")
            setattr(owner, piece, _changed(owner, piece, partial(change, **given)))
    return solution


def _rebound(
    parts: Mapping[str, Any], original: Mapping[str, Any], names: dict[str, Any]
) -> dict[str, Any]:
    """Return the reference's own functions among the parts, made to look up other names."""
    found = {}
    for name, f in parts.items():
        if isinstance(f, types.FunctionType) and f.__globals__ is original:
            found[name] = types.FunctionType(f.__code__, names, name, f.__defaults__, f.__closure__)
            found[name].__kwdefaults__ = f.__kwdefaults__
    return found


def _owner(solution: types.SimpleNamespace, made: Collection[type], piece: str, where: str) -> Any:
    """Return the class that has that method, or the solution itself if it is a function."""
    owners: list[Any] = [c for c in made if piece in vars(c)]
    if isinstance(vars(solution).get(piece), types.FunctionType):
        owners.append(solution)
    if len(owners) != 1:
        found = "several pieces" if owners else "no function or method"
        raise ProblemError(f"{where}: the reference has {found} of the name {piece}")
    return owners[0]


def _changed(owner: Any, piece: str, change: Callable[..., Any]) -> Callable[..., Any]:
    """Return what a change is as a method of a class, or as a function of the solution."""
    right = vars(owner)[piece]
    if isinstance(owner, type):
        return lambda me, *a, **named: change(me, partial(right, me), *a, **named)
    return partial(change, owner, right)


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
    group = problem.group(case.group)
    played = {p: _play_rounded(problem, case, p) for p in {q.precision for q in group.observes}}
    parts = []
    for q in group.observes:
        found = as_rounded(played[q.precision][q.name], U[q.precision])
        if found.shape != q.shape_in(case.sizes) or not np.isfinite(found.v.astype(float)).all():
            raise ProblemError(
                f"{problem.id}: {case.group}: the reference's {q.name} is not finite or has the "
                f"shape {found.shape}, not {q.shape_in(case.sizes)}"
            )
        parts.append(_expected(q, found, case))
    value, bound, scale, radius = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Expected(value, bound, scale, bool((radius <= scale).all()))


def sketch(problem: Problem, case: Case) -> Expected:
    """Return about what a case should give, with bounds that nothing right comes near: in haste.

    Where the reference has a twin, that is as quick as the reference: the bounds are exact.
    """
    if getattr(twin(problem), case.group, None) is not None:
        return expect(problem, case)
    seen, parts = play(problem, reference(problem), case), []
    for q in problem.group(case.group).observes:
        value, change = np.asarray(seen[q.name], np.float64), seen[q.name]
        weight = case.inputs[q.update_of] if q.update_of is not None else np.zeros(0)
        if q.update_of is not None:
            change = value - loaded_before(value, weight)
        of_weight = OF_WEIGHT[q.precision] * np.max(np.abs(weight), initial=0.0)
        scale = np.full(value.size, max(np.max(np.abs(change), initial=0.0), of_weight))
        parts.append((value.ravel(), CLEARLY * LIMIT[q.precision] * scale, scale))
    value, bound, scale = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Expected(value, bound, scale)


def claimed(problem: Problem, solution: Any, case: Case) -> tuple[FloatArray, dict[str, str]]:
    """Return what a trusted solution gives, flattened, and what does not count, in words.

    The words are those of the worker: a shape that is not the declared one, or a type. Such a
    quantity is NaN.
    """
    seen, values, words = play(problem, solution, case), [], {}
    for q in problem.group(case.group).observes:
        shape = q.shape_in(case.sizes)
        if fault := uncounted(seen[q.name], shape):
            words[q.name] = fault
        found = np.full(shape, np.nan) if fault else seen[q.name]
        values.append(np.asarray(found, np.float64).ravel())
    return np.concatenate(values), words


def _play_rounded(problem: Problem, case: Case, precision: str) -> Mapping[str, Any]:
    """Return what the driver observes of the reference, as Rounded or plain arrays by name."""
    inputs = {n: _widened(a, precision) for n, a in case.inputs.items()}
    return observed(problem, case, replace(case, inputs=inputs))


def observed(problem: Problem, case: Case, rich: Case) -> Mapping[str, Any]:
    """Return what the driver observes of the reference, by name.

    rich: the case with inputs that are more than numbers. Where the reference has a twin, that is
    asked in its place, and what the twin leaves out is not computed: the plain case serves.
    """
    other = getattr(twin(problem), case.group, None)
    with np.errstate(all="ignore"):
        if other is not None:
            return dict(other(rich.inputs, rich.sizes))
        function = getattr(driver(problem), case.group)
        return dict(function(reference(problem), rich if twin(problem) is None else case))


def _widened(array: Array, precision: str) -> Any:
    if array.dtype.kind != "f":
        return array
    return Rounded(extended.widen(array.astype(precision)), u=U[precision])


def _expected(q: Quantity, found: Rounded, case: Case) -> tuple[FloatArray, ...]:
    """Return value, bound, natural scale and the radius over its limit, flattened."""
    change, magnitude, weight = found.v, found.m, np.zeros(())
    if q.update_of is not None:
        weight = case.inputs[q.update_of]
        before = loaded_before(found.v, weight)
        change, magnitude = found.v - before, found.m - np.abs(before.astype(np.float64))
    sizes = (
        np.max(np.abs(change.astype(np.float64)), initial=0.0),
        OF_WEIGHT[q.precision] * np.max(np.abs(weight), initial=0.0),
        CANCELLED * np.max(magnitude, initial=0.0),
    )
    scale = np.full(found.size, max(sizes))
    value, radius = found.v.astype(np.float64), found.radius()
    radius = np.where(np.isnan(radius), np.inf, radius)  # beyond all floats: no bound
    radius = (radius + np.where(radius > 0, U["float64"] * np.abs(value), 0.0)).ravel()
    bound = np.maximum(radius, FLOOR[q.precision] * scale)
    return value.ravel(), bound, scale, radius / LIMIT[q.precision]


def loaded_before(value: Array, weight: Array) -> Array:
    """Return the weights before each step, in the shape of those after it.

    value: after one step, or after each of several; weight: what was loaded, if it has one axis
    less before the first of several steps, else before as many steps as there are such weights.
    A later step goes on from what the one before it left.
    """
    loaded = (weight if value.ndim == weight.ndim else weight[None])[: len(value)]
    return np.concatenate([loaded, value[len(loaded) - 1 : -1]]) if value.ndim else weight


def uncounted(value: Array, shape: tuple[int, ...]) -> str:
    """Return what a trusted solution's value is, if it does not count: its type or its shape."""
    if value.dtype == object and value.ndim == 0:
        return type(value[()]).__name__
    return "" if value.shape == shape else str(value.shape)


def positions(group: Group, case: Case) -> dict[str, slice]:
    """Return where each observed quantity lies in the flattened arrays."""
    found, at = {}, 0
    for q in group.observes:
        size = math.prod(q.shape_in(case.sizes))
        found[q.name] = slice(at, at + size)
        at += size
    return found
