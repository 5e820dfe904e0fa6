"""What each known mistake would have claimed, computed once for a whole class."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from grader import oracle
from grader.diagnose.probes import draw_probes
from grader.model import (
    Array,
    Claims,
    Expected,
    FloatArray,
    Misconception,
    Parameter,
    Problem,
)

LOOSE = 1e-6  # of the scale: what a first look lets pass
NEAR = {"float64": 1e-9, "float32": 1e-3}  # of the scale: what counts as the same mistake
REMEMBERED = 5000  # plays; some 100 MiB
# What a solution raises where mistakes do not fit together; PyTorch raises RuntimeError for shapes.
FAILURES = (ArithmeticError, AttributeError, IndexError, RuntimeError, TypeError, ValueError)
DIVERGED = 1e30  # beyond this, rounding alone decides what comes next


@dataclass(frozen=True, slots=True)
class Suspect:
    """One mistake, or two: positions in the catalogue and the values of their parameters."""

    parts: tuple[tuple[int, float | None], ...]

    @property
    def numbers(self) -> frozenset[int]:
        """Which mistakes, whatever their parameters and their order."""
        return frozenset(number for number, _ in self.parts)


NOTHING = Suspect(())


@dataclass(frozen=True, slots=True)
class Effect:
    """Quantities of one probe: those a suspect changes, and those the claims have wrong."""

    touched: frozenset[str]
    wrong: frozenset[str]
    matched: frozenset[str]  # touched, and roughly as claimed

    @property
    def spoilt(self) -> bool:
        """Whether the suspect changes something that is right."""
        return not self.touched <= self.wrong


class Bench:
    """The probes of a run, the reference's values there, and those of every suspect."""

    def __init__(self, problem: Problem, seed: int, known: Sequence[Misconception]) -> None:
        self.problem, self.seed, self.known = problem, seed, tuple(known)
        self.cases = draw_probes(problem, seed)
        self.expected = lru_cache(None)(self._expected)
        self.solution = lru_cache(REMEMBERED)(self._solution)
        self.predicted = lru_cache(REMEMBERED)(self._predicted)
        self.near = lru_cache(None)(self._near)

    def numbers_of(self, group: str) -> list[int]:
        """Return which probes belong to a group."""
        return [n for n, case in enumerate(self.cases) if case.group == group]

    def resembles(self, suspect: Suspect, number: int, claims: Claims) -> bool:
        """Return whether a probe's claims are roughly those of the suspect."""
        plain = self.plain(suspect, number)
        if plain is None:
            return False
        if diverges(plain):
            return True  # no evidence either way
        expected = self.expected(number)
        tolerance = np.maximum(LOOSE, self.near(number)) * np.maximum(
            expected.scale, np.abs(plain) * LOOSE
        )
        return agree(claims.values, plain, tolerance)

    def reproduces(self, suspect: Suspect, number: int, claims: Claims) -> bool:
        """Return whether a probe's claims are those of the suspect, to a part in 1e9 of its size.

        Its size is the reference's, or that of the difference it makes, where that is larger.
        """
        found = self.predicted(suspect, number)
        if found is None:
            return False
        values, uncounted = found
        if uncounted != {name: fault.found for name, fault in claims.faults.items()}:
            return False
        if diverges(values):
            return True
        case, expected = self.cases[number], self.expected(number)
        scale = expected.scale.copy()
        for part in oracle.positions(self.problem.group(case.group), case).values():
            moved = np.abs(values[part] - expected.value[part])
            scale[part] = np.maximum(scale[part], np.max(moved, initial=0.0, where=moved >= 0))
        return agree(claims.values, values, self.near(number) * scale)

    def is_right(self, number: int, claims: Claims) -> bool:
        """Return whether a probe's claims are the reference's."""
        expected = self.expected(number)
        return not claims.faults and bool(
            (np.abs(claims.values - expected.value) <= expected.bound).all()
        )

    def changes(self, suspect: Suspect, number: int) -> bool:
        """Return whether a suspect differs visibly from the reference in a probe."""
        plain, expected = self.plain(suspect, number), self.expected(number)
        slack = np.maximum(LOOSE, self.near(number)) * expected.scale
        return plain is None or not agree(plain, expected.value, slack)

    def unmoved(self, number: int, claims: Claims) -> bool:
        """Return whether a probe's claims leave every weight as it was loaded."""
        case, seen = self.cases[number], self.named(number, claims)
        updated = [q for q in self.problem.group(case.group).observes if q.update_of]
        return bool(updated) and all(
            bool(
                (oracle.loaded_before(seen[q.name], case.inputs[q.update_of]) == seen[q.name]).all()
            )
            for q in updated
            if q.update_of
        )

    def effect(self, suspect: Suspect, number: int, claims: Claims) -> Effect:
        """Return what a suspect does to each quantity of a probe, against the claims."""
        case, expected = self.cases[number], self.expected(number)
        plain = self.plain(suspect, number)
        if plain is None:
            return Effect(frozenset(), frozenset(), frozenset())
        slack = np.maximum(LOOSE, self.near(number)) * expected.scale
        touched, wrong, matched = set(), set(), set()
        for name, part in oracle.positions(self.problem.group(case.group), case).items():
            if not agree(claims.values[part], expected.value[part], expected.bound[part]):
                wrong.add(name)
            if not agree(plain[part], expected.value[part], slack[part]):
                touched.add(name)
                if agree(plain[part], claims.values[part], slack[part]):
                    matched.add(name)
        return Effect(frozenset(touched), frozenset(wrong), frozenset(matched))

    def estimates(
        self, parameter: Parameter, number: int, claims: Claims, beside: Suspect = NOTHING
    ) -> list[float]:
        """Return what a parameter may be by the claims of one probe, beside another mistake."""
        try:
            with np.errstate(all="ignore"):
                found = parameter.estimate(
                    self.solution(beside), self.cases[number], self.named(number, claims)
                )
                return [float(value) for value in found]
        except FAILURES:
            return []  # the claims do not even have the form

    def named(self, number: int, claims: Claims) -> dict[str, Array]:
        """Return the claims of a probe by quantity."""
        case = self.cases[number]
        group = self.problem.group(case.group)
        where = oracle.positions(group, case)
        return {
            q.name: claims.values[where[q.name]].reshape(q.shape_in(case.sizes))
            for q in group.observes
        }

    def _expected(self, number: int) -> Expected:
        return oracle.expect(self.problem, self.cases[number])

    def _solution(self, suspect: Suspect) -> SimpleNamespace:
        mistakes = [(self.known[n], value) for n, value in suspect.parts]
        return oracle.wrong_solution(self.problem, *mistakes)

    def _near(self, number: int) -> FloatArray:
        case = self.cases[number]
        quantities = self.problem.group(case.group).observes
        sizes = [int(np.prod(q.shape_in(case.sizes))) for q in quantities]
        return np.repeat([NEAR[q.precision] for q in quantities], sizes)

    def plain(self, suspect: Suspect, number: int) -> FloatArray | None:
        """Return the suspect's claims, NaN for what does not count."""
        found = self.predicted(suspect, number)
        return None if found is None else found[0]

    def _predicted(self, suspect: Suspect, number: int) -> tuple[FloatArray, dict[str, str]] | None:
        """Return the suspect's claims and what does not count, in words; None if it cannot run."""
        try:
            return oracle.claimed(self.problem, self.solution(suspect), self.cases[number])
        except FAILURES:
            return None  # a combination that does not run explains nothing


def diverges(values: FloatArray) -> bool:
    """Return whether values are so large that rounding alone decides what comes next."""
    with np.errstate(invalid="ignore"):
        return bool((np.abs(values) > DIVERGED).any())


def agree(values: FloatArray, others: FloatArray, tolerance: FloatArray) -> bool:
    """Return whether all values agree; what is not finite agrees with its like."""
    with np.errstate(invalid="ignore"):
        near = np.abs(values - others) <= tolerance
    both = ~np.isfinite(values) & ~np.isfinite(others)
    return bool((near | both).all())
