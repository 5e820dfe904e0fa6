"""A node of a syntax tree -> texts that make another program of it, one token at a time."""

import ast
from collections.abc import Callable, Iterator, Mapping

SWAPPED: Mapping[type[ast.operator], tuple[str, ...]] = {
    ast.Add: ("-", "*"),
    ast.Sub: ("+",),
    ast.Mult: ("+", "/"),
    ast.Div: ("*",),
    ast.MatMult: ("*",),
    ast.Pow: ("*",),
    ast.FloorDiv: ("%",),
    ast.Mod: ("//",),
}
COMPARED: Mapping[type[ast.cmpop], tuple[str, ...]] = {
    ast.Lt: ("<=", ">"),
    ast.LtE: ("<",),
    ast.Gt: (">=", "<"),
    ast.GtE: (">",),
    ast.Eq: ("!=",),
    ast.NotEq: ("==",),
    ast.Is: ("is not",),
    ast.IsNot: ("is",),
    ast.In: ("not in",),
    ast.NotIn: ("in",),
}
OTHER_NAME = {
    "zeros": "ones",
    "zeros_like": "ones_like",
    "ones": "zeros",
    "ones_like": "zeros_like",
    "sum": "mean",
    "tanh": "sin",
    "randn": "rand",
    "standard_normal": "random_sample",
    "appendleft": "append",
    "outer": "inner",
    "vstack": "hstack",
    "hstack": "vstack",
    "exp": "expm1",
}
PASSED_THROUGH = {"reversed", "transpose", "swapaxes", "copy", "conj"}
SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.Delete, ast.Raise, ast.Assert)
OPERATORS = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.IfExp, ast.Lambda, ast.NamedExpr)


def _binary(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.BinOp):
        left, right = _bracketed(node.left), _bracketed(node.right)
        for sign in SWAPPED.get(type(node.op), ()):
            yield f"({left} {sign} {right})"
        yield left
        yield right
    if isinstance(node, ast.AugAssign):
        target, value = ast.unparse(node.target), ast.unparse(node.value)
        for sign in SWAPPED.get(type(node.op), ()):
            yield f"{target} {sign}= {value}"
        yield f"{target} = {value}"


def _unary(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.UnaryOp):
        yield _bracketed(node.operand)


def _comparison(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = _bracketed(node.left), _bracketed(node.comparators[0])
        for sign in COMPARED.get(type(node.ops[0]), ()):
            yield f"({left} {sign} {right})"
    if isinstance(node, ast.BoolOp):
        other = " or " if isinstance(node.op, ast.And) else " and "
        yield f"({other.join(map(_bracketed, node.values))})"


def _choice(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield _bracketed(node.body)
        yield _bracketed(node.orelse)


def _constant(node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.Constant):
        return
    value = node.value
    if isinstance(value, bool):
        yield repr(not value)
    elif isinstance(value, int):
        yield repr(value + 1)
        yield f"({value - 1})"
    elif isinstance(value, float):
        yield repr(2 * value) if value else "1.0"
        yield repr(value + 0.001)
    elif isinstance(value, str) and "->" in value:  # subscripts of einsum
        parts = value.replace("->", ",").split(",")
        for n, part in enumerate(parts):
            turned = [*parts[:n], part[::-1], *parts[n + 1 :]]
            yield repr(",".join(turned[:-1]) + "->" + turned[-1])


def _subscript(node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.Subscript):
        return
    value = _bracketed(node.value)
    several = isinstance(node.slice, ast.Tuple)
    parts = list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]
    for n, part in enumerate(parts):
        for text in _index(part):
            texts = [ast.unparse(p) for p in parts]
            texts[n] = text
            yield f"{value}[{', '.join(texts)}]"
    if several and len(parts) == 2:
        yield f"{value}[{ast.unparse(parts[1])}, {ast.unparse(parts[0])}]"
    if isinstance(node.ctx, ast.Load):
        yield value


def _index(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Slice):
        low, high, step = (ast.unparse(p) if p else "" for p in (node.lower, node.upper, node.step))
        tail = f":{step}" if step else ""
        for a, b in ((low, ""), ("", high), (low or "1", high), (low, high or "-1")):
            yield f"{a}:{b}{tail}"
        if step:
            yield f"{low}:{high}"
    elif not isinstance(node, ast.Constant):
        yield f"{ast.unparse(node)} - 1"
        yield f"{ast.unparse(node)} + 1"


def _called(node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.Call):
        return
    name = _name(node.func)
    if name in PASSED_THROUGH:
        method = isinstance(node.func, ast.Attribute) and not _is_module(node.func.value)
        inner = node.func.value if isinstance(node.func, ast.Attribute) and method else None
        if inner is None and node.args:
            inner = node.args[0]
        if inner is not None:
            yield _bracketed(inner)
    if name == "range" and len(node.args) == 1:
        bound = ast.unparse(node.args[0])
        yield f"range(1, {bound})"
        yield f"range({_bracketed(node.args[0])} - 1)"
    if len(node.args) == 2:
        head, (first, second) = ast.unparse(node.func), map(ast.unparse, node.args)
        more = "".join(f", {ast.unparse(k)}" for k in node.keywords)
        yield f"{head}({second}, {first}{more})"
    if len(node.args) == 1 and not node.keywords:
        yield _bracketed(node.args[0])


def _attribute(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Attribute):
        if node.attr == "T":
            yield _bracketed(node.value)
        elif node.attr in OTHER_NAME:
            yield f"{_bracketed(node.value)}.{OTHER_NAME[node.attr]}"
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in OTHER_NAME:
        yield OTHER_NAME[node.id]


def _statement(node: ast.AST) -> Iterator[str]:
    if isinstance(node, SIMPLE):
        yield "pass"
    if isinstance(node, ast.If) and not node.orelse:
        yield "pass"


MAKERS: tuple[Callable[[ast.AST], Iterator[str]], ...] = (
    *(_binary, _unary, _comparison, _choice, _constant, _subscript, _called, _attribute),
    _statement,
)


def without_keyword(call: ast.Call, keyword: ast.keyword) -> str:
    """Return the call as it is without that argument."""
    rest = [*call.args, *(k for k in call.keywords if k is not keyword)]
    return f"{ast.unparse(call.func)}({', '.join(map(ast.unparse, rest))})"


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _is_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "numpy", "xp", "math", "copy")


def _bracketed(node: ast.expr) -> str:
    text = ast.unparse(node)
    return f"({text})" if isinstance(node, OPERATORS) else text
