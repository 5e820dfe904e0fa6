"""A value combined with another one that is in reach: a term, a factor or a quotient more."""

import ast
from collections.abc import Iterator, Mapping
from typing import TypeGuard

from grader.explain.faulty import tokens
from grader.explain.faulty.edits import (
    Edit,
    bracketed,
    called,
    operands,
    replaced,
)
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import (
    Fit,
    Shapes,
    built,
    fit,
    idle_in,
    in_reach,
    indices_with,
    is_known,
    shape_of,
    together,
    values_of,
)
from grader.explain.faulty.seen import product
from grader.explain.faulty.tree import Place, expressions, text_of

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
SLOPES = ("{x}", "(1 - {x} ** 2)", "(1 - {x})", "({x} * (1 - {x}))", "(1 + {x})")
MULTIPLES = ("{text} * {number}", "{number} / {text}", "{text} * -{number}", "{number} ** {text}")
QUOTIENTS = ("{text} / {x}", "{x} / {text}")
TERMS = ("({text} + {x})", "({text} - {x})", "({x} - {text})")
LARGEST = ("max(0)", "max()", "max(axis=-1, keepdims=True)")
NEAREST = 12


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


def differences(program: Program, place: Place) -> Iterator[Edit]:
    """A factor more that is the difference of two values of that shape, the nearest first."""
    node = getattr(place.node, "value", None)
    if node is None or not isinstance(place.node, (ast.Assign, ast.AugAssign, ast.Return)):
        return
    shape = shape_of(program, place, text_of(node))
    known = [x for x in in_reach(program, place) if shape_of(program, place, x) == shape]
    for x, y in together(known[:NEAREST], known[:NEAREST]) if shape and is_known(shape) else ():
        if x != y:
            yield replaced(program, node, "factor", f"{bracketed(node)} * ({x} - {y})")


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
