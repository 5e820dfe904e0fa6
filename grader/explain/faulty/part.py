"""The one function that a change lies in: nothing else of the program is compiled anew."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.explain.faulty.edits import Splice
from grader.explain.faulty.program import Program, local_names
from grader.sandbox.watch import Variant

PICK = "_pick_"  # the global name of the number of the branch that is taken
SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.Raise, ast.Assert)
UNKNOWN = ""
WHOLE = ""  # the path of a program that is compiled as a whole


@dataclass(frozen=True)
class _Part:
    path: str  # such as SimpleRNN.forward
    head: str  # the classes that it stands in
    begin: int
    body: int
    end: int


@dataclass(frozen=True)
class _Line:
    begin: int
    end: int
    indent: str
    names: frozenset[str]  # that are local there


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

    def variants(self, changes: Sequence[Sequence[Splice]]) -> list[Variant]:
        """Return what is to be compiled for each change.

        Those of simple statements of one function are compiled together, each of them as a
        branch that is taken for its own number. One that makes a name local is compiled by itself:
        the name would be so for all.
        """
        together: dict[_Part, list[tuple[int, _Line]]] = {}
        for number, splices in enumerate(changes):
            part, line = self._part(splices), self._line(splices)
            if part is not None and line is not None:
                together.setdefault(part, []).append((number, line))
        found: dict[int, Variant] = {}
        for part, numbers in together.items():
            text = self._branches(part, [(n, line, changes[n]) for n, line in numbers])
            found |= {n: Variant(part.path, text, n) for n, _ in numbers}
        return [found.get(n) or self.variant(splices) for n, splices in enumerate(changes)]

    def variant(self, splices: Sequence[Splice]) -> Variant:
        """Return what is to be compiled for one change: a function in its classes, or all."""
        part = self._part(splices)
        if part is None:
            return Variant(WHOLE, self.program.spliced(splices))
        text = self.program.spliced(splices, part.begin, part.end)
        return Variant(part.path, part.head.encode() + text)

    def _part(self, splices: Sequence[Splice]) -> _Part | None:
        first, last = _span(splices)
        inside = (p for p in self._parts if splices and p.body <= first and last <= p.end)
        return next(inside, None)

    def _line(self, splices: Sequence[Splice]) -> _Line | None:
        """Return the simple statement that a change lies in, if it has its lines for itself."""
        first, last = _span(splices)
        inside = (line for line in self._lines if line.begin <= first and last <= line.end)
        found = next(inside, None)
        lines = [text for _, _, new in splices for text in new.split("\n")[1:]]
        if found is None or not all(text.startswith(found.indent) for text in lines):
            return None
        return found if all(_set(new) <= found.names for _, _, new in splices) else None

    @cached_property
    def _lines(self) -> list[_Line]:
        program, found = self.program, []
        for place in program.places:
            begin, end = program.span(place.node)
            indent, after = program.indent(place.node), program.source[end:].split(b"\n", 1)[0]
            alone = not indent.strip() and not after.split(b"#")[0].strip()
            if isinstance(place.node, SIMPLE) and alone:
                found.append(_Line(begin, end, indent, local_names(place.function)))
        return found

    def _branches(
        self, part: _Part, changes: Sequence[tuple[int, _Line, Sequence[Splice]]]
    ) -> bytes:
        """Return a function in which each change is a branch of its statement."""
        program, whole = self.program, []
        for line in dict.fromkeys(line for _, line, _ in changes):
            begin, end, indent = line.begin, line.end, line.indent
            branches = []
            for number, _, splices in (c for c in changes if c[1] == line):
                deeper = [(a, b, t.replace(f"\n{indent}", f"\n{indent} ")) for a, b, t in splices]
                text = program.spliced(deeper, begin, end).decode()
                branches.append(f"if {PICK} == {number}:\n{indent} {text}\n{indent}el")
            unchanged = program.source[begin:end].decode()
            whole.append((begin, end, f"{''.join(branches)}se:\n{indent} {unchanged}"))
        return part.head.encode() + program.spliced(whole, part.begin, part.end)


def _span(splices: Sequence[Splice]) -> tuple[int, int]:
    return min((s[0] for s in splices), default=0), max((s[1] for s in splices), default=0)


def _set(text: str) -> set[str]:
    """Return the names that a text gives a value; UNKNOWN among them if it is no whole program."""
    if "=" not in text:
        return set()
    try:
        nodes = ast.walk(ast.parse(text.strip()))
    except SyntaxError:
        return {UNKNOWN}
    return {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


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
