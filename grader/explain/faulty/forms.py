"""What stands there in another form: a size, a shape, an array, a copy, a call around it."""

import ast
import itertools
from collections.abc import Iterator

from grader.explain.faulty.edits import (
    Edit,
    bracketed,
    called,
    is_head,
    is_value,
    is_whole,
    operands,
    replaced,
)
from grader.explain.faulty.idle import uncalled
from grader.explain.faulty.program import MODULES, Program
from grader.explain.faulty.reach import (
    in_reach,
    together,
    values_of,
)
from grader.explain.faulty.tree import Place, expressions, text_of

WRAPS = ("reversed", "list", "range", "sum", "len", "float", "dict")
MODULE_WRAPS = (
    *("tanh", "exp", "array", "sum", "log", "sqrt", "abs", "sigmoid", "stack", "eye"),
    *("zeros", "diag", "cumsum"),
)
OF_PYTHON = {"round", "abs", "sum", "max", "min", "pow", "all", "any"}
CONVERTING = {"array", "asarray", "tensor", "as_tensor", "from_numpy"}
REDUCTIONS = ("{x}.sum({n})", "{x}.sum(axis={n})", "{x}.mean({n})")


def wrapped(program: Program, place: Place) -> Iterator[Edit]:
    """A call more, of a kind that the program makes elsewhere first."""
    sites = list(all_sites(place))
    modules = sorted(program.imported & MODULES - {"copy"})
    of_modules = [f"{module}.{name}" for module in modules for name in MODULE_WRAPS]
    heads = dict.fromkeys([*program.heads, *of_modules[:3], *WRAPS, *of_modules[3:]])
    for head, node in together(list(heads), sites):
        yield replaced(program, node, "call", f"{head}({text_of(node)})")


def one_by_one(program: Program, place: Place) -> Iterator[Edit]:
    """What a call makes of each of several values, for what it makes of all at once."""
    several = program.lengths.get(place, {})
    for node in expressions(place.node):
        if isinstance(node, ast.Call) and len(node.args) == 1:
            text = text_of(node.args[0])
            if text in several or isinstance(node.args[0], (ast.Tuple, ast.List)):
                rest = "".join(f", {text_of(k)}" for k in node.keywords)
                each = f"[{text_of(node.func)}(value{rest}) for value in {text}]"
                yield replaced(program, node, "call", each)


def of_another_module(program: Program, place: Place) -> Iterator[Edit]:
    """The function of that name in another module that is imported, or in one for Python's own.

    What it gives needs no conversion then.
    """
    for node in expressions(place.node):
        for head in _heads_elsewhere(program, node):
            yield replaced(program, node, "call", head)
        given = node.args[:1] if isinstance(node, ast.Call) and called(node) in CONVERTING else []
        for inner in (a for a in given if isinstance(a, ast.Call)):
            arguments = ", ".join(map(text_of, (*inner.args, *inner.keywords)))
            for head in _heads_elsewhere(program, inner.func):
                yield replaced(program, node, "call", f"{head}({arguments})")


def _heads_elsewhere(program: Program, node: ast.AST) -> list[str]:
    """Return the functions of that name in other modules that are imported."""
    own = text_of(node.value) if isinstance(node, ast.Attribute) else ""
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    known = own in MODULES or name in OF_PYTHON
    modules = sorted(program.imported & MODULES - {"copy", own}) if known else []
    return [f"{module}.{name}" for module in modules]


def called_nowhere(program: Program, place: Place) -> Iterator[Edit]:
    """For a value what a function makes of it, or of what is deeper in it, that nothing calls."""
    idle = uncalled(program)
    for node in all_sites(place) if idle else ():
        inner = [n for n in ast.walk(node) if isinstance(n, ast.BinOp) or is_value(n)]
        for name, part in itertools.product(idle, inner):
            yield replaced(program, node, "call", f"{name}({text_of(part)})")


def reductions(program: Program, place: Place) -> Iterator[Edit]:
    """For a whole number, that is no index, the sum of a value in reach along this axis."""
    numbers_: list[ast.expr] = []
    for node in expressions(place.node):
        index = node.slice if isinstance(node, ast.Subscript) else None
        parts_ = (n for n in ast.iter_child_nodes(node) if n is not index)
        numbers_ += [n for n in parts_ if isinstance(n, ast.expr) and _is_axis(n)]
    for node in expressions(place.node):  # the sum of all steps for the last one
        if isinstance(node, ast.Subscript) and _is_axis(node.slice):
            yield replaced(program, node, "call", f"sum({text_of(node.value)})")
    for x, form, node in together(in_reach(program, place), REDUCTIONS, numbers_):
        yield replaced(program, node, "call", form.format(x=x, n=text_of(node)))


def called_methods(program: Program, place: Place) -> Iterator[Edit]:
    """A method of the program that is only named: a call of it."""
    nodes = list(expressions(place.node))
    heads = {id(n.func) for n in nodes if isinstance(n, ast.Call)}
    for node in nodes:
        own = isinstance(node, ast.Attribute) and node.attr in program.methods
        if own and id(node) not in heads and not isinstance(place.node, ast.Expr):
            yield replaced(program, node, "call missing", f"{text_of(node)}()")


def _is_axis(node: ast.expr) -> bool:
    return is_whole(node.operand if isinstance(node, ast.UnaryOp) else node)


def parts_beside(program: Program, place: Place) -> Iterator[Edit]:
    """The part that is taken of something else in the same statement."""
    nodes = list(expressions(place.node))
    taken = [n for n in nodes if isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Load)]
    whole = {id(n.value) for n in taken}
    parts_ = [program.code(n)[len(program.code(n.value)) :] for n in taken]
    numbers = {int(text_of(n.slice)) for n in taken if is_whole(n.slice)}
    parts_ += [f"[{n + more}]" for n in sorted(numbers) for more in (-1, 1) if n + more >= 0]
    for part in dict.fromkeys(parts_):
        for node in nodes:
            if is_value(node) and not is_head(node) and id(node) not in whole and part[:1] == "[":
                yield replaced(program, node, "index", f"{bracketed(node)}{part}")


def entries(program: Program, place: Place) -> Iterator[Edit]:
    """For a dict that is given to a call or gone through, which gives its keys: its values."""
    dicts = program.once(_dicts, program.tree)
    for node in expressions(place.node):
        used = list(node.args) if isinstance(node, ast.Call) else [getattr(node, "iter", None)]
        for one in used:
            if isinstance(one, (ast.Name, ast.Attribute)) and text_of(one) in dicts:
                for form in ("list({}.values())", "{}.items()"):
                    yield replaced(program, one, "entries", form.format(text_of(one)))
    given = place.node.value if isinstance(place.node, ast.Return) else None
    if given is not None and text_of(given) in dicts and "np" in program.imported:
        text = f"np.array(list({text_of(given)}.values()))"
        yield replaced(program, given, "entries", text)


def _dicts(program: Program, tree: ast.Module) -> frozenset[str]:
    """Return what is set to a dict somewhere."""
    found: set[str] = set()
    for node in program.nodes(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = list(zip(target.elts, node.value.elts, strict=False))
                found |= {text_of(a) for a, b in pairs if _is_dict(b)}
    return frozenset(found)


def _is_dict(node: ast.expr) -> bool:
    return isinstance(node, (ast.Dict, ast.DictComp)) or called(node) in {"dict", "defaultdict"}


def turned(program: Program, place: Place) -> Iterator[Edit]:
    """The other order, along one axis or the other, for a value or what a loop goes through."""
    for site in all_sites(place):
        for end in ("[::-1]", "[:, ::-1]", "[:, :, ::-1]"):
            yield replaced(program, site, "turned", f"{bracketed(site)}{end}")
    for node in expressions(place.node):
        if isinstance(node, ast.Subscript) and "::-1" in text_of(node.slice):
            yield replaced(program, node, "turned", bracketed(node.value))
        if called(node) in {"reversed", "flip", "flipud"} and isinstance(node, ast.Call):
            yield from (replaced(program, node, "turned", bracketed(a)) for a in node.args[:1])


def aliases(program: Program, place: Place) -> Iterator[Edit]:
    """A copy of what is only given another name: whatever makes a new array would mend it, too."""
    value = place.node.value if isinstance(place.node, ast.Assign) else None
    named = value.elts if isinstance(value, ast.Tuple) else [value]
    if all(isinstance(x, (ast.Name, ast.Attribute)) for x in named) and value is not None:
        form = "{x}.clone()" if "torch" in program.imported else "{x}.copy()"
        text = ", ".join(form.format(x=text_of(x)) for x in named)
        yield replaced(program, value, "copy", text)


def copies(program: Program, place: Place) -> Iterator[Edit]:
    """A copy more."""
    tracks = "torch" in program.imported  # what was computed with may not change afterwards
    form = "{x}.clone()" if tracks else "{x}.copy()"
    for node in expressions(place.node):
        for part in operands(node) if tracks or not isinstance(node, ast.BinOp) else ():
            if is_value(part) and called(part) == "":
                yield replaced(program, part, "copy", form.format(x=bracketed(part)))


def all_sites(place: Place) -> Iterator[ast.expr]:
    """Yield also what is taken a part of, and what a comprehension goes through."""
    yield from values_of(place)
    for node in expressions(place.node):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            yield node.value
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield from () if is_head(node.value) else (node.value,)
        if isinstance(node, ast.comprehension):
            yield node.iter
