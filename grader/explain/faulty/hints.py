"""Where to look first: what noise on a statement moves, where it raised, what shapes are there."""

import ast
import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from grader.explain.faulty import donors, seen
from grader.explain.faulty.cases import Tries
from grader.explain.faulty.edits import Splice, bracketed, operands
from grader.explain.faulty.order import Influence
from grader.explain.faulty.play import Bench
from grader.explain.faulty.program import Place, Program
from grader.model import Case, Claims, FloatArray, Outcome

SPOILT = 4  # groups that were right, in which noise is looked for
MOVED = 1e-9  # of the size of what is claimed
RAISED, CALLED, MADE = -3, -2, -2  # costs: of what raised, of what called it, of its values
NAMELESS = re.compile(r"^(?:NameError|UnboundLocalError)\b.*?'(\w+)'")
FAILURE = "ZeroDivisionError: division by zero"
NOISE = """(lambda f, v: f(f, v))(lambda f, v:
 v * 1.0001 + 1e-5 if type(v) is float or getattr(getattr(v, "dtype", v), "kind", "") == "f"
 else type(v)([f(f, part) for part in v]) if type(v) in (list, tuple)
 else {key: f(f, part) for key, part in v.items()} if type(v) is dict else v if v is None
 else 1 / 0, """


class Hints:
    """What a few runs of one case tell of a submission's statements.

    influence: what noise on each statement moves. near: what changes of a statement cost where
    something raised there or nearby. The shapes go into the program.
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
        if outcome.claims is None or outcome.claims.faults:
            self.influence = self._reached(correct)
            self._find_near()
        else:
            self.influence = self._moved(correct)
        self._find_shapes()

    def _reached(self, correct: Sequence[str]) -> dict[Place, Influence]:
        spoilt = self._spoilt(correct)
        asked, changes = self._variants(failing)
        played = zip(asked, self.bench.play(changes, self.case), strict=True)
        reached = {place: bool(o and o.message == FAILURE) for place, o in played}
        return {p: Influence(ran, ran, spoilt.get(p, False)) for p, ran in reached.items()}

    def _moved(self, correct: Sequence[str]) -> dict[Place, Influence]:
        spoilt, found = self._spoilt(correct), {}
        claims, expected = self.outcome.claims, self.tries.expect(self.case)
        assert claims is not None
        wrong = off(claims, expected.value, expected.bound)
        asked, changes = self._variants(noisy)
        for place, noised in zip(asked, self.bench.play(changes, self.case), strict=True):
            if noised is not None and noised.claims is not None:
                moved = off(claims, noised.claims.values, MOVED * expected.scale)
                hit, right = moved[wrong], bool((moved & ~wrong).any())
                found[place] = Influence(bool(hit.all()), bool(hit.any()), spoilt[place] or right)
        return found

    def _spoilt(self, correct: Sequence[str]) -> dict[Place, bool]:
        """Return for each statement whether noise on it moves claims in a group that was right."""
        asked, changes = self._variants(noisy)
        spoilt = dict.fromkeys(asked, False)
        for name in correct[:SPOILT]:
            case = next(self.tries.tiny(self.tries.problem.group(name)))
            expected = self.tries.expect(case)
            for place, played in zip(asked, self.bench.play(changes, case), strict=True):
                if played is not None and played.claims is not None:
                    moved = off(played.claims, expected.value, MOVED * expected.scale)
                    spoilt[place] |= bool(moved.any())
        return spoilt

    def _find_near(self) -> None:
        """The statement that raised, those that called it, and what gave its names their values."""
        lines = [line for _, line in self.outcome.frames]
        places = [place for line in lines for place in self._at(line)]
        for place in reversed(places):
            names = {n.id for n in ast.walk(place.node) if isinstance(n, ast.Name)}
            for other in self.program.places:
                if other.function is place.function and names & _stored(other.node):
                    self.near[other] = MADE
        found = NAMELESS.search(self.outcome.message)
        if found and places:
            outer = places[0].parents[0] if places[0].parents else places[0].node
            around = next(p for p in self.program.places if p.node is outer)
            self.program.lost[around] = found[1]
        self.near |= dict.fromkeys(places[1:], CALLED) | dict.fromkeys(places[:1], RAISED)

    def _at(self, line: int) -> list[Place]:
        """Return the innermost statement at a line."""
        places = self.program.places
        return [p for p in places if p.node.lineno <= line <= (p.node.end_lineno or 0)][-1:]

    def _find_shapes(self) -> None:
        questions = [(p, donors.asked(self.program, p)) for p in self.program.places]
        texts = {p: t for p, t in questions if seen.asking(self.program, p, t)}
        changes = [seen.asking(self.program, p, t) for p, t in texts.items()]
        for (place, asked), outcome in zip(
            texts.items(), self.bench.play(changes, self.case), strict=True
        ):
            if outcome is not None:
                self.program.shapes[place] = seen.answer(asked, outcome.message)

    def _variants(
        self, change: Callable[[Program, Place], list[Splice]]
    ) -> tuple[list[Place], list[list[Splice]]]:
        """Return the statements that can be changed so, and the changes."""
        made = [(place, change(self.program, place)) for place in self.program.places]
        kept = [(place, splices) for place, splices in made if splices]
        return [place for place, _ in kept], [splices for _, splices in kept]


def noisy(program: Program, place: Place) -> list[Splice]:
    """Return the change that puts a little noise on what a statement computes, if it does."""
    return _with_values(program, place, lambda value: f"{NOISE}{bracketed(value)})")


def failing(program: Program, place: Place) -> list[Splice]:
    """Return the change that raises FAILURE where a statement computes, if it does."""
    return _with_values(program, place, lambda _: "(1 / 0)")


def _with_values(program: Program, place: Place, text: Callable[[ast.expr], str]) -> list[Splice]:
    node = place.node.value if isinstance(place.node, ast.Expr) else place.node
    values = operands(node)
    return [(*program.span(v), text(v)) for v in values]


def off(claims: Claims, value: FloatArray, most: FloatArray) -> NDArray[np.bool_]:
    """Return which claims are farther from a value than they may be."""
    with np.errstate(invalid="ignore"):
        return ~(np.abs(claims.values - value) <= most)


def _stored(node: ast.AST) -> set[str]:
    if isinstance(node, ast.For):
        node = node.target
    elif isinstance(node, (ast.If, ast.While, ast.With, ast.FunctionDef, ast.ClassDef)):
        return set()
    return {
        n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }
