"""A value combined with another one that is in reach: a term, a factor or a quotient more."""

import ast
from collections.abc import Iterator, Mapping
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
from grader.explain.faulty.idle import idle_in, lost_in, uncalled
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import (
    Fit,
    Shapes,
    built,
    fit,
    in_reach,
    indices_with,
    is_known,
    shape_of,
    together,
    values_of,
)
from grader.explain.faulty.seen import broadcast, product
from grader.explain.faulty.tree import Place, expressions, is_several, text_of

USES = (
    ("{x}", "name"),
    ("{text} * {x}", "factor"),
    ("{text} + {x}", "term"),
    ("{text} - {x}", "term"),
    ("{x} - {text}", "term"),
    ("{x} @ {text}", "factor"),
    ("{text} @ {x}", "factor"),
    ("{x}.T @ {text}", "factor"),
    ("{text} @ {x}.T", "factor"),
    ("{x} // {text}", "factor"),
)
FORMS: Mapping[str, Shapes] = {
    "{x} @ {text}": lambda x, text: (x, text),
    "{x}.T @ {text}": lambda x, text: (x[::-1], text),
    "{text} @ {x}.T": lambda x, text: (text, x[::-1]),
    "{text} @ {x}": lambda x, text: (text, x),
}
COMPLEMENTS = ("{x}", "(1 - {x})")
SLOPES = ("{x}", "(1 - {x} ** 2)", "(1 - {x})", "({x} * (1 - {x}))", "(1 + {x})")
MULTIPLES = ("{text} * {number}", "{number} / {text}", "{text} * -{number}", "{number} ** {text}")
QUOTIENTS = ("{text} / {x}", "{x} / {text}")
TERMS = ("({text} + {x})", "({text} - {x})", "({x} - {text})")
BESIDE = ("{x} * {text}", "{text} + {x}", "(1 - {x} ** 2) * {text}")
LARGEST = ("max(0)", "max()", "max(axis=-1, keepdims=True)")
NEAREST = 12
FEW = 6


def unused(program: Program, place: Place) -> Iterator[Edit]:
    """What is set and never used, put to use: as a term, a factor, or in a product.

    Arguments that nothing is computed with come before all others.
    """
    sites = [*values_of(place), *_numbers(place)]
    own = text_of(place.node).split("=")[0]
    idle = [x for x in idle_in(program, place) if x not in own]
    steps = [
        f"[{at}]"
        for counter in program.counters(place)[:1]
        for at in indices_with(program, place, counter)
    ]
    function = place.function
    given = {a.arg for a in function.args.args} if isinstance(function, ast.FunctionDef) else set()
    for some in ([x for x in idle if x in given], [x for x in idle if x not in given]):
        parts_ = [
            f"{x}{at}{more}" for at in steps for more in ("", "[:, None]", "[None]") for x in some
        ]
        parts_ += [f"{x}{suffix}" for suffix in (*program.suffixes[:FEW], ".ravel()") for x in some]
        for x, (form, kind), node in together((*some, *parts_), USES, sites):
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
    for x, form, node in together(in_reach(program, place), SLOPES, sites):
        if fit(program, place, node, x) is not Fit.NO and (form == "{x}" or "(" not in x):
            yield replaced(program, node, "factor", f"({bracketed(node)} * {form.format(x=x)})")
        elif form == "{x}" and _fits_turned(program, place, node, x):
            yield replaced(program, node, "factor", f"({bracketed(node)} * {x}.T)")


def _fits_turned(program: Program, place: Place, node: ast.AST, x: str) -> bool:
    """Return whether the transpose of x goes with a node's value and keeps its shape."""
    own, other = shape_of(program, place, text_of(node)), shape_of(program, place, x)
    known = own and other and is_known(own) and is_known(other)
    return bool(known) and broadcast(own or (), (other or ())[::-1]) == own


def pairs(program: Program, place: Place) -> Iterator[Edit]:
    """Two factors more, of the shape of what a statement sets: one may be of a function unused."""
    whole = getattr(place.node, "value", None)
    if whole is None or not isinstance(place.node, (ast.Assign, ast.AugAssign, ast.Return)):
        return
    shape = shape_of(program, place, text_of(whole))
    near = [x for x in in_reach(program, place) if shape_of(program, place, x) == shape]
    made = [f"{head}({x})" for head in uncalled(program) for x in near[:NEAREST]]
    for x, y in together(near[:NEAREST], [*made, *near[:NEAREST]]) if is_known(shape) else ():
        if x != y:
            yield replaced(program, whole, "factor", f"{bracketed(whole)} * {x} * {y}")


def differences(program: Program, place: Place) -> Iterator[Edit]:
    """A factor more that is the difference of two values of that shape, the nearest first."""
    whole = getattr(place.node, "value", None)
    if whole is None or not isinstance(place.node, (ast.Assign, ast.AugAssign, ast.Return)):
        return
    several = (n for n in ast.walk(whole) if isinstance(n, (ast.List, ast.Tuple)))
    for node in (whole, *(e for s in several for e in s.elts if isinstance(e, ast.BinOp))):
        shape = shape_of(program, place, text_of(node))
        known = [x for x in in_reach(program, place) if shape_of(program, place, x) == shape]
        for x, y in together(known[:NEAREST], known[:NEAREST]) if shape and is_known(shape) else ():
            if x != y:
                yield replaced(program, node, "factor", f"{bracketed(node)} * ({x} - {y})")


def factors_beside(program: Program, place: Place) -> Iterator[Edit]:
    """For what a sum adds: a factor more that the same statement computes with elsewhere."""
    sums = in_sums(place)
    terms_ = [n for n in values_of(place) if id(n) in sums and not is_sum(n)]
    beside = dict.fromkeys(text_of(n) for n in values_of(place) if is_value(n) and not is_head(n))
    for x, form, node in together(list(beside), COMPLEMENTS, terms_):
        if x != text_of(node) and fit(program, place, node, x) is not Fit.NO:
            yield replaced(program, node, "factor", f"({bracketed(node)} * {form.format(x=x)})")


def unused_terms(program: Program, place: Place) -> Iterator[Edit]:
    """A term more: what is set and never used, times another value or its slope."""
    node = getattr(place.node, "value", None)
    if node is None:
        return
    for x, form, y in together(lost_in(program, place), SLOPES, in_reach(program, place)):
        if x != y and shape_of(program, place, x) == shape_of(program, place, y):
            text = f"({bracketed(node)} + {x} * {form.format(x=y)})"
            yield replaced(program, node, "term", text)


def forgotten_terms(program: Program, place: Place) -> Iterator[Edit]:
    """A term more: a weight that the function does not read, indexed as others are there."""
    function, node = place.function, getattr(place.node, "value", None)
    if node is None or isinstance(function, ast.Module) or isinstance(place.node, ast.Expr):
        return
    read = {n.id for n in program.nodes(function) if isinstance(n, ast.Name)}
    read |= {n.attr for n in program.nodes(function) if isinstance(n, ast.Attribute)}
    forgotten = [w for w in program.spelled if w not in read]
    own = [f"self.{w}" for w in forgotten if f"self.{w}" in program.attributes]
    own += [w for w in forgotten if w in program.names(place)]
    parts_ = (n.slice for n in program.nodes(function) if isinstance(n, ast.Subscript))
    single = [f"[{c}{end}" for c in program.counters(place) for end in (", 0]", "][0]")]
    found = (f"[{text_of(p)}]" for p in parts_)
    suffixes = dict.fromkeys(("", *found, *single, ".ravel()", "[:, 0]"))
    several = node.elts if isinstance(node, ast.Tuple) else [node]
    for w, suffix, value in together(own, list(suffixes), several):
        yield replaced(program, value, "term", f"({bracketed(value)} + {w}{suffix})")


def parts_beside(program: Program, place: Place) -> Iterator[Edit]:
    """A factor, its slope or a term more: an array, indexed as others are in the same block."""
    whole = getattr(place.node, "value", None)
    if not isinstance(place.node, (ast.Assign, ast.AugAssign)) or whole is None:
        return
    nodes = (n for s in (place.node, *place.block) for n in program.nodes(s))
    slices = (n.slice for n in nodes if isinstance(n, ast.Subscript))
    computed = [s for s in slices if not isinstance(s, ast.Constant)]
    indices = dict.fromkeys(text_of(s)[1:-1] if is_several(s) else text_of(s) for s in computed)
    arrays = [x for x in program.names(place) if len(shape_of(program, place, x) or ()) > 1]
    parts_ = (n.value for n in program.nodes(program.tree) if isinstance(n, ast.Subscript))
    own = dict.fromkeys(text for text in map(text_of, parts_) if text.startswith("self."))
    for x, index, form in together([*arrays, *own], list(indices), BESIDE):
        text = form.format(x=f"{x}[{index}]", text=bracketed(whole))
        yield replaced(program, whole, "term" if form.startswith("{text} +") else "factor", text)


def rebuilt(program: Program, place: Place) -> Iterator[Edit]:
    """What a statement adds or sets, or a factor of it: a product in reach that has its shape."""
    node = place.node
    if isinstance(node, (ast.Assign, ast.AugAssign)):
        target = node.target if isinstance(node, ast.AugAssign) else node.targets[0]
        shape = shape_of(program, place, text_of(target))
        if not is_known(shape):  # it has no value yet
            shape = shape_of(program, place, text_of(node.value))
        for text in built(program, place, shape) if shape and is_known(shape) else ():
            yield replaced(program, node.value, "value", text)
            yield replaced(program, node.value, "factor", f"{bracketed(node.value)} * ({text})")


def unused_slopes(program: Program, place: Place) -> Iterator[Edit]:
    """In a value's place: the slope of what is set and never used, or this times another value."""
    node = place.node
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Return)) and node.value is not None:
        for x, form, other in together(
            idle_in(program, place), SLOPES[1:], in_reach(program, place)
        ):
            if shape_of(program, place, x) == shape_of(program, place, other):
                more = f" * {other}" * (x != other)
                yield replaced(program, node.value, "value", f"{form.format(x=x)}{more}")


def multiples(program: Program, place: Place) -> Iterator[Edit]:
    """A number more as a factor, or divided by: two, or one that the program has elsewhere."""
    numbers = list(dict.fromkeys(("2", *program.numbers, "1", "0.25")))
    for number, form, node in together(numbers, MULTIPLES, [*values_of(place)]):
        text = form.format(text=bracketed(node), number=number)
        yield replaced(program, node, "factor", f"({text})")


def quotients(program: Program, place: Place) -> Iterator[Edit]:
    """A value in reach divided by what stands there, or the other way round."""
    sites = list(values_of(place))
    for x, form, node in together(in_reach(program, place), QUOTIENTS, sites):
        if text_of(node) != x and fit(program, place, node, x) is not Fit.NO:
            text = form.format(x=x, text=bracketed(node))
            yield replaced(program, node, "factor", f"({text})")


def terms(program: Program, place: Place) -> Iterator[Edit]:
    """A term more: one, or a name or part in reach."""
    sites, inner = list(values_of(place)), in_sums(place)
    for x, node, form in together(("1", *in_reach(program, place)), sites, TERMS):
        inside = form == TERMS[-1] and id(node) in inner
        if not inside and fit(program, place, node, x) is not Fit.NO:
            yield replaced(program, node, "term", form.format(x=x, text=bracketed(node)))


def in_sums(place: Place) -> set[int]:
    """Return the ids of what a sum adds: a term more of it is one of the sum."""
    return {id(part) for n in expressions(place.node) if is_sum(n) for part in operands(n)}


def below_largest(program: Program, place: Place) -> Iterator[Edit]:
    """Less the largest, for what is the exponent of e: nothing else keeps it from overflowing."""
    for node in expressions(place.node):
        for part in operands(node) if called(node) == "exp" else ():
            for x in dict.fromkeys(map(bracketed, (part, *operands(part)))):
                for largest in LARGEST:
                    yield replaced(program, part, "term", f"{x} - {x}.{largest}")


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


def is_sum(node: ast.AST) -> TypeGuard[ast.BinOp]:
    """Return whether a node is a sum or a difference."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, tokens.TERMS)


def _numbers(place: Place) -> Iterator[ast.expr]:
    """Yield the numbers that a statement calls something with."""
    for node in expressions(place.node):
        for part in node.args if isinstance(node, ast.Call) else ():
            if isinstance(part, ast.Constant) and type(part.value) in (int, float):
                yield part
