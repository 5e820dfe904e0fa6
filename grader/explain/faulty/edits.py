"""One change of a program: what kind it is, where it stands, and which text replaces which."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from grader.explain.faulty.program import MODULES, Program
from grader.explain.faulty.tree import Place, text_of

Splice = tuple[int, int, str]  # begin, end, the text that takes its place
COMPOUND = (
    *(ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.IfExp, ast.Lambda, ast.NamedExpr),
    *(ast.Tuple, ast.GeneratorExp, ast.Starred),
)
SETTINGS = {"axis", "axes", "dtype", "keepdims", "shape", "order", "dim"}  # arguments, not values
MAKING = {  # what makes an array of a shape
    *("zeros", "ones", "full", "empty", "eye", "randn", "rand", "standard_normal"),
    *("random", "random_sample", "new_zeros", "new_ones", "new_empty", "new_full"),
}
ELEMENTWISE = (ast.Add, ast.Sub, ast.Mult, ast.Div)
OPERANDS: Mapping[tuple[type[ast.AST], ...], tuple[str, ...]] = {
    (ast.BinOp,): ("left", "right"),
    (ast.Compare,): ("left", "comparators"),
    (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return): ("value",),
    (ast.Tuple, ast.List): ("elts",),
    (ast.Dict,): ("values",),
    (ast.ListComp, ast.GeneratorExp, ast.SetComp): ("elt",),
    (ast.DictComp,): ("value",),
    (ast.UnaryOp,): ("operand",),
    (ast.Yield,): ("value",),
    (ast.Lambda,): ("body",),
    (ast.For,): ("iter",),
}


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one kind (a key of words.KINDS), told of these lines; the first comes first."""

    kind: str
    lines: tuple[int, ...]
    splices: tuple[Splice, ...]


Maker = Callable[[Program, Place], Iterator[Edit]]


def replaced(program: Program, node: ast.AST, kind: str, text: str) -> Edit:
    """Return the edit that puts a text in a node's place."""
    return Edit(kind, (node.lineno,), ((*program.span(node), text),))  # type: ignore[attr-defined]  # it has a place


def behind(program: Program, node: ast.stmt, text: str) -> Splice:
    """Return the splice that puts a statement on a line of its own behind another."""
    end = program.span(node)[1]
    return end, end, "\n" + program.indent(node) + text


def line_before(program: Program, edit: Edit, line: int) -> int:
    """Return where a line of the changed program stood before the change."""
    for begin, end, text in edit.splices:
        if line > program.source.count(b"\n", 0, begin) + 1:
            line -= text.count("\n") - program.source.count(b"\n", begin, end)
    return line


def inserted(program: Program, place: Place, text: str) -> Edit:
    """Return the edit that puts a statement behind another."""
    before, after = place.node.end_lineno or 0, place.block[place.number + 1 :]
    lines = (before, after[0].lineno) if after else (before,)
    return Edit("missing", lines, (behind(program, place.node, text),))


def inserted_before(program: Program, place: Place, text: str) -> Edit:
    """Return the edit that puts a statement before another."""
    at = program.span(place.node)[0]
    splice = (at, at, text + "\n" + program.indent(place.node))
    before = place.block[place.number - 1 : place.number] if place.number else []
    lines = (*(b.end_lineno or 0 for b in before), place.node.lineno)
    return Edit("missing", lines, (splice,))


def bracketed(node: ast.AST) -> str:
    """Return a node's text that can stand anywhere in an expression."""
    text = text_of(node)
    return f"({text})" if isinstance(node, COMPOUND) else text


def called(node: ast.AST) -> str:
    """Return the last name of what a call calls, such as zeros of np.zeros; "" for others."""
    function = node.func if isinstance(node, ast.Call) else None
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def is_value(node: ast.AST) -> bool:
    """Return whether a node is a name, an attribute, a part or a call that gives a value."""
    if not isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)):
        return False
    return isinstance(getattr(node, "ctx", ast.Load()), ast.Load)


def is_whole(node: ast.AST) -> bool:
    """Return whether a node is a whole number as it is written."""
    return isinstance(node, ast.Constant) and type(node.value) is int


def is_head(node: ast.AST) -> bool:
    """Return whether a node only leads to a value: self, or a module or what is taken of it."""
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name) and node.value.id in MODULES
    return isinstance(node, ast.Name) and node.id in {*MODULES, "self"}


def operands(node: ast.AST) -> list[ast.expr]:
    """Return the expressions directly in a node whose value is computed with: arrays, numbers."""
    if isinstance(node, ast.Call):
        given = [*node.args, *(k.value for k in node.keywords if k.arg not in SETTINGS)]
        if isinstance(node.func, ast.Attribute) and not is_head(node.func.value):
            given.append(node.func.value)
        return [a for a in given if not isinstance(a, (ast.Starred, ast.Constant))]
    if isinstance(node, ast.Attribute):
        return [node.value] if node.attr == "T" else []
    if isinstance(node, (ast.Tuple, ast.List)) and not isinstance(node.ctx, ast.Load):
        return []
    fields = next((f for kinds, f in OPERANDS.items() if isinstance(node, kinds)), ())
    found: list[ast.expr | None] = []
    for field in fields:
        value = getattr(node, field)
        found += value if isinstance(value, list) else [value]
    return [p for p in found if p is not None and not isinstance(p, (ast.Slice, ast.Starred))]
