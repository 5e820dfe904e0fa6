"""The function of a value, or the slope of one, that is meant."""

import ast
import itertools
from collections.abc import Iterator

from grader.explain.faulty.edits import (
    Edit,
    bracketed,
    called,
    is_head,
    is_value,
    operands,
    replaced,
)
from grader.explain.faulty.program import MODULES, Program
from grader.explain.faulty.reach import values_of
from grader.explain.faulty.tokens import BOUNDING, Change
from grader.explain.faulty.tree import Place, expressions, names_with, text_of

USUAL = (
    *("{m}.tanh({x})", "1 - {m}.tanh({x}) ** 2", "1 - {x} ** 2"),
    *("1 / (1 + {m}.exp(-{x}))", "{x} * (1 - {x})"),
    *("{m}.exp(-abs({x})) / (1 + {m}.exp(-abs({x}))) ** 2", "{m}.exp({x})"),
)


def slope(node: ast.AST) -> Iterator[Change]:
    """Its square for a value that is taken from 1, as in the slope of tanh; and back."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and text_of(node.left) == "1":
        right = node.right
        if isinstance(right, ast.BinOp) and isinstance(right.op, ast.Pow):
            yield right, "operator", bracketed(right.left)
        else:
            yield right, "operator", f"({bracketed(right)} ** 2)"


def complement(node: ast.AST) -> Iterator[Change]:
    """What is left of 1 for a factor, as 1 - z for z."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        for part in operands(node):
            if not isinstance(part, ast.Constant):
                yield part, "term", f"(1 - {bracketed(part)})"


def share(node: ast.AST) -> Iterator[Change]:
    """What a value is of the sum of them all, or along an axis."""
    for part in operands(node):
        if is_value(part):
            for axis in ("0", "", "-1, keepdims=True"):
                yield part, "factor", f"({bracketed(part)} / {bracketed(part)}.sum({axis}))"


def usual(program: Program, place: Place) -> Iterator[Edit]:
    """For what is computed of one value, or a function of one gives: what networks make of it."""
    node, found = place.node, set[str]()
    value = node.value if isinstance(node, (ast.Assign, ast.Return)) else None
    if isinstance(node, ast.Return) and isinstance(place.function, ast.FunctionDef):
        found = {a.arg for a in place.function.args.args} - {"self", "cls"}
    elif value is not None and any(isinstance(n, ast.BinOp) for n in ast.walk(value)):
        found = names_with(node, ast.Load) - {*MODULES, *program.known}
    if value is not None and len(found) == 1:
        yield from _usual(program, value, found.pop())
    for inner in expressions(node):
        if isinstance(inner, ast.Lambda) and len(inner.args.args) == 1:
            yield from _usual(program, inner.body, inner.args.args[0].arg)


def usual_parts(program: Program, place: Place) -> Iterator[Edit]:
    """The same for a part of a statement that is computed of one value."""
    for node in values_of(place):
        inside = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
        found = {n.id for n in inside} - {*MODULES, *program.known}
        if isinstance(node, (ast.BinOp, ast.Call)) and len(found) == 1:
            yield from _usual(program, node, found.pop())


def _usual(program: Program, node: ast.expr, x: str) -> Iterator[Edit]:
    modules = sorted(program.imported & {"np", "numpy", "torch"})
    for form, module in itertools.product(USUAL, modules[:1]):
        yield replaced(program, node, "value", f"({form.format(x=x, m=module)})")


def unbounded(program: Program, place: Place) -> Iterator[Edit]:
    """A value without the call that cuts it off; all of a function that are cut off alike."""
    own = [n for n in expressions(place.node) if called(n) in BOUNDING and operands(n)]
    for node in own:
        for part in operands(node):
            yield replaced(program, node, "call", bracketed(part))
    inside = ((n, _cut_off(n)) for n in program.nodes(place.function) if own)
    cut = [(n, value) for n, value in inside if value is not None]
    first = next((_limits(n, value) for n, value in cut if n is own[0]), None)
    alike = [(n, value) for n, value in cut if _limits(n, value) == first]
    if len(alike) > 1 and alike[0][0] is own[0]:
        splices = sorted((*program.span(n), bracketed(value)) for n, value in alike)
        lines = sorted({program.source.count(b"\n", 0, begin) + 1 for begin, *_ in splices})
        yield Edit("call", tuple(lines), tuple(splices))


def overflowing(program: Program, place: Place) -> Iterator[Edit]:
    """An exponent within limits, where e to its power would be infinite."""
    for node in expressions(place.node):
        for part in operands(node) if called(node) == "exp" else ():
            of_math = isinstance(node, ast.Call) and text_of(node.func) == "math.exp"
            most = 80 if "torch" in program.imported else 700
            text = f"{bracketed(part)}.clip(-{most}, {most})"
            text = f"max(-{most}, min({most}, {text_of(part)}))" if of_math else text
            yield replaced(program, part, "overflow", text)


def _cut_off(node: ast.AST) -> ast.expr | None:
    """Return the value that a call cuts off, if it does such a thing."""
    if not isinstance(node, ast.Call) or called(node) not in BOUNDING:
        return None
    if isinstance(node.func, ast.Attribute) and not is_head(node.func.value):
        return node.func.value
    return node.args[0] if len(node.args) > 1 else None


def _limits(node: ast.AST, value: ast.expr) -> str:
    """Return a call without the value that it cuts off."""
    return text_of(node).replace(text_of(value), "", 1)
