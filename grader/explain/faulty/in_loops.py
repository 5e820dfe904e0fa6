"""What a loop lacks: a value carried on, added up, made anew, put into a list or an array."""

import ast
import itertools
from collections.abc import Iterator
from typing import TypeGuard

from grader.explain.faulty.edits import Edit, inserted, inserted_before
from grader.explain.faulty.idle import is_filling, lost_in, never_filled
from grader.explain.faulty.products import lost_sums
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import (
    NOT_KNOWN,
    built,
    in_reach,
    indices_with,
    is_known,
    is_like,
    shape_of,
)
from grader.explain.faulty.seen import Shape
from grader.explain.faulty.tree import LOOPS, Place, names_with, text_of

FEW = 8
OF_NUMBERS = ("{x}", "abs({x})", "abs({x}).sum()")  # what is added to a number
SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr)


def carried(program: Program, place: Place) -> Iterator[Edit]:
    """At a loop's end: a name that was set before it takes what the loop computes."""
    loop = place.node
    if not isinstance(loop, LOOPS):
        return
    read = names_with(loop, ast.Load)
    written = names_with(loop, ast.Store)
    last = next(p for p in program.places if p.node is loop.body[-1])
    before = {n for s in place.block[: place.number] for n in names_with(s, ast.Store)}
    attributes = set(program.attributes)
    reach = [t for t in in_reach(program, last) if t not in attributes]
    lists = {n for n in before if shape_of(program, last, n) in (None, NOT_KNOWN)}
    for value, name in itertools.product(reach, sorted((read & before) - written)):
        if value != name and is_like(program, last, value, name):
            yield inserted(program, last, f"{name} = {value}")
            yield inserted(program, last, f"{name} += {value}")
    for value in reach:
        for name in sorted(before - written):
            if name in lists:
                yield inserted(program, last, f"{name}.append({value})")
            elif name not in read and is_like(program, last, value, name):
                yield inserted(program, last, f"{name} += {value}")


def added_up(program: Program, place: Place) -> Iterator[Edit]:
    """At a loop's end: what nothing in the loop changes takes a value of its own shape, or adds it.

    That is a name or attribute which the function sets before the loop.
    """
    loop = place.node
    if not isinstance(loop, LOOPS):
        return
    last = next(p for p in program.places if p.node is loop.body[-1])
    for target in _still(program, place):
        shape = shape_of(program, last, target)
        for value in built(program, last, shape) if shape and is_known(shape) else ():
            for form in ("{target} += {value}", "{target} = {value}", "{target} -= {value}"):
                if value != target:
                    yield inserted(program, last, form.format(target=target, value=value))


def counted(program: Program, place: Place) -> Iterator[Edit]:
    """At a loop's end: to a number that nothing in the loop changes, a value or its size."""
    if not isinstance(place.node, LOOPS):
        return
    last = next(p for p in program.places if p.node is place.node.body[-1])
    shapes = {x: shape_of(program, last, x) for x in in_reach(program, last)}
    values = [x for x, shape in shapes.items() if shape is not None and is_known(shape)]
    numbers = [t for t in _still(program, place) if shape_of(program, last, t) in ((), (1,))]
    for value, form, target in itertools.product(values, OF_NUMBERS, numbers):
        yield inserted(program, last, f"{target} += {form.format(x=value)}")


def _still(program: Program, place: Place) -> list[str]:
    """Return what is set before a loop, in the function, and not in it."""
    before = [s for p in (place, *_around(program, place)) for s in p.block[: p.number]]
    return sorted({t for s in before for t in _stored(s)} - _stored(place.node))


def remade(program: Program, place: Place) -> Iterator[Edit]:
    """After a statement of a loop: what the loop does not change is made of what is set there.

    A name that is set before the loop takes it, or what a function makes of it.
    """
    loop = place.loop
    if not isinstance(place.node, SIMPLE) or loop is None:
        return
    outer = next(p for p in program.places if p.node is loop)
    before = {n for s in outer.block[: outer.number] for n in names_with(s, ast.Store)}
    still = sorted((names_with(loop, ast.Load) & before) - names_with(loop, ast.Store))
    values = sorted(names_with(place.node, ast.Store))
    for name, value in itertools.product(still, values):
        for head in program.heads[:FEW]:
            yield inserted(program, place, f"{name} = {head}({value})")
        yield inserted(program, place, f"{name} = {value}")


def multiplied(program: Program, place: Place) -> Iterator[Edit]:
    """Before a repeated statement: what it uses is multiplied by a matrix that nothing uses."""
    if not isinstance(place.node, SIMPLE) or place.loop is None:
        return
    text = program.code(place.loop)
    own = [a for a in program.attributes if a in program.unused and a not in text]
    idle = [
        x for x in (*own, *lost_in(program, place)) if len(shape_of(program, place, x) or ()) > 1
    ]
    changed = place.node.target if isinstance(place.node, ast.AugAssign) else None
    used = names_with(place.node, ast.Load) | ({text_of(changed)} if changed else set())
    for name in sorted(used & {*program.names(place)}):
        for x in idle:
            for form in ("{name} @ {x}", "{x} @ {name}", "{x}.T @ {name}", "{name} @ {x}.T"):
                yield inserted_before(program, place, f"{name} = {form.format(name=name, x=x)}")


def appended(program: Program, place: Place) -> Iterator[Edit]:
    """After a statement: what it computes, put into a list that nothing fills."""
    if not isinstance(place.node, SIMPLE):
        return
    for name in never_filled(program, place, ast.List):
        made = sorted(names_with(place.node, ast.Store) - {name})
        for value in (*made, *lost_sums(program, place)):
            yield inserted(program, place, f"{name}.append({value})")


def turned(program: Program, place: Place) -> Iterator[Edit]:
    """After a loop: what it has filled, in the reverse order."""
    if isinstance(place.node, LOOPS):
        nodes = (n for n in program.nodes(place.node) if is_filling(n))
        for name in dict.fromkeys(text_of(n.value) for n in nodes if isinstance(n, ast.Attribute)):
            yield inserted(program, place, f"{name} = {name}[::-1]")
            yield inserted(program, place, f"{name}.reverse()")


def fills(program: Program, place: Place) -> Iterator[Edit]:
    """At a loop's end: what the loop computes, put into an array or dict that nothing fills."""
    loop = place.node
    if not isinstance(loop, LOOPS):
        return
    last = next(p for p in program.places if p.node is loop.body[-1])
    steps = [c for c in program.counters(last) if not shape_of(program, last, c)]
    at = [
        text
        for counter in steps
        for text in (*indices_with(program, last, counter), f"{counter} + 1")
    ]
    computed = {n for s in (loop, *loop.body) for n in names_with(s, ast.Store)} - {*steps}
    lost = {*lost_in(program, last)}
    values = [x for x in in_reach(program, last) if x in computed or x in lost]
    unfilled = list(
        itertools.product(never_filled(program, last, ast.Call, ast.Dict), dict.fromkeys(at))
    )
    shapes = {
        (name, index): _part(shape_of(program, last, name), index) for name, index in unfilled
    }
    for value, (name, index) in itertools.product(values, unfilled):
        shape, own = shapes[name, index], shape_of(program, last, value)
        if value != name and (not is_known(shape) or not is_known(own or ()) or own == shape):
            yield inserted(program, last, f"{name}[{index}] = {value}")
            yield inserted(program, last, f"{name}[{index}] += {value}")
    for (name, index), shape in shapes.items():
        for value in built(program, last, shape) if shape and is_known(shape) else ():
            yield inserted(program, last, f"{name}[{index}] += {value}")


def _around(program: Program, place: Place) -> list[Place]:
    return [p for p in program.places if p.node in place.parents]


def _stored(node: ast.stmt) -> set[str]:
    """Return the names and attributes, as they are written, that a statement gives a value."""
    inside = list(ast.walk(node))
    plain = [n for n in inside if isinstance(n, (ast.Name, ast.Attribute))]
    targets = [n for n in plain if isinstance(n.ctx, ast.Store)]
    return set(map(text_of, [*targets, *(n.value for n in inside if _is_store(n))]))


def _part(shape: Shape | None, index: str) -> Shape:
    """Return the shape of what an index such as `:, t` takes out of an array."""
    if not shape or not is_known(shape):
        return NOT_KNOWN
    taken = [at.strip() != ":" for at in index.split(",")]
    kept = [n for n, gone in itertools.zip_longest(shape, taken, fillvalue=False) if not gone]
    return tuple(kept)


def _is_store(node: ast.AST) -> TypeGuard[ast.Subscript]:
    return isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)
