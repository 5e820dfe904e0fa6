"""A correct program -> programs with one token or one statement changed, from its syntax tree."""

import ast
import itertools
import random
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from grader.explain.faulty.mutations import MAKERS, without_keyword

LEAST = 1e-6  # below which a slope is kept off zero; it shows only where a function is flat
OF_A_SLOPE = (ast.Sub, ast.Mult)
RAISING = "(_ for _ in ()).throw(AssertionError())"  # an expression that cannot be evaluated

Edit = tuple[ast.AST, str]  # a node, and the text that stands in its place


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed program; before and after are the changed line or lines, stripped.

    node: what was changed, in the tree of the original.
    """

    line: int
    before: str
    after: str
    source: str
    node: ast.AST


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


def raising(original: str, mutant: Mutant) -> str:
    """Return the original with an exception in place of what was changed; "" if none can be."""
    text = "raise AssertionError" if isinstance(mutant.node, ast.stmt) else RAISING
    source = _spliced(original.encode().splitlines(keepends=True), mutant.node, text).source
    return source if _meaning(source) is not None else ""


def changed(source: str, draw: random.Random) -> Mutant:
    """Return one mutant that compiles, drawn from all of them without making the others."""
    tree = ast.parse(source)
    lines = source.encode().splitlines(keepends=True)
    edits = list(_edits(tree))
    while True:
        mutant = _spliced(lines, *draw.choice(edits))
        if _meaning(mutant.source) not in (None, ast.dump(tree)):
            return mutant


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
    attributes = sorted({n.attr for n in ast.walk(tree) if _of_self(n)})  # type: ignore[attr-defined]  # it is one
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.Lambda)):
            yield from _exchanged_names(function)
    arrays = _name_of_numpy(tree)
    for parent, node in _code(tree):
        for make in MAKERS:
            yield from ((node, text) for text in make(node))
        if arrays and isinstance(node, ast.BinOp) and isinstance(node.op, OF_A_SLOPE):
            yield node, f"{arrays}.maximum({ast.unparse(node)}, {LEAST})"
        if _of_self(node):
            yield node, "self." + _next(attributes, node.attr)  # type: ignore[attr-defined]  # it is one
        if isinstance(node, ast.keyword) and isinstance(parent, ast.Call):
            yield parent, without_keyword(parent, node)


def _name_of_numpy(tree: ast.Module) -> str:
    """Return the name under which NumPy is imported, if it is."""
    imports = (n for n in ast.walk(tree) if isinstance(n, ast.Import))
    names = (a for n in imports for a in n.names if a.name == "numpy")
    return next((a.asname or a.name for a in names), "")


def _code(tree: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield (parent, node) for everything that runs but imports and docstrings."""
    for node in ast.iter_child_nodes(tree):
        idle = _is_text(node) or _is_main(node) or isinstance(node, (ast.Import, ast.ImportFrom))
        if not idle:
            yield tree, node
            yield from _code(node)


def _is_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _is_main(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"


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
    return Mutant(first + 1, before.strip(), after.strip(), source, node)
