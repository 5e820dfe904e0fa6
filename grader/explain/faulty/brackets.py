"""A node -> (node, kind, text) for brackets that stand elsewhere."""

import ast
from collections.abc import Iterator

from grader.explain.faulty.edits import bracketed
from grader.explain.faulty.tokens import SIGNS, TERMS, Change
from grader.explain.faulty.tree import text_of


def moved(node: ast.AST) -> Iterator[Change]:
    """An operation before another one, where that comes first: a - b ** 2 for (a - b) ** 2."""
    if not isinstance(node, ast.BinOp):
        return
    for part in (node.left, node.right):
        if isinstance(part, ast.BinOp) and type(part.op) is not type(node.op):
            outer, inner = (SIGNS.get(type(op), "+") for op in (node.op, part.op))
            left, right = bracketed(part.left), bracketed(part.right)
            if part is node.left:
                text = f"({left} {inner} ({right} {outer} {bracketed(node.right)}))"
            else:
                text = f"(({bracketed(node.left)} {outer} {left}) {inner} {right})"
            yield node, "operator", text
            if part is node.left and isinstance(node.op, TERMS):  # (a + c) * b for a * b + c
                term = f"({left} {outer} {bracketed(node.right)})"
                yield node, "operator", f"({term} {inner} {right})"


def closed(node: ast.AST) -> Iterator[Change]:
    """The bracket of a call further on, or earlier: f(a + b) for f(a) + b, and the reverse."""
    if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
        sign = SIGNS[type(node.op)]
        for part, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(part, ast.Call) and part.args:
                rest = "".join(f", {text_of(a)}" for a in [*part.args[1:], *part.keywords])
                pair = [bracketed(part.args[0]), bracketed(other)]
                inside = f" {sign} ".join(pair if part is node.left else pair[::-1])
                yield node, "operator", f"{text_of(part.func)}({inside}{rest})"
    only = node.args[0] if isinstance(node, ast.Call) and len(node.args) == 1 else None
    if isinstance(node, ast.Call) and isinstance(only, ast.BinOp) and type(only.op) in SIGNS:
        sign, head = SIGNS[type(only.op)], text_of(node.func)
        left, right = bracketed(only.left), bracketed(only.right)
        yield node, "operator", f"({head}({left}) {sign} {right})"
        yield node, "operator", f"({left} {sign} {head}({right}))"
