"""An import that is missing, or that gives what it imports another name than is used."""

import ast
from collections.abc import Iterator

from grader.explain.faulty.edits import Edit
from grader.explain.faulty.program import Program
from grader.explain.faulty.tree import Place

USUAL = {
    "np": "import numpy as np",
    "nn": "from torch import nn",
    "F": "import torch.nn.functional as F",
}
HOLDING = (  # modules whose names are often imported one by one
    *("math", "numpy", "collections", "copy", "functools", "itertools", "typing", "dataclasses"),
    *("abc", "torch", "torch.nn", "torch.nn.functional", "numpy.random", "numpy.linalg"),
)


def imports(program: Program, place: Place) -> Iterator[Edit]:
    """At the head of the program: an import of the name that has no value."""
    lost = program.valueless
    if not lost.isidentifier() or place is not program.places[0]:
        return
    for node in program.nodes(program.tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from _renamed(program, node, lost)
    first = next(s for s in program.tree.body if s in (place.node, *place.parents))
    line = min(n.lineno for n in (first, *getattr(first, "decorator_list", ())))
    at, number = program.starts[line - 1], program.tree.body.index(first)
    before = [s.end_lineno or 0 for s in program.tree.body[max(number - 1, 0) : number]]
    for text in (USUAL.get(lost, f"import {lost}"), *(f"from {m} import {lost}" for m in HOLDING)):
        yield Edit("import", (*before, line), ((at, at, f"{text}\n"),))


def _renamed(program: Program, node: ast.Import | ast.ImportFrom, lost: str) -> Iterator[Edit]:
    """What is imported, under the name that has no value; or that one instead of it."""
    for alias in node.names:
        begin, end = program.span(alias)
        yield Edit("import", (node.lineno,), ((begin, end, f"{alias.name} as {lost}"),))
        if isinstance(node, ast.ImportFrom) and alias.name != "*":
            yield Edit("import", (node.lineno,), ((end, end, f", {lost}"),))
