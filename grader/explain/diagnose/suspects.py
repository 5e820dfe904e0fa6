"""Known mistakes held against a submission's claims, one or two at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from grader import compare
from grader.explain.diagnose.table import Played, Probe, Row, Table, agree, side_by_side
from grader.model import (
    Array,
    Case,
    Claims,
    Expected,
    FloatArray,
    Misconception,
    Parameter,
    Problem,
)
from grader.oracle import trusted
from grader.oracle.wrong import Solution, wrong_solution

REMEMBERED = 5000  # plays; some 100 MiB
# What a solution raises where mistakes do not fit together; PyTorch raises RuntimeError for shapes.
FAILURES = (ArithmeticError, AttributeError, IndexError, RuntimeError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Suspect:
    """One mistake, or two: positions in the catalogue and the values of their parameters."""

    parts: tuple[tuple[int, float | None], ...]

    @property
    def numbers(self) -> frozenset[int]:
        """Which mistakes, whatever their parameters and their order."""
        return frozenset(number for number, _ in self.parts)

    @property
    def plain(self) -> bool:
        """Whether it is one mistake without a parameter."""
        return len(self.parts) == 1 and self.parts[0][1] is None


NO_MISTAKE = Suspect(())


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


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some probes side by side, with a submission's claims there and what does not count."""

    numbers: Sequence[int]
    row: Row
    claims: FloatArray
    words: Sequence[Mapping[str, str]]


class Bench:
    """The probes of a run, the reference's values there, and those of every suspect."""

    def __init__(
        self, problem: Problem, seed: int, known: Sequence[Misconception], *, kept: bool = False
    ) -> None:
        """kept: whether what is computed may be kept in the user's cache; the whole catalogue."""
        self.problem, self.seed, self.known = problem, seed, tuple(known)
        self.plain_numbers = tuple(n for n, k in enumerate(self.known) if k.parameter is None)
        self.table = Table(problem, seed, self.plain_numbers, self._alone, kept=kept)
        self.cases = self.table.cases
        self.solution = lru_cache(REMEMBERED)(self._solution)
        self.predicted = lru_cache(REMEMBERED)(self._predicted)
        self.played = lru_cache(REMEMBERED)(self._play)  # cases that are no probes
        self.changed = lru_cache(REMEMBERED)(self._changed)

    def numbers_of(self, group: str) -> list[int]:
        """Return which probes belong to a group."""
        return self.table.numbers_of(group)

    def probe(self, number: int) -> Probe:
        """Return a probe with what is expected of it."""
        return self.table.probe(number)

    def expected(self, number: int) -> Expected:
        """Return what is expected of a probe."""
        return self.table.probe(number).expected

    def alike(self, number: int, claims: Claims) -> list[Suspect]:
        """Return the mistakes without a parameter that give the claims of a probe."""
        block = self.table.block(number)
        fits = block.fits(self.probe(number), claims.values, _words(claims))
        return [Suspect(((n, None),)) for n, yes in zip(block.numbers, fits, strict=True) if yes]

    def gives(self, suspect: Suspect, part: Part) -> bool:
        """Return whether a suspect gives the claims of all these probes."""
        played = [self.predicted(suspect, n) for n in part.numbers]
        values = [p[0] for p, words in zip(played, part.words, strict=True) if p and p[1] == words]
        if len(values) < len(played):
            return False
        return bool(part.row.fits(np.concatenate(values), part.claims))

    def giving(self, suspects: Sequence[Suspect], part: Part) -> list[Suspect]:
        """Return the suspects that give the claims of one probe, which is the part."""
        (number,), (words,) = part.numbers, part.words
        played = [(s, self.predicted(s, number)) for s in suspects]
        known = [(s, p[0]) for s, p in played if p and p[1] == words]
        if not known:
            return []
        fits = part.row.fits(np.stack([values for _, values in known]), part.claims)
        return [s for (s, _), yes in zip(known, fits, strict=True) if yes]

    def part(self, numbers: Sequence[int], claims: Mapping[int, Claims]) -> Part:
        """Return what a submission claims at some probes."""
        return Part(
            numbers,
            side_by_side([self.probe(n) for n in numbers]),
            np.concatenate([claims[n].values for n in numbers]),
            [_words(claims[n]) for n in numbers],
        )

    def is_right(self, number: int, claims: Claims) -> bool:
        """Return whether a probe's claims are the reference's."""
        expected = self.expected(number)
        return not claims.faults and bool(
            compare.right(claims.values, expected.value, expected.bound).all()
        )

    def changes(self, suspect: Suspect, number: int) -> bool:
        """Return whether a suspect differs visibly from the reference in a probe."""
        return bool(self.changed(suspect, number).any())

    def unmoved(self, number: int, claims: Claims) -> bool:
        """Return whether a probe's claims leave every weight as it was loaded."""
        case, seen = self.cases[number], self.named(number, claims)
        updated = [q for q in self.problem.group(case.group).observes if q.update_of]
        return bool(updated) and all(
            bool(
                (
                    compare.loaded_before(seen[q.name], case.inputs[q.update_of]) == seen[q.name]
                ).all()
            )
            for q in updated
            if q.update_of
        )

    def wrong_quantities(self, number: int, claims: Claims) -> frozenset[str]:
        """Return which quantities of a probe the claims have wrong."""
        probe = self.probe(number)
        right = agree(claims.values, probe.expected.value, probe.expected.bound)
        return _where(probe, ~probe.by_quantity(right))

    def effect(
        self, suspect: Suspect, number: int, claims: Claims, wrong: frozenset[str]
    ) -> Effect:
        """Return what a suspect does to each quantity of a probe, against the claims."""
        found, probe = self._beside_others(suspect, number), self.probe(number)
        if found is None:
            return Effect(frozenset(), frozenset(), frozenset())
        touched = self.changed(suspect, number)
        near = probe.by_quantity(agree(found[0], claims.values, probe.slack))
        return Effect(_where(probe, touched), wrong, _where(probe, touched & near))

    def estimates(
        self, parameter: Parameter, number: int, named: Mapping[str, Array], beside: Suspect
    ) -> list[float]:
        """Return what a parameter may be by the claims of one probe, beside another mistake."""
        try:
            with np.errstate(all="ignore"):
                found = parameter.estimate(self.solution(beside), self.cases[number], named)
                return [float(value) for value in found]
        except FAILURES:
            return []  # the claims do not even have the form

    def named(self, number: int, claims: Claims) -> dict[str, Array]:
        """Return the claims of a probe by quantity."""
        probe = self.probe(number)
        return {
            name: claims.values[part].reshape(probe.shapes[name])
            for name, part in probe.where.items()
        }

    def plain(self, suspect: Suspect, number: int) -> FloatArray | None:
        """Return the suspect's claims, NaN for what does not count."""
        found = self.predicted(suspect, number)
        return None if found is None else found[0]

    def _solution(self, suspect: Suspect) -> Solution:
        mistakes = [(self.known[n], value) for n, value in suspect.parts]
        return wrong_solution(self.problem, *mistakes)

    def _changed(self, suspect: Suspect, number: int) -> Array:
        """Return for each quantity of a probe whether a suspect changes it visibly."""
        probe, found = self.probe(number), self._beside_others(suspect, number)
        if found is None:
            return np.ones(len(probe.where), bool)
        return ~probe.by_quantity(agree(found[0], probe.expected.value, probe.slack))

    def _predicted(self, suspect: Suspect, number: int) -> Played:
        """Return the suspect's claims and what does not count, in words; None if it cannot run."""
        if suspect.plain:
            return self.table.played(suspect.parts[0][0], number)
        return self._play(suspect, self.cases[number])

    def _beside_others(self, suspect: Suspect, number: int) -> Played:
        """Return the same where all mistakes are asked about one probe."""
        if suspect.plain:
            self.table.block(number)
        return self.predicted(suspect, number)

    def _alone(self, number: int, case: Case) -> Played:
        return self._play(Suspect(((number, None),)), case)

    def _play(self, suspect: Suspect, case: Case) -> Played:
        """Return a suspect's claims in a case, and what does not count; None if it cannot run."""
        try:
            return trusted.claimed(self.problem, self.solution(suspect), case)
        except FAILURES:
            return None  # a combination that does not run explains nothing


def _where(probe: Probe, flags: Array) -> frozenset[str]:
    return frozenset(name for name, flag in zip(probe.where, flags, strict=True) if flag)


def _words(claims: Claims) -> Mapping[str, str]:
    return {name: fault.found for name, fault in claims.faults.items()}
