"""What stands there in another form: a size, a shape, an array, a copy, a call around it."""

import ast
import itertools
import re
from collections.abc import Iterator

from grader.explain.faulty.edits import (
    ELEMENTWISE,
    MAKING,
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
    NOT_KNOWN,
    in_reach,
    is_known,
    shape_of,
    together,
    values_of,
)
from grader.explain.faulty.seen import broadcast
from grader.explain.faulty.tree import Place, expressions, text_of

WRAPS = ("reversed", "list", "range", "sum", "len", "float", "dict")
MODULE_WRAPS = (
    *("tanh", "exp", "array", "sum", "log", "sqrt", "abs", "sigmoid", "stack", "eye"),
    *("zeros", "diag", "cumsum"),
)
OF_PYTHON = {"round", "abs", "sum", "max", "min", "pow", "all", "any"}
CONVERTING = {"array", "asarray", "tensor", "as_tensor", "from_numpy"}
REDUCTIONS = ("{x}.sum({n})", "{x}.sum(axis={n})", "{x}.mean({n})")
TAKING = re.compile(r"\[(?!.*None).*\]")  # a part is taken, no axis is added
SHAPES = ("[:, None]", "[:-1]", "[1:]", "[None, :]", ".reshape(-1, 1)", "[:, 0]", "[0]", ".ravel()")
SLICES = (
    ".swapaxes(1, 2)",
    ".swapaxes(0, 1)",
    "[-1]",
    "[:, :-1]",
    "[:, 1:]",
    "[:, :, None]",
    "[::-1]",
)


def sizes(program: Program, place: Place) -> Iterator[Edit]:
    """A size of an array in reach for a number or a name in a call: of each size the nearest."""
    known = {x: shape_of(program, place, x) or () for x in in_reach(program, place)}
    found: dict[int, str] = {}
    for x, shape in known.items():
        for n, size in enumerate(shape if is_known(shape) else ()):
            found.setdefault(size, f"{x}.shape[{n}]")
    for node in expressions(place.node):
        entries = node.elts if isinstance(node, ast.Tuple) else getattr(node, "args", ())
        for entry in entries if isinstance(node, (ast.Call, ast.Tuple)) else ():
            if isinstance(entry, (ast.Constant, ast.Name, ast.Attribute, ast.Subscript)):
                for text in found.values():
                    yield replaced(program, entry, "shape", text)


def dimensions(program: Program, place: Place) -> Iterator[Edit]:
    """A size more or less where an array is made: a number, or a size that stands in the function.

    That is in the tuple, or among the arguments if none of them is one.
    """
    nodes = [n for n in expressions(place.node) if isinstance(n, ast.Call) and called(n) in MAKING]
    sizes_ = [n for n in program.names(place) if shape_of(program, place, n) == ()]
    more = list(dict.fromkeys(["1", *(n for n in program.numbers if n.isdigit()), *sizes_]))
    for node in nodes:
        tuples = [a for a in node.args if isinstance(a, ast.Tuple)]
        head = "" if tuples else text_of(node.func)
        entries = [*map(text_of, tuples[0].elts if tuples else node.args)]
        named = [] if tuples else [*map(text_of, node.keywords)]
        less = [entries[:n] + entries[n + 1 :] for n in range(len(entries)) if len(entries) > 1]
        longer = [[*entries[:n], x, *entries[n:]] for x in more for n in range(len(entries) + 1)]
        for inside in (*less, *longer):
            comma = "," if tuples and len(inside) == 1 else ""
            text = f"{head}({', '.join([*inside, *named])}{comma})"
            yield replaced(program, tuples[0] if tuples else node, "shape", text)


def wrapped(program: Program, place: Place) -> Iterator[Edit]:
    """A call more, of a kind that the program makes elsewhere first."""
    sites = list(_all_sites(place))
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
    for node in _all_sites(place) if idle else ():
        inner = [n for n in ast.walk(node) if isinstance(n, ast.BinOp) or is_value(n)]
        for name, part in itertools.product(idle, inner):
            yield replaced(program, node, "call", f"{name}({text_of(part)})")


def arrays(program: Program, place: Place) -> Iterator[Edit]:
    """For sizes that stand as a value an array of that shape, as the program makes others."""
    if not isinstance(place.node, ast.Assign):
        return
    value = place.node.value
    entries_ = value.elts if isinstance(value, (ast.Tuple, ast.List)) else [value]
    shapes_ = [() if is_whole(e) else shape_of(program, place, text_of(e)) for e in entries_]
    if not shapes_ or any(s not in ((), NOT_KNOWN) for s in shapes_):
        return
    modules = sorted(program.imported & {"np", "numpy", "xp", "torch"})
    heads = [h for h in program.heads if h.rpartition(".")[2] in MAKING]
    heads += [f"{m}.{name}" for m in modules for name in ("zeros", "ones", "empty")]
    heads += [f"{x}.new_zeros" for x in program.attributes[:1] if "torch" in modules]
    for head in dict.fromkeys(heads):
        yield replaced(program, value, "call", f"{head}({text_of(value)})")


def reductions(program: Program, place: Place) -> Iterator[Edit]:
    """For a whole number, that is no index, the sum of a value in reach along this axis."""
    numbers_: list[ast.expr] = []
    for node in expressions(place.node):
        index = node.slice if isinstance(node, ast.Subscript) else None
        parts_ = (n for n in ast.iter_child_nodes(node) if n is not index)
        numbers_ += [n for n in parts_ if isinstance(n, ast.expr) and _is_axis(n)]
    for x, form, node in together(in_reach(program, place), REDUCTIONS, numbers_):
        yield replaced(program, node, "call", form.format(x=x, n=text_of(node)))


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


def turned(program: Program, place: Place) -> Iterator[Edit]:
    """The other order, along one axis or the other, for a value or what a loop goes through."""
    for site in _all_sites(place):
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
    if isinstance(value, (ast.Name, ast.Attribute)):
        form = "{x}.clone()" if "torch" in program.imported else "{x}.copy()"
        yield replaced(program, value, "copy", form.format(x=text_of(value)))


def copies(program: Program, place: Place) -> Iterator[Edit]:
    """A copy more."""
    tracks = "torch" in program.imported  # what was computed with may not change afterwards
    form = "{x}.clone()" if tracks else "{x}.copy()"
    for node in expressions(place.node):
        for part in operands(node) if tracks or not isinstance(node, ast.BinOp) else ():
            if is_value(part) and called(part) == "":
                yield replaced(program, part, "copy", form.format(x=bracketed(part)))


def zeros(program: Program, place: Place) -> Iterator[Edit]:
    """For a zero that something begins with: zeros in the shape of an array in reach."""
    value = place.node.value if isinstance(place.node, ast.Assign) else None
    if isinstance(value, ast.Constant) and value.value in (0, None):
        arrays_ = [x for x in in_reach(program, place) if shape_of(program, place, x)]
        for x in dict.fromkeys((*program.attributes, *arrays_)):
            yield replaced(program, value, "shape", f"0 * {x}")


def spread(program: Program, place: Place) -> Iterator[Edit]:
    """For one of two values that are spread over each other, (n, 1) and (n,): the other's axes."""
    for node in expressions(place.node):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ELEMENTWISE):
            pair = (node.left, node.right)
        elif isinstance(node, ast.AugAssign) and isinstance(node.op, ELEMENTWISE):
            pair = (node.target, node.value)
        else:
            continue
        first, second = (shape_of(program, place, text_of(n)) or () for n in pair)
        kept = (first,) if isinstance(node, ast.AugAssign) else (first, second)
        if is_known(first) and is_known(second) and broadcast(first, second) not in (None, *kept):
            more = len(first) - len(second)
            for part, less in zip(pair[::-1], (more, -more), strict=True):
                if not isinstance(getattr(part, "ctx", None), ast.Store):
                    text = "[:, None]" if less > 0 else "[..., 0]" if less else ".T"
                    kind = "shape" if less else "transpose"
                    yield replaced(program, part, kind, bracketed(part) + text)


def shapes(program: Program, place: Place) -> Iterator[Edit]:
    """A part of what stands there, or another shape."""
    sites = [n for n in _all_sites(place) if not isinstance(n, (ast.UnaryOp, ast.Constant))]
    counters = program.counters(place)
    parts_ = [f"[{n}{shift}]" for shift in ("", " - 1", " + 1") for n in counters]
    here = text_of(place.node)
    own = [s for s in program.suffixes if _is_in_reach(s, program, place)]
    own.sort(key=lambda s: s not in here)  # what stands beside it is the likeliest
    rest = (*own, *parts_, *SHAPES[1:], *SLICES, *(f"[:, {n}]" for n in counters))
    for shape, node in together(list(dict.fromkeys((*parts_[:1], SHAPES[0], *rest))), sites):
        kind = "index" if shape in own or TAKING.fullmatch(shape) else "shape"
        yield replaced(program, node, kind, f"{bracketed(node)}{shape}")
    for node in sites:
        if isinstance(node, ast.BinOp):
            left, right = bracketed(node.left), bracketed(node.right)
            yield replaced(program, node, "shape", f"np.outer({left}, {right})")


def _all_sites(place: Place) -> Iterator[ast.expr]:
    """Yield also what is taken a part of, and what a comprehension goes through."""
    yield from values_of(place)
    for node in expressions(place.node):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            yield node.value
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield from () if is_head(node.value) else (node.value,)
        if isinstance(node, ast.comprehension):
            yield node.iter


def _is_in_reach(text: str, program: Program, place: Place) -> bool:
    """Return whether every name in brackets has a value at a statement."""
    names = set(re.findall(r"(?<![\w.'\"])[A-Za-z_]\w*(?!['\"(])", text))
    return names <= {
        *program.names(place),
        *program.counters(place),
        *program.imported,
        "None",
        "self",
    }
