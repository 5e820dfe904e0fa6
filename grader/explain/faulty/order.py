"""Which candidates come first: by kind of change, and by what noise on a statement moves."""

import ast
import heapq
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from grader.explain.faulty import (
    alike,
    calls,
    combined,
    donors,
    elsewhere,
    entries,
    forms,
    missing,
    siblings,
    statements,
    tokens,
)
from grader.explain.faulty.edits import Edit, Maker, replaced
from grader.explain.faulty.program import Program
from grader.explain.faulty.tree import Place, expressions

EFFECTLESS = 2  # the cost of kinds whose place need not move anything: what is missing does not
SHAPES_FIRST = 5
UNKNOWN, IDLE, NO_USE = 2, 2, 9
NOWHERE: Mapping[Place, int] = MappingProxyType({})
AT_ONCE = 8  # changes of one kind and place; twice as many then cost one more, and so on


@dataclass(frozen=True, slots=True)
class Influence:
    """What noise on a statement moves: of the wrong claims, and whether a right one too."""

    ran: bool
    right: bool
    all_wrong: bool = False
    some_wrong: bool = False

    @property
    def cost(self) -> int:
        """Return how late changes of the statement come."""
        if not self.some_wrong:  # what runs and moves nothing at all ought to move something
            return IDLE if self.ran and not self.right else NO_USE
        return (0 if self.all_wrong else 3) + (3 if self.right else 0)


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
    (0, True, _of_tokens(calls.other_call)),
    (0, True, _of_tokens(tokens.slope)),
    (0, False, statements.loops),
    (0, True, forms.arrays),
    (0, True, forms.aliases),
    (0, True, _of_tokens(tokens.in_place)),
    (0, True, donors.taken),
    (1, True, _of_tokens(tokens.dropped)),
    (2, True, _of_tokens(tokens.inner)),
    (2, False, combined.below_largest),  # noise on an exponent cancels where sums are 1
    (1, True, _of_tokens(tokens.index)),
    (1, True, _of_tokens(tokens.swapped)),
    (1, True, _of_tokens(tokens.constant)),
    (1, False, _of_tokens(calls.steps)),
    (2, True, donors.names),
    (2, True, _of_tokens(tokens.transposed)),
    (2, True, _of_tokens(tokens.sign)),
    (2, False, _of_tokens(tokens.condition)),
    (2, True, _of_tokens(calls.call)),
    (2, False, statements.unkept),
    (2, True, combined.unused),
    (3, True, combined.unused_products),
    (3, True, combined.unused_sums),
    (2, True, siblings.as_its_twin),
    (3, True, siblings.of_other_sizes),
    (1, True, alike.as_the_like),
    (2, True, donors.indices),
    (3, True, elsewhere.indices),
    (3, True, entries.like_another),
    (3, True, entries.arguments),
    (4, True, entries.in_reach_of),
    (4, True, elsewhere.around),
    (4, True, elsewhere.phrases),
    (3, True, donors.shifts),
    (3, False, statements.neighbours),
    (3, False, missing.put_to_use),
    (3, False, siblings.with_the_unused),
    (1, True, donors.parts),
    (3, True, forms.copies),
    (3, True, forms.wrapped),
    (3, True, combined.factors),
    (4, True, combined.multiples),
    (3, True, forms.reductions),
    (3, True, combined.terms),
    (4, True, combined.matrix_factors),
    (4, True, donors.bounds),
    (4, True, forms.sizes),
    (4, True, _of_tokens(tokens.power)),
    (5, True, combined.columns),
    (5, True, donors.numbers),
    (4, False, statements.left_out),
    (2, False, siblings.twins_left_out),
    (5, False, missing.carried),
    (-4, False, missing.unset),
    (-4, False, missing.named),
    (0, False, missing.appended),
    (1, False, statements.signatures),
    (1, False, missing.returned),
    (5, False, missing.added_up),
    (5, False, missing.resets),
    (5, False, missing.fills),
    (4, True, forms.shapes),
    (6, True, donors.others),
    (4, True, combined.products),
    (6, False, missing.converted),
    (8, False, missing.noops),
)


def in_order(
    program: Program,
    influence: Mapping[Place, Influence],
    near: Mapping[Place, int] = NOWHERE,
    *,
    misshapen: bool = False,
) -> Iterator[Edit]:
    """Yield every change, the likeliest first.

    influence: what noise on each statement moves; a statement that is not in it cannot be noisy.
    near: what changes of a statement cost where something raised there, or nearby. misshapen:
    whether what is wrong is the shape of a result.
    """
    costs = {place: _cost(program, place, influence) for place in program.places}
    waiting: list[tuple[int, int, int, int, Iterator[Edit]]] = []
    for (number, (rank, by_influence, make)), (at, place) in itertools.product(
        enumerate(MAKERS), enumerate(program.places)
    ):
        cost = EFFECTLESS
        if by_influence:
            cost = costs[place]
        cost = near.get(place, cost)
        cost -= SHAPES_FIRST if misshapen and make is forms.shapes else 0
        waiting.append((rank + cost, number, at, AT_ONCE, make(program, place)))
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


def _cost(program: Program, place: Place, influence: Mapping[Place, Influence]) -> int:
    """Return how late changes of a statement come; a loop is as good as the best within it."""
    if place in influence:
        return influence[place].cost
    within = (p for p in program.places if place.node in p.parents and p in influence)
    return min((influence[p].cost for p in within), default=UNKNOWN)
