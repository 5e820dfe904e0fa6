"""Changes of how a function is defined: its name, its parameters, what it begins with and hides."""

import ast
import builtins
import difflib
from collections.abc import Iterator

from grader.explain.faulty.edits import Edit, called, inserted_before
from grader.explain.faulty.program import Program
from grader.explain.faulty.tokens import NUMBERS, other_orders
from grader.explain.faulty.tree import (
    SCOPES,
    Function,
    Place,
    expressions,
    names_with,
    parameters_of,
    set_by,
    text_of,
)

DATACLASS = "(__import__('dataclasses').dataclass)"


def signatures(program: Program, place: Place) -> Iterator[Edit]:
    """A function by the name that is asked for, its parameters in another order, or by position."""
    node = place.node
    if not isinstance(node, ast.FunctionDef):
        return
    begin = program.span(node)[0] + len("def ")
    defined = {p.node.name for p in program.places if isinstance(p.node, ast.FunctionDef)}
    asked = program.wanted | ({"__init__"} if _is_method(program, node) else set())
    for name in difflib.get_close_matches(node.name, asked - defined):
        yield Edit("name", (node.lineno,), ((begin, begin + len(node.name.encode()), name),))
    args = node.args
    if _is_method(program, node) and "self" not in parameters_of(node):
        begin = program.source.index(b"(", begin) + 1
        comma = ", " if args.args or args.vararg or args.kwarg else ""
        yield Edit("self", (node.lineno,), ((begin, begin, f"self{comma}"),))
    plain = args.args[: len(args.args) - len(args.defaults)]
    for other in other_orders(plain):
        pairs = zip(plain, other, strict=True)
        splices = [(*program.span(a), program.code(b)) for a, b in pairs if a is not b]
        yield Edit("swapped", (node.lineno,), tuple(splices))
    yield from _parameters_more(program, node)


def _parameters_more(program: Program, node: ast.FunctionDef) -> Iterator[Edit]:
    """A parameter that has no value otherwise, a default value, or one given by position."""
    args = node.args
    lost = unbound(program, node) if args.args and node.name in program.wanted else []
    for name in lost:
        end = program.span(args.args[-1])[1]
        for value in ("", *(f"={n}" for n in dict.fromkeys((*program.numbers, *NUMBERS)))):
            yield Edit("parameter", (node.lineno,), ((end, end, f", {name}{value}"),))
    if args.args and node.name in program.wanted and not args.defaults:
        end = program.span(args.args[-1])[1]
        for value in dict.fromkeys((*program.numbers, *map(repr, NUMBERS), "None")):
            yield Edit("default", (node.lineno,), ((end, end, f"={value}"),))
    if args.kwonlyargs and not args.vararg:
        begin, end = program.span(node)[0], program.span(args.kwonlyargs[0])[0]
        star = program.source.rindex(b"*", begin, end)
        yield Edit("keyword only", (node.lineno,), ((star, end, ""),))


def unbound(program: Program, function: Function) -> list[str]:
    """Return the names that a function reads and nothing gives a value."""
    nodes = [n for n in ast.walk(function) if isinstance(n, (ast.Name, ast.arg))]
    bound = {n.arg if isinstance(n, ast.arg) else n.id for n in nodes if not _is_read(n)}
    read = dict.fromkeys(n.id for n in nodes if isinstance(n, ast.Name) and _is_read(n))
    known = {*bound, *program.known, *program.imported, *program.classes, *program.methods}
    return [name for name in read if name not in known]


def _is_read(node: ast.AST) -> bool:
    return isinstance(getattr(node, "ctx", None), ast.Load)


def untracked(program: Program, place: Place) -> Iterator[Edit]:
    """A function that changes in place what autograd keeps track of, without that."""
    node = place.node
    if not isinstance(node, ast.FunctionDef) or "torch" not in program.imported:
        return
    if any(called(n).endswith("_") or isinstance(n, ast.AugAssign) for n in ast.walk(node)):
        at = program.starts[min([node.lineno, *(d.lineno for d in node.decorator_list)]) - 1]
        indent = program.indent(node)
        yield Edit("tracked", (node.lineno,), ((at, at, f"{indent}@torch.no_grad()\n"),))


def undecorated(program: Program, place: Place) -> Iterator[Edit]:
    """A class that only says which fields it has, as a dataclass or with names for a tuple."""
    node = place.node
    if not isinstance(node, ast.ClassDef) or node.decorator_list or node.bases:
        return
    if any(isinstance(s, ast.AnnAssign) for s in node.body):
        at, indent = program.starts[node.lineno - 1], program.indent(node)
        name = "dataclass" if "dataclass" in program.imported else DATACLASS
        yield Edit("decorator", (node.lineno,), ((at, at, f"{indent}@{name}\n"),))


def overriding(program: Program, place: Place) -> Iterator[Edit]:
    """A method by the name that another class has, and its own lacks."""
    node = place.node
    if not isinstance(node, ast.FunctionDef):
        return
    begin = program.span(node)[0] + len("def ")
    classes = [n for n in program.nodes(program.tree) if isinstance(n, ast.ClassDef)]
    methods = {c: {f.name for f in c.body if isinstance(f, ast.FunctionDef)} for c in classes}
    own = next((c for c in classes if node in c.body and c.bases), None)
    others: set[str] = set().union(*(names for c, names in methods.items() if c is not own))
    for name in sorted(others - methods[own]) if own is not None else ():
        yield Edit("name", (node.lineno,), ((begin, begin + len(node.name.encode()), name),))


def of_the_base(program: Program, place: Place) -> Iterator[Edit]:
    """At the beginning of `__init__`: that of the class it is derived from."""
    node = place.node
    if not isinstance(node, ast.FunctionDef) or node.name != "__init__":
        return
    if "super" not in program.code(node) and _is_method(program, node, derived=True):
        first = Place(node.body[0], node.body, (), node)
        for given in dict.fromkeys(("", ", ".join(parameters_of(node)[1:]))):
            yield inserted_before(program, first, f"super().__init__({given})")


def of_each_object(program: Program, place: Place) -> Iterator[Edit]:
    """What a class begins with, made anew for each object at the beginning of `__init__`."""
    node = place.node
    if not isinstance(node, ast.FunctionDef) or node.name != "__init__":
        return
    classes = (n for n in program.nodes(program.tree) if isinstance(n, ast.ClassDef))
    for made in (s for c in classes if node in c.body for s in c.body if isinstance(s, ast.Assign)):
        if isinstance(made.value, (ast.Dict, ast.List, ast.Set, ast.Call)):
            first = Place(node.body[0], node.body, (), node)
            edit = inserted_before(program, first, f"self.{text_of(made)}")
            yield Edit("shared", (made.lineno,), edit.splices)


def _is_method(program: Program, node: ast.FunctionDef, *, derived: bool = False) -> bool:
    """Return whether a function is a method of an object, of a class with a base if derived."""
    classes = (n for n in program.nodes(program.tree) if isinstance(n, ast.ClassDef))
    around = [c for c in classes if node in c.body and (c.bases or not derived)]
    return bool(around) and not node.decorator_list


def bound_early(program: Program, place: Place) -> Iterator[Edit]:
    """A function that is made in a loop with what a name is then, not when it is called."""
    loop = place.loop
    if loop is None:
        return
    made = [place.node] if isinstance(place.node, ast.FunctionDef) else expressions(place.node)
    for node in made:
        if isinstance(node, (ast.FunctionDef, ast.Lambda)):
            inside = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
            own = {a.arg for a in ast.walk(node.args) if isinstance(a, ast.arg)}
            begin, end = _parameters(program, node)
            given = program.source[begin:end].decode()
            for name in sorted(inside & names_with(loop, ast.Store) - own):
                text = f"{given}, {name}={name}" if given.strip() else f" {name}={name}"
                yield Edit("bound late", (node.lineno,), ((begin, end, text),))


def _parameters(program: Program, node: ast.FunctionDef | ast.Lambda) -> tuple[int, int]:
    """Return where the parameters of a function begin and end."""
    first = program.span(node)[0]
    body = node.body if isinstance(node, ast.Lambda) else node.body[0]
    head = program.source[first : program.span(body)[0]]
    if isinstance(node, ast.Lambda):
        return first + len("lambda"), first + head.rindex(b":")
    annotated = head.rfind(b"->")
    return first + head.index(b"(") + 1, first + head.rindex(b")", 0, annotated)


def shadowing(program: Program, place: Place) -> Iterator[Edit]:
    """Another name for what has that of a function, wherever it is not called."""
    function = place.function
    if not isinstance(function, ast.FunctionDef) or isinstance(place.node, SCOPES):
        return
    called_ = {id(n.func) for n in program.nodes(function) if isinstance(n, ast.Call)}
    for name in sorted(
        set_by(place.node) & {*dir(builtins), *program.functions, *program.imported}
    ):
        nodes = (n for n in program.nodes(function) if isinstance(n, ast.Name) and n.id == name)
        splices = [(*program.span(n), f"{name}_") for n in nodes if id(n) not in called_]
        yield Edit("shadowing", (place.node.lineno,), tuple(splices))
