"""A statement that is missing: what sets, carries on, adds up, keeps or returns a value."""

import ast
import itertools
from collections.abc import Iterator
from typing import TypeGuard

from grader.explain.faulty.combined import SLOPES, lost_sums
from grader.explain.faulty.edits import Edit, inserted, inserted_before, replaced
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import (
    NOT_KNOWN,
    built,
    idle_in,
    in_reach,
    indices_with,
    is_filling,
    is_known,
    is_like,
    lost_in,
    shape_of,
)
from grader.explain.faulty.seen import Shape
from grader.explain.faulty.tree import LOOPS, Place, expressions, text_of

FEW = 8
SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr)


def carried(program: Program, place: Place) -> Iterator[Edit]:
    """At a loop's end: a name that was set before it takes what the loop computes."""
    loop = place.node
    if not isinstance(loop, LOOPS):
        return
    read = _names(loop, ast.Load)
    written = _names(loop, ast.Store)
    last = next(p for p in program.places if p.node is loop.body[-1])
    before = {n for s in place.block[: place.number] for n in _names(s, ast.Store)}
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


def remade(program: Program, place: Place) -> Iterator[Edit]:
    """After a statement of a loop: what the loop does not change is made of what is set there.

    A name that is set before the loop takes it, or what a function makes of it.
    """
    loop = place.loop
    if not isinstance(place.node, SIMPLE) or loop is None:
        return
    outer = next(p for p in program.places if p.node is loop)
    before = {n for s in outer.block[: outer.number] for n in _names(s, ast.Store)}
    still = sorted((_names(loop, ast.Load) & before) - _names(loop, ast.Store))
    values = sorted(_names(place.node, ast.Store))
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
    used = _names(place.node, ast.Load) | ({text_of(changed)} if changed else set())
    for name in sorted(used & {*program.names(place)}):
        for x in idle:
            for form in ("{name} @ {x}", "{x} @ {name}", "{x}.T @ {name}", "{name} @ {x}.T"):
                yield inserted_before(program, place, f"{name} = {form.format(name=name, x=x)}")


def added_up(program: Program, place: Place) -> Iterator[Edit]:
    """At a loop's end: what nothing in the loop changes takes a value of its own shape, or adds it.

    That is a name or attribute which the function sets before the loop.
    """
    loop = place.node
    if not isinstance(loop, LOOPS):
        return
    last = next(p for p in program.places if p.node is loop.body[-1])
    before = [s for p in (place, *_around(program, place)) for s in p.block[: p.number]]
    still = {t for s in before for t in _stored(s)} - _stored(loop)
    for target in sorted(still):
        shape = shape_of(program, last, target)
        for value in built(program, last, shape) if shape and is_known(shape) else ():
            for form in ("{target} += {value}", "{target} = {value}", "{target} -= {value}"):
                if value != target:
                    yield inserted(program, last, form.format(target=target, value=value))


def _around(program: Program, place: Place) -> list[Place]:
    return [p for p in program.places if p.node in place.parents]


def _stored(node: ast.stmt) -> set[str]:
    """Return the names and attributes, as they are written, that a statement gives a value."""
    inside = list(ast.walk(node))
    plain = [n for n in inside if isinstance(n, (ast.Name, ast.Attribute))]
    targets = [n for n in plain if isinstance(n.ctx, ast.Store)]
    return set(map(text_of, [*targets, *(n.value for n in inside if _is_store(n))]))


def resets(program: Program, place: Place) -> Iterator[Edit]:
    """What sets something at the beginning elsewhere, done before this statement too."""
    first = place.number == 0 or isinstance(place.node, LOOPS)
    if not first or place.function is program.tree:
        return
    there = {text_of(s) for s in place.block}
    for other in program.places:
        node = other.node
        if isinstance(node, ast.Assign) and node is not place.node and other.number <= 12:
            text = text_of(node)
            local = other.function is place.function
            if (local or text.startswith("self.")) and text not in there:
                yield inserted_before(program, place, text)


def unset(program: Program, place: Place) -> Iterator[Edit]:
    """Before the outermost statement that uses a name without a value: one, as others begin."""
    if place.parents or place not in program.lost:
        return
    zeros = [f"np.zeros_like({x})" for x in (*program.attributes, *in_reach(program, place))]
    begun = [*_beginnings(program), "0", "None", "[]", *dict.fromkeys(zeros)]
    name, others = program.lost[place], _never_begun(place)
    own = [t for t in program.attributes if t.removeprefix("self.") == name]
    for value in dict.fromkeys([*own, *begun]):
        yield inserted_before(program, place, f"{name} = {value}")
    for value in dict.fromkeys(begun) if others > {name} else ():
        yield inserted_before(program, place, f"{' = '.join(sorted(others))} = {value}")


def named(program: Program, place: Place) -> Iterator[Edit]:
    """What a statement sets, under the name, or as the attribute, that has no value elsewhere."""
    lost = program.valueless
    for node in expressions(place.node) if lost else ():
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and lost[0] == ".":
            yield replaced(program, node, "target", f"{text_of(node.value)}{lost}")
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and lost[0] != ".":
            yield replaced(program, node, "target", lost)


def kept(program: Program, place: Place) -> Iterator[Edit]:
    """What a statement sets and nothing uses, kept in what is taken apart by steps elsewhere."""
    idle = {"_", *idle_in(program, place)}
    parts = (n.value for n in program.nodes(program.tree) if isinstance(n, ast.Subscript))
    known = {*program.names(place), *program.attributes}
    holders = sorted({text_of(p) for p in parts} & known)
    for node in expressions(place.node):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in idle:
            for holder, counter in itertools.product(holders, program.counters(place)):
                yield replaced(program, node, "target", f"{holder}[{counter}]")
                yield replaced(program, node, "target", f"{holder}[{counter} + 1]")


def _never_begun(place: Place) -> set[str]:
    """Return the names that a function adds to, or sets in a loop, and never before one."""
    if not isinstance(place.function, ast.FunctionDef):
        return set()
    begun = {n for s in place.block[: place.number] for n in _names(s, ast.Store)}
    loops = (n for n in ast.walk(place.node) if isinstance(n, ast.For))
    counters = {n.id for f in loops for n in ast.walk(f.target) if isinstance(n, ast.Name)}
    read = _names(place.node, ast.Load) & _names(place.node, ast.Store)
    added = (n.target for n in ast.walk(place.node) if isinstance(n, ast.AugAssign))
    return (read | {t.id for t in added if isinstance(t, ast.Name)}) - begun - counters


def _beginnings(program: Program) -> list[str]:
    """Return what names are set to outside of loops, zeros and nothing first."""
    found = [
        text_of(p.node.value)
        for p in program.places
        if isinstance(p.node, ast.Assign)
        and p.loop is None
        and isinstance(p.node.targets[0], ast.Name)
    ]
    return sorted(
        dict.fromkeys(found), key=lambda f: ("zeros" not in f and f not in "0[]{}", len(f))
    )


def put_to_use(program: Program, place: Place) -> Iterator[Edit]:
    """After a statement that sets what is never used: another name takes it, or a call of it."""
    if not isinstance(place.node, SIMPLE) or place.function is program.tree:
        return
    idle = sorted(_names(place.node, ast.Store) & {*idle_in(program, place)})
    heads = [h for h in program.heads if h not in idle]
    own = [a for a in program.attributes if a in program.code(place.function)]
    for name in idle:
        for head in (*own, *heads):
            for target in program.names(place):
                if target != name:
                    yield inserted(program, place, f"{target} = {head}({name})")


def returned(program: Program, place: Place) -> Iterator[Edit]:
    """At the end of a function that may end without one: a `return`."""
    function = place.node
    if not isinstance(function, ast.FunctionDef) or function.name == "__init__":
        return
    outer = () if place.function is program.tree else (place.function,)
    last = Place(function.body[-1], function.body, (), function, (*place.around, *outer))
    if isinstance(last.node, (ast.Return, ast.Raise)):
        return
    idle = [n for n in _in_order_of_setting(function) if n in idle_in(program, last)]
    values = [", ".join(idle)] if len(idle) > 1 else []
    text = program.code(function)
    own = [a for a in program.attributes if a in text]
    own += [f"{a}{part}" for a in own for part in ("[-1]", *program.suffixes[:FEW])]
    reach = in_reach(program, last)
    several = [pair for x in idle for y in reach[:FEW] for pair in (f"{x}, {y}", f"{y}, {x}")]
    pairs = itertools.product(itertools.permutations(idle, 2), SLOPES)
    scaled = [f"{x} * {form.format(x=y)}" for (x, y), form in pairs]
    for value in dict.fromkeys((*values, *idle, *reach, *own, *several, *scaled)):
        yield inserted(program, last, f"return {value}")


def _in_order_of_setting(function: ast.FunctionDef) -> list[str]:
    names = (n for n in ast.walk(function) if isinstance(n, ast.Name))
    stored = [n for n in names if isinstance(n.ctx, ast.Store)]
    return list(dict.fromkeys(n.id for n in sorted(stored, key=lambda n: n.lineno)))


def converted(program: Program, place: Place) -> Iterator[Edit]:
    """Before a statement: a name that it uses becomes what a function makes of it."""
    if not isinstance(place.function, ast.FunctionDef):
        return
    for name in sorted(_names(place.node, ast.Load) & {*program.names(place)}):
        for head in program.heads:
            yield inserted_before(program, place, f"{name} = {head}({name})")


def noops(program: Program, place: Place) -> Iterator[Edit]:
    """After the statement: one name of the function set to another, or added to it."""
    if not isinstance(place.node, SIMPLE) or not place.parents:
        return
    targets = [n for n in _names(place.node, ast.Store) if n]
    for target in program.names(place):
        for value in sorted(set(targets) - {target}):
            yield inserted(program, place, f"{target} = {value}")
            yield inserted(program, place, f"{target} += {value}")


def appended(program: Program, place: Place) -> Iterator[Edit]:
    """After a statement: what it computes, put into a list that nothing fills."""
    if not isinstance(place.node, SIMPLE):
        return
    for name in _unfilled(program, place, ast.List):
        for value in (*sorted(_names(place.node, ast.Store) - {name}), *lost_sums(program, place)):
            yield inserted(program, place, f"{name}.append({value})")


def fills(program: Program, place: Place) -> Iterator[Edit]:
    """At a loop's end: what the loop computes, put into an array or dict that nothing fills."""
    loop = place.node
    if not isinstance(loop, LOOPS):
        return
    last = next(p for p in program.places if p.node is loop.body[-1])
    steps = [c for c in program.counters(last) if not shape_of(program, last, c)]
    at = [text for counter in steps for text in (*indices_with(last, counter), f"{counter} + 1")]
    computed = {n for s in (loop, *loop.body) for n in _names(s, ast.Store)} - {*steps}
    lost = {*lost_in(program, last)}
    values = [x for x in in_reach(program, last) if x in computed or x in lost]
    unfilled = list(
        itertools.product(_unfilled(program, last, ast.Call, ast.Dict), dict.fromkeys(at))
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


def _part(shape: Shape | None, index: str) -> Shape:
    """Return the shape of what an index such as `:, t` takes out of an array."""
    if not shape or not is_known(shape):
        return NOT_KNOWN
    taken = [at.strip() != ":" for at in index.split(",")]
    kept = [n for n, gone in itertools.zip_longest(shape, taken, fillvalue=False) if not gone]
    return tuple(kept)


def _unfilled(program: Program, place: Place, *kinds: type[ast.expr]) -> list[str]:
    """Return what is made so, in reach of a repeated statement, and never filled."""
    if not (place.loop or place.around):
        return []
    nodes = [n for f in (*place.around, place.function) for n in program.nodes(f)]
    filled = {n.value.id for n in nodes if is_filling(n) and isinstance(n.value, ast.Name)}
    filled |= {text_of(n.target) for n in nodes if isinstance(n, ast.AugAssign)}
    assigned = (pair for n in nodes if isinstance(n, ast.Assign) for pair in _each_set(n))
    made = {name for name, value in assigned if isinstance(value, kinds)}
    return sorted((made & {*program.names(place)}) - filled)


def _each_set(node: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    """Yield each name that an assignment gives a value of its own, and the value."""
    for target in node.targets:
        pairs = [(target, node.value)]
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = list(zip(target.elts, node.value.elts, strict=False))
        yield from ((name.id, value) for name, value in pairs if isinstance(name, ast.Name))


def _is_store(node: ast.AST) -> TypeGuard[ast.Subscript]:
    return isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)


def _names(node: ast.stmt, context: type[ast.expr_context]) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, context)}
