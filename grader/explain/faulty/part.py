"""The one function that a change lies in: nothing else of the program is compiled anew."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.explain.faulty.edits import Splice
from grader.explain.faulty.program import Program
from grader.explain.faulty.seen import ASKING
from grader.explain.faulty.tree import local_names, stored_in
from grader.sandbox.watch import Variant

PICK = "_pick_"  # the global name of the number of the branch that is taken
SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.Raise, ast.Assert)
COMPOUND = (ast.For, ast.While, ast.If)
UNKNOWN = ""
OF_CLASS = re.compile(r"\b(super|__class__)\b")  # what only a class that is compiled with it gives
SETTING = re.compile(r"(?<![=<>!])=(?!=)")  # an assignment, if it is no named argument
WHOLE = ""  # the path of a program that is compiled as a whole


@dataclass(frozen=True)
class _Part:
    path: str  # such as SimpleRNN.forward
    head: str  # what it needs of __future__, and the classes that it stands in
    begin: int
    body: int
    end: int


@dataclass(frozen=True)
class _Line:
    begin: int
    end: int
    indent: str
    names: frozenset[str]  # that are local there
    targets: int  # where the last of what it gives a value ends


@dataclass(frozen=True)
class _Head:
    """What a loop goes through, or a condition."""

    begin: int
    end: int
    names: frozenset[str]  # that are local there


@dataclass(frozen=True)
class _Branch:
    """A change of one line or head, or a statement put before or behind another (None then)."""

    number: int
    where: _Line | _Head | None
    splices: Sequence[Splice]
    indent: str


class Parts:
    """The functions of a program that can be compiled by themselves."""

    def __init__(self, program: Program) -> None:
        self.program = program

    @cached_property
    def _parts(self) -> list[_Part]:
        body = self.program.tree.body
        future = [s for s in body if isinstance(s, ast.ImportFrom) and s.module == "__future__"]
        head = "".join(f"{self.program.code(s)}\n" for s in future)
        found = list(_functions(self.program, body, "", head))
        paths = [p.path for p in found]
        return [p for p in found if paths.count(p.path) == 1]

    def variants(self, changes: Sequence[Sequence[Splice]]) -> list[Variant]:
        """Return what is to be compiled for each change.

        Those of simple statements of one function are compiled together, each of them as a
        branch that is taken for its own number. One that makes a name local is compiled by itself:
        the name would be so for all.
        """
        together: dict[_Part, list[_Branch]] = {}
        at: dict[int, _Part] = {}
        for number, splices in enumerate(changes):
            part, branches = self._part(splices), self._branches_of(number, splices)
            if part is not None and branches:
                together.setdefault(part, []).extend(branches)
                at[number] = part
        texts = {part: self._branched(part, branches) for part, branches in together.items()}
        return [
            Variant(at[n].path, texts[at[n]], n) if n in at else self.variant(splices)
            for n, splices in enumerate(changes)
        ]

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
        of_class = any(OF_CLASS.search(text) for *_, text in splices)
        return None if of_class else next(inside, None)

    def _branches_of(self, number: int, splices: Sequence[Splice]) -> list[_Branch]:
        """Return a change as branches of statements; none if one of them cannot be one."""
        found: dict[_Line | _Head, list[Splice]] = {}
        branches = []
        for splice in splices:
            where = self._line(splice) or self._head(splice)
            if where is not None:
                found.setdefault(where, []).append(splice)
                continue
            indent = self._beside(splice)
            if indent is None:
                return []
            branches.append(_Branch(number, None, [splice], indent))
        return [*branches, *(_Branch(number, w, s, "") for w, s in found.items())]

    def _line(self, splice: Splice) -> _Line | None:
        """Return the simple statement that a splice lies in, if it has its lines for itself."""
        first, last, new = splice
        inside = (line for line in self._lines if line.begin <= first and last <= line.end)
        found = next(inside, None)
        lines = new.split("\n")[1:]
        if found is None or not all(text.startswith(found.indent) for text in lines):
            return None
        if first < found.targets:  # a name that is given a value may be another one
            new = self.program.spliced([splice], found.begin, found.end).decode()
        return found if _set(new) <= found.names else None

    def _head(self, splice: Splice) -> _Head | None:
        """Return the head that a splice lies in."""
        first, last, new = splice
        inside = (h for h in self._heads if h.begin <= first and last <= h.end)
        return next((h for h in inside if _set(new) <= h.names), None)

    def _beside(self, splice: Splice) -> str | None:
        """Return the indent of a statement that is put before or behind another one."""
        first, last, new = splice
        if first != last:
            return None
        behind = new.startswith("\n")
        text = new[1:] if behind else new
        indent = text[: len(text) - len(text.lstrip(" \t"))] if behind else text.rpartition("\n")[2]
        names = (
            self._beginnings.get((first, indent)) if not behind else self._ends.get((first, indent))
        )
        return indent if names is not None and _set(new) <= names else None

    @cached_property
    def _beginnings(self) -> dict[tuple[int, str], frozenset[str]]:
        return {(line.begin, line.indent): line.names for line, _ in self._alone}

    @cached_property
    def _ends(self) -> dict[tuple[int, str], frozenset[str]]:
        return {(line.end, line.indent): line.names for line, _ in self._alone}

    @cached_property
    def _lines(self) -> list[_Line]:
        return [line for line, simple in self._alone if simple]

    @cached_property
    def _heads(self) -> list[_Head]:
        found = []
        for place in self.program.places:
            node = getattr(place.node, "iter", getattr(place.node, "test", None))
            if node is not None and isinstance(place.node, COMPOUND):
                found.append(_Head(*self.program.span(node), local_names(place.function)))
        return found

    @cached_property
    def _alone(self) -> list[tuple[_Line, bool]]:
        """Return the statements that have their lines for themselves, and whether simple."""
        program, found = self.program, []
        for place in program.places:
            begin, end = program.span(place.node)
            indent, after = program.indent(place.node), program.source[end:].split(b"\n", 1)[0]
            other = program.source.startswith((b"elif", b"@"), begin)
            if not indent.strip() and not after.split(b"#")[0].strip() and not other:
                stored = filter(_is_stored, program.nodes(place.node))
                targets = max((program.span(n)[1] for n in stored), default=begin)
                line = _Line(begin, end, indent, local_names(place.function), targets)
                found.append((line, isinstance(place.node, SIMPLE)))
        return found

    def _branched(self, part: _Part, branches: Sequence[_Branch]) -> bytes:
        """Return a function in which each change is a branch taken for its own number."""
        program, whole = self.program, []
        by_place: dict[_Line | _Head, list[_Branch]] = {}
        for branch in branches:
            if branch.where is not None:
                by_place.setdefault(branch.where, []).append(branch)
                continue
            ((at, _, text),) = branch.splices
            indent, test = branch.indent, f"if {PICK} == {branch.number}:\n{branch.indent} "
            if text.startswith("\n"):
                inner = text.removeprefix(f"\n{indent}").replace(f"\n{indent}", f"\n{indent} ")
                whole.append((at, at, f"\n{indent}{test}{inner}"))
            else:
                inner = text.removesuffix(f"\n{indent}").replace(f"\n{indent}", f"\n{indent} ")
                whole.append((at, at, f"{test}{inner}\n{indent}"))
        for where, changes in by_place.items():
            choice = self._choice if isinstance(where, _Head) else self._cases
            whole.append((where.begin, where.end, choice(where, changes)))  # type: ignore[arg-type]  # it is one
        return part.head.encode() + program.spliced(whole, part.begin, part.end)

    def _cases(self, line: _Line, changes: Sequence[_Branch]) -> str:
        """Return a statement as one case for each change of it."""
        begin, end, indent = line.begin, line.end, line.indent
        texts = []
        for branch in changes:
            deeper = [
                (a, b, t.replace(f"\n{indent}", f"\n{indent} ")) for a, b, t in branch.splices
            ]
            text = self.program.spliced(deeper, begin, end).decode()
            texts.append(f"if {PICK} == {branch.number}:\n{indent} {text}\n{indent}el")
        unchanged = self.program.source[begin:end].decode()
        return f"{''.join(texts)}se:\n{indent} {unchanged}"

    def _choice(self, head: _Head, changes: Sequence[_Branch]) -> str:
        """Return an expression that is another one for each change of it."""
        begin, end = head.begin, head.end
        made = [(self.program.spliced(b.splices, begin, end).decode(), b.number) for b in changes]
        texts = [f"({text}) if {PICK} == {number} else " for text, number in made]
        return f"({''.join(texts)}({self.program.source[begin:end].decode()}))"


def _span(splices: Sequence[Splice]) -> tuple[int, int]:
    return min((s[0] for s in splices), default=0), max((s[1] for s in splices), default=0)


def _set(text: str) -> frozenset[str]:
    """Return the names that a text gives a value, but for functions of our own within it.

    UNKNOWN is among them if it is no whole program.
    """
    if not SETTING.search(text):
        return frozenset()
    try:
        return stored_in(ast.parse(text.strip())) - {ASKING}
    except SyntaxError:
        return frozenset({UNKNOWN})


def _is_stored(node: ast.AST) -> bool:
    return isinstance(getattr(node, "ctx", None), ast.Store)


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
