"""A node -> (kind, text) for one token changed: operators, signs, indices, numbers, calls."""

import ast
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from grader.explain.faulty.edits import bracketed, called, is_value, operands
from grader.explain.faulty.mutations import COMPARED
from grader.explain.faulty.tree import text_of

T = TypeVar("T")
Change = tuple[ast.AST, str, str]  # a node, a kind, the text in its place

SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.MatMult: "@",
    ast.Pow: "**",
    ast.FloorDiv: "//",
    ast.Mod: "%",
}
ONES = ("*", "/", "**")  # one of which changes nothing
ARRAYS = ("+", "-", "*", "@", "/")
PRODUCTS = {"dot", "matmul", "mm", "bmm", "mv"}
MOST_ELEMENTS = 5
TERMS = (ast.Add, ast.Sub)
BOUNDING = {"clip", "clamp", "clamp_", "minimum", "maximum", "min", "max"}
NEW_ONE = {"reverse": "{x}[::-1]", "sort": "sorted({x})"}
ALL_OF_IT = {":", "...", ":, :", "Ellipsis"}  # indices that take everything
NUMBERS = (0.0, 1.0, 2.0, 0.5, 0.1, 0.01)


def accumulated(node: ast.AST) -> Iterator[Change]:
    """`=` for `+=` and back."""
    if isinstance(node, ast.AugAssign):
        target, value = text_of(node.target), text_of(node.value)
        yield node, "assign", f"{target} = {value}"
        for sign in ARRAYS:
            if sign != SIGNS.get(type(node.op)):
                yield node, "operator", f"{target} {sign}= {value}"
    elif isinstance(node, ast.Assign) and not _is_several(node.targets[0]):
        target, value = text_of(node.targets[0]), text_of(node.value)
        for sign in ARRAYS[:2]:
            yield node, "accumulate", f"{target} {sign}= {value}"


def operator(node: ast.AST) -> Iterator[Change]:
    """Another operator."""
    if isinstance(node, ast.BinOp):
        left, right, own = bracketed(node.left), bracketed(node.right), SIGNS.get(type(node.op))
        others = ("%",) if own == "//" else ("//",) if own == "%" else (*ARRAYS, "**")
        for sign in others:
            if sign != own and not (sign in ONES and right == "1"):  # that is left alone
                yield node, "operator", f"({left} {sign} {right})"


def swapped(node: ast.AST) -> Iterator[Change]:
    """Two operands, arguments or elements the other way round."""
    if isinstance(node, ast.BinOp) and not isinstance(node.op, (ast.Add, ast.Mult)):
        left, right = bracketed(node.left), bracketed(node.right)
        yield node, "swapped", f"({right} {SIGNS.get(type(node.op), '-')} {left})"
        if isinstance(node.op, ast.MatMult):
            yield node, "swapped", f"({left}.T @ {right}.T).T"
            yield node, "swapped", f"({right}.T @ {left}.T)"
            yield node, "swapped", f"({right} @ {left}.T)"
            yield node, "swapped", f"({right}.T @ {left})"
    if isinstance(node, ast.Call):
        yield from ((node, "swapped", text) for text in _other_arguments(node))
    if isinstance(node, (ast.Tuple, ast.List)) and len(node.elts) <= MOST_ELEMENTS:
        if any(isinstance(e, ast.Slice) for e in node.elts):
            return
        for order in other_orders(list(map(text_of, node.elts))):
            inside = ", ".join(order)
            yield node, "swapped", f"({inside})" if isinstance(node, ast.Tuple) else f"[{inside}]"


def other_orders(items: Sequence[T]) -> Iterator[list[T]]:
    """Yield the orders in which one item stands elsewhere, near by first."""
    pairs = itertools.permutations(range(len(items)), 2)
    for n, m in sorted(pairs, key=lambda p: abs(p[0] - p[1])):
        rest = [*items[:n], *items[n + 1 :]]
        if n < m or n - m > 1:  # two that are exchanged are so both ways
            yield [*rest[:m], items[n], *rest[m:]]


def _other_arguments(node: ast.Call) -> Iterator[str]:
    """Yield a call with an argument in another place, or a method of its argument.

    Of a product also with one of them turned.
    """
    head, named = text_of(node.func), [text_of(k) for k in node.keywords]
    for order in other_orders(list(map(text_of, node.args))[:MOST_ELEMENTS]):
        rest = map(text_of, node.args[MOST_ELEMENTS:])
        yield f"{head}({', '.join([*order, *rest, *named])})"
    if called(node) in ("dot", "matmul") and len(node.args) == 2:
        first, second = map(bracketed, node.args[::-1])
        yield f"{head}({first}, {second}.T)"
        yield f"{head}({first}.T, {second})"
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    if called(node) in PRODUCTS and len(node.args) == 1 and owner is not None:
        first, second = bracketed(node.args[0]), bracketed(owner)
        for form in ("{a}.{m}({b})", "{a}.{m}({b}.T)", "{a}.T.{m}({b})", "{b}.{m}({a}.T)"):
            yield form.format(a=first, b=second, m=called(node))


def dropped(node: ast.AST) -> Iterator[Change]:
    """A term or a factor less."""
    if isinstance(node, ast.BinOp):
        kind = "less term" if isinstance(node.op, TERMS) else "less factor"
        yield node, kind, bracketed(node.left)
        yield node, kind, bracketed(node.right)
        if isinstance(node.op, ast.Sub):
            yield node, kind, f"(-{bracketed(node.right)})"


def inner(node: ast.AST) -> Iterator[Change]:
    """What lies deeper in what is computed, instead of all of it."""
    for part in operands(node) if not isinstance(node, (ast.BinOp, ast.UnaryOp)) else ():
        levels = operands(part) if isinstance(part, ast.BinOp) else []
        while levels := [deeper for level in levels for deeper in operands(level)]:
            for deeper in levels:
                yield part, "less factor", bracketed(deeper)


def fractional(node: ast.AST) -> Iterator[Change]:
    """A number with a fraction for the sign before a value, which may know no negative ones."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node, "floats", f"(-1.0 * {bracketed(node.operand)})"


def plain_number(node: ast.AST) -> Iterator[Change]:
    """A plain number for what is computed where one will do: a scale, a factor."""
    for part in operands(node) if isinstance(node, (ast.Assign, ast.BinOp)) else ():
        if isinstance(part, (ast.BinOp, ast.Call)):
            yield from ((part, "value", repr(number)) for number in NUMBERS[1:])
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Mult):
        yield node.value, "value", "0"


def in_place(node: ast.AST) -> Iterator[Change]:
    """A new value for a name, where the old one is changed that others share."""
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        value = f"{node.target.id} {SIGNS.get(type(node.op), '+')} {bracketed(node.value)}"
        yield node, "in place", f"{node.target.id} = {value}"
    for target in node.targets[:1] if isinstance(node, ast.Assign) else ():
        if isinstance(target, ast.Subscript) and text_of(target.slice) in ALL_OF_IT:
            yield target, "copy", text_of(target.value)
    if isinstance(node, ast.Expr) and called(node.value) in NEW_ONE:
        owner = getattr(getattr(node.value, "func", None), "value", None)
        if isinstance(owner, ast.Name):
            form = NEW_ONE[called(node.value)]
            yield node, "copy", f"{owner.id} = {form.format(x=owner.id)}"


def sign(node: ast.AST) -> Iterator[Change]:
    """A sign, or `not`, more or less."""
    if isinstance(node, ast.UnaryOp):
        yield node, "sign", bracketed(node.operand)
    inner = operands(node)
    for part in inner[:1] if isinstance(node, ast.BinOp) else inner:
        if not isinstance(part, (ast.UnaryOp, ast.Constant, ast.Tuple, ast.List)):
            yield part, "sign", f"(-{bracketed(part)})"


def transposed(node: ast.AST) -> Iterator[Change]:
    """A transpose more or less."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield node, "transpose", bracketed(node.value)
        yield node, "axis", f"{bracketed(node.value)}.swapaxes(-1, -2)"
        return
    for part in operands(node):
        turned = isinstance(part, ast.Attribute) and part.attr == "T"
        if (is_value(part) or isinstance(part, ast.BinOp)) and not turned:
            yield part, "transpose", f"{bracketed(part)}.T"


def constant(node: ast.AST) -> Iterator[Change]:
    """Another number, truth value, or letter of einsum; never a wider bound."""
    value = node.value if isinstance(node, ast.Constant) else ...
    if isinstance(value, bool):
        yield node, "constant", repr(not value)
    elif isinstance(value, (int, float)):
        yield from _other_number(node, value)
    elif isinstance(value, str) and "->" in value:
        yield from ((node, "constant", repr(text)) for text in _letters(value))
    elif value is None:
        yield from ((node, "constant", text) for text in ("0", "[]", "{}"))


def _other_number(node: ast.AST, value: float) -> Iterator[Change]:
    if isinstance(value, int):
        for other in (value + 1, value - 1, 2 * value, value // 2, -value):
            if other != value:
                yield node, "constant", f"({other})"
        yield node, "floats", f"{value}.0"
        yield from ((node, "constant", t) for t in ("0.01", "0.5") if value)
    else:
        near = (value / 2, 2 * value, float(f"{value:.0e}"), float(f"{value:.1e}"), value - 0.001)
        others = dict.fromkeys((*near, *NUMBERS, -value, value / 10, 10 * value))
        yield from ((node, "constant", f"({o!r})") for o in others if o != value)


def bounded(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what lies in a comparison or a call that cuts values off."""
    if isinstance(node, ast.Compare) or called(node) in BOUNDING:
        yield from ast.walk(node)


def widens(node: ast.AST, text: str) -> bool:
    """Return whether a number is replaced by a larger one: that would only hide a bound."""
    value = node.value if isinstance(node, ast.Constant) else None
    try:
        return isinstance(value, (int, float)) and abs(ast.literal_eval(text)) > max(1, abs(value))
    except ValueError:
        return True  # a name: how large it is cannot be known


def _letters(subscripts: str) -> Iterator[str]:
    """Yield subscripts of einsum with letters of one operand in another order, or one replaced."""
    letters = sorted(set(subscripts) & set("abcdefghijklmnopqrstuvwxyz"))
    for part in re.finditer(r"[a-z]{2,4}", subscripts):
        for order in itertools.permutations(part[0]):
            yield subscripts[: part.start()] + "".join(order) + subscripts[part.end() :]
    for n, letter in enumerate(subscripts):
        if letter.isalpha():
            yield from (
                subscripts[:n] + other + subscripts[n + 1 :] for other in letters if other != letter
            )


def _comparison(node: ast.Compare) -> Iterator[Change]:
    left, right = bracketed(node.left), bracketed(node.comparators[0])
    if right == "None":
        yield from ((node, "condition", f"({left} {text} None)") for text in ("is", "is not"))
    for text in COMPARED.get(type(node.ops[0]), ()):
        yield node, "condition", f"({left} {text} {right})"
    for shift in (" - 1", " + 1"):
        yield node, "condition", f"({text_of(node)}{shift})"


def condition(node: ast.AST) -> Iterator[Change]:
    """Another comparison, `or` for `and`, one branch only."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield from _comparison(node)
    if isinstance(node, ast.BoolOp):
        other = " or " if isinstance(node.op, ast.And) else " and "
        yield node, "condition", f"({other.join(map(bracketed, node.values))})"
        yield from ((node, "condition", bracketed(v)) for v in node.values)
    if isinstance(node, ast.IfExp):
        yield node, "condition", bracketed(node.body)
        yield node, "condition", bracketed(node.orelse)
    if isinstance(node, (ast.If, ast.While)):
        yield node.test, "condition", f"(not {bracketed(node.test)})"
        if isinstance(node, ast.If):
            yield node.test, "condition", "True"
            yield node.test, "condition", "False"


def power(node: ast.AST) -> Iterator[Change]:
    """A value squared, one divided by it, or the power of two."""
    for part in operands(node):
        if is_value(part) or isinstance(part, ast.BinOp):
            text = bracketed(part)
            yield part, "operator", f"({text} ** 2)"
            yield part, "operator", f"(1 / {text})"
            yield part, "operator", f"(2 ** {text})"


def _is_several(node: ast.expr) -> bool:
    return isinstance(node, (ast.Tuple, ast.List))
