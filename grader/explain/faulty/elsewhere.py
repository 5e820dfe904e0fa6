"""What a submission writes elsewhere: around a value, in a value's place, or as its index."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from grader.explain.faulty.edits import Edit, bracketed, is_head, operands, replaced
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import values_of
from grader.explain.faulty.tokens import SIGNS, TERMS
from grader.explain.faulty.tree import BUILT_IN, Place, expressions, text_of

MOST = 400  # changes of one kind for one place


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a value somewhere: the value, the text before and behind it."""

    value: str
    before: str
    behind: str
    kind: str
    names: frozenset[str]
    line: int


def around(program: Program, place: Place) -> Iterator[Edit]:
    """A value put between what stands around a value elsewhere, around the same one first."""
    known = _known(program, place)
    contexts = [c for c in program.once(_contexts, program.tree) if c.names <= known]
    sites = [(n, text_of(n)) for n in values_of(place)]
    found = []
    for at, (node, text) in enumerate(sites):
        for c in contexts:
            new = f"{c.before}{bracketed(node)}{c.behind}"
            order = (not _alike(c.value, text), abs(c.line - place.node.lineno), at, new)
            found.append((order, node, c.kind, new))
    for _, node, kind, new in sorted(found, key=lambda f: f[0])[:MOST]:
        yield replaced(program, node, kind, new)


def phrases(program: Program, place: Place) -> Iterator[Edit]:
    """For a value or number another expression of the function, one that it is in first."""
    known = _known(program, place)
    written = [p for p in program.once(_phrases, place.function) if p.names <= known]
    sites = [*values_of(place), *_numbers(place)]
    found = []
    for at, node in enumerate(sites):
        text = text_of(node)
        for p in written:
            if p.value != text:
                order = (text not in p.value, abs(p.line - place.node.lineno), at, p.value)
                found.append((order, node, p.value))
    for _, node, new in sorted(found, key=lambda f: f[0])[:MOST]:
        yield replaced(program, node, "name", f"({new})")


def indices(program: Program, place: Place) -> Iterator[Edit]:
    """Another index or slice, as it stands behind a value elsewhere."""
    known = _known(program, place)
    for node in expressions(place.node):
        if isinstance(node, ast.Subscript):
            for suffix in program.suffixes:
                names = {n.id for n in ast.walk(ast.parse(f"_{suffix}")) if isinstance(n, ast.Name)}
                if names - {"_"} <= known:
                    yield replaced(program, node, "index", bracketed(node.value) + suffix)


def _alike(a: str, b: str) -> bool:
    """Return whether two values are of one name, if not of one step."""
    return a.split("[", maxsplit=1)[0] == b.split("[", maxsplit=1)[0]


def _known(program: Program, place: Place) -> frozenset[str]:
    own = (*program.names(place), *program.counters(place), *program.functions, "self")
    return BUILT_IN.union(own, program.imported, program.classes)


def _numbers(place: Place) -> Iterator[ast.expr]:
    for node in expressions(place.node):
        inside = node.args if isinstance(node, ast.Call) else operands(node)
        for part in inside if isinstance(node, (ast.BinOp, ast.Call)) else ():
            if isinstance(part, ast.Constant):
                yield part


def _contexts(program: Program, tree: ast.Module) -> list[_Around]:
    found: dict[tuple[str, str], _Around] = {}
    for node in program.nodes(tree):
        for value, before, behind, kind in _holes(node):
            hole, outer = set(program.nodes(value)), program.nodes(node)
            names = {n.id for n in outer if isinstance(n, ast.Name) and n not in hole}
            context = (text_of(value), before, behind, kind, frozenset(names), _line(node))
            found.setdefault((before, behind), _Around(*context))
    return list(found.values())


def _holes(node: ast.AST) -> Iterator[tuple[ast.expr, str, str, str]]:
    """Yield each value in a node, what stands before and behind it, and what its lack is called."""
    if isinstance(node, ast.BinOp):
        sign, kind = (
            SIGNS.get(type(node.op), ""),
            "term" if isinstance(node.op, TERMS) else "factor",
        )
        if sign:
            yield node.left, "(", f" {sign} {bracketed(node.right)})", kind
            yield node.right, f"({bracketed(node.left)} {sign} ", ")", kind
    elif isinstance(node, ast.IfExp):
        yield node.body, "(", f" if {text_of(node.test)} else {text_of(node.orelse)})", "condition"
        yield node.orelse, f"({text_of(node.body)} if {text_of(node.test)} else ", ")", "condition"
    elif isinstance(node, ast.Call):
        args, named = [*map(text_of, node.args)], [*map(text_of, node.keywords)]
        head = text_of(node.func)
        if len(args) + len(named) > 1:
            for n, value in enumerate(node.args):
                inside = "".join(f"{a}, " for a in args[:n])
                rest = "".join(f", {a}" for a in [*args[n + 1 :], *named])
                yield value, f"{head}({inside}", f"{rest})", "call"
        if isinstance(node.func, ast.Attribute) and not is_head(node.func.value):
            behind = f".{node.func.attr}({', '.join([*args, *named])})"
            yield node.func.value, "", behind, "call"


def _phrases(program: Program, function: ast.FunctionDef | ast.Module) -> list[_Around]:
    """Return the calls and operations of a function, as values with nothing around them."""
    found: dict[str, _Around] = {}
    for node in program.nodes(function):
        if isinstance(node, (ast.BinOp, ast.Call)):
            names = frozenset(n.id for n in program.nodes(node) if isinstance(n, ast.Name))
            text = text_of(node)
            found.setdefault(text, _Around(text, "", "", "name", names, _line(node)))
    return list(found.values())


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)
