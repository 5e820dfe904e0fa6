"""An entry that a call, list, tuple or dict lacks: one like another, or a value in reach."""

import ast
from collections.abc import Iterator, Mapping

from grader.explain.faulty.edits import Edit, called, replaced
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import in_reach
from grader.explain.faulty.siblings import renamed, renamings
from grader.explain.faulty.tree import Place, expressions, text_of

HOLDERS = (ast.List, ast.Tuple, ast.Dict, ast.Call)
MAKING = {"zeros", "ones", "full", "empty", "eye", "zeros_like", "ones_like", "array", "tensor"}
BRACKETS: Mapping[type[ast.expr], tuple[str, str]] = {
    ast.List: ("[", "]"),
    ast.Tuple: ("(", ")"),
    ast.Dict: ("{", "}"),
}


def like_another(program: Program, place: Place) -> Iterator[Edit]:
    """An entry more, as there is one for another weight or name."""
    for node in _holders(place):
        entries = _entries(node)
        for entry in entries:
            for names in renamings(program, place, entry):
                copy = renamed(entry, names)
                if copy not in entries:
                    yield _with(program, node, [*entries, copy])


def in_reach_of(program: Program, place: Place) -> Iterator[Edit]:
    """An entry more, at the end or the beginning: a value in reach."""
    for node in _holders(place):
        own = not isinstance(node, ast.Call) or text_of(node.func).removeprefix("self.") in (
            *program.methods,
            *program.classes,
        )
        if own and not isinstance(node, ast.Dict):
            entries = _entries(node)
            for x in in_reach(program, place):
                yield _with(program, node, [*entries, x])
                if entries:
                    yield _with(program, node, [x, *entries])
    value = place.node.value if isinstance(place.node, ast.Return) else None
    if value is not None and not isinstance(value, ast.Tuple):  # one of several is given back
        for x in in_reach(program, place):
            for pair in ((text_of(value), x), (x, text_of(value))):
                yield replaced(program, value, "entry", ", ".join(pair))


def arguments(program: Program, place: Place) -> Iterator[Edit]:
    """A named argument more, as other calls of that function have it."""
    for node in _holders(place):
        if isinstance(node, ast.Call):
            head, entries = text_of(node.func), _entries(node)
            there = {k.arg for k in node.keywords}
            more = _named(program, head)
            if any(k.arg == text_of(k.value) for k in node.keywords):  # each under its own name
                more += [(name, f"{name}={name}") for name in program.names(place)]
            if called(node) in MAKING:
                more += [("dtype", f"dtype={x}.dtype") for x in _arrays(program, place)]
            for name, text in more:
                if name not in there:
                    yield _with(program, node, [*entries, text])


def _arrays(program: Program, place: Place) -> list[str]:
    """Return the names in reach that a run has shown to be arrays."""
    return [n for n in program.names(place) if program.shapes.get(place, {}).get(n)]


def _named(program: Program, head: str) -> list[tuple[str | None, str]]:
    """Return the named arguments of calls of a function, or one whose name ends alike."""
    calls = [n for n in program.nodes(program.tree) if isinstance(n, ast.Call) and n.keywords]
    calls.sort(key=lambda n: text_of(n.func) != head)
    near = [n for n in calls if text_of(n.func).split(".")[-1] == head.rsplit(".", maxsplit=1)[-1]]
    return list(dict.fromkeys((k.arg, text_of(k)) for n in near for k in n.keywords))


def _holders(place: Place) -> Iterator[ast.List | ast.Tuple | ast.Dict | ast.Call]:
    for node in expressions(place.node):
        if isinstance(node, HOLDERS) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            yield node


def _entries(node: ast.List | ast.Tuple | ast.Dict | ast.Call) -> list[str]:
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return [f"{text_of(k)}: {text_of(v)}" if k else f"**{text_of(v)}" for k, v in pairs]
    if isinstance(node, ast.Call):
        return [*map(text_of, node.args), *map(text_of, node.keywords)]
    return [*map(text_of, node.elts)]


def _with(
    program: Program, node: ast.List | ast.Tuple | ast.Dict | ast.Call, entries: list[str]
) -> Edit:
    """Return the change that gives a node these entries."""
    inside = ", ".join(entries)
    if isinstance(node, ast.Call):
        return replaced(program, node, "argument", f"{text_of(node.func)}({inside})")
    begin, end = BRACKETS[type(node)]
    return replaced(program, node, "entry", f"{begin}{inside}{end}")
