"""Changes of one kind at twin places, made together: the same for each of several weights."""

import ast
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.explain.faulty.edits import Edit, replaced
from grader.explain.faulty.program import Program
from grader.explain.faulty.siblings import renamed
from grader.explain.faulty.tree import Function, expressions

WORD = re.compile(r"[A-Za-z_]\w*")
CONSIDERED = 1500  # single changes, the likeliest
MOST = 12  # places of one set

Key = tuple[str, str, str]


def with_twins(program: Program, edits: Iterator[Edit]) -> Iterator[Edit]:
    """Yield single changes, and behind the likeliest what they are together at twin places."""
    first: list[Edit] = []
    for edit in itertools.islice(edits, CONSIDERED):
        first.append(edit)
        yield edit
    yield from twins(program, first)
    yield from edits


def twins(program: Program, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the sets of changes that are the same but for the names of weights."""
    for alike in _sets(program, edits).values():
        if 2 <= len(alike) <= MOST:
            yield from _together(alike)


def _sets(program: Program, edits: Iterable[Edit]) -> dict[Key, list[Edit]]:
    """Return the single changes by what they do, each also where much the same stands."""
    sets: dict[Key, dict[object, Edit]] = {}
    for edit in edits:
        if len(edit.splices) == 1:
            alike = sets.setdefault(_key(program, edit), {})
            if not alike:
                alike |= {e.splices: e for e in _elsewhere(program, edit)}
            alike[edit.splices] = edit
    return {key: list(alike.values()) for key, alike in sets.items()}


def _elsewhere(program: Program, edit: Edit) -> Iterator[Edit]:
    """Yield the change where the same stands in its function, but for the names of weights."""
    ((begin, end, text),) = edit.splices
    before = program.source[begin:end].decode()
    found = program.once(_by_text, program.tree)
    function = found.functions.get((begin, end))
    own = WORD.findall(before)
    for node in found.nodes.get((function, _masked(before, program)), ()):
        names = dict(zip(own, WORD.findall(program.code(node)), strict=False))
        yield replaced(program, node, edit.kind, renamed(text, names))


@dataclass(frozen=True, slots=True)
class _ByText:
    """Nodes by function and text without the names of weights; functions by the span of a node."""

    nodes: Mapping[tuple[Function | None, str], Sequence[ast.AST]]
    functions: Mapping[tuple[int, int], Function]


def _by_text(program: Program, _: ast.Module) -> _ByText:
    nodes: dict[tuple[Function | None, str], list[ast.AST]] = {}
    functions: dict[tuple[int, int], Function] = {}
    for place in program.places:
        for node in expressions(place.node):
            if isinstance(node, (ast.expr, ast.Assign, ast.AugAssign)):
                masked = _masked(program.code(node), program)
                nodes.setdefault((place.function, masked), []).append(node)
                functions[program.span(node)] = place.function
    return _ByText(nodes, functions)


def _key(program: Program, edit: Edit) -> Key:
    begin, end, text = edit.splices[0]
    before = program.source[begin:end].decode()
    return edit.kind, _masked(before, program), _masked(text, program)


def _together(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Yield the change that all of them make, if they do not overlap."""
    lines = sorted({line for e in edits for line in e.lines})
    splices = sorted(s for e in edits for s in e.splices)
    if all(a[1] <= b[0] for a, b in itertools.pairwise(splices)):
        yield Edit(edits[0].kind, tuple(lines), tuple(splices))


def _masked(text: str, program: Program) -> str:
    """Return the text with the names of weights, also at the end of others, made equal."""

    def mask(found: re.Match[str]) -> str:
        rest, weight = program.weight_in(found[0])
        return rest + "*" if weight else found[0]

    return WORD.sub(mask, text)
