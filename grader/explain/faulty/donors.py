"""Changes that need something in reach of a statement: another name, a factor, a term, a wrap."""

import ast
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard

from grader.explain.faulty import tokens
from grader.explain.faulty.edits import (
    Edit,
    bracketed,
    called,
    is_head,
    is_value,
    operands,
    replaced,
)
from grader.explain.faulty.program import MODULES, Place, Program, expressions, text_of
from grader.explain.faulty.reach import (
    NOT_KNOWN,
    PRODUCTS,
    Fit,
    Shapes,
    fit,
    idle_in,
    in_reach,
    is_known,
    may_replace,
    shape_of,
    values_of,
)
from grader.explain.faulty.seen import Shape, broadcast, product

WRAPS = ("reversed", "list", "range", "sum", "len", "float", "dict")
MODULE_WRAPS = ("tanh", "exp", "sum", "log", "sqrt", "array", "abs", "sigmoid", "stack")
SHAPES = ("[:, None]", "[:-1]", "[1:]", "[None, :]", ".reshape(-1, 1)", "[:, 0]", "[0]", ".ravel()")
USES = (
    ("{text} * {x}", "factor"),
    ("{text} + {x}", "term"),
    ("{text} - {x}", "term"),
    ("{x} - {text}", "term"),
    ("{x} @ {text}", "factor"),
    ("{text} @ {x}", "factor"),
    ("{x}.T @ {text}", "factor"),
    ("{x} // {text}", "factor"),
    ("{x}", "name"),
)
FORMS: Mapping[str, Shapes] = {
    "{x} @ {text}": lambda x, text: (x, text),
    "{x}.T @ {text}": lambda x, text: (x[::-1], text),
    "{text} @ {x}.T": lambda x, text: (text, x[::-1]),
    "{text} @ {x}": lambda x, text: (text, x),
}
WEIGHT = re.compile(r"W|U|V|w_|weight")
SLICES = ("[-1]", "[:, :-1]", "[:, 1:]", "[:, :, None]", "[::-1]")


def names(program: Program, place: Place) -> Iterator[Edit]:
    """Another name of the same kind: a local one, an attribute of self, a function."""
    keys = tuple(map(repr, program.keys))
    own = [f"self.{name}" for name in sorted(program.methods - {"__init__"})]
    kinds = (program.names(place), program.functions, keys, (*program.attributes, *own))
    found = []
    for node in expressions(place.node):
        plain = isinstance(node, (ast.Name, ast.Constant)) or _own(node)
        text = text_of(node) if plain and not is_head(node) else ""
        lost = isinstance(node, ast.Name) and is_value(node) and text not in program.known
        for alike in kinds:
            if text in alike or (lost and alike is kinds[0]):
                fitting = [o for o in alike if may_replace(program, place, node, o)]
                others_ = _alike(text, fitting)
                found.append([replaced(program, node, "name", other) for other in others_])
    yield from _in_turn(found)


def parts(program: Program, place: Place) -> Iterator[Edit]:
    """A name or a part replaced by another expression of the function, such as h[t] for h."""
    others = in_reach(program, place)
    for node in expressions(place.node):
        if is_value(node) and called(node) == "" and not is_head(node):
            text = text_of(node)
            for other in others:
                same = other != text and _root(other) == _root(text)
                if same and may_replace(program, place, node, other):
                    yield replaced(program, node, _kind(text, other), other)


def _kind(text: str, other: str) -> str:
    """Return whether another part of the same value stands there, or another value."""
    return "index" if other.startswith(f"{text}[") or text.startswith(f"{other}[") else "name"


def indices(program: Program, place: Place) -> Iterator[Edit]:
    """A counter in place of a fixed index, or of another counter."""
    fixed: list[ast.AST] = []
    for node in expressions(place.node):
        if isinstance(node, ast.Subscript):
            parts_ = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            fixed += [p for p in parts_ if isinstance(p, (ast.Constant, ast.Name, ast.UnaryOp))]
        elif isinstance(node, (ast.BinOp, ast.Call)):
            fixed += [p for p in ast.iter_child_nodes(node) if _is_whole(p)]
    for part in fixed:
        for name in program.counters(place):
            for text in (name, f"({name} - 1)", f"({name} + 1)"):
                yield replaced(program, part, "index", text)


def shifts(program: Program, place: Place) -> Iterator[Edit]:
    """A counter more or less in an index."""
    for node in expressions(place.node):
        inside = ast.walk(node.slice) if isinstance(node, ast.Subscript) else ()
        for part in inside:
            for name in program.counters(place) if isinstance(part, (ast.Name, ast.BinOp)) else ():
                for text in (f"({bracketed(part)} - {name})", f"({bracketed(part)} + {name})"):
                    yield replaced(program, part, "index", text)


def bounds(program: Program, place: Place) -> Iterator[Edit]:
    """Another end of a slice or a range: a name, or a length."""
    names_ = [n for n in program.names(place) if shape_of(program, place, n) in ((), NOT_KNOWN)]
    arrays = [x for x in in_reach(program, place) if shape_of(program, place, x) != ()]
    lengths = [text for x in arrays for text in (f"len({x})", f"len({x}) - 1")]
    for node in expressions(place.node):
        if isinstance(node, ast.Slice) and not node.step:
            low, high = (bracketed(p) if p else "" for p in (node.lower, node.upper))
            for name in names_:
                yield replaced(program, node, "index", f"{low}:{name}")
                yield replaced(program, node, "index", f"{low}:{low or 0} + {name}")
                yield replaced(program, node, "index", f"{name}:{high}")
        elif called(node) == "range" and isinstance(node, ast.Call):
            for text, argument in itertools.product(lengths, node.args):
                yield replaced(program, argument, "range", text)


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


def numbers(program: Program, place: Place) -> Iterator[Edit]:
    """A number that is computed with, and a value in reach more or to its power."""
    for node in expressions(place.node):
        for part in operands(node) if isinstance(node, ast.BinOp) else ():
            if isinstance(part, ast.Constant) and type(part.value) in (int, float):
                for x in in_reach(program, place):
                    for sign in ("+", "-", "*"):
                        yield replaced(program, part, "term", f"({part.value!r} {sign} {x})")
                    yield replaced(program, part, "term", f"({x} ** {part.value!r})")


def others(program: Program, place: Place) -> Iterator[Edit]:
    """A name, a part or a number replaced by any expression in reach."""
    bounded = {id(p) for n in expressions(place.node) for p in tokens.bounded(n)}
    for node in expressions(place.node):
        number = isinstance(node, ast.Constant) and isinstance(node.value, (int, float))
        if number and id(node) not in bounded:
            for name in program.names(place):
                yield replaced(program, node, "constant", name)
    sites = list(values_of(place))
    for other in in_reach(program, place):
        for node in sites:
            if other != text_of(node) and may_replace(program, place, node, other):
                yield replaced(program, node, _kind(text_of(node), other), other)


def unused(program: Program, place: Place) -> Iterator[Edit]:
    """What is set and never used, put to use: as a term, a factor, or in a product."""
    sites = [*values_of(place), *_numbers(place)]
    own = text_of(place.node).split("=")[0]
    idle = [x for x in idle_in(program, place) if x not in own]
    steps = [f"[{counter}]" for counter in program.counters(place)[:1]]
    parts_ = [
        f"{x}{step}{more}" for step in steps for more in ("", "[:, None]", "[None]") for x in idle
    ]
    for form, kind in USES:
        for x in (*idle, *parts_):
            for node in sites:
                if _goes_with(program, place, node, x, form):
                    text = form.format(x=x, text=bracketed(node))
                    yield replaced(program, node, kind, f"({text})")


def _goes_with(program: Program, place: Place, node: ast.AST, x: str, form: str) -> bool:
    """Return whether the shapes of a node and of x go together, as far as they are known."""
    if form not in FORMS:
        return fit(program, place, node, x) is not Fit.NO
    a, b = shape_of(program, place, x), shape_of(program, place, text_of(node))
    if not is_known(a) or not is_known(b):
        return True
    return bool(a and b) and product(*FORMS[form](a or (), b or ())) is not None


def factors(program: Program, place: Place) -> Iterator[Edit]:
    """A factor more, element by element: 1 - h ** 2, a rate."""
    sites = list(values_of(place))
    for x in (*dict.fromkeys(("2", *program.numbers)), *in_reach(program, place)):
        slopes = (f"(1 - {x} ** 2)", x, f"(1 - {x})", f"({x} * (1 - {x}))")
        for factor in (x,) if x[0].isdigit() or "(" in x else slopes:
            for node in sites:
                if fit(program, place, node, x) is not Fit.NO:
                    text = f"({bracketed(node)} * {factor})"
                    yield replaced(program, node, "factor", text)


def matrix_factors(program: Program, place: Place) -> Iterator[Edit]:
    """A matrix more, on either side, transposed or not; what fits for certain first."""
    sites, own = list(values_of(place)), text_of(place.node)
    reach = sorted(in_reach(program, place), key=lambda x: (not WEIGHT.search(x), x in own))
    uncertain: list[Edit] = []
    certain: list[list[Edit]] = [[], []]
    beside = _summed(program, place)
    for x in reach:
        for node in sites:
            b, a = shape_of(program, place, x), shape_of(program, place, text_of(node))
            for form, shapes in FORMS.items():
                text = form.format(x=x, text=bracketed(node))
                edit = replaced(program, node, "factor", f"({text})")
                if not is_known(a) or not is_known(b):
                    uncertain.append(edit)
                elif a and b and (shape := product(*shapes(b, a))) is not None:
                    certain[shape not in beside.get(id(node), ())].append(edit)
    yield from itertools.chain(*certain, uncertain)


def _summed(program: Program, place: Place) -> dict[int, set[Shape | None]]:
    """Return for each operand of a sum or difference the shapes of the others."""
    found: dict[int, set[Shape | None]] = {}
    for node in expressions(place.node):
        if _is_sum(node):
            parts_ = list(_operands_of_sum(node))
            for part in parts_:
                rest = [p for p in parts_ if p is not part]
                shapes_ = {shape_of(program, place, text_of(p)) for p in rest}
                found[id(part)] = found.get(id(part), set()) | shapes_
    return found


def _operands_of_sum(node: ast.expr) -> Iterator[ast.expr]:
    if _is_sum(node):
        yield from _operands_of_sum(node.left)
        yield from _operands_of_sum(node.right)
    else:
        yield node


def terms(program: Program, place: Place) -> Iterator[Edit]:
    """A term more: one, or a name or part in reach."""
    sites = list(values_of(place))
    reach = in_reach(program, place)
    inner = {id(part) for n in expressions(place.node) if _is_sum(n) for part in operands(n)}
    for x in ("1", *reach):
        for node in sites:
            if fit(program, place, node, x) is not Fit.NO:
                text = bracketed(node)
                yield replaced(program, node, "term", f"({text} + {x})")
                yield replaced(program, node, "term", f"({text} - {x})")
                if id(node) not in inner:
                    yield replaced(program, node, "term", f"({x} - {text})")


def columns(program: Program, place: Place) -> Iterator[Edit]:
    """A term or a factor more, as a column; an outer product."""
    for x in in_reach(program, place):
        if len(shape_of(program, place, x) or ()) != 1 or not is_known(shape_of(program, place, x)):
            continue
        for node in values_of(place):
            text, column = bracketed(node), f"{x}[:, None]"
            for sign, kind in (("*", "factor"), ("+", "term"), ("-", "term")):
                yield replaced(program, node, kind, f"({text} {sign} {column})")
            if len(shape_of(program, place, text_of(node)) or ()) == 1:
                yield replaced(program, node, "factor", f"({text}[:, None] * {x})")


def _is_sum(node: ast.AST) -> TypeGuard[ast.BinOp]:
    return isinstance(node, ast.BinOp) and isinstance(node.op, tokens.TERMS)


def _in_turn(lists: Sequence[Sequence[Edit]]) -> Iterator[Edit]:
    """Yield the first of each list, then the second of each, and so on."""
    for row in itertools.zip_longest(*lists):
        yield from (edit for edit in row if edit is not None)


def products(program: Program, place: Place) -> Iterator[Edit]:
    """A term more that is the product of two values in reach, and fits; those of matrices first."""
    reach = sorted(in_reach(program, place), key=lambda x: not WEIGHT.search(x))
    known = {x: s for x in reach if is_known(s := shape_of(program, place, x)) and s is not None}
    there = {n: shape_of(program, place, text_of(n)) for n in values_of(place)}
    sites = [(n, s) for n, s in there.items() if s and is_known(s)]
    for text, shape in itertools.chain(_of_matrices(known), _of_elements(known)):
        for node, own in sites:
            if broadcast(own, shape) == (shape if "@" in text else own):
                for sign in ("+", "-"):
                    yield replaced(program, node, "term", f"({bracketed(node)} {sign} {text})")


def _of_matrices(known: Mapping[str, Shape]) -> Iterator[tuple[str, Shape]]:
    for (x, a), (y, b) in itertools.permutations(known.items(), 2):
        for form, shapes in PRODUCTS.items():
            shape = product(*shapes(a, b)) if a and b else None
            if shape is not None:
                yield form.format(x=x, y=y), shape


def _of_elements(known: Mapping[str, Shape]) -> Iterator[tuple[str, Shape]]:
    for (x, a), (y, b) in itertools.combinations(known.items(), 2):
        shape = broadcast(a, b)
        if shape:
            yield f"{x} * {y}", shape


def wrapped(program: Program, place: Place) -> Iterator[Edit]:
    """A call more, of a kind that the program makes elsewhere first."""
    sites = list(_all_sites(place))
    modules = sorted(program.imported & MODULES - {"copy"})
    of_modules = [f"{module}.{name}" for module in modules for name in MODULE_WRAPS]
    for head in dict.fromkeys([*program.heads, *of_modules[:3], *WRAPS, *of_modules[3:]]):
        for node in sites:
            yield replaced(program, node, "call", f"{head}({text_of(node)})")


def copies(program: Program, place: Place) -> Iterator[Edit]:
    """A copy more."""
    for node in expressions(place.node):
        for part in operands(node) if not isinstance(node, ast.BinOp) else ():
            if is_value(part) and called(part) == "":
                yield replaced(program, part, "copy", f"{bracketed(part)}.copy()")


def shapes(program: Program, place: Place) -> Iterator[Edit]:
    """A part of what stands there, or another shape."""
    sites = [n for n in _all_sites(place) if not isinstance(n, (ast.UnaryOp, ast.Constant))]
    counters = program.counters(place)
    parts_ = [f"[{n}{shift}]" for shift in ("", " - 1", " + 1") for n in counters]
    here = text_of(place.node)
    own = [s for s in program.suffixes if _is_in_reach(s, program, place)]
    own.sort(key=lambda s: s not in here)  # what stands beside it is the likeliest
    rest = (*own, *parts_, *SHAPES[1:], *SLICES, *(f"[:, {n}]" for n in counters))
    for shape in dict.fromkeys((*parts_[:1], SHAPES[0], *rest)):
        for node in sites:
            kind = "index" if shape in parts_ or shape in own else "shape"
            yield replaced(program, node, kind, f"{bracketed(node)}{shape}")
    for node in sites:
        if isinstance(node, ast.BinOp):
            left, right = bracketed(node.left), bracketed(node.right)
            yield replaced(program, node, "shape", f"np.outer({left}, {right})")


def _numbers(place: Place) -> Iterator[ast.expr]:
    """Yield the numbers that a statement calls something with."""
    for node in expressions(place.node):
        for part in node.args if isinstance(node, ast.Call) else ():
            if isinstance(part, ast.Constant) and type(part.value) in (int, float):
                yield part


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


def _alike(name: str, others: Sequence[str]) -> list[str]:
    """Return the other names, those that begin or end alike first."""
    rest = [o for o in others if o != name]
    return sorted(rest, key=lambda o: (o[-1:] != name[-1:], o[:1] != name[:1], o))


def _is_whole(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int


def _own(node: ast.AST) -> str:
    return text_of(node) if isinstance(node, ast.Attribute) else ""


def _root(text: str) -> str:
    return re.split(r"[\[(]|(?<!self)\.", text)[0]
