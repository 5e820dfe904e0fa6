"""What something begins with, where that is missing: a value, an entry, a list made anew."""

import ast
import itertools
from collections.abc import Iterator

from grader.explain.faulty.edits import Edit, called, inserted_before, replaced
from grader.explain.faulty.idle import is_filling
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import in_reach, shape_of
from grader.explain.faulty.tree import (
    LOOPS,
    Place,
    names_with,
    parameters_of,
    stored_in,
    text_of,
)


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


def emptied(program: Program, place: Place) -> Iterator[Edit]:
    """At the beginning of a method: what it fills and only `__init__` sets, as that sets it."""
    function = place.function
    if not isinstance(function, ast.FunctionDef) or not _is_first(program, place):
        return
    nodes = program.nodes(function)
    filled = {text_of(n.value) for n in nodes if is_filling(n)}
    filled |= {text_of(n.target) for n in nodes if isinstance(n, ast.AugAssign)}
    weights = {f"self.{w}" for w in program.spelled}
    set_here = {text_of(t) for n in nodes if isinstance(n, ast.Assign) for t in n.targets}
    for other in program.places:
        if getattr(other.function, "name", "") == "__init__":
            node = other.node
            targets = node.targets if isinstance(node, ast.Assign) else []
            targets = [node.target] if isinstance(node, ast.AnnAssign) and node.value else targets
            if {text_of(t) for t in targets} & (filled - weights - set_here):
                yield inserted_before(program, place, text_of(other.node))


def unset(program: Program, place: Place) -> Iterator[Edit]:
    """Before the outermost statement that uses a name without a value: one, as others begin."""
    if place.parents or place not in program.lost:
        return
    zeros = [f"np.zeros_like({x})" for x in (*program.attributes, *in_reach(program, place))]
    begun = [*_beginnings(program), "0", "None", "[]", *dict.fromkeys(zeros)]
    names, others = program.lost[place], _never_begun(place)
    own = [t for t in program.attributes if t.removeprefix("self.") in names]
    for value, name in itertools.product(dict.fromkeys([*own, *begun]), names):
        yield inserted_before(program, place, f"{name} = {value}")
    for value in dict.fromkeys(begun) if others > {*names} else ():
        yield inserted_before(program, place, f"{' = '.join(sorted(others))} = {value}")


def first_entries(program: Program, place: Place) -> Iterator[Edit]:
    """In a list that is empty at first: what others begin with, or zeros."""
    value = place.node.value if isinstance(place.node, ast.Assign) else None
    if isinstance(value, ast.List) and all(isinstance(e, ast.Constant) for e in value.elts):
        nodes = program.nodes(program.tree)
        made = [text_of(n) for n in nodes if called(n) in ("zeros", "zeros_like", "new_zeros")]
        zeros = [f"np.zeros_like({x})" for x in (*program.attributes, *in_reach(program, place))]
        numbers = [n for n in program.names(place) if shape_of(program, place, n) == ()]
        sizes = [*numbers, *(f"{x}.shape[0]" for x in program.attributes)]
        zeros += [
            form.format(n=n) for n in sizes for form in ("np.zeros(({n}, 1))", "np.zeros({n})")
        ]
        for x in dict.fromkeys((*made, *_beginnings(program), "0", "None", *zeros)):
            yield replaced(program, value, "entry", f"[{x}]")


def room(program: Program, place: Place) -> Iterator[Edit]:
    """For an empty list of which entries are set by number: one as long as another, or an array."""
    node = place.node
    value = node.value if isinstance(node, ast.Assign) else None
    if not isinstance(value, ast.List) or value.elts or not isinstance(node, ast.Assign):
        return
    parts = (n for n in program.nodes(program.tree) if isinstance(n, ast.Subscript))
    set_by_number = {text_of(n.value) for n in parts if isinstance(n.ctx, ast.Store)}
    if text_of(node.targets[0]) in set_by_number:
        given = [*parameters_of(place.function), *program.names(place)]
        for x in dict.fromkeys(n for n in given if n != "self"):
            for form in ("np.zeros_like({x})", "[None] * len({x})", "np.zeros(len({x}))"):
                yield replaced(program, value, "room", form.format(x=x))
        yield replaced(program, value, "room", "{}")


def outer_names(program: Program, place: Place) -> Iterator[Edit]:
    """At the beginning of a function: that a name without a value is that of what is around it."""
    name = program.valueless
    if name.isidentifier() and _is_first(program, place):
        function = place.function
        outer = [n for f in place.around for n in stored_in(f) | {*parameters_of(f)}]
        if name in stored_in(function) and function is not program.tree:
            kind = "nonlocal" if name in outer else "global"
            yield inserted_before(program, place, f"{kind} {name}")


def remembered(program: Program, place: Place) -> Iterator[Edit]:
    """At the beginning of a method: an attribute without a value, from the argument so named."""
    lost, given = program.valueless, parameters_of(place.function)
    if lost[:1] == "." and lost[1:] in given and given[0] == "self" and _is_first(program, place):
        yield inserted_before(program, place, f"self{lost} = {lost[1:]}")


def _is_first(program: Program, place: Place) -> bool:
    """Return whether a statement is the first one of its function, behind what documents it."""
    return next(p for p in program.places if p.function is place.function) is place


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


def _never_begun(place: Place) -> set[str]:
    """Return the names that a function adds to, or sets in a loop, and never before one."""
    if not isinstance(place.function, ast.FunctionDef):
        return set()
    begun = {n for s in place.block[: place.number] for n in names_with(s, ast.Store)}
    loops = (n for n in ast.walk(place.node) if isinstance(n, ast.For))
    counters = {n.id for f in loops for n in ast.walk(f.target) if isinstance(n, ast.Name)}
    read = names_with(place.node, ast.Load) & names_with(place.node, ast.Store)
    added = (n.target for n in ast.walk(place.node) if isinstance(n, ast.AugAssign))
    return (read | {t.id for t in added if isinstance(t, ast.Name)}) - begun - counters
