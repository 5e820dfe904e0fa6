"""Where to look first: what noise on a statement moves, where it raised, what shapes are there."""

import ast
import itertools
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from grader import compare
from grader.explain.faulty import (
    beginnings,
    entries,
    forms,
    missing,
    products,
    reach,
    seen,
    shapes,
    signatures,
)
from grader.explain.faulty.cases import Tries
from grader.explain.faulty.edits import Maker
from grader.explain.faulty.flow import makes, set_by, taken_by, used_by
from grader.explain.faulty.noise import NO_USE, Influence, Noise, Part, unreached
from grader.explain.faulty.order import UNKNOWN
from grader.explain.faulty.play import Bench
from grader.explain.faulty.program import Program
from grader.explain.faulty.raised import NAMELESS, NO_ENTRY, NO_KEY, UNSET
from grader.explain.faulty.siblings import WORD
from grader.explain.faulty.tree import (
    SCOPES,
    Place,
    expressions,
    plainly,
    text_of,
)
from grader.model import Case, Outcome

RAISED, CALLED = -3, -2  # costs: of what raised, and of what called it
FAR = 4  # steps back from what raised to what made its values; each costs one more
ELSEWHERE, SPOILING = 3, 2  # costs: of what it does not depend on, of what other groups need
ASKED_FOR: Mapping[str, Maker] = {  # by what an exception says
    "inplace operation": forms.copies,
    "required positional argument": entries.in_reach_of,
    " arguments, got ": entries.in_reach_of,
    "values to unpack": entries.unpacked,
    "takes no arguments": signatures.undecorated,
    "list index out of range": beginnings.first_entries,
    "list assignment index out of range": beginnings.room,
    "tuple": entries.alone,
    "NoneType": missing.returned,
    "not callable": products.uncallable,
    " given": signatures.signatures,  # one argument more or less than a function takes
}
COMPOUND = (ast.For, ast.While, ast.If, ast.With, ast.Try, *SCOPES)


class Hints:
    """What a few runs of one case tell of a submission's statements.

    influence: what noise on each statement moves. parts: the same of the values in those that move
    both what is wrong and what is right, or of entries beside one of a wrong shape. near: what
    changes of a statement cost where something raised there or nearby. The shapes go into the
    program.
    """

    def __init__(
        self,
        program: Program,
        bench: Bench,
        tries: Tries,
        correct: Sequence[str],
        case: Case,
        outcome: Outcome,
    ) -> None:
        """correct: the groups that are right as they are."""
        self.program, self.bench, self.tries = program, bench, tries
        self.case, self.outcome = case, outcome
        self.near: dict[Place, int] = {}
        self.parts: dict[Place, list[Part]] = {}
        program.sound = outcome.claims is not None and not outcome.claims.faults
        noise = Noise(program, bench, tries, case)
        if not program.sound:
            group = tries.problem.group(case.group)
            faults = outcome.claims.faults if outcome.claims is not None else {}
            asked = {q.name: q.shape_in(case.sizes) for q in group.observes if q.name in faults}
            program.asked = tuple(dict.fromkeys(asked.values()))
            program.resized = seen.resized((faults[n].found, shape) for n, shape in asked.items())
            program.lacking = tuple(n for n in asked if faults[n].kind == "type")
            self.influence = noise.reached(correct)
            self._find_near()
            self.parts = {place: self._right_entries(place) for place in program.places}
        else:
            self.wrong = noise.wrong(outcome)
            self.influence, self.parts = noise.moved(outcome, correct)
        self.first = self._first()
        self._find_shapes()
        if outcome.claims is None:
            self.near |= dict.fromkeys(filter(self._reshapes, program.places), RAISED)

    def _first(self) -> tuple[Maker, ...]:
        """Return the changes of which the result itself says that they are the likeliest."""
        if not self.program.sound:
            faults = self.outcome.claims.faults if self.outcome.claims is not None else {}
            no_numbers = any(fault.kind == "type" for fault in faults.values())
            shaped = (shapes.shapes,) * bool(faults) + (forms.wrapped,) * no_numbers
            return shaped or self._first_of_raised()
        return (forms.turned,) if self._is_turned() else ()

    def _first_of_raised(self) -> tuple[Maker, ...]:
        """Return the changes that the words of an exception ask for."""
        said = self.outcome.message
        return tuple(make for word, make in ASKED_FOR.items() if word in said)

    def _is_turned(self) -> bool:
        """Return whether something wrong has its elements in reverse order along an axis."""
        claims, expected = self.outcome.claims, self.tries.expect(self.case)
        assert claims is not None
        group = self.tries.problem.group(self.case.group)
        where = group.positions(self.case.sizes)
        for q in group.observes:
            at, shape = where[q.name], q.shape_in(self.case.sizes)
            got, right, bound = (
                v[at].reshape(shape) for v in (claims.values, expected.value, expected.bound)
            )
            for axis in range(got.ndim) if self.wrong[at].any() else ():
                if compare.right(np.flip(got, axis), right, bound).all():
                    return True
        return False

    def cost(self, line: int) -> int:
        """Return how late changes of the statement at a line come."""
        at = self._at(line)
        influence = self.influence.get(at[0]) if at else None
        found = self.near.get(at[0]) if at else None
        return found if found is not None else influence.cost if influence else UNKNOWN

    def _find_near(self) -> None:
        """The statement that raised, those that called it, and what made what they use."""
        places = [place for _, line in self.outcome.frames for place in self._at(line)]
        if not places:  # what came back was no array of the shape that was asked for
            ran = [p for p, influence in self.influence.items() if influence.ran]
            returns = [p for p in ran if isinstance(p.node, ast.Return)]
            places = [p for p in ran if self._makes_wrong_shape(p)] or returns[:1]
            places += [p for p in returns if p not in places]
        there = set(places)  # it may have raised before the value of a statement was made
        for place in reversed(places):
            self.near[place] = RAISED if place is places[0] else CALLED
        self._find_lost(places)
        for depth in range(1, len(self.program.places)):
            used = [used_by(p) for p in places]
            rest = (p for p in self.program.places if p not in self.near)
            handed = self.program.wanted & {*self.program.functions}
            places = [p for p in rest if any(makes(p, names, f, handed) for names, f in used)]
            self.near |= dict.fromkeys(places, RAISED + min(depth, FAR))
        self._find_never_entered()
        for place, influence in self.influence.items():
            cost = self.near.get(place, ELSEWHERE) + (SPOILING if influence.right else 0)
            self.near[place] = cost if influence.ran or place in there else NO_USE

    def _find_never_entered(self) -> None:
        """The conditions and loops that nothing comes into, in the function that raised."""
        raised = [p for _, line in self.outcome.frames[:1] for p in self._at(line)]
        function = raised[0].function if raised else None
        ran = {id(p.node) for p, influence in self.influence.items() if influence.ran}
        for place in (p for p in self.program.places if p.function is function):
            inner = [p for p in self.influence if p.parents and p.parents[-1] is place.node]
            if inner and not any(id(p.node) in ran for p in inner):
                self.near[place] = RAISED + 1

    def _find_lost(self, places: Sequence[Place]) -> None:
        """What had no value in the first of the statements that raised; the program is told."""
        key = NO_KEY.search(self.outcome.message)
        if key and not key[1].lstrip("-").isdecimal():  # what is asked for by another name
            there = key[2].split(", ") if key[2] else []
            self.program.keys = tuple(sorted({*self.program.keys, key[1].strip("'"), *there}))
        unset = UNSET.search(self.outcome.message)
        self.program.valueless = f".{unset[2]}" if unset else ""
        found = NAMELESS.search(self.outcome.message)
        first = NO_ENTRY.search(self.outcome.message)
        if places and first:
            self.program.lost[self._outermost(places[0])] = taken_by(places[0], first[1])
        if found and places:
            self.program.valueless = found[1]
            self.program.lost[self._outermost(places[0])] = [found[1]]
            if not isinstance(places[0].node, COMPOUND):
                self.program.nameless = places[0].node, found[1]

    def _outermost(self, place: Place) -> Place:
        """Return the outermost statement of the function that holds this one."""
        outer = place.parents[0] if place.parents else place.node
        return next(p for p in self.program.places if p.node is outer)

    def _right_entries(self, place: Place) -> list[Part]:
        """Return the values of a dict that has an entry of a wrong shape, but for that one."""
        found: list[Part] = []
        for node in expressions(place.node) if self._wrong_shapes() else ():
            entries = zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ()
            named = {getattr(key, "value", None): value for key, value in entries}
            wrong = {key for key in named if plainly(str(key)) in self._wrong_shapes()}
            rest = (value for key, value in named.items() if key not in wrong)
            right = Influence(ran=True, right=True)
            found += [(*self.program.span(value), right) for value in rest if wrong]
        return found

    def _wrong_shapes(self) -> set[str]:
        """Return the plain names of what came back as no array of the shape asked for."""
        claims = self.outcome.claims
        return {plainly(name) for name in claims.faults} if claims else set()

    def _reshapes(self, place: Place) -> bool:
        """Return whether a statement gives a name an array of another shape than it had."""
        if not isinstance(place.node, ast.Assign) or place.loop is None:
            return False
        both = (
            reach.shape_of(self.program, place, text_of(node))
            for node in (place.node.targets[0], place.node.value)
        )
        before, after = (shape if reach.is_known(shape) else None for shape in both)
        return bool(before) and bool(after) and before != after

    def _makes_wrong_shape(self, place: Place) -> bool:
        """Return whether a statement gives a value to what has the name of a wrong result."""
        return not self._wrong_shapes().isdisjoint(map(plainly, set_by(place)))

    def _at(self, line: int) -> list[Place]:
        """Return the innermost statement at a line."""
        places = self.program.places
        return [p for p in places if p.node.lineno <= line <= (p.node.end_lineno or 0)][-1:]

    def _find_shapes(self) -> None:
        never_run = unreached(self.program, self.influence)
        places = (p for p in self.program.places if p.function not in never_run)
        in_time = itertools.takewhile(lambda _: not self.bench.late, places)
        questions = [(p, reach.asked(self.program, p)) for p in in_time]
        texts = {p: t for p, t in questions if seen.asking(self.program, p, t)}
        changes = [seen.asking(self.program, p, t) for p, t in texts.items()]
        for (place, asked), outcome in zip(
            texts.items(), self.bench.play(changes, self.case), strict=True
        ):
            if outcome is not None:
                said = seen.answer(asked, outcome.message)
                self.program.shapes[place] = said.shapes
                self.program.lengths[place] = said.lengths
                self.program.without[place] = _never_valued(place, said.without)
        self.program.memory.clear()  # what is in reach is known better now


def _never_valued(place: Place, texts: Collection[str]) -> frozenset[str]:
    """Return which of the expressions without a value before a statement have none within it."""
    if isinstance(place.node, SCOPES):
        return frozenset()
    inner = [n for n in expressions(place.node) if isinstance(n, (ast.comprehension, ast.Lambda))]
    names = (n for c in inner for n in ast.walk(c))
    bound = {getattr(n, "id", "") or getattr(n, "arg", "") for n in names}
    return frozenset(t for t in texts if bound.isdisjoint(WORD.findall(t)))
