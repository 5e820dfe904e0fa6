"""What needs something in reach of a statement: a name, an index, a size, a call, a shape."""

import ast
import itertools
import re
from collections.abc import Iterator, Sequence

from grader.explain.faulty import tokens
from grader.explain.faulty.edits import (
    Edit,
    Splice,
    bracketed,
    called,
    is_head,
    is_value,
    operands,
    replaced,
)
from grader.explain.faulty.names import alike_first, in_turn
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import (
    built,
    in_reach,
    is_known,
    may_replace,
    shape_of,
    steps_in_reach,
    together,
    values_of,
)
from grader.explain.faulty.seen import broadcast
from grader.explain.faulty.tree import Place, expressions, text_of

MOST_PAIRS = 36  # of values in a statement


def parts(program: Program, place: Place) -> Iterator[Edit]:
    """A name or a part replaced by another expression of the function, such as h[t] for h."""
    others = in_reach(program, place)
    for node in expressions(place.node):
        if is_value(node) and called(node) == "" and not is_head(node):
            text = text_of(node)
            for other in others:
                same = other != text and _root(other) == _root(text)
                if same and may_replace(program, place, node, other):
                    yield replaced(program, node, _kind(text, other), other)


def fields(program: Program, place: Place) -> Iterator[Edit]:
    """Another attribute of an object that is not self."""
    others_ = program.once(_fields, program.tree)
    found = []
    for node in expressions(place.node):
        if isinstance(node, ast.Attribute) and node.attr in others_ and not is_head(node.value):
            alike_ = alike_first(node.attr, others_)
            owner = bracketed(node.value)
            found.append([replaced(program, node, "name", f"{owner}.{x}") for x in alike_])
    yield from in_turn(found)


def everywhere(program: Program, place: Place) -> Iterator[Edit]:
    """In all places of a statement in which a value stands: another one, or field, near by."""
    found: dict[str, list[ast.AST]] = {}
    for node in expressions(place.node):
        if is_value(node) and called(node) == "" and not is_head(node):
            found.setdefault(text_of(node), []).append(node)
    of_objects = program.once(_fields, program.tree)
    for text, nodes in found.items():
        owner, _, field = text.rpartition(".")
        alike_ = (
            [f"{owner}.{x}" for x in alike_first(field, of_objects)] if field in of_objects else []
        )
        near = [x for x in in_reach(program, place) if may_replace(program, place, nodes[0], x)]
        for x in dict.fromkeys((*alike_, *near)) if len(nodes) > 1 else ():
            if x != text:
                splices = tuple(sorted((*program.span(n), x) for n in nodes))
                yield Edit(_kind(text, x), (_line_of(program, splices),), splices)


def _fields(program: Program, tree: ast.Module) -> list[str]:
    """Return the attributes that are taken of objects, or set in them, but methods."""
    nodes = program.nodes(tree)
    heads = {id(n.func) for n in nodes if isinstance(n, ast.Call)}
    found = {n.attr for n in nodes if isinstance(n, ast.Attribute) and id(n) not in heads}
    modules = {n.attr for n in nodes if isinstance(n, ast.Attribute) and is_head(n)}
    for node in (s for n in nodes if isinstance(n, ast.ClassDef) for s in n.body):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    texts = (n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str))
    if any(called(n) == "namedtuple" for n in nodes):
        found |= {w for text in texts for w in text.split() if w.isidentifier()}
    return sorted(found - modules - {"T", "shape", "size", "ndim", "dtype"})


def steps(program: Program, place: Place) -> Iterator[Edit]:
    """What something is at another step, for a value of its shape."""
    yield from _of_one_shape(program, place, steps_in_reach(program, place))


def alike(program: Program, place: Place) -> Iterator[Edit]:
    """Any value in reach of the very shape of what stands there."""
    yield from _of_one_shape(program, place, in_reach(program, place))


def wider(program: Program, place: Place) -> Iterator[Edit]:
    """A value in reach of more rows or columns, for one that is only spread over as many."""
    for x, node in together(in_reach(program, place), list(values_of(place))):
        shape, more = shape_of(program, place, text_of(node)), shape_of(program, place, x)
        known = shape and more and is_known(shape) and is_known(more)
        if known and shape != more == broadcast(shape or (), more or ()):
            yield replaced(program, node, _kind(text_of(node), x), x)


def asked(program: Program, place: Place) -> Iterator[Edit]:
    """A value in reach of a shape that is asked for; for all that a statement gives, a product."""
    whole = getattr(place.node, "value", None)
    for node, shape in itertools.product(values_of(place), program.asked):
        text = text_of(node)
        own = shape_of(program, place, text)
        if own == shape:
            continue
        if own and is_known(own) and shape == ():
            yield replaced(program, node, "call", f"{bracketed(node)}.sum()")
            yield replaced(program, node, "call", f"{bracketed(node)}.mean()")
        near = (x for x in in_reach(program, place) if shape_of(program, place, x) == shape)
        for x in built(program, place, shape) if node is whole else near:
            yield replaced(program, node, _kind(text, x), x)


def resized(program: Program, place: Place) -> Iterator[Edit]:
    """For a value that has a size in place of another one: one that has the other, or a part."""
    sizes = [n for n in program.names(place) if shape_of(program, place, n) == ()]
    for (size, wanted), node in itertools.product(program.resized, values_of(place)):
        shape = shape_of(program, place, text_of(node)) or ()
        for axis in (n for n, s in enumerate(shape) if s == size):
            ends = ["-1:", ":1"] if wanted == 1 else []
            for part in (*ends, *(text for n in sizes for text in (f":{n}", f"{n}:"))):
                text = f"{bracketed(node)}[{':, ' * axis}{part}]"
                yield replaced(program, node, "index", text)
            for x in built(program, place, (*shape[:axis], wanted, *shape[axis + 1 :])):
                yield replaced(program, node, _kind(text_of(node), x), f"({x})")


def _of_one_shape(program: Program, place: Place, texts: Sequence[str]) -> Iterator[Edit]:
    known = ((x, shape_of(program, place, x)) for x in texts)
    arrays = [x for x, shape in known if shape is not None and is_known(shape)]
    for x, node in together(arrays, list(values_of(place))):
        text = text_of(node)
        if x != text and shape_of(program, place, text) == shape_of(program, place, x):
            yield replaced(program, node, _kind(text, x), x)


def _kind(text: str, other: str) -> str:
    """Return whether another part of the same value stands there, or another value."""
    if f"{text}.T" == other or f"{other}.T" == text:
        return "transpose"
    return "index" if other.startswith(f"{text}[") or text.startswith(f"{other}[") else "name"


def exchanged(program: Program, place: Place) -> Iterator[Edit]:
    """Two values of a statement that stand in each other's places."""
    found: dict[str, list[ast.AST]] = {}
    for node in expressions(place.node):
        if is_value(node) and called(node) == "" and not is_head(node):
            found.setdefault(text_of(node), []).append(node)
    for a, b in itertools.islice(itertools.combinations(found, 2), MOST_PAIRS):
        if a not in b and b not in a:
            splices = [(*program.span(n), b) for n in found[a]]
            splices += [(*program.span(n), a) for n in found[b]]
            yield Edit("swapped", (_line_of(program, splices),), tuple(sorted(splices)))


def _line_of(program: Program, splices: Sequence[Splice]) -> int:
    """Return the line in which the first of them stands."""
    return program.source.count(b"\n", 0, min(begin for begin, *_ in splices)) + 1


def results(program: Program, place: Place) -> Iterator[Edit]:
    """A value in reach more among those that a function returns that the problem asks for."""
    node, function = place.node, place.function
    if not isinstance(node, ast.Return) or node.value is None or program.sound:
        return
    if isinstance(function, ast.FunctionDef) and function.name in program.wanted:
        parts_ = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        texts = list(map(text_of, parts_))
        for x in in_reach(program, place):
            for n in range(len(texts) + 1):
                text = ", ".join([*texts[:n], x, *texts[n:]])
                yield replaced(program, node.value, "result", f"({text})")


def numbers_beside(program: Program, place: Place) -> Iterator[Edit]:
    """A value of the same statement off a number that is computed with, such as 1 - h for 1."""
    nodes = [n for n in expressions(place.node) if isinstance(n, ast.BinOp)]
    values = dict.fromkeys(text_of(p) for n in nodes for p in operands(n) if is_value(p))
    for node in nodes:
        for part in operands(node):
            if isinstance(part, ast.Constant) and type(part.value) in (int, float):
                for x in values:
                    yield replaced(program, part, "term", f"({part.value!r} - {x})")


def numbers(program: Program, place: Place) -> Iterator[Edit]:
    """A number that is computed with, and a value in reach more or to its power."""
    for node in expressions(place.node):
        for part in operands(node) if isinstance(node, ast.BinOp) else ():
            if isinstance(part, ast.Constant) and type(part.value) in (int, float):
                for x in in_reach(program, place):
                    for sign in ("+", "-", "*"):
                        yield replaced(program, part, "term", f"({part.value!r} {sign} {x})")
                    yield replaced(program, part, "term", f"({x} ** {part.value!r})")
                    yield replaced(program, part, "term", f"({part.value!r} ** {x})")


def others(program: Program, place: Place) -> Iterator[Edit]:
    """A name, a part or a number replaced by any expression in reach."""
    bounded = {id(p) for n in expressions(place.node) for p in tokens.bounded(n)}
    for node in expressions(place.node):
        number = isinstance(node, ast.Constant) and isinstance(node.value, (int, float))
        if number and id(node) not in bounded:
            for name in program.names(place):
                yield replaced(program, node, "constant", name)
    sites = list(values_of(place))
    for other, node in together(in_reach(program, place), sites):
        if other != text_of(node) and may_replace(program, place, node, other):
            yield replaced(program, node, _kind(text_of(node), other), other)


def _root(text: str) -> str:
    return re.split(r"[\[(]|(?<!self)\.", text)[0]
