"""A statement that is missing: what sets, keeps, converts or returns a value."""

import ast
import itertools
from collections.abc import Iterator

from grader.explain.faulty.combined import SLOPES
from grader.explain.faulty.edits import Edit, called, inserted, inserted_before, replaced
from grader.explain.faulty.entries import lacking
from grader.explain.faulty.idle import idle_in, is_filling, never_filled
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import in_reach
from grader.explain.faulty.tree import (
    Place,
    expressions,
    names_with,
    parameters_of,
    text_of,
)

FEW = 8
SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr)


def printed(program: Program, place: Place) -> Iterator[Edit]:
    """What a function prints, which the problem asks for and which returns nothing, returned."""
    value, name = getattr(place.node, "value", None), getattr(place.function, "name", "")
    asked = name in program.wanted & program.empty
    if asked and isinstance(value, ast.Call) and called(value) == "print":
        given = ", ".join(map(text_of, value.args))
        yield replaced(program, place.node, "printed", f"return {given}")


def named(program: Program, place: Place) -> Iterator[Edit]:
    """What a statement sets, under the name, or as the attribute, that has no value elsewhere."""
    lost = program.valueless
    attributes = {lost} if lost[:1] == "." else program.never_set
    for node in expressions(place.node):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            for attribute in sorted(attributes):
                yield replaced(program, node, "target", f"{text_of(node.value)}{attribute}")
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            for text in _set_too(lost, node.id, place):
                yield replaced(program, node, "target", text)


def _set_too(lost: str, name: str, place: Place) -> Iterator[str]:
    """Yield what may be set where a name is, for another to have a value, or an attribute."""
    alone = any(name == text_of(target) for target in getattr(place.node, "targets", ()))
    if lost.isidentifier():
        yield lost
        yield from (f"{name}, {lost}", f"{lost}, {name}") if alone else ()
    elif alone and lost == f".{name}" and parameters_of(place.function)[:1] == ["self"]:
        yield f"{name} = self.{name}"


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


def copied(program: Program, place: Place) -> Iterator[Edit]:
    """At the beginning of a function: a copy of an argument that it changes."""
    function = place.function
    if place.number or place.parents or not isinstance(function, ast.FunctionDef):
        return
    nodes = program.nodes(function)
    changed = {n.value for n in nodes if is_filling(n)}
    changed |= {n.target for n in nodes if isinstance(n, ast.AugAssign)}
    changed |= {n.value for n in changed if isinstance(n, ast.Subscript)}
    plain = sorted((n for n in changed if isinstance(n, ast.Name)), key=lambda n: -n.lineno)
    first = {n.id: n.lineno for n in plain}  # where each is changed first
    copy = "clone" if "torch" in program.imported else "copy"
    for name in sorted(first.keys() & {*parameters_of(function)}):
        edit = inserted_before(program, place, f"{name} = {name}.{copy}()")
        yield Edit("changed argument", (first[name],), edit.splices)


def beside_a_part(program: Program, place: Place) -> Iterator[Edit]:
    """After a statement that fills an array but its first or last step: what fills that one."""
    for target in place.node.targets if isinstance(place.node, ast.Assign) else ():
        if not isinstance(target, ast.Subscript):
            continue
        parts = list(target.slice.elts) if isinstance(target.slice, ast.Tuple) else [target.slice]
        texts = list(map(text_of, parts))
        for n, text in enumerate(texts):
            at = {"1:": "0", ":-1": "-1"}.get(text)
            index = ", ".join([*texts[:n], at or "", *texts[n + 1 :]])
            for x in in_reach(program, place) if at else ():
                yield inserted(program, place, f"{text_of(target.value)}[{index}] = {x}")


def unfilled(program: Program, place: Place) -> Iterator[Edit]:
    """What a statement puts somewhere by a counter, put into what else nothing is put into."""
    for target in place.node.targets if isinstance(place.node, ast.Assign) else ():
        if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            for name in never_filled(program, place):
                if name != target.value.id:
                    yield replaced(program, target.value, "target", name)


def filled_elsewhere(program: Program, place: Place) -> Iterator[Edit]:
    """What a statement appends to something, appended to what else nothing is put into."""
    call = place.node.value if isinstance(place.node, ast.Expr) else None
    if (
        isinstance(call, ast.Call)
        and is_filling(call.func)
        and isinstance(call.func, ast.Attribute)
    ):
        owner = text_of(call.func.value)
        for name in never_filled(program, place):
            if name != owner:
                yield replaced(program, call.func.value, "target", name)


def declared(program: Program, place: Place) -> Iterator[Edit]:
    """Among the names that `__slots__` or the like declares: the attribute that has no value."""
    node = place.node
    for part in ast.walk(node) if program.valueless[:1] == "." else ():
        texts = getattr(part, "elts", [])
        if texts and all(isinstance(e, ast.Constant) and type(e.value) is str for e in texts):
            inside = ", ".join([*map(text_of, texts), repr(program.valueless[1:])])
            yield replaced(program, part, "entry", f"({inside})")


def keyed(program: Program, place: Place) -> Iterator[Edit]:
    """After a statement that sets an entry of a dict: the entry that is asked for and missing."""
    for target in place.node.targets if isinstance(place.node, ast.Assign) else ():
        if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
            for key, value in lacking(program, place, place.function):
                yield inserted(program, place, f"{text_of(target.value)}[{key!r}] = {value}")


def put_to_use(program: Program, place: Place) -> Iterator[Edit]:
    """After a statement that sets what is never used: another name takes it, or a call of it."""
    if not isinstance(place.node, SIMPLE) or place.function is program.tree:
        return
    idle = sorted(names_with(place.node, ast.Store) & {*idle_in(program, place)})
    heads = [h for h in program.heads if h not in idle]
    own = [a for a in program.attributes if a in program.code(place.function)]
    for name in idle:
        for head in (*own, *heads):
            for target in program.names(place):
                if target != name:
                    yield inserted(program, place, f"{target} = {head}({name})")


def asked_for(program: Program, place: Place) -> Iterator[Edit]:
    """At the end of a function that the problem asks for: a `return`, if results are amiss."""
    name = getattr(place.node, "name", "")
    if name in program.wanted and not program.sound:
        yield from returned(program, place)


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
    for name in sorted(names_with(place.node, ast.Load) & {*program.names(place)}):
        for head in program.heads:
            yield inserted_before(program, place, f"{name} = {head}({name})")


def noops(program: Program, place: Place) -> Iterator[Edit]:
    """After the statement: one name of the function set to another, or added to it."""
    if not isinstance(place.node, SIMPLE) or not place.parents:
        return
    targets = [n for n in names_with(place.node, ast.Store) if n]
    for target in program.names(place):
        for value in sorted(set(targets) - {target}):
            yield inserted(program, place, f"{target} = {value}")
            yield inserted(program, place, f"{target} += {value}")
