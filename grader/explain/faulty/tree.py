"""A syntax tree's statements, and what stands in each of them."""

import ast
import builtins
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

LOOPS = (ast.For, ast.While)
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
BUILT_IN = frozenset(dir(builtins))
PARTS = (ast.stmt, ast.excepthandler, ast.match_case)
Function = ast.FunctionDef | ast.Module


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A statement, the block that it stands in, and what it lies in."""

    node: ast.stmt
    block: Sequence[ast.stmt]
    parents: tuple[ast.stmt, ...]  # outermost first, within the function
    function: Function
    around: tuple[Function, ...] = ()  # functions that this one stands in, outermost first

    @property
    def number(self) -> int:
        """Return its position in the block."""
        return self.block.index(self.node)

    @property
    def loop(self) -> ast.For | ast.While | None:
        """Return the innermost loop that it stands in."""
        return next((p for p in reversed(self.parents) if isinstance(p, LOOPS)), None)


@lru_cache(maxsize=8192)
def text_of(node: ast.AST) -> str:
    """Return a node as Python would write it."""
    return ast.unparse(node)


def nodes_in(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Return every node of a tree, itself first."""
    return tuple(ast.walk(tree))


def plainly(name: str) -> str:
    """Return a name without capitals and underscores, in which spellings differ."""
    return name.replace("_", "").lower()


@lru_cache(maxsize=2048)
def expressions(statement: ast.stmt) -> tuple[ast.AST, ...]:
    """Return every node of a statement's own, without the statements in its block."""
    waiting: list[ast.AST] = [statement]
    for node in waiting:  # which grows
        if isinstance(node, ast.JoinedStr):
            continue  # its parts have no place of their own
        if isinstance(node, SCOPES):
            waiting += node.args.defaults if isinstance(node, ast.FunctionDef) else []
            continue
        children = ast.iter_child_nodes(node)
        waiting += [c for c in children if not isinstance(c, PARTS)]
    return tuple(waiting)


def blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    """Yield the blocks of a compound statement."""
    for field in ("body", "orelse", "finalbody"):
        block = getattr(statement, field, None)
        if isinstance(block, list) and block:
            yield block
    for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield part.body


def places_in(
    block: list[ast.stmt],
    parents: tuple[ast.stmt, ...],
    function: Function,
    outer: tuple[Function, ...] = (),
) -> Iterator[Place]:
    """Yield every statement that runs, but imports, docstrings and what only a script runs."""
    for node in block:
        if isinstance(node, (ast.Import, ast.ImportFrom)) or _is_text(node) or _is_main(node):
            continue
        yield Place(node, block, parents, function, outer)
        inner, further = function, outer
        if isinstance(node, ast.FunctionDef):
            inner = node
            further = (*outer, function) if isinstance(function, ast.FunctionDef) else ()
        around = () if isinstance(node, SCOPES) else (*parents, node)
        for part in blocks(node):
            yield from places_in(part, around, inner, further)


def parameters_of(function: Function) -> list[str]:
    """Return the names of what a function is given by position."""
    if not isinstance(function, ast.FunctionDef):
        return []
    return [a.arg for a in (*function.args.posonlyargs, *function.args.args)]


@lru_cache(maxsize=256)
def stored_in(function: Function) -> frozenset[str]:
    """Return the names that a function itself gives a value."""
    found: set[str] = set()
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, SCOPES):
            found.add(node.name)
        elif not isinstance(node, (ast.Lambda, ast.comprehension)):
            waiting += ast.iter_child_nodes(node)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
    return frozenset(found)


@lru_cache(maxsize=256)
def functions_in(function: Function) -> frozenset[str]:
    """Return the names of the functions that are defined within a function."""
    inner = (n for n in ast.walk(function) if n is not function)
    return frozenset(n.name for n in inner if isinstance(n, ast.FunctionDef))


def local_names(function: Function) -> frozenset[str]:
    """Return the names that are a function's own; at the top of a module all that it sets."""
    return frozenset({*parameters_of(function), *stored_in(function)})


def names_in(node: ast.expr) -> list[ast.Name]:
    """Return the names in an expression."""
    return [n for n in ast.walk(node) if isinstance(n, ast.Name)]


def gives_any(function: ast.FunctionDef) -> bool:
    """Return whether a function has a statement that gives its caller anything."""
    waiting: list[ast.AST] = list(function.body)
    for node in waiting:  # which grows
        given = node.value if isinstance(node, ast.Return) else node
        if given is not None and isinstance(node, (ast.Return, ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(node, (*SCOPES, ast.Lambda)):
            waiting += ast.iter_child_nodes(node)
    return False


def is_several(node: ast.expr) -> bool:
    """Return whether an expression is a pair, or more."""
    return isinstance(node, ast.Tuple) and len(node.elts) > 1


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_main(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and text_of(node.test) == "__name__ == '__main__'"


def is_of_self(node: ast.AST) -> bool:
    """Return whether a node is an attribute of self."""
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    )


def names_with(node: ast.stmt, context: type[ast.expr_context]) -> set[str]:
    """Return the names that stand in a statement in a context, such as ast.Store."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, context)}


def set_by(statement: ast.stmt) -> set[str]:
    """Return the names that a statement itself gives a value, without those in its block."""
    names = (n for n in expressions(statement) if isinstance(n, ast.Name))
    return {n.id for n in names if isinstance(n.ctx, ast.Store)}
