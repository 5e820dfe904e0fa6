"""What a change amounts to: a call too many, not only another one; a line that does nothing."""

import ast
from collections.abc import Mapping

from grader.explain.faulty.edits import MAKING, Edit, called
from grader.explain.faulty.program import Program
from grader.explain.faulty.tokens import BOUNDING

WHOLE = {
    "floats",
    "list",
    "first step",
    "import",
    "decorator",
    "entries",
    "taken",
    "shared",
    "result",
    "missing",
    "into loop",
    "out of loop",
    "order",
    "superfluous",
    "entry",
    "comma",
    "overflow",
    "printed",
    "listed",
    "joined",
    "room",
    "parameter",
    "returns None",
    "spread out",
    "unkept",
}
NOTHING: Mapping[type[ast.operator], tuple[int, str]] = {  # what does nothing on the right
    **dict.fromkeys((ast.Add, ast.Sub), (0, "less term")),
    **dict.fromkeys((ast.Mult, ast.Div, ast.Pow), (1, "less factor")),
}
EITHER_SIDE = (ast.Add, ast.Mult)
COMPARED = {"constant", "sign", "operator", "swapped", "term", "factor"}  # within a comparison
AXES = {"axis", "dim"}
REDUCING = {"min", "max"}  # as methods and in modules


def kind_of(program: Program, edit: Edit) -> str:
    """Return the kind of an edit (a key of words.KINDS) as narrowly as its text tells it."""
    begin, end, text = edit.splices[0]
    place = next((p.node for p in program.places if _holds(program, p.node, begin, end)), None)
    if edit.kind in WHOLE or place is None or begin == end:
        return edit.kind
    try:
        after = ast.parse(program.spliced(edit.splices[:1], *program.span(place)).strip())
        old, new = (_parsed(t) for t in (program.source[begin:end].decode(), text))
    except (SyntaxError, ValueError):
        return edit.kind
    if not after.body:
        return edit.kind
    kind = _of_statement(place, after.body[0], copied=_is_within(old, new))
    if not kind and _is_limit(old) and _is_within(new, old):
        kind = "limit"
    if not kind and edit.kind == "constant" and _is_axis(program, place, begin, end):
        kind = "axis"
    kind = kind or _around(program, place, begin, end, edit.kind)
    if not kind and edit.kind == "name" and _same_value(place, after.body[0]):
        kind = "target"
    return kind or _narrower(edit.kind, old, new)


def _of_statement(before: ast.stmt, after: ast.stmt, *, copied: bool) -> str:
    """Return the kind of a change by what becomes of the statement; "" if that tells nothing."""
    if does_nothing(after):
        return "superfluous"
    if getattr(after, "name", "") != getattr(before, "name", ""):
        return "called otherwise"
    idle = _idle(after) - _idle(before)
    return "copy" if idle and copied else min(idle, default="")


def _same_value(before: ast.stmt, after: ast.stmt) -> bool:
    """Return whether two assignments differ in nothing but what they assign to."""
    both = isinstance(before, ast.Assign) and isinstance(after, ast.Assign)
    return both and ast.dump(before.value) == ast.dump(after.value)  # type: ignore[attr-defined]  # both have one


def does_nothing(node: ast.stmt) -> bool:
    """Return whether a statement has no effect, such as x = x, x += 0 or what is never done."""
    match node:
        case ast.Assign(targets=[target], value=value):
            return ast.unparse(target) == ast.unparse(value)
        case ast.AugAssign(op=op, value=ast.Constant(value=number)):
            return type(op) in NOTHING and number == NOTHING[type(op)][0]
        case ast.If(test=ast.Constant(value=False), orelse=[]):
            return True
    return isinstance(node, ast.Pass)


def _holds(program: Program, node: ast.stmt, begin: int, end: int) -> bool:
    """Return whether a simple statement, or the head of a compound one, holds a span."""
    first, last = program.span(node)
    inner = getattr(node, "body", None)
    return first <= begin and end <= (program.span(inner[0])[0] if inner else last)


def _parsed(text: str) -> ast.AST:
    tree = ast.parse(text.strip())
    only = tree.body[0] if len(tree.body) == 1 else tree
    return only.value if isinstance(only, ast.Expr) else only


def _idle(node: ast.AST) -> set[str]:
    """Return the kinds of what does nothing in it: a sum with 0, a product with 1."""
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.BinOp) and type(part.op) in NOTHING:
            number, kind = NOTHING[type(part.op)]
            sides = [part.right, *([part.left] if isinstance(part.op, EITHER_SIDE) else [])]
            if any(isinstance(s, ast.Constant) and s.value == number for s in sides):
                found.add(kind)
    return found


def _around(program: Program, place: ast.stmt, begin: int, end: int, kind: str) -> str:
    """Return the kind that a change is of by what it stands in: a shape, or of a number."""
    for node in ast.walk(place):
        part = node.slice if isinstance(node, ast.Subscript) else node
        if isinstance(part, ast.expr):
            first, last = program.span(part)
            if first <= begin and end <= last:
                if called(node) in MAKING and begin >= _end_of_head(program, node):
                    return "shape"
                if kind in ("constant", "name") and part is not node:
                    return "other index"
                if kind == "constant" and called(node) == "range":
                    return "range"
                if kind in COMPARED and isinstance(part, ast.Compare):
                    return "condition"
    return ""


def _is_axis(program: Program, place: ast.stmt, begin: int, end: int) -> bool:
    """Return whether an axis stands there, given by name."""
    named = [n for n in ast.walk(place) if isinstance(n, ast.keyword) and n.arg in AXES]
    return any((begin, end) == program.span(n.value) for n in named)


def _end_of_head(program: Program, node: ast.AST) -> int:
    """Return where the name of what is called ends: behind it stand the arguments."""
    return program.span(node.func)[1] if isinstance(node, ast.Call) else 0


def _narrower(kind: str, old: ast.AST, new: ast.AST) -> str:
    """Return whether what is meant is missing, too many or another one."""
    if kind == "argument":
        more = _arguments(new) - _arguments(old)
        return f"{'no ' if more < 0 else ''}{kind}{' missing' if more > 0 else ''}"
    if kind == "name":
        return _of_sum(*_apart(old, new)) or _of_value(old, new)
    if kind not in ("call", "transpose", "index"):
        return kind
    if _is_within(new, old):
        within = kind == "index" and not isinstance(old, ast.Subscript)  # such as t for t - 1
        return "other index" if within else f"no {kind}"
    if _is_within(old, new):
        return f"{kind} missing"
    parts = (ast.Name, ast.Attribute, ast.Call) if kind == "call" else (ast.Subscript, ast.Constant)
    same = type(old) is type(new) and isinstance(new, parts)
    return f"other {kind}" if same and kind != "transpose" else kind


def _of_value(old: ast.AST, new: ast.AST) -> str:
    """Return what is wrong where one value is meant in place of another: its name, or all of it."""
    if isinstance(old, ast.Call) and _is_within(new, old):
        return "no call"
    if isinstance(new, ast.Call) and _is_within(old, new):
        return "call missing"
    both = isinstance(old, ast.Subscript) and isinstance(new, ast.Subscript)
    if both and ast.dump(old.value) == ast.dump(new.value):  # type: ignore[attr-defined]  # both have one
        return "other index"
    old, _ = _apart(old, new)
    return "name" if isinstance(old, (ast.Name, ast.Attribute, ast.Subscript)) else "value"


def _is_limit(node: ast.AST) -> bool:
    """Return whether a call cuts values off, and does not look for the largest or smallest."""
    name = called(node)
    return name in BOUNDING and (name not in REDUCING or _arguments(node) > 1)


def _apart(old: ast.AST, new: ast.AST) -> tuple[ast.AST, ast.AST]:
    """Return the smallest parts of two trees in which alone they differ."""
    while type(old) is type(new):
        parts = [[*ast.iter_child_nodes(node)] for node in (old, new)]
        pairs = [p for p in zip(*parts, strict=False) if ast.dump(p[0]) != ast.dump(p[1])]
        if len(parts[0]) != len(parts[1]) or len(pairs) != 1:
            break
        old, new = pairs[0]
    return old, new


def _of_sum(old: ast.AST, new: ast.AST) -> str:
    """Return whether one is the other with a term or a factor more; "" if it is not."""
    for less, more, kind in ((new, old, "less "), (old, new, "")):
        summed = isinstance(more, ast.BinOp) and isinstance(more.op, (*NOTHING, ast.MatMult))
        if summed and _is_within(less, more):
            return kind + ("term" if isinstance(more.op, (ast.Add, ast.Sub)) else "factor")  # type: ignore[attr-defined]  # it is one
    return ""


def _arguments(node: ast.AST) -> int:
    return len(node.args) + len(node.keywords) if isinstance(node, ast.Call) else 0


def _is_within(part: ast.AST, whole: ast.AST) -> bool:
    inner = (n for n in ast.walk(whole) if n is not whole and isinstance(n, ast.expr))
    return ast.unparse(part) in map(ast.unparse, inner)
