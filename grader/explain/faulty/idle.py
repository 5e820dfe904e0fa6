"""What a program sets and never uses, and what it makes and never fills."""

import ast
from collections.abc import Iterator
from typing import TypeGuard

from grader.explain.faulty.edits import called, operands
from grader.explain.faulty.program import Program
from grader.explain.faulty.tree import Function, Place, is_several, names_with, text_of

ABOUT = {"shape", "size", "ndim", "dtype"}  # what is asked of an array, beside its values
HOLDING = (ast.List, ast.Dict, ast.Call, ast.ListComp, ast.BinOp)  # such as [None] * T
FILLING = {"append", "appendleft", "insert", "extend"}


def idle_in(program: Program, place: Place) -> list[str]:
    """Return what is in reach, was set, and is never used."""
    return program.once(_find_idle, place)


def _find_idle(program: Program, place: Place) -> list[str]:
    used = program.once(_used, _outermost(place))
    entries = {*program.entries(place)} - program.looked_up
    idle = {*program.names(place)} - used | program.unused | entries
    return [*sorted(passed_over(place) - idle), *sorted(idle)]


def uncalled(program: Program) -> list[str]:
    """Return the functions of one value, in whatever form, that the module has and nothing uses."""
    return program.once(_find_uncalled, program.tree)


def _find_uncalled(program: Program, tree: ast.Module) -> list[str]:
    names = [n for n in program.nodes(tree) if isinstance(n, ast.Name)]
    used = {n.id for n in names if isinstance(n.ctx, ast.Load)}
    made = (t for s in tree.body if isinstance(s, ast.Assign) for t in s.targets)
    several = {d.name for d in tree.body if isinstance(d, ast.FunctionDef) and _needs(d) > 1}
    own = [*program.functions, *(t.id for t in made if isinstance(t, ast.Name))]
    return [name for name in own if name not in used | several]


def _needs(function: ast.FunctionDef) -> int:
    """Return how many arguments a function cannot do without."""
    return len(function.args.args) - len(function.args.defaults)


def passed_over(place: Place) -> set[str]:
    """Return what a statement goes through in a comprehension and does nothing with."""
    inside = [n for n in ast.walk(place.node) if isinstance(n, ast.comprehension)]
    targets = {n.id for c in inside for n in ast.walk(c.target) if isinstance(n, ast.Name)}
    return targets - names_with(place.node, ast.Load)


def _used(program: Program, function: Function) -> frozenset[str]:
    """Return the names that a function reads, but to fill what they stand for, or ask its shape."""
    nodes = program.nodes(function)
    beside = {id(n.value) for n in nodes if is_filling(n)}
    beside |= {id(n.value) for n in nodes if isinstance(n, ast.Attribute) and n.attr in ABOUT}
    beside |= {id(a) for n in nodes if called(n) == "len" for a in operands(n)}
    loaded = (n for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))
    return frozenset(n.id for n in loaded if id(n) not in beside)


def _outermost(place: Place) -> Function:
    return (*place.around, place.function)[0]


def lost_in(program: Program, place: Place) -> list[str]:
    """Return what is never used, and was not just taken apart or added to like others."""
    apart = program.once(_taken_apart, _outermost(place))
    return [x for x in idle_in(program, place) if x not in apart and x not in program.unused]


def _taken_apart(program: Program, function: Function) -> frozenset[str]:
    nodes = program.nodes(function)
    assigned = (n for n in nodes if isinstance(n, ast.Assign) and not is_several(n.value))
    targets = [t for n in assigned for t in n.targets if is_several(t)]
    several = [n for t in targets for n in program.nodes(t)]
    several += [n.target for n in nodes if isinstance(n, ast.AugAssign)]
    return frozenset(n.id for n in several if isinstance(n, ast.Name))


def is_filling(node: ast.AST) -> TypeGuard[ast.Attribute | ast.Subscript]:
    """Return whether a node puts something into a list or an array, and does not read it."""
    if isinstance(node, ast.Subscript):
        return isinstance(node.ctx, ast.Store)
    return isinstance(node, ast.Attribute) and node.attr in FILLING


def never_filled(program: Program, place: Place, *kinds: type[ast.expr]) -> list[str]:
    """Return what is made so, in reach of a repeated statement, and never filled.

    kinds: of an expression that makes it; any that may hold something, if none is given.
    """
    if not (place.loop or place.around):
        return []
    nodes = [n for f in (*place.around, place.function) for n in program.nodes(f)]
    filled = {n.value.id for n in nodes if is_filling(n) and isinstance(n.value, ast.Name)}
    filled |= {text_of(n.target) for n in nodes if isinstance(n, ast.AugAssign)}
    assigned = (pair for n in nodes if isinstance(n, ast.Assign) for pair in _each_set(n))
    made = {name for name, value in assigned if isinstance(value, kinds or HOLDING)}
    return sorted((made & {*program.names(place)}) - filled)


def _each_set(node: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    """Yield each name that an assignment gives a value of its own, and the value."""
    for target in node.targets:
        pairs = [(target, node.value)]
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = list(zip(target.elts, node.value.elts, strict=False))
        yield from ((name.id, value) for name, value in pairs if isinstance(name, ast.Name))
