"""Which statement makes a value that another one uses: by names, attributes, keys and returns."""

import ast
from collections.abc import Collection

from grader.explain.faulty.edits import called
from grader.explain.faulty.tree import Function, Place, expressions, parameters_of, text_of


def set_by(place: Place) -> set[str]:
    """Return the names, attributes and keys that a statement gives a value."""
    nodes = list(expressions(place.node))
    stored = [n for n in nodes if isinstance(getattr(n, "ctx", None), ast.Store)]
    names = {n.id for n in stored if isinstance(n, ast.Name)}
    names |= {n.attr for n in stored if isinstance(n, ast.Attribute)}
    keys = [n.slice for n in stored if isinstance(n, ast.Subscript)]
    return names | {k.value for k in keys if isinstance(k, ast.Constant) and type(k.value) is str}


def used_by(place: Place) -> tuple[set[str], tuple[Function, ...]]:
    """Return the names, attributes, keys and functions that a statement uses, and where it stands.

    That is its function first, and the functions around it.
    """
    nodes = list(expressions(place.node))
    names = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    names |= {n.attr for n in nodes if isinstance(n, ast.Attribute)}
    names |= {repr(getattr(n.slice, "value", None)) for n in nodes if isinstance(n, ast.Subscript)}
    added = place.node.target if isinstance(place.node, ast.AugAssign) else None
    names |= {added.id} if isinstance(added, ast.Name) else set()
    return names, (place.function, *place.around)


def makes(
    place: Place, names: set[str], functions: tuple[Function, ...], handed: Collection[str] = ()
) -> bool:
    """Return whether a statement makes a value of one of these names, used in these functions.

    handed: functions that are asked for, of which one may be given what another one returned.
    """
    if isinstance(place.node, ast.FunctionDef):
        return place.node is functions[0]
    if not names.isdisjoint(map(repr, _keys_of(place))):
        return True
    if isinstance(place.node, ast.Return):
        both = [getattr(f, "name", "") for f in (place.function, functions[0])]
        passed = not names.isdisjoint(parameters_of(functions[0]))
        return both[0] in names or (passed and both[0] != both[1] and {*both} <= {*handed})
    inside = functions[0] in place.around or place.function in functions
    given = {a.arg for a in functions[0].args.args} if hasattr(functions[0], "args") else set()
    nodes = list(expressions(place.node))
    stored = [n for n in nodes if isinstance(getattr(n, "ctx", None), ast.Store)]
    stored += [n.value for n in stored if isinstance(n, ast.Subscript)]
    if isinstance(place.node, ast.Expr):  # it has an effect, or none at all
        stored += nodes
    return any(
        (isinstance(n, ast.Name) and (inside or n.id in given) and n.id in names)
        or (isinstance(n, ast.Attribute) and n.attr in names)
        for n in stored
    )


def taken_by(place: Place, key: str) -> list[str]:
    """Return what a statement takes by an index, with this one."""
    parts = [n for n in expressions(place.node) if isinstance(n, ast.Subscript)]
    taken = [n for n in parts if isinstance(n.ctx, ast.Load)]
    plain = [n.value for n in taken if isinstance(n.value, (ast.Name, ast.Attribute))]
    return list(dict.fromkeys(f"{text_of(n)}[{key}]" for n in plain))


def _keys_of(place: Place) -> set[str]:
    """Return the texts under which a statement puts values into dicts."""
    nodes = list(expressions(place.node))
    keys = [k for n in nodes if isinstance(n, ast.Dict) for k in n.keys]
    parts = (n for n in nodes if isinstance(n, ast.Subscript))
    keys += [n.slice for n in parts if isinstance(n.ctx, ast.Store)]
    texts = {k.value for k in keys if isinstance(k, ast.Constant) and isinstance(k.value, str)}
    named = (k.arg for n in nodes if called(n) == "dict" for k in getattr(n, "keywords", ()))
    return texts | {name for name in named if name}
