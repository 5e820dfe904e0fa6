"""Wrong solutions: the reference with known mistakes in it."""

import types
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from grader.errors import ProblemError
from grader.model import Misconception, Problem
from grader.oracle.load import reference


class Solution(types.SimpleNamespace):
    """The names of a solution. Each is equal to itself only, so that it can be a key."""

    __eq__ = object.__eq__
    __hash__ = object.__hash__  # type: ignore[assignment]  # that of namespaces is None


def default_value(known: Misconception) -> float | None:
    """Return the value of a misconception's parameter that stands as an example; None without."""
    return None if known.parameter is None else known.parameter.default


def wrong_solution(problem: Problem, *mistakes: tuple[Misconception, float | None]) -> Solution:
    """Return the reference with these mistakes, each with the value of its parameter.

    problems/mistakes.py says how a change is called; no two mistakes may change the same piece.
    Functions and methods see each other's changes. What a mistake in a function keeps between calls
    is in `solution.memory`, which is empty when a play begins.
    """
    original = vars(reference(problem))
    solution = Solution(**original, memory={})
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


def _owner(solution: Solution, made: Collection[type], piece: str, where: str) -> Any:
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
