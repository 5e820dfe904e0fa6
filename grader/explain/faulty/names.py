"""Another name of the same kind: a local one, an attribute of self, a function, a key."""

import ast
import itertools
from collections import deque
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

import numpy as np

from grader.explain.faulty.edits import ELEMENTWISE, Edit, is_head, is_value, replaced
from grader.explain.faulty.idle import lost_in
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import NOT_KNOWN, in_reach, may_replace, shape_of
from grader.explain.faulty.seen import Shape
from grader.explain.faulty.tree import BUILT_IN, Place, expressions, text_of

FEW, NEAR = 5, 0.5  # of names that are spelled much like another
METHODS = frozenset().union(*map(dir, (list, dict, set, str, deque, np.ndarray, np.random)))


def names(program: Program, place: Place) -> Iterator[Edit]:
    """Another name of the same kind: a local one, an attribute of self, a function."""
    keys = tuple(map(repr, program.keys))
    own = [f"self.{name}" for name in sorted(program.methods - {"__init__"})]
    kinds = (program.names(place), program.functions, keys, (*program.attributes, *own))
    found = []
    gone_through = {id(n) for n in _gone_through(place)}
    lists = program.lengths.get(place, {})
    for node in expressions(place.node):
        plain = isinstance(node, (ast.Name, ast.Constant)) or _own(node)
        text = text_of(node) if plain and not is_head(node) else ""
        lost = text and isinstance(node, ast.Name) and is_value(node) and text not in program.known
        for alike in kinds:
            if text in alike or (lost and alike is kinds[0]):
                own_ = f"self.{text}"
                there = own_ in program.attributes or text in program.methods
                others_ = [own_] if lost and there else []
                others_ += _likeliest(program, place, node, alike)
                if id(node) in gone_through and text not in lists:
                    others_ += [o for o in alike if o in lists and o not in others_]
                found.append([replaced(program, node, "name", other) for other in others_])
    yield from in_turn(found)


def spelled(program: Program, place: Place) -> Iterator[Edit]:
    """For what has no value: a name, attribute or method that is spelled much like it."""
    lost = program.valueless
    for node in expressions(place.node) if lost else ():
        if isinstance(node, ast.Attribute) and lost == f".{node.attr}":
            used = {n.attr for n in program.nodes(program.tree) if isinstance(n, ast.Attribute)}
            known = METHODS.union(used, program.methods) - {node.attr}
            for other in get_close_matches(node.attr, sorted(known), FEW, NEAR):
                yield replaced(program, node, "name", f"{text_of(node.value)}.{other}")
        elif isinstance(node, ast.Name) and node.id == lost:
            known = BUILT_IN.union(program.names(place), program.known, program.functions) - {lost}
            for other in get_close_matches(lost, sorted(known), FEW, NEAR):
                yield replaced(program, node, "name", other)


def owners(program: Program, place: Place) -> Iterator[Edit]:
    """For an attribute that its object lacks: that of another object, or the one of that name."""
    lost = program.valueless
    if lost[:1] != ".":
        return
    nodes = [n for n in program.nodes(program.tree) if isinstance(n, ast.Attribute)]
    having = dict.fromkeys(text_of(n.value) for n in nodes if lost == f".{n.attr}")
    for node in expressions(place.node):
        if isinstance(node, ast.Attribute) and lost == f".{node.attr}":
            own = text_of(node.value)
            for other in dict.fromkeys((*having, *program.attributes, *program.names(place))):
                if other not in (own, f"{own}{lost}"):
                    yield replaced(program, node, "name", f"{other}{lost}")
            if node.attr in program.names(place):
                yield replaced(program, node, "name", f"getattr({own}, {node.attr})")
                yield replaced(program, node, "name", node.attr)


def objects(program: Program, place: Place) -> Iterator[Edit]:
    """For a class, of which a method is called: an object of it that the program makes."""
    made: dict[str, list[str]] = program.once(_objects, program.tree)
    for node in expressions(place.node):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            for other in made.get(node.value.id, ()):
                yield replaced(program, node.value, "name", other)


def _objects(program: Program, tree: ast.Module) -> dict[str, list[str]]:
    """Return by class what is set to an object of it."""
    found: dict[str, list[str]] = {}
    for node in program.nodes(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            name = text_of(node.value.func)
            if name in program.classes:
                found.setdefault(name, []).extend(map(text_of, node.targets))
    return found


def _gone_through(place: Place) -> Iterator[ast.expr]:
    """Yield what a list may stand for as well as an array: an argument, or what a loop takes."""
    for node in expressions(place.node):
        yield from node.args if isinstance(node, ast.Call) else ()
        if isinstance(node, (ast.comprehension, ast.For)):
            yield node.iter


def _likeliest(program: Program, place: Place, node: ast.AST, alike: Sequence[str]) -> list[str]:
    """Return the names that may stand for a node: not used elsewhere, spelled alike, near."""
    text = text_of(node)
    fitting = [o for o in alike if may_replace(program, place, node, o)]
    near = [x for x in in_reach(program, place) if x in fitting and x != text]
    mixed = itertools.chain(*itertools.zip_longest(alike_first(text, fitting), near))
    lost, shape = lost_in(program, place), shape_of(program, place, text)
    beside = program.once(_combined_with, place).get(id(node), NOT_KNOWN)

    def rank(other: str) -> tuple[bool, bool, bool]:
        its = shape_of(program, place, other)
        # What raised or has a wrong shape is seldom mended by another array of that shape.
        same = not program.sound and shape not in (NOT_KNOWN, ()) and its == shape
        return other not in lost, same, not program.sound and its != beside

    return sorted(dict.fromkeys(o for o in mixed if o is not None), key=rank)


def _combined_with(program: Program, place: Place) -> dict[int, Shape | None]:
    """Return the shape of what each operand is combined with element by element."""
    nodes = (n for n in expressions(place.node) if isinstance(n, ast.BinOp))
    pairs = [(n.left, n.right) for n in nodes if isinstance(n.op, ELEMENTWISE)]
    both = [*pairs, *((b, a) for a, b in pairs)]
    return {id(a): shape_of(program, place, text_of(b)) for a, b in both}


def _own(node: ast.AST) -> str:
    return text_of(node) if isinstance(node, ast.Attribute) else ""


def in_turn(lists: Sequence[Sequence[Edit]]) -> Iterator[Edit]:
    """Yield the first of each list, then the second of each, and so on."""
    for row in itertools.zip_longest(*lists):
        yield from (edit for edit in row if edit is not None)


def alike_first(name: str, others: Sequence[str]) -> list[str]:
    """Return the other names, those that begin or end alike first."""
    rest = [o for o in others if o != name]
    return sorted(rest, key=lambda o: (o[-1:] != name[-1:], o[:1] != name[:1], o))
