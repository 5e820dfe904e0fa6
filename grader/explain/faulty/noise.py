"""What noise on a statement, or on a value within it, moves: which claims depend on it."""

import ast
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grader.explain.faulty.cases import Tries
from grader.explain.faulty.edits import Splice, bracketed, operands
from grader.explain.faulty.play import Bench
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import values_of
from grader.explain.faulty.tree import Place, expressions
from grader.model import Case, Claims, FloatArray, Outcome

IDLE, NO_USE = 2, 9  # costs: of what runs and moves nothing, and of what cannot matter
SPOILT = 4  # groups that were right, in which noise is looked for
MOST_PARTS = 200  # of all statements whose parts are looked at one by one
MOVED = 1e-11  # of the size of what is claimed
NEARLY_ALL = 0.9  # of the wrong claims: some depend on a statement too little to show it
FAILURE = "ZeroDivisionError: division by zero"
# Numbers, in whatever holds them; of an object the numbers that are its attributes, in place.
NOISE = """(lambda f, v: f(f, v))(lambda f, v:
 v * 1.0001 + 1e-5 if type(v) in (float, int)
 or getattr(getattr(v, "dtype", v), "kind", "-") in "fiu"
 or getattr(getattr(v, "dtype", v), "is_floating_point", 0) is True
 else type(v)([f(f, part) for part in v]) if type(v) in (list, tuple)
 else {key: f(f, part) for key, part in v.items()} if type(v) is dict else v if v is None
 else v if not isinstance(v, type) and [setattr(v, k, x * 1.0001)
 for k, x in getattr(v, "__dict__", {}).items()
 if type(x) is float or getattr(getattr(x, "dtype", x), "kind", "-") == "f"]
 else 1 / 0, """.replace("\n", "")  # on one line it is compiled together with others


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


Part = tuple[int, int, Influence]  # where a value begins and ends in the source


class Noise:
    """A program's statements, changed a little one by one, on one case that goes wrong."""

    def __init__(self, program: Program, bench: Bench, tries: Tries, case: Case) -> None:
        self.program, self.bench, self.tries, self.case = program, bench, tries, case

    def wrong(self, outcome: Outcome) -> NDArray[np.bool_]:
        """Return which claims of the case are wrong as it is; none of what raised."""
        expected = self.tries.expect(self.case)
        if outcome.claims is None:
            return np.zeros(expected.value.shape, np.bool_)
        return off(outcome.claims, expected.value, expected.bound)

    def reached(self, correct: Collection[str]) -> dict[Place, Influence]:
        """Return of each statement that computes whether the case comes to it, and others do.

        correct: the groups that are right as they are.
        """
        ran = self._ran()
        spoilt = self._spoilt([noisy(self.program, place) for place in ran], correct)
        return {
            place: Influence(yes, spoils, all_wrong=yes, some_wrong=yes)
            for (place, yes), spoils in zip(ran.items(), spoilt, strict=True)
        }

    def moved(
        self, outcome: Outcome, correct: Collection[str]
    ) -> tuple[dict[Place, Influence], dict[Place, list[Part]]]:
        """Return what noise moves on each statement, and on the values in some of them.

        These are the statements that move wrong and right claims; inner values come first.
        """
        ran = self._ran()
        found = {p: Influence(ran=False, right=True) for p, yes in ran.items() if not yes}
        places = [place for place, yes in ran.items() if yes]
        changes = [noisy(self.program, place) for place in places]
        spoilt = dict(zip(places, self._spoilt(changes, correct), strict=True))
        wrong = self.wrong(outcome)
        by = dict(zip(places, self._by(changes, outcome), strict=True))
        moved_at = {place: moved for place, moved in by.items() if moved is not None}
        for place, moves in moved_at.items():
            found[place] = _influence(moves, wrong, spoilt=spoilt[place])
        for place in (p for p in self.program.places if p not in found):
            inner = [p for p in moved_at if place.node in p.parents]
            if inner:  # all that it repeats, or the best of it
                every = np.any([moved_at[p] for p in inner], axis=0)
                union = _influence(every, wrong, spoilt=any(spoilt[p] for p in inner))
                found[place] = min(union, *(found[p] for p in inner), key=lambda i: i.cost)
        mixed = [p for p in places if p in found and _differs_within(p, found[p])]
        values = [(p, self.program.span(v), bracketed(v)) for p in mixed for v in values_of(p)]
        values = sorted(values[:MOST_PARTS], key=lambda v: v[1][1] - v[1][0])
        changes = [[(*span, f"{NOISE}{text})")] for _, span, text in values]
        moved_by = list(self._by(changes, outcome))
        # A value may spoil nothing where the statement around it does, such as in a lambda.
        again = [n for n, m in enumerate(moved_by) if m is not None and not (m & ~wrong).any()]
        spoils = self._spoilt([changes[n] for n in again], correct)
        spoilt_at = dict(zip(again, spoils, strict=True))
        parts: dict[Place, list[Part]] = {}
        for n, ((place, span, _), moved) in enumerate(zip(values, moved_by, strict=True)):
            if moved is not None:
                influence = _influence(moved, wrong, spoilt=spoilt_at.get(n, True))
                parts.setdefault(place, []).append((*span, influence))
        return found, parts

    def _by(
        self, changes: Sequence[Sequence[Splice]], before: Outcome
    ) -> Iterator[NDArray[np.bool_] | None]:
        """Yield which claims of the case each change moves; None if it cannot be told."""
        scale = self.tries.expect(self.case).scale
        for after in self.bench.play(changes, self.case):
            if before.claims is None or after is None or after.claims is None:
                yield None
            else:
                yield off(before.claims, after.claims.values, MOVED * scale)

    def _ran(self) -> dict[Place, bool]:
        """Return of each statement that computes something whether the case comes to it."""
        made = {place: failing(self.program, place) for place in self.program.places}
        asked = {place: splices for place, splices in made.items() if splices}
        played = zip(asked, self.bench.play(list(asked.values()), self.case), strict=True)
        return {place: bool(o and o.message == FAILURE) for place, o in played}

    def _spoilt(self, changes: Sequence[Sequence[Splice]], correct: Collection[str]) -> list[bool]:
        """Return for each change whether it moves claims in a group that was right."""
        spoilt = [False] * len(changes)
        for name in list(correct)[:SPOILT]:
            case = self.tries.tiny(self.tries.problem.group(name))[0]
            expected = self.tries.expect(case)
            for n, played in enumerate(self.bench.play(changes, case)):
                if played is not None and played.claims is not None:
                    moved = off(played.claims, expected.value, MOVED * expected.scale)
                    spoilt[n] |= bool(moved.any())
        return spoilt


def unreached(program: Program, influence: Mapping[Place, Influence]) -> frozenset[ast.AST]:
    """Return the functions of which nothing ran: what is missing there is not missed."""
    ran: dict[ast.AST, bool] = {}
    for place in (p for p in program.places if p in influence):
        ran[place.function] = ran.get(place.function, False) or influence[place].ran
    return frozenset(function for function, some in ran.items() if not some)


def _differs_within(place: Place, influence: Influence) -> bool:
    """Return whether the values of a statement may move other claims than all of it does."""
    later = any(isinstance(n, ast.Lambda) for n in expressions(place.node))
    return influence.right and (influence.some_wrong or later)


def _influence(moved: NDArray[np.bool_], wrong: NDArray[np.bool_], *, spoilt: bool) -> Influence:
    hit, right = moved[wrong], bool((moved & ~wrong).any())
    nearly_all = hit.size > 0 and bool(hit.mean() >= NEARLY_ALL)
    return Influence(True, spoilt or right, nearly_all, bool(hit.any()))


def noisy(program: Program, place: Place) -> list[Splice]:
    """Return the change that puts a little noise on what a statement computes, if it does."""
    return _with_values(program, place, lambda value: f"{NOISE}{bracketed(value)})")


def failing(program: Program, place: Place) -> list[Splice]:
    """Return the change that raises FAILURE where a statement computes, if it does."""
    return _with_values(program, place, lambda _: "(1 / 0)")


def _with_values(program: Program, place: Place, text: Callable[[ast.expr], str]) -> list[Splice]:
    node = place.node.value if isinstance(place.node, ast.Expr) else place.node
    values = operands(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        values = [v for v in values if v is not node.func.value]  # it is called for its effect
    return [(*program.span(v), text(v)) for v in values]


def off(claims: Claims, value: FloatArray, most: FloatArray) -> NDArray[np.bool_]:
    """Return which claims are farther from a value than they may be."""
    with np.errstate(invalid="ignore"):
        return ~(np.abs(claims.values - value) <= most)
