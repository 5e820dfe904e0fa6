"""Which values are in reach of a statement, where it computes with them, and their shapes."""

import ast
import enum
import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.explain.faulty.edits import called, is_head, is_value, operands
from grader.explain.faulty.idle import idle_in, lost_in
from grader.explain.faulty.program import Program
from grader.explain.faulty.seen import Shape, broadcast, product
from grader.explain.faulty.tree import (
    Function,
    Place,
    expressions,
    is_of_self,
    parameters_of,
    text_of,
)

Shapes = Callable[[Shape, Shape], tuple[Shape, Shape]]  # of two values -> of what is multiplied
PRODUCTS: Mapping[str, Shapes] = {
    "{x} @ {y}": lambda x, y: (x, y),
    "{x}.T @ {y}": lambda x, y: (x[::-1], y),
    "{x} @ {y}.T": lambda x, y: (x, y[::-1]),
}
BUILT: Mapping[str, Shapes] = {
    **PRODUCTS,
    "{x}.T @ {y}.T": lambda x, y: (x[::-1], y[::-1]),
}
NOT_KNOWN: Shape = (-1,)
FAR = 10_000  # how far away an attribute is that the function does not use
FEW = 32  # donors of one kind for one place


def in_reach(program: Program, place: Place) -> list[str]:
    """Return the values of a statement's function as they are written there, the nearest first.

    What is set and never used comes before all others. What encloses the function counts.
    """
    return program.once(_in_reach, place)


def _in_reach(program: Program, place: Place) -> list[str]:
    if place.function is program.tree:
        return []
    found: dict[str, int] = {}
    own = program.methods & {*program.names(place), *program.functions}
    known = {*program.names(place), "self", *own}
    for value in (v for f in (*place.around, place.function) for v in program.once(_values, f)):
        if value.called in {"", *own} and value.names <= known:
            away = abs(value.line - place.node.lineno)
            found[value.text] = min(away, found.get(value.text, away))
    here = place.node.lineno
    for name, line in (
        s for f in (*place.around, place.function) for s in program.once(_set_at, f)
    ):
        if name in found and line < here:
            found[name] = min(here - line, found[name])
    for text in (*program.attributes, *program.entries(place), *idle_in(program, place)):
        if text.rpartition(".")[2] not in program.methods:
            found.setdefault(text, FAR)
    without = program.without.get(place, ())
    parts = [f"[{c}]" for c in program.counters(place)[:1]]
    both = (f"{x}{part}" for x in lost_in(program, place) for part in ("", *parts))
    lost = [x for x in both if x not in without]
    rest = found.keys() - {*lost, *without}
    near = [*lost, *sorted(rest, key=lambda t: (found[t], len(t), t))][:FEW]
    steps = (x for x in steps_in_reach(program, place) if x not in without)
    return list(dict.fromkeys([*near, *steps]))


@dataclass(frozen=True, slots=True)
class _Value:
    text: str
    names: frozenset[str]
    called: str
    line: int


def _values(program: Program, function: Function) -> list[_Value]:
    """Return the values that a function computes with, but methods and shapes."""
    nodes = program.nodes(function)
    found, heads = [], {id(n.func) for n in nodes if isinstance(n, ast.Call)}
    for node in nodes:
        if is_value(node) and not is_head(node) and id(node) not in heads:
            text = text_of(node)
            names = frozenset(n.id for n in program.nodes(node) if isinstance(n, ast.Name))
            if text.rpartition(".")[2] not in {*program.methods, "shape"}:
                line = getattr(node, "lineno", 0)
                found.append(_Value(text, names, called(node), line))
    return found


def _set_at(program: Program, function: Function) -> list[tuple[str, int]]:
    """Return the names that a function sets, and in which lines."""
    nodes = (n for n in program.nodes(function) if isinstance(n, ast.Name))
    return [(n.id, n.lineno) for n in nodes if isinstance(n.ctx, ast.Store)]


def steps_in_reach(program: Program, place: Place) -> list[str]:
    """Return what a function's names and its attributes are at the step a statement is about."""
    counters = program.counters(place)[:1]
    plain = {*program.names(place), *program.attributes} - set(program.counters(place))
    nodes = [n for f in (*place.around, place.function) for n in program.nodes(f)]
    parts = [n for n in nodes if isinstance(n, ast.Subscript)]
    targets = [t for n in nodes if isinstance(n, ast.Assign) for t in n.targets]
    assigned = [n for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]
    given = [n for n in parameters_of(place.function) if shape_of(program, place, n) != ()]
    several = {text_of(t) for t in (*assigned, *(n.value for n in parts))} | {*given}
    several |= program.once(_in_parts, program.tree)
    by_step = {text_of(n.value) for n in parts if _has_name(program, n.slice, counters)}
    here = [f"{name}[{c}]" for c in counters for name in sorted(plain & several)]
    shifted = [f"[{c}{shift}]" for c in counters for shift in (" + 1", " - 1")]
    beside = [f"{name}{part}" for name in sorted(plain & by_step) for part in shifted]
    return [*here[:FEW], *beside[:FEW]]


def _in_parts(program: Program, tree: ast.Module) -> frozenset[str]:
    """Return the attributes of self of which parts are taken anywhere."""
    parts = (n.value for n in program.nodes(tree) if isinstance(n, ast.Subscript))
    return frozenset(text_of(p) for p in parts if is_of_self(p))


def _has_name(program: Program, node: ast.AST, names: Collection[str]) -> bool:
    return any(isinstance(n, ast.Name) and n.id in names for n in program.nodes(node))


def indices_with(program: Program, place: Place, counter: str) -> list[str]:
    """Return a counter, and how one stands in indices of several axes: around a statement first."""
    around = place.parents[0] if place.parents else place.node
    nodes = (n for outer in (around, program.tree) for n in program.nodes(outer))
    slices = (n.slice for n in nodes if isinstance(n, ast.Subscript))
    axes = [list(map(text_of, s.elts)) for s in slices if isinstance(s, ast.Tuple)]
    found = [a for a in axes if sum(map(str.isidentifier, a)) == 1]  # the rest is `:`, or numbers
    named = (", ".join(counter if part.isidentifier() else part for part in a) for a in found)
    return [counter, *dict.fromkeys(named)]


def values_of(place: Place) -> Iterator[ast.expr]:
    """Yield what a statement computes with, larger parts first."""
    seen = set()
    for node in expressions(place.node):
        for part in operands(node):
            if id(part) not in seen and not isinstance(part, (ast.Constant, ast.Lambda)):
                seen.add(id(part))
                yield part


def together(*lists: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield one of each list in every way, those that stand early in all of the lists first."""
    blocks = [
        [every[2**n - 1 : 2 ** (n + 1) - 1] for n in range(len(every).bit_length())]
        for every in lists
    ]
    for level in range(sum(map(len, blocks))):
        for places in itertools.product(*(range(len(b)) for b in blocks[:-1])):
            last = level - sum(places)
            if 0 <= last < len(blocks[-1]):
                taken = zip(blocks, (*places, last), strict=True)
                yield from itertools.product(*(block[n] for block, n in taken))


def asked(program: Program, place: Place) -> list[str]:
    """Return the expressions whose shapes before a statement help to choose its changes."""
    sites = [text_of(node) for node in values_of(place)]
    more = (*program.entries(place), *program.names(place))
    return list(dict.fromkeys([*sites, *in_reach(program, place), *more]))


def shape_of(program: Program, place: Place, text: str) -> Shape | None:
    """Return the shape of a value before a statement; NOT_KNOWN, or None for no array."""
    return program.shapes.get(place, {}).get(text, NOT_KNOWN)


def is_known(shape: Shape | None) -> bool:
    """Return whether that is a shape that a run has shown."""
    return shape is not NOT_KNOWN


class Fit(enum.Enum):
    """Whether a value and another can be combined element by element."""

    YES = enum.auto()
    NO = enum.auto()
    UNKNOWN = enum.auto()


def fit(program: Program, place: Place, node: ast.AST, x: str) -> Fit:
    """Return whether a node's value and that of x go together, as far as it is known."""
    a, b = shape_of(program, place, text_of(node)), shape_of(program, place, x)
    if not is_known(a) or not is_known(b):
        return Fit.UNKNOWN
    if a is None or b is None:
        return Fit.NO
    kept = (a,) if program.sound and a else (a, b)  # what had the right shape keeps it
    return Fit.YES if broadcast(a, b) in kept else Fit.NO


def may_replace(program: Program, place: Place, node: ast.AST, x: str) -> bool:
    """Return whether x may stand in a node's place: it has a value, and no shape becomes wrong.

    What only a part is taken of may have any shape.
    """
    if x in program.without.get(place, ()):
        return False
    if id(node) in program.once(_taken_apart_in, place):
        return True
    one_kind = shape_of(program, place, text_of(node)) is None is shape_of(program, place, x)
    return not program.sound or one_kind or fit(program, place, node, x) is not Fit.NO


def _taken_apart_in(_: Program, place: Place) -> frozenset[int]:
    parts = (n for n in expressions(place.node) if isinstance(n, ast.Subscript))
    return frozenset(id(part.value) for part in parts)


def is_like(program: Program, place: Place, a: str, b: str) -> bool:
    """Return whether two values have one shape, as far as it is known."""
    first, second = shape_of(program, place, a), shape_of(program, place, b)
    return first == second or not is_known(first) or not is_known(second)


def built(program: Program, place: Place, shape: Shape) -> Iterator[str]:
    """Yield values in reach of a shape, then products of two values that have it."""
    known = {x: shape_of(program, place, x) for x in in_reach(program, place)}
    arrays = {x: s for x, s in known.items() if s and is_known(s)}
    yield from (x for x, s in arrays.items() if s == shape)
    for (x, a), (y, b) in itertools.permutations(arrays.items(), 2):
        if len(a) == len(b) == 1 and (*a, *b) == shape:
            yield f"{x}[:, None] * {y}"
        for form, shapes in BUILT.items():
            if product(*shapes(a, b)) == shape:
                yield form.format(x=x, y=y)
    for (x, a), (y, b) in itertools.combinations(arrays.items(), 2):
        if broadcast(a, b) == shape:
            yield f"{x} * {y}"
