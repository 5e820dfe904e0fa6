"""What shape something has that is made or computed: a size, an axis, a part, as another array."""

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
    is_whole,
    replaced,
)
from grader.explain.faulty.forms import all_sites
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import NOT_KNOWN, in_reach, is_known, shape_of, together
from grader.explain.faulty.seen import broadcast
from grader.explain.faulty.tree import Place, expressions, text_of

FEW = 3  # ways to write one size
LIKE = {"zeros_like", "ones_like", "empty_like"}
TAKING = re.compile(r"\[(?!.*None).*\]")  # a part is taken, no axis is added
SHAPES = (
    "[:, None]",
    "[:-1]",
    "[1:]",
    "[None, :]",
    ".reshape(-1, 1)",
    "[:, 0]",
    "[0]",
    ".ravel()",
    "[..., 0]",
    "[1]",
    "[2]",
)
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
    found = [text for texts in _sizes(program, place).values() for text in texts]
    for node in expressions(place.node):
        entries = node.elts if isinstance(node, ast.Tuple) else getattr(node, "args", ())
        for entry in entries if isinstance(node, (ast.Call, ast.Tuple)) else ():
            if isinstance(entry, (ast.Constant, ast.Name, ast.Attribute, ast.Subscript)):
                for text in found:
                    yield replaced(program, entry, "shape", text)


def sized(program: Program, place: Place) -> Iterator[Edit]:
    """For what is made in the shape of an array: the same with another size along one axis."""
    found = _sizes(program, place)
    for node in expressions(place.node):
        if called(node) not in LIKE or not isinstance(node, ast.Call) or not node.args:
            continue
        x = text_of(node.args[0])
        own = shape_of(program, place, x) or ()
        head = text_of(node.func).removesuffix("_like")
        axes = [f"{x}.shape[{n}]" for n in range(len(own) if is_known(own) else 0)]
        for n, (size, texts) in itertools.product(range(len(axes)), found.items()):
            for text in texts if size != own[n] else ():
                inside = ", ".join([*axes[:n], text, *axes[n + 1 :]])
                yield replaced(program, node, "shape", f"{head}(({inside},))")


def _sizes(program: Program, place: Place) -> dict[int, list[str]]:
    """Return the sizes of arrays in reach, and a few of the nearest ways to write each."""
    found: dict[int, list[str]] = {}
    for x in in_reach(program, place):
        shape = shape_of(program, place, x) or ()
        for n, size in enumerate(shape if is_known(shape) else ()):
            found.setdefault(size, []).append(f"{x}.shape[{n}]")
    return {size: texts[:FEW] for size, texts in found.items()}


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
    sites = [n for n in all_sites(place) if not isinstance(n, (ast.UnaryOp, ast.Constant))]
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
