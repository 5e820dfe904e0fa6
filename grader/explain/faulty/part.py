"""The one function that a change lies in: nothing else of the program is compiled anew."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.explain.faulty.edits import Splice
from grader.explain.faulty.program import Program

WHOLE = ""  # the path of a program that is compiled as a whole


@dataclass(frozen=True)
class _Part:
    path: str  # such as SimpleRNN.forward
    head: str  # the classes that it stands in
    begin: int
    body: int
    end: int


class Parts:
    """The functions of a program that can be compiled by themselves."""

    def __init__(self, program: Program) -> None:
        self.program = program

    @cached_property
    def _parts(self) -> list[_Part]:
        if "__future__" in self.program.text:
            return []
        found = list(_functions(self.program, self.program.tree.body, "", ""))
        paths = [p.path for p in found]
        return [p for p in found if paths.count(p.path) == 1]

    def changed(self, splices: Sequence[Splice]) -> tuple[str, bytes]:
        """Return the path and the text of what changes: a function in its classes, or all."""
        if not splices:
            return WHOLE, self.program.source
        first, last = min(s[0] for s in splices), max(s[1] for s in splices)
        for part in self._parts:
            if part.body <= first and last <= part.end:
                text = self.program.spliced(splices, part.begin, part.end)
                return part.path, part.head.encode() + text
        return WHOLE, self.program.spliced(splices)


def _functions(
    program: Program, block: Sequence[ast.stmt], path: str, head: str
) -> Iterator[_Part]:
    for node in block:
        indent = program.indent(node) if isinstance(node, (ast.ClassDef, ast.FunctionDef)) else ""
        if isinstance(node, ast.ClassDef) and not indent.strip():
            inner = f"{head}{indent}class {node.name}:\n"
            yield from _functions(program, node.body, f"{path}{node.name}.", inner)
        if isinstance(node, ast.FunctionDef) and not indent.strip():
            begin, end = program.span(node)
            body = program.span(node.body[0])[0]
            yield _Part(path + node.name, head + indent, begin, body, end)
