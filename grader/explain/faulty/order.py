"""Which candidates come first: by kind of change, and by what noise on a statement moves."""

import ast
import heapq
import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from grader.explain.faulty import (
    alike,
    beginnings,
    brackets,
    calls,
    combined,
    donors,
    elsewhere,
    entries,
    forms,
    functions,
    imports,
    in_loops,
    indices,
    missing,
    names,
    products,
    shapes,
    siblings,
    signatures,
    statements,
    tokens,
)
from grader.explain.faulty.edits import Edit, Maker, replaced
from grader.explain.faulty.noise import NO_USE, Influence, Part, unreached
from grader.explain.faulty.program import Program
from grader.explain.faulty.tree import Place, expressions

EFFECTLESS = 2  # the cost of kinds whose place need not move anything: what is missing does not
FIRST = 5  # less, for what there is a reason to begin with
UNKNOWN = 2
SURE, FEW = 3, 8  # less, where at most one statement of so many is to blame
NOWHERE: Mapping[Place, int] = MappingProxyType({})
NO_PARTS: Mapping[Place, Sequence[Part]] = MappingProxyType({})
AT_ONCE = 8  # changes of one kind and place; twice as many then cost one more, and so on


def _of_tokens(change: Callable[[ast.AST], Iterator[tokens.Change]]) -> Maker:
    def make(program: Program, place: Place) -> Iterator[Edit]:
        nodes = list(expressions(place.node))
        inside = {id(p) for n in nodes if isinstance(n, ast.Subscript) for p in ast.walk(n.slice)}
        bounded = {id(p) for n in nodes for p in tokens.bounded(n)}
        for node in nodes:
            for changed, kind, text in change(node):
                if id(changed) not in bounded or not tokens.widens(changed, text):
                    kind_here = "index" if id(changed) in inside else kind
                    yield replaced(program, changed, kind_here, text)

    return make


# Rank, whether the place's influence counts, and what makes the changes. A rank is how late a
# kind comes: how seldom it is the repair, and how many changes of it there are.
MAKERS: tuple[tuple[int, bool, Maker], ...] = (
    (0, True, _of_tokens(tokens.accumulated)),
    (0, True, _of_tokens(tokens.operator)),
    (0, True, _of_tokens(brackets.moved)),
    (1, True, _of_tokens(brackets.closed)),
    (0, True, _of_tokens(calls.other_call)),
    (-1, False, functions.unbounded),
    (0, True, _of_tokens(calls.registered)),
    (0, True, _of_tokens(calls.consumed)),
    (0, True, _of_tokens(calls.paired)),
    (0, True, _of_tokens(calls.reshaped)),
    (0, False, _of_tokens(calls.of_the_base)),
    (1, False, _of_tokens(calls.made)),
    (0, True, _of_tokens(calls.repeated)),
    (1, False, _of_tokens(calls.tracked)),
    (1, True, _of_tokens(calls.packed)),
    (0, False, _of_tokens(calls.cut_off)),  # noise goes where no gradient does
    (0, True, _of_tokens(functions.slope)),
    (0, False, statements.loops),
    (0, True, shapes.arrays),
    (0, True, forms.of_another_module),
    (0, True, shapes.spread),
    (0, True, shapes.zeros),
    (0, True, forms.aliases),
    (-2, False, forms.entries),
    (-2, False, forms.called_methods),
    (0, True, _of_tokens(tokens.in_place)),
    (-4, False, indices.taken),
    (1, False, donors.results),
    (0, True, donors.asked),
    (0, True, donors.resized),
    (1, True, _of_tokens(tokens.dropped)),
    (2, True, _of_tokens(tokens.inner)),
    (2, False, combined.below_largest),  # noise on an exponent cancels where sums are 1
    (1, True, _of_tokens(indices.index)),
    (1, True, _of_tokens(tokens.swapped)),
    (1, True, forms.parts_beside),
    (1, True, functions.usual),
    (1, True, _of_tokens(tokens.constant)),
    (1, False, _of_tokens(calls.steps)),
    (2, True, names.names),
    (2, True, _of_tokens(tokens.transposed)),
    (2, True, _of_tokens(tokens.sign)),
    (2, True, _of_tokens(functions.complement)),
    (3, True, _of_tokens(functions.share)),
    (2, False, _of_tokens(tokens.condition)),
    (2, True, _of_tokens(calls.call)),
    (-2, False, statements.unkept),
    (-4, False, statements.unappended),
    (-4, False, statements.in_place),
    (1, False, statements.spread_out),
    (0, False, signatures.of_each_object),
    (2, True, combined.unused),
    (3, True, products.unused_products),
    (3, True, products.unused_sums),
    (4, True, products.uncallable),
    (3, True, combined.unused_slopes),
    (2, True, siblings.as_its_twin),
    (2, True, siblings.as_beside),
    (3, True, siblings.of_other_sizes),
    (1, True, alike.as_the_like),
    (2, True, alike.as_other_terms),
    (3, True, indices.as_defined),
    (1, False, functions.overflowing),
    (2, True, _of_tokens(tokens.fractional)),
    (2, True, indices.counters),
    (3, True, elsewhere.indices),
    (2, False, entries.like_another),
    (3, True, entries.arguments),
    (4, True, entries.in_reach_of),
    (4, True, elsewhere.around),
    (4, True, elsewhere.phrases),
    (3, True, indices.shifts),
    (3, False, statements.neighbours),
    (-1, False, statements.unwrapped),
    (2, True, statements.refusals),
    (3, False, missing.put_to_use),
    (3, False, siblings.with_the_unused),
    (1, True, donors.parts),
    (2, True, donors.numbers_beside),
    (1, True, donors.steps),
    (3, True, donors.alike),
    (4, True, donors.wider),
    (3, True, forms.turned),
    (3, True, functions.usual_parts),
    (3, True, forms.copies),
    (3, True, forms.wrapped),
    (2, True, forms.called_nowhere),
    (2, True, combined.factors_beside),
    (3, True, combined.unused_terms),
    (1, True, combined.forgotten_terms),
    (3, True, combined.parts_beside),
    (3, True, combined.factors),
    (4, True, combined.rebuilt),
    (4, True, combined.differences),
    (4, True, combined.pairs),
    (4, True, combined.multiples),
    (4, True, combined.quotients),
    (3, True, forms.reductions),
    (3, True, combined.terms),
    (4, True, products.matrix_factors),
    (4, True, indices.bounds),
    (4, True, shapes.sizes),
    (4, True, shapes.dimensions),
    (4, True, _of_tokens(tokens.power)),
    (5, True, combined.columns),
    (5, True, donors.numbers),
    (4, True, _of_tokens(tokens.plain_number)),
    (4, False, statements.left_out),
    (2, False, siblings.twins_left_out),
    (0, False, siblings.of_the_forgotten),
    (1, False, in_loops.carried),
    (1, False, in_loops.remade),
    (2, False, in_loops.multiplied),
    (-4, False, beginnings.unset),
    (-4, False, missing.named),
    (-4, False, missing.keyed),
    (-4, False, entries.asked_for),
    (-4, False, entries.renamed_key),
    (1, False, entries.retyped_keys),
    (0, False, entries.alone),
    (1, False, entries.listed),
    (2, True, entries.joined),
    (0, False, beginnings.room),
    (3, False, beginnings.first_entries),
    (0, False, beginnings.emptied),
    (-4, False, names.spelled),
    (-4, False, names.owners),
    (-4, False, beginnings.remembered),
    (0, False, entries.unpacked),
    (0, False, signatures.undecorated),
    (1, False, names.objects),
    (-4, False, imports.imports),
    (-4, False, beginnings.outer_names),
    (-4, False, missing.printed),
    (2, True, shapes.sized),
    (2, False, missing.kept),
    (0, True, missing.unfilled),
    (0, True, missing.filled_elsewhere),
    (0, False, in_loops.appended),
    (1, False, in_loops.turned),
    (1, False, signatures.signatures),
    (1, False, signatures.of_the_base),
    (1, False, signatures.shadowing),
    (0, False, statements.exchanged),
    (1, False, signatures.bound_early),
    (1, False, missing.copied),
    (1, True, missing.beside_a_part),
    (1, False, statements.updated_early),
    (1, False, signatures.overriding),
    (1, False, signatures.untracked),
    (1, True, indices.first_step),
    (1, True, forms.one_by_one),
    (1, True, entries.typed),
    (2, True, donors.fields),
    (2, True, donors.everywhere),
    (-4, False, missing.declared),
    (1, True, donors.exchanged),
    (-2, False, missing.asked_for),
    (1, False, missing.returned),
    (0, False, in_loops.counted),
    (2, False, in_loops.added_up),
    (5, False, beginnings.resets),
    (0, False, in_loops.fills),
    (4, True, shapes.shapes),
    (6, True, donors.others),
    (4, True, products.products),
    (6, False, missing.converted),
    (8, False, missing.noops),
)


def in_order(
    program: Program,
    influence: Mapping[Place, Influence],
    near: Mapping[Place, int] = NOWHERE,
    parts: Mapping[Place, Sequence[Part]] = NO_PARTS,
    first: Collection[Maker] = (),
) -> Iterator[Edit]:
    """Yield every change, the likeliest first.

    influence: what noise on each statement moves; a statement that is not in it cannot be noisy.
    near: what changes of a statement cost where something raised there, or nearby. parts: what
    noise on values within a statement moves, the innermost first. first: what to begin with.
    """
    costs = {place: _cost(program, place, influence) for place in program.places}
    for place in _singled_out(influence):
        costs[place] -= SURE
    never_run = unreached(program, influence) if program.sound else frozenset()
    waiting: list[tuple[int, int, int, int, Iterator[Edit]]] = []
    for (number, (rank, by_influence, make)), (at, place) in itertools.product(
        enumerate(MAKERS), enumerate(program.places)
    ):
        idle = make is not signatures.overriding and {place.function, place.node} & never_run
        effectless = NO_USE if idle else EFFECTLESS
        cost = near.get(place, costs[place] if by_influence else effectless)
        within = parts.get(place, ()) if by_influence else ()
        for own in {cost, *(part[2].cost for part in within)}:
            edits = _that_cost(own, make(program, place), within, cost)
            soon = FIRST if make in first else 0
            waiting.append((rank + own - soon, number, at, AT_ONCE, edits))
    heapq.heapify(waiting)
    seen: set[object] = set()
    while waiting:
        cost, number, at, size, edits = heapq.heappop(waiting)
        taken = list(itertools.islice(edits, size))
        if len(taken) == size:
            heapq.heappush(waiting, (cost + 1, number, at, 2 * size, edits))
        for edit in taken:
            if edit.splices not in seen and not program.keeps_lost(edit.splices):
                seen.add(edit.splices)
                yield edit


def _that_cost(
    cost: int, edits: Iterator[Edit], parts: Sequence[Part], otherwise: int
) -> Iterator[Edit]:
    """Yield the changes of a statement that cost so much by the innermost value they lie in."""
    for edit in edits:
        begin, end = edit.splices[0][0], edit.splices[-1][1]
        inside = (influence.cost for a, b, influence in parts if a <= begin and end <= b)
        if next(inside, otherwise) == cost:
            yield edit


def _singled_out(influence: Mapping[Place, Influence]) -> list[Place]:
    """Return the statements that move all that is wrong and nothing else, if they are few."""
    found = [place for place, moved in influence.items() if moved.cost == 0]
    return found if FEW * len(found) <= sum(moved.ran for moved in influence.values()) else []


def _cost(program: Program, place: Place, influence: Mapping[Place, Influence]) -> int:
    """Return how late changes of a statement come; a loop is as good as the best within it."""
    if place in influence:
        return influence[place].cost
    within = (p for p in program.places if place.node in p.parents and p in influence)
    return min((influence[p].cost for p in within), default=UNKNOWN)
