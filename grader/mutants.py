"""A correct program -> programs with one token or one statement changed, from its syntax tree."""

import ast
import itertools
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

Edit = tuple[ast.AST, str]  # a node, and the text that stands in its place


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed program; before and after are the changed line or lines, stripped."""

    line: int
    before: str
    after: str
    source: str


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


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant that compiles and whose tree is new, in the order of the source."""
    tree = ast.parse(source)
    lines = source.encode().splitlines(keepends=True)
    seen = {ast.dump(tree)}
    edits = sorted(_edits(tree), key=lambda e: (_span(e[0], lines), e[1]))
    for node, text in edits:
        mutant = _spliced(lines, node, text)
        key = _meaning(mutant.source)
        if key is not None and key not in seen:
            seen.add(key)
            yield mutant


def _meaning(source: str) -> str | None:
    """Return the tree of a program as text; None if it does not compile."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a mutant may well look like a slip
        try:
            compile(source, "mutant", "exec", dont_inherit=True)
            return ast.dump(ast.parse(source))
        except (SyntaxError, ValueError):
            return None


def _edits(tree: ast.Module) -> Iterator[Edit]:
    documentation = {
        id(body[0])
        for node in ast.walk(tree)
        for body in [getattr(node, "body", None)]
        if isinstance(body, list) and body and _is_text(body[0])
    }
    attributes = sorted({n.attr for n in ast.walk(tree) if _of_self(n)})  # type: ignore[attr-defined]  # it is one
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.Lambda)):
            yield from _exchanged_names(function)
    for parent in ast.walk(tree):
        for node in ast.iter_child_nodes(parent):
            if id(node) in documentation or isinstance(node, (ast.Import, ast.ImportFrom)):
                continue
            if isinstance(node, ast.Constant) and id(parent) in documentation:
                continue
            for make in MAKERS:
                yield from ((node, text) for text in make(node))
            if _of_self(node):
                yield node, "self." + _next(attributes, node.attr)  # type: ignore[attr-defined]  # it is one
            if isinstance(node, ast.keyword) and isinstance(parent, ast.Call):
                yield parent, _without_keyword(parent, node)


def _is_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _of_self(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    )


def _next(names: list[str], name: str) -> str:
    return names[(names.index(name) + 1) % len(names)]


def _exchanged_names(function: ast.FunctionDef | ast.Lambda) -> Iterator[Edit]:
    """Each use of a local name, replaced by the next of the function's names."""
    parts = function.body if isinstance(function.body, list) else [function.body]
    inside = [n for part in parts for n in ast.walk(part)]
    assigned = {n.id for n in inside if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    names = sorted((assigned | {a.arg for a in function.args.args}) - {"self", "_"})
    for node in inside:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
            yield node, _next(names, node.id)


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
    if isinstance(node, (ast.If, ast.IfExp, ast.While)):
        yield from ()  # the condition is a node of its own


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
        low, high, step = (
            ast.unparse(p) if p else "" for p in (node.lower, node.upper, node.step)
        )
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


def _without_keyword(call: ast.Call, keyword: ast.keyword) -> str:
    rest = [*call.args, *(k for k in call.keywords if k is not keyword)]
    return f"{ast.unparse(call.func)}({', '.join(map(ast.unparse, rest))})"


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _is_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "numpy", "xp", "math", "copy")


def _bracketed(node: ast.expr) -> str:
    text = ast.unparse(node)
    return f"({text})" if isinstance(node, OPERATORS) else text


def _span(node: ast.AST, lines: list[bytes]) -> tuple[int, int]:
    starts = [0, *itertools.accumulate(len(line) for line in lines)]
    begin = starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]  # it has a place
    end = starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]  # as above
    return begin, end


def _spliced(lines: list[bytes], node: ast.AST, text: str) -> Mutant:
    begin, end = _span(node, lines)
    whole = b"".join(lines)
    source = (whole[:begin] + text.encode() + whole[end:]).decode()
    first, last = node.lineno - 1, node.end_lineno  # type: ignore[attr-defined]  # as above
    before = b"".join(lines[first:last]).decode()
    kept = len(source.encode()) - len(whole) + len(before.encode())
    start = len(b"".join(lines[:first]))
    after = source.encode()[start : start + kept].decode()
    return Mutant(first + 1, before.strip(), after.strip(), source)
