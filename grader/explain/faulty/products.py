"""A product of matrices more: as a factor on either side, as a term, or in sums of products."""

import ast
import itertools
import re
from collections.abc import Collection, Iterator, Mapping

from grader.explain.faulty.combined import FORMS, in_sums, is_sum
from grader.explain.faulty.edits import Edit, bracketed, replaced
from grader.explain.faulty.idle import idle_in
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import PRODUCTS, in_reach, is_known, shape_of, together, values_of
from grader.explain.faulty.seen import Shape, broadcast, product
from grader.explain.faulty.tree import Place, expressions, text_of

MOST_IDLE, MOST_MADE, MOST_SUMS = 4, 8, 100
WEIGHT = re.compile(r"W|U|V|w_|weight")


def matrix_factors(program: Program, place: Place) -> Iterator[Edit]:
    """A matrix more, on either side, transposed or not; what fits for certain first."""
    sites, own = list(values_of(place)), text_of(place.node)
    reach = sorted(in_reach(program, place), key=lambda x: (not WEIGHT.search(x), x in own))
    uncertain: list[Edit] = []
    certain: list[list[Edit]] = [[], []]
    beside = _summed(program, place)
    for x, node in together(reach, sites):
        b, a = shape_of(program, place, x), shape_of(program, place, text_of(node))
        for form, shapes in FORMS.items():
            text = form.format(x=x, text=bracketed(node))
            edit = replaced(program, node, "factor", f"({text})")
            if not is_known(a) or not is_known(b):
                uncertain.append(edit)
            elif a and b and (shape := product(*shapes(b, a))) is not None:
                there = (s for s in beside.get(id(node), ()) if s is not None)
                goes = any(broadcast(shape, s) is not None for s in there)
                certain[not goes].append(edit)
    yield from itertools.chain(*certain, uncertain)


def _summed(program: Program, place: Place) -> dict[int, set[Shape | None]]:
    """Return for each operand of a sum or difference the shapes of the others."""
    found: dict[int, set[Shape | None]] = {}
    for node in expressions(place.node):
        if is_sum(node):
            parts_ = list(_operands_of_sum(node))
            for part in parts_:
                rest = [p for p in parts_ if p is not part]
                shapes_ = {shape_of(program, place, text_of(p)) for p in rest}
                found[id(part)] = found.get(id(part), set()) | shapes_
    return found


def _operands_of_sum(node: ast.expr) -> Iterator[ast.expr]:
    if is_sum(node):
        yield from _operands_of_sum(node.left)
        yield from _operands_of_sum(node.right)
    else:
        yield node


def unused_products(program: Program, place: Place) -> Iterator[Edit]:
    """A term more that is the product of what is set and never used with a value in reach."""
    yield from _products(program, place, {*idle_in(program, place)})


def unused_sums(program: Program, place: Place) -> Iterator[Edit]:
    """A term more, or another value: a sum of what is set and never used, multiplied to fit."""
    sites = list(values_of(place))
    for text, node in together(list(program.once(lost_sums, place)), sites):
        yield replaced(program, node, "term", f"({bracketed(node)} + {text})")
        yield replaced(program, node, "term", text)


def lost_sums(program: Program, place: Place) -> list[str]:
    """Return sums of two products, or of one and a value, in which what is never used stands."""
    reach = [x for x in in_reach(program, place) if shape_of(program, place, x)]
    known = {x: s for x in reach if is_known(s := shape_of(program, place, x)) and s}
    idle = [x for x in idle_in(program, place) if x in known]
    own = [x for x in idle if len(known[x]) > 1][:MOST_IDLE]
    made = {x: [p for p in _of_matrices(known, {x}) if _begins(p[0], x)] for x in own}
    found = []
    for x, y in itertools.permutations(own, 2):
        found += [(a, b) for a, b in itertools.product(made[x][:MOST_MADE], made[y][:MOST_MADE])]
    for x, y in itertools.product(own, idle):
        found += [(a, (y, known[y])) for a in made[x][:MOST_MADE] if y != x]
    sums = ((a, s, b, t, broadcast(s, t)) for (a, s), (b, t) in found)
    return [f"({a} + {b})" for a, s, b, t, shape in sums if shape in (s, t)][:MOST_SUMS]


def _begins(text: str, x: str) -> bool:
    """Return whether a product has x in it, and not with itself."""
    return text.count(x) == 1


def uncallable(program: Program, place: Place) -> Iterator[Edit]:
    """For a call of an array, which cannot be called: a product with it, or a part of it."""
    for node in expressions(place.node):
        if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
            head, inside = bracketed(node.func), node.args[0]
            for sign in ("@", "*"):
                text = f"({head} {sign} {bracketed(inside)})"
                yield replaced(program, node, "no call", text)
            yield replaced(program, node, "index", f"{head}[{text_of(inside)}]")


def products(program: Program, place: Place) -> Iterator[Edit]:
    """A term more that is the product of two values in reach, and fits; those of matrices first."""
    yield from _products(program, place, {*in_reach(program, place)})


def _products(program: Program, place: Place, needed: Collection[str]) -> Iterator[Edit]:
    """Yield those with a value in them that is needed."""
    reach = sorted(in_reach(program, place), key=lambda x: not WEIGHT.search(x))
    known = {x: s for x in reach if is_known(s := shape_of(program, place, x)) and s is not None}
    there = {n: shape_of(program, place, text_of(n)) for n in values_of(place)}
    inner = in_sums(place)
    sites = [(n, s) for n, s in there.items() if s and is_known(s) and id(n) not in inner]
    made = [*_of_matrices(known, needed), *_of_elements(known, needed)] if needed else []
    for (node, own), (text, shape), sign in together(sites, made, ("+", "-")):
        # What had the right shape keeps it.
        kept = own if program.sound or "@" not in text else shape
        if broadcast(own, shape) == kept == (shape if "@" in text else own):
            yield replaced(program, node, "term", f"({bracketed(node)} {sign} {text})")


def _of_matrices(
    known: Mapping[str, Shape], needed: Collection[str]
) -> Iterator[tuple[str, Shape]]:
    for (x, a), (y, b) in itertools.permutations(known.items(), 2):
        if x not in needed and y not in needed:
            continue
        for form, shapes in PRODUCTS.items():
            shape = product(*shapes(a, b)) if a and b else None
            if shape is not None and ".T.T" not in form.format(x=x, y=y):
                yield form.format(x=x, y=y), shape


def _of_elements(
    known: Mapping[str, Shape], needed: Collection[str]
) -> Iterator[tuple[str, Shape]]:
    for (x, a), (y, b) in itertools.combinations(known.items(), 2):
        if x not in needed and y not in needed:
            continue
        shape = broadcast(a, b)
        if shape:
            yield f"{x} * {y}", shape
