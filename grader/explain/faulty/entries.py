"""What a call, list, tuple or dict holds: an entry that it lacks, another key, one value only."""

import ast
import itertools
from collections.abc import Iterator, Mapping

from grader.explain.faulty.edits import Edit, bracketed, called, replaced
from grader.explain.faulty.idle import is_filling
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import NOT_KNOWN, in_reach, shape_of
from grader.explain.faulty.siblings import renamed, renamings
from grader.explain.faulty.signatures import unbound
from grader.explain.faulty.tree import Place, expressions, parameters_of, text_of

HOLDERS = (ast.List, ast.Tuple, ast.Dict, ast.Call)
MAKING = {"zeros", "ones", "full", "empty", "eye", "zeros_like", "ones_like", "array", "tensor"}
BEGINNING = {"reduce", "accumulate", "sum", "next", "get", "pop"}  # with what to begin, or else
MOST_TYPES = 4
TAKING = {"get", "pop"}
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
        known = program.methods | program.classes | {"setattr", "getattr"}
        own = not isinstance(node, ast.Call) or called(node) in known
        if own and not isinstance(node, ast.Dict):
            entries = _entries(node)
            yield from _handed_on(program, place, node)
            own_object = ["self"] if "self" in parameters_of(place.function)[:1] else []
            for x in (*in_reach(program, place), *own_object):
                yield _with(program, node, [*entries, x])
                if entries:
                    yield _with(program, node, [x, *entries])
    value = place.node.value if isinstance(place.node, ast.Return) else None
    if value is not None and not isinstance(value, ast.Tuple):  # one of several is given back
        for x in in_reach(program, place):
            for pair in ((text_of(value), x), (x, text_of(value))):
                yield replaced(program, value, "entry", ", ".join(pair))


def _handed_on(
    program: Program, place: Place, node: ast.List | ast.Tuple | ast.Call
) -> Iterator[Edit]:
    """A call that is given all that the function was given."""
    entries = _entries(node)
    given = [p for p in parameters_of(place.function) if p not in ("self", *entries)]
    if isinstance(node, ast.Call) and len(given) > 1:
        yield _with(program, node, [*entries, *given])


def unpacked(program: Program, place: Place) -> Iterator[Edit]:
    """A name more that takes a value, where there are more; a value more, where they are fewer."""
    node = place.node
    if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Tuple):
        return
    names, value = [*map(text_of, node.targets[0].elts)], node.value
    if isinstance(value, ast.Tuple) and value.elts:
        values = [*map(text_of, value.elts)]
        yield replaced(program, value, "entry", ", ".join([*values, values[-1]]))
        return
    others = (*unbound(program, place.function), "_")
    for name, n in itertools.product(others, range(len(names), -1, -1)):
        text = ", ".join([*names[:n], name, *names[n:]])
        yield replaced(program, node.targets[0], "target", text)


def asked_for(program: Program, place: Place) -> Iterator[Edit]:
    """The entry of a dict that is asked for and missing, in what makes a dict."""
    for node in _holders(place) if program.lacking else ():
        form = "{key!r}: {x}" if isinstance(node, ast.Dict) else "{key}={x}"
        if isinstance(node, ast.Dict) or called(node) == "dict":
            for key, x in lacking(program, place, node):
                yield _with(program, node, [*_entries(node), form.format(key=key, x=x)])


def renamed_key(program: Program, place: Place) -> Iterator[Edit]:
    """The key that is asked for, wherever another one stands that a dict has in its place."""
    here = {key for key, _ in _keys(program, place.node)}
    for key, name in itertools.product(here, program.lacking):
        if name in here:
            continue
        spans = [span for other, span in _keys(program, program.tree) if other == key]
        quoted = [
            repr(name) if program.source[a:b].endswith((b"'", b'"')) else name for a, b in spans
        ]
        lines = [program.source.count(b"\n", 0, begin) + 1 for begin, _ in spans]
        splices = tuple((*span, text) for span, text in zip(spans, quoted, strict=True))
        yield Edit("other key", tuple(dict.fromkeys(lines)), splices)


def retyped_keys(program: Program, place: Place) -> Iterator[Edit]:
    """Texts for the whole numbers that are keys of a dict, or the reverse."""
    for node in expressions(place.node):
        if isinstance(node, ast.Dict):
            plain = [k for k in node.keys if isinstance(k, ast.Constant)]
        else:
            key = getattr(node, "slice", None)
            plain = [key] if isinstance(key, ast.Constant) and type(key.value) is str else []
        splices = [(*program.span(k), _retyped(k.value)) for k in plain]
        changed = tuple(splice for splice in splices if splice[2])
        if changed:
            yield Edit("other key", (plain[0].lineno,), changed)


def _retyped(value: object) -> str:
    """Return a whole number as a text, or digits as a number, as they are written; "" of others."""
    if type(value) is int:
        return repr(str(value))
    return value if isinstance(value, str) and value.isdecimal() else ""


def alone(program: Program, place: Place) -> Iterator[Edit]:
    """The value that a comma makes a tuple of."""
    for node in expressions(place.node):
        if isinstance(node, ast.Tuple) and len(node.elts) == 1 and isinstance(node.ctx, ast.Load):
            yield replaced(program, node, "comma", bracketed(node.elts[0]))


def listed(program: Program, place: Place) -> Iterator[Edit]:
    """A list that holds a value, where that itself is kept and others are appended to it."""
    node = place.node
    if not isinstance(node, ast.Assign):
        return
    fills = (n for n in program.nodes(program.tree) if isinstance(n, ast.Attribute))
    if {text_of(n.value) for n in fills if is_filling(n)} & {*map(text_of, node.targets)}:
        yield replaced(program, node.value, "listed", f"[{program.code(node.value)}]")


def joined(program: Program, place: Place) -> Iterator[Edit]:
    """Two values beside each other in one array, where they are added."""
    for node in expressions(place.node):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            pair = f"{text_of(node.left)}, {text_of(node.right)}"
            for form in ("np.array([{}])", "np.concatenate(({}))", "np.hstack(({}))"):
                yield replaced(program, node, "joined", form.format(pair))


def _keys(program: Program, node: ast.AST) -> list[tuple[str, tuple[int, int]]]:
    """Return the texts that are keys of dicts somewhere in a node, and where they stand."""
    found: list[tuple[str, tuple[int, int]]] = []
    for n in ast.walk(node):
        keys = [*n.keys] if isinstance(n, ast.Dict) else [getattr(n, "slice", None)]
        keys += n.args[:1] if isinstance(n, ast.Call) and called(n) in TAKING else []
        texts = (key for key in keys if isinstance(key, ast.Constant))
        found += [(k.value, program.span(k)) for k in texts if isinstance(k.value, str)]
        for word in n.keywords if isinstance(n, ast.Call) and called(n) == "dict" else ():
            begin = program.span(word)[0]
            found += [(word.arg, (begin, begin + len(word.arg.encode())))] if word.arg else []
    return sorted(found, key=lambda key: key[1])


def lacking(program: Program, place: Place, node: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield each key that a node lacks of those asked for, with each value that it may have.

    Values of a shape that a run has shown to be another one are left out.
    """
    there = {key for key, _ in _keys(program, node)}
    missing = [key for key in program.lacking if key not in there]
    for x, key in itertools.product(in_reach(program, place), missing):
        if shape_of(program, place, x) in (*program.asked, NOT_KNOWN):
            yield key, x


def arguments(program: Program, place: Place) -> Iterator[Edit]:
    """A named argument more, as other calls of that function have it; what it begins with."""
    for node in _holders(place):
        if isinstance(node, ast.Call):
            head, entries = text_of(node.func), _entries(node)
            there = {k.arg for k in node.keywords}
            for initial in ("[]", "0", "None") if called(node) in BEGINNING else ():
                yield _with(program, node, [*entries, initial])
            more = _named(program, head)
            if any(k.arg == text_of(k.value) for k in node.keywords):  # each under its own name
                more += [(name, f"{name}={name}") for name in program.names(place)]
            if called(node) in MAKING:
                more += [("dtype", "dtype=float")]
                more += [("dtype", f"dtype={x}.dtype") for x in _arrays(program, place)]
            for name, text in more:
                if name not in there:
                    yield _with(program, node, [*entries, text])


def typed(program: Program, place: Place) -> Iterator[Edit]:
    """The type of another array, where one is made without a type."""
    arrays = [*_arrays(program, place), *program.attributes][:MOST_TYPES]
    for node in _holders(place):
        made = node if isinstance(node, ast.Call) and called(node) in MAKING else None
        if made is not None and "dtype" not in {k.arg for k in made.keywords}:
            for x in arrays:
                yield _with(program, made, [*_entries(made), f"dtype={x}.dtype"])


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
