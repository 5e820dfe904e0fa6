"""Which line of a submission a failed group is about: where its function or method begins.

What raised names its own line. For values that are wrong, the driver tells which names of the
interface a group calls; the one that no group before it needed is the one to look at.
"""

import ast
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from grader.model import Group, GroupResult, Interface, Problem, Source, Verdict


def with_lines(
    problem: Problem, source: Source, results: Sequence[GroupResult]
) -> tuple[GroupResult, ...]:
    """Return the results; each failed one that names no line now does, where there is one."""
    return tuple(
        _with_line(problem, source, r)
        if r.line is None and r.verdict not in (None, Verdict.AC)
        else r
        for r in results
    )


def _with_line(problem: Problem, source: Source, result: GroupResult) -> GroupResult:
    at = line_of(problem, source.text, problem.group(result.name))
    return result if at is None else replace(result, **source.place(at)._asdict())


def line_of(problem: Problem, source: bytes, group: Group) -> int | None:
    """Return the line where what the group is about begins, or None if it is not to be found.

    The text is searched, not parsed: a hostile file may crash or exhaust a parser.
    """
    text = source.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    functions = (_begin(text, owner, name) for owner, name in subjects(problem, group))
    classes = (_find(rb"class", part.name, text, 0) for part in problem.interface)
    at = next((begin for begin in (*functions, *classes) if begin is not None), None)
    return None if at is None else text.count(b"\n", 0, at) + 1


def _begin(text: bytes, owner: str, name: str) -> int | None:
    """Return where the function begins: in its class, or wherever it is put there from."""
    after = _find(rb"class", owner, text, 0) if owner else None
    inside = _find(rb"def", name, text, after) if after is not None else None
    return _find(rb"def", name, text, 0) if inside is None else inside


def _find(keyword: bytes, name: str, text: bytes, start: int) -> int | None:
    pattern = rb"^[ \t]*(?:async[ \t]+)?" + keyword + rb"[ \t]+" + name.encode() + rb"\b"
    found = re.compile(pattern, re.MULTILINE).search(text, start)
    return found.start() if found else None


def subjects(problem: Problem, group: Group) -> Iterator[tuple[str, str]]:
    """Yield class (or nothing) and function that the group is about, the likeliest first.

    That is the one of the group's name, the last that it calls and no earlier group does, the
    last that it calls, what its requirements are about, and the construction of what it makes.
    """
    known = [pair for part in problem.interface for pair in _callables(part)]
    calls = _calls(problem.root / "driver.py")
    used = _named(calls, group.name)
    earlier = problem.groups[: [g.name for g in problem.groups].index(group.name)]
    before = {name for g in earlier for name in _named(calls, g.name)}
    yield from (pair for pair in known if pair[1] == group.name)
    yield from (pair for pair in reversed(known) if pair[1] in used - before)
    yield from (pair for pair in reversed(known) if pair[1] in used)
    for required in reversed(group.requires):
        yield from subjects(problem, problem.group(required))
    yield from ((part.name, "__init__") for part in problem.interface if part.name in used)


def _callables(part: Interface) -> Iterator[tuple[str, str]]:
    """Yield class and name of a class's methods, or the name of a function."""
    if part.arguments is None:
        yield "", part.name
    for method in part.methods:
        yield part.name, method


@functools.cache
def _calls(driver: Path) -> Mapping[str, frozenset[str]]:
    """Return every name and attribute that each function of a driver takes from elsewhere."""
    tree = ast.parse(driver.read_bytes())
    return {f.name: _taken(f) for f in tree.body if isinstance(f, ast.FunctionDef)}


def _taken(function: ast.FunctionDef) -> frozenset[str]:
    parts = list(ast.walk(function))
    names = [node for node in parts if isinstance(node, ast.Name)]
    own = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    own |= {node.arg for node in parts if isinstance(node, ast.arg)}
    attributes = {node.attr for node in parts if isinstance(node, ast.Attribute)}
    return frozenset({node.id for node in names} - own | attributes)


def _named(calls: Mapping[str, frozenset[str]], function: str) -> set[str]:
    """Return the names in a function of the driver and in those of its own that it calls."""
    seen: set[str] = set()
    waiting = [function]
    while waiting:
        new = calls.get(waiting.pop(), frozenset()) - seen
        seen |= new
        waiting += new & calls.keys()
    return seen
