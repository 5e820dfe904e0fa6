"""What an expression lacks beside another that is written much the same: put into it, renamed."""

import ast
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.explain.faulty.edits import Edit, bracketed, replaced
from grader.explain.faulty.idle import idle_in
from grader.explain.faulty.program import Program
from grader.explain.faulty.siblings import renamings
from grader.explain.faulty.tokens import TERMS
from grader.explain.faulty.tree import Place, expressions, text_of

SERIES = (ast.Tuple, ast.List, ast.Dict, ast.Call)
NEAREST = 4  # expressions that one is held against
LEAST_ALIKE = 0.3  # of what the larger of two expressions consists of
SAME_PART = 0.5  # the same, of a part and what stands for it in the other expression
DEEPEST = 3  # levels around a part that are put around its counterpart
MOST_RENAMINGS, MOST_IDLE, MOST_NUMBERS = 4, 3, 3
INDEX = re.compile(r"\[\d\]")

Names = Mapping[str, str]  # a leaf of the other expression -> what stands in its place
Parts = Mapping[ast.expr, ast.expr]  # a part of it -> one of this expression
Change = tuple[ast.expr, ast.expr]  # a node, and what is put in its place


@dataclass(frozen=True, slots=True, eq=False)
class _Unit:
    """An expression that is held against others, and the labels of all its nodes, numbered."""

    node: ast.expr
    labels: frozenset[tuple[str, int]]


def as_the_like(program: Program, place: Place) -> Iterator[Edit]:
    """A part as it is in another expression that is otherwise much the same."""
    units = program.once(_all_units, program.tree)
    found = []
    for unit in program.once(_units, place):
        inside = {id(n) for n in ast.walk(unit.node)}
        alike = [(_alike(u, unit), u) for u in units if id(u.node) not in inside]
        alike = [pair for pair in alike if pair[0] > LEAST_ALIKE]
        line = unit.node.lineno
        alike.sort(key=lambda pair: (-pair[0], abs(pair[1].node.lineno - line)))
        found += [list(_changes(program, place, unit, other)) for _, other in alike[:NEAREST]]
    own = (*program.names(place), *program.counters(place), *program.functions, "self")
    known = {*own, *program.imported, *program.known}
    parts = [n for n in expressions(place.node) if isinstance(n, ast.Subscript)]
    indices = {id(n) for part in parts for n in ast.walk(part.slice)}
    for row in itertools.zip_longest(*found):
        for node, new in (change for change in row if change is not None):
            if _read(new) <= known:
                kind = "index" if id(node) in indices else _kind(node, new)
                yield replaced(program, node, kind, bracketed(new))


def as_other_terms(program: Program, place: Place) -> Iterator[Edit]:
    """For a value that a sum adds: what another term makes of its own, by another number too."""
    sums = [n for n in expressions(place.node) if isinstance(n, ast.BinOp) and _is_series(n)]
    terms = [t for n in sums for t in _children(n) if not (_is_series(t) and t in sums)]
    for mine in filter(_is_leaf, terms):
        for other in (t for t in terms if not _is_leaf(t)):
            leaves = {text_of(n) for n in ast.walk(other) if isinstance(n, ast.Name)}
            for leaf in sorted(leaves - program.imported - {"self", text_of(mine)}):
                new = _copy(other, {}, {leaf: text_of(mine)})
                for text in _with_numbers(text_of(new)):
                    yield replaced(program, mine, _kind(mine, new), text)


def _with_numbers(text: str) -> Iterator[str]:
    """Yield a text as it is, then with another number in its first index."""
    yield text
    found = INDEX.search(text)
    for number in range(MOST_NUMBERS) if found else ():
        yield f"{text[: found.start()]}[{number}]{text[found.end() :]}"  # type: ignore[union-attr]  # as has been asked


def _all_units(program: Program, _: ast.Module) -> list[_Unit]:
    return [unit for place in program.places for unit in program.once(_units, place)]


def _units(program: Program, place: Place) -> list[_Unit]:
    """Return what a statement computes, and what stands in series within it."""
    node = place.node
    root = node.test if isinstance(node, (ast.If, ast.While)) else getattr(node, "value", None)
    inside = list(ast.walk(root)) if isinstance(root, ast.expr) else []
    series = [part for n in inside if _is_series(n) for part in _children(n)]
    found = dict.fromkeys([root, *series] if inside else [])
    return [_Unit(n, program.once(_labels, n)) for n in found if n is not None and not _is_leaf(n)]


def _is_series(node: ast.AST) -> bool:
    return isinstance(node, SERIES) or (isinstance(node, ast.BinOp) and isinstance(node.op, TERMS))


def _changes(program: Program, place: Place, unit: _Unit, other: _Unit) -> Iterator[Change]:
    """Yield what makes an expression more like another one in one part."""
    pairs = list(_aligned(unit.node, other.node))
    names = _names_of(pairs)
    for mine, its in pairs:
        if _head(mine) != _head(its):
            yield from ((mine, new) for new in _with_its_head(mine, its, names))
            yield from ((mine, new) for new in _variants(program, place, its, {}, names))
        elif _is_leaf(mine) and names[text_of(its)] != text_of(mine):
            yield mine, ast.Name(names[text_of(its)])
        for part in (p for p in _within(its) if _stands_for(program, p, mine)):
            closer = {**names, **_names_of(list(_aligned(mine, part)))}
            for new in _variants(program, place, its, {part: mine}, closer):
                yield mine, new


def _with_its_head(mine: ast.expr, its: ast.expr, names: Names) -> Iterator[ast.expr]:
    """Yield the operator or the like of the other expression with the operands of this one."""
    own, others = _children(mine), _children(its)
    if own and len(own) == len(others):
        yield _copy(its, dict(zip(others, own, strict=True)), names)


def _variants(
    program: Program,
    place: Place,
    other: ast.expr,
    parts: Parts,
    names: Names,
) -> Iterator[ast.expr]:
    """Yield the other expression with names of this one.

    What has no counterpart here keeps its name, changes as it does between statements that are
    alike, or is what is set and never used.
    """
    yield _copy(other, parts, names)
    free = {text_of(n) for n in _outside(other, parts) if isinstance(n, ast.Name)} - names.keys()
    if free:
        for renaming in itertools.islice(renamings(program, place, text_of(other)), MOST_RENAMINGS):
            if free & renaming.keys():
                yield _copy(other, parts, {**renaming, **names})
    for name, idle in itertools.product(sorted(free), idle_in(program, place)[:MOST_IDLE]):
        if name not in program.imported:
            yield _copy(other, parts, {**names, name: idle})


def _outside(node: ast.AST, parts: Parts) -> Iterator[ast.AST]:
    """Yield the nodes of an expression that lie in none of its parts."""
    if node not in parts:
        yield node
        for child in ast.iter_child_nodes(node):
            yield from _outside(child, parts)


def _copy(node: ast.expr, parts: Parts, names: Names) -> ast.expr:
    """Return an expression with other parts, and with other leaves elsewhere."""

    def copied(value: object) -> object:
        if isinstance(value, list):
            return [copied(v) for v in value]
        if not isinstance(value, ast.AST):
            return value
        if value in parts:
            return parts[value]  # type: ignore[index]  # only an expression is in there
        if _is_leaf(value):
            new = names.get(text_of(value))
            return value if new is None else ast.Name(new)
        return type(value)(**{f: copied(v) for f, v in ast.iter_fields(value)})

    return copied(node)  # type: ignore[return-value]  # of an expression it is one


def _aligned(a: ast.expr, b: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield the parts of two expressions that stand at the same place, as far as they agree."""
    yield a, b
    if _head(a) == _head(b):
        for one, other in zip(_children(a), _children(b), strict=True):
            yield from _aligned(one, other)


def _names_of(
    pairs: Iterator[tuple[ast.expr, ast.expr]] | list[tuple[ast.expr, ast.expr]],
) -> Names:
    """Return which leaf of this expression stands for which of the other, by the majority."""
    often = Counter((text_of(b), text_of(a)) for a, b in pairs if _is_leaf(a) and _is_leaf(b))
    names: dict[str, str] = {}
    for (theirs, mine), _ in often.most_common():
        names.setdefault(theirs, mine)
    return names


def _within(node: ast.expr, depth: int = DEEPEST) -> Iterator[ast.expr]:
    for child in _children(node) if depth else ():
        yield child
        yield from _within(child, depth - 1)


def _stands_for(program: Program, part: ast.expr, mine: ast.expr) -> bool:
    if _is_leaf(part) or _is_leaf(mine):
        return _is_leaf(part) and _is_leaf(mine)
    a, b = program.once(_labels, part), program.once(_labels, mine)
    return type(part) is type(mine) and len(a & b) >= SAME_PART * max(len(a), len(b))


def _alike(a: _Unit, b: _Unit) -> float:
    return len(a.labels & b.labels) / max(len(a.labels), len(b.labels))


def _labels(_: Program, node: ast.expr) -> frozenset[tuple[str, int]]:
    """Return what an expression consists of: the first, second, ... of each kind of node."""
    seen: Counter[str] = Counter()
    found = []
    for inner in ast.walk(node):
        if isinstance(inner, ast.expr):
            label = text_of(inner) if _is_leaf(inner) else repr(_head(inner))
            seen[label] += 1
            found.append((label, seen[label]))
    return frozenset(found)


def _head(node: ast.expr) -> tuple[object, ...]:
    """Return what a node is, without what it is made of."""
    if _is_leaf(node):
        return ("leaf",)
    own = [v for _, v in ast.iter_fields(node) if isinstance(v, (str, ast.operator, ast.unaryop))]
    named = [k.arg for k in getattr(node, "keywords", ())]
    said = [v if isinstance(v, str) else type(v).__name__ for v in own]
    return (type(node).__name__, *said, *named, len(_children(node)))


def _children(node: ast.AST) -> list[ast.expr]:
    found: list[ast.expr] = []
    for child in () if _is_leaf(node) else ast.iter_child_nodes(node):
        if isinstance(child, ast.keyword):
            found.append(child.value)
        elif isinstance(child, ast.expr):
            found.append(child)
    return found


def _is_leaf(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name) and node.value.id == "self"
    return isinstance(node, (ast.Name, ast.Constant))


def _read(node: ast.expr) -> set[str]:
    words: set[str] = set()
    bound: set[str] = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            words.add(inner.id.partition(".")[0].partition("[")[0])
        if isinstance(inner, ast.comprehension):
            bound |= {n.id for n in ast.walk(inner.target) if isinstance(n, ast.Name)}
    return {w for w in words - bound if w.isidentifier()}


def _kind(old: ast.expr, new: ast.expr) -> str:
    """Return what was wrong before an expression took another one's place."""
    before, after = text_of(old), text_of(new)
    if {f"{bracketed(old)}.T", before} >= {after} or f"{bracketed(new)}.T" == before:
        return "transpose"
    values = [n.value if isinstance(n, ast.Subscript) else n for n in (old, new)]
    if values != [old, new] and len({*map(text_of, values)}) == 1:
        return "index"
    own = [text_of(n) for n in ast.walk(new) if isinstance(n, ast.expr) and n is not new]
    if before in own and isinstance(new, ast.BinOp):
        return "term" if isinstance(new.op, TERMS) else "factor"
    if isinstance(new, ast.Call) and (before in own or isinstance(old, ast.Call)):
        same = isinstance(old, ast.Call) and text_of(old.func) == text_of(new.func)
        return "argument" if same else "call"
    if isinstance(new, ast.Attribute) and isinstance(old, ast.Attribute) and not _is_leaf(new):
        return "call"
    same = isinstance(old, ast.BinOp) and isinstance(new, ast.BinOp)
    return "operator" if same else "constant" if isinstance(new, ast.Constant) else "name"
