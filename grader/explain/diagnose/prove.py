"""Which known mistake, or which two, a submission's claims prove.

A mistake is named only if it reproduces every claim of the probes within the error bound, where
at least LEAST_WRONG of those claims are wrong, and if no other mistake does. What later groups show
counts too: they tell mistakes apart that one step alone cannot.
"""

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np

from grader.explain.budget import Budget
from grader.explain.diagnose.suspects import NO_MISTAKE, Bench, Effect, Part, Suspect
from grader.explain.diagnose.table import DIVERGED
from grader.model import Claims, Parameter
from grader.oracle.wrong import default_value

LEAST_WRONG = 3
CHEAP_SIZE = 16  # the largest size of a probe that costs little
ESTIMATED_FROM = 2  # claims of so many cases are asked for a parameter
MOST_VALUES = 6  # values of a parameter that are worth trying in a pair


class Evidence:
    """A submission's claims at the probes, against the reference and against suspects.

    judged: probes that must be explained. later: probes of groups that were not judged because
    a judged one failed; a mistake is surer if it explains those too. Every play of a suspect that
    is held against a probe's claims counts as a candidate of the budget.
    """

    def __init__(
        self,
        bench: Bench,
        claims: Mapping[int, Claims],
        judged: Sequence[int],
        later: Sequence[int],
        budget: Budget,
    ) -> None:
        self.bench, self.claims, self.budget = bench, claims, budget
        self.wrong = [n for n in judged if not bench.is_right(n, claims[n])]
        self.right = [n for n in judged if n not in set(self.wrong)]
        self.later = later
        self._named = lru_cache(None)(lambda number: bench.named(number, claims[number]))
        self._estimated: dict[tuple[Parameter, Suspect, int], list[float]] = {}
        wrong, right = (sorted(part, key=self._cost) for part in (self.wrong, self.right))
        cheap = [n for n in [*wrong[1:], *right] if not self._cost(n)[0]]
        costly = [n for n in [*wrong[1:], *right] if self._cost(n)[0]]
        self.judged = [*wrong[:1], *cheap, *costly]  # most suspects fall at a wrong one

    def _cost(self, number: int) -> tuple[bool, int]:
        return max(self.bench.cases[number].sizes.values()) > CHEAP_SIZE, number

    @property
    def outputs_only(self) -> bool:
        """Whether the group that goes wrong shows outputs and no updated weights."""
        group = self.bench.problem.group(self.bench.cases[self.wrong[0]].group)
        return all(q.update_of is None for q in group.observes)

    def likely(self, suspects: Sequence[Suspect]) -> list[Suspect]:
        """Return the suspects that reproduce the claims of the first probe that was judged."""
        self.budget.compare(len(suspects))
        return self.bench.giving(suspects, self._judged[0])

    def explained_by(self, suspect: Suspect) -> bool:
        """Return whether a suspect reproduces all claims that were judged, in numbers that tell."""
        return self._given(suspect, self._judged) and self._tells(suspect)

    def later_explained_by(self, suspect: Suspect) -> bool:
        """Return whether a suspect reproduces the claims of later groups."""
        return self._given(suspect, self._later)

    def _tells(self, suspect: Suspect) -> bool:
        """Return whether enough of the wrong claims are evidence: what diverges is none."""
        played = (self.bench.predicted(suspect, n) for n in self.wrong)
        telling = (p for p in played if p and not (np.abs(p[0]) > DIVERGED).any())
        return len([*itertools.islice(telling, LEAST_WRONG)]) == LEAST_WRONG

    def _given(self, suspect: Suspect, parts: Sequence[Part]) -> bool:
        for part in parts:
            self.budget.compare(len(part.numbers))
            if not self.bench.gives(suspect, part):
                return False
        return True

    def estimates(self, parameter: Parameter, beside: Suspect) -> Iterator[list[float]]:
        """Yield what a parameter may be by each of a few cases, those that are wrong first."""
        for n in self._asked(parameter.group, parameter.regime):
            key = parameter, beside, n
            if key not in self._estimated:
                found = self.bench.estimates(parameter, n, self._named(n), beside)
                self._estimated[key] = [value for value in found if math.isfinite(value)]
            yield self._estimated[key]

    def _asked(self, group: str, regime: str) -> list[int]:
        cases = self.bench.cases
        numbers = [n for n in self.bench.numbers_of(group) if cases[n].regime == regime]
        known = [n for n in numbers if n in self.claims]
        return sorted(known, key=lambda n: n not in self.wrong)[:ESTIMATED_FROM]  # stable

    @cached_property
    def _judged(self) -> list[Part]:
        return self._parts(self.judged)

    @cached_property
    def _later(self) -> list[Part]:
        return self._parts(self.later)

    def _parts(self, numbers: Sequence[int]) -> list[Part]:
        """Return probes in parts of 1, 1, 2, 4, 8 ...: most suspects fall at the first."""
        ends = [0, *(2**n for n in range(len(numbers).bit_length())), len(numbers)]
        parts = [numbers[a:b] for a, b in itertools.pairwise(ends)]
        return [self.bench.part(part, self.claims) for part in parts if part]

    def alike(self) -> list[Suspect]:
        """Return the mistakes without a parameter that may explain the first wrong claims."""
        self.budget.compare(len(self.bench.plain_numbers))
        first = self.judged[0]
        return self.bench.alike(first, self.claims[first])

    def effect(self, suspect: Suspect) -> Effect:
        """Return what a suspect does to the first wrong probe."""
        self.budget.compare(1)
        first = self.wrong[0]
        return self.bench.effect(suspect, first, self.claims[first], self.wrong_quantities)

    @cached_property
    def wrong_quantities(self) -> frozenset[str]:
        """Which quantities of the first wrong probe are wrong."""
        return self.bench.wrong_quantities(self.wrong[0], self.claims[self.wrong[0]])


def proved(evidence: Evidence) -> list[Suspect]:
    """Return the one suspect that the evidence proves, a single mistake or a pair; or nothing.

    What later groups show decides between mistakes and is to be explained too, with a second
    mistake if need be. A mistake without a parameter goes before one whose parameter was fitted
    so that it does the same, such as a bound of 0. Only a wrong output is certain without later
    groups: how gradients follow from a wrong forward pass is another question.
    """
    if len(evidence.wrong) < LEAST_WRONG:
        return []
    likely = evidence.likely(list(_suspects(evidence)))
    single = _distinct(s for s in likely if evidence.explained_by(s))
    surest = [s for s in single if evidence.later_explained_by(s)]
    plain = [s for s in surest if s.parts[0][1] is None]
    surest = plain if len(plain) == 1 else surest
    if surest:
        return surest if len(surest) == 1 else []
    partners = _with_second(evidence, single) if single else _pairs(evidence)
    tests = [evidence.explained_by, evidence.later_explained_by]
    tests = tests[::-1] if single else tests  # the one that they may well fail comes first
    pairs = _distinct(p for p in partners if all(test(p) for test in tests))
    if pairs:
        return pairs if len(pairs) == 1 else []
    return single if len(single) == 1 and evidence.outputs_only else []


def _distinct(suspects: Iterable[Suspect]) -> list[Suspect]:
    """Return one suspect for every set of mistakes, the first."""
    found: dict[frozenset[int], Suspect] = {}
    for suspect in suspects:
        found.setdefault(suspect.numbers, suspect)
    return list(found.values())


def _suspects(evidence: Evidence) -> Iterator[Suspect]:
    """Yield the known mistakes that may be, in their order, each value of a parameter by itself."""
    alike = {s.parts[0][0]: s for s in evidence.alike()}
    for number, known in enumerate(evidence.bench.known):
        if number in alike:
            yield alike[number]
        elif known.parameter is not None:
            for value in _values(evidence, known.parameter):
                yield Suspect(((number, value),))


def _values(evidence: Evidence, parameter: Parameter) -> list[float]:
    """Return what a parameter may be, judging by the claims of a few cases; tidy values first."""
    estimates = evidence.estimates(parameter, NO_MISTAKE)
    return list(dict.fromkeys(v for found in estimates for value in found for v in tidied(value)))


def _values_beside(evidence: Evidence, parameter: Parameter, other: Suspect) -> list[float]:
    """Return what a parameter may be beside another mistake: what all cases asked agree on."""
    estimates = evidence.estimates(parameter, other)
    agreed = next(estimates, [])
    while agreed and (found := next(estimates, None)) is not None:
        agreed = [v for v in agreed if any(_near(v, w) for w in found)]
    return list(dict.fromkeys(v for value in agreed for v in tidied(value)))[:MOST_VALUES]


def _near(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-6 * abs(a)


def tidied(value: float) -> list[float]:
    """Return a value and the shorter numbers that are near enough to be meant by it."""
    shorter = [(float(f"{value:.1e}"), 1e-3), (float(f"{value:.5e}"), 1e-7)]
    near = [s for s, off in shorter if abs(s - value) <= off * abs(value)]
    return list(dict.fromkeys([*near, value]))


def _with_second(evidence: Evidence, single: Sequence[Suspect]) -> Iterator[Suspect]:
    """Yield the mistakes that explain what was judged, each with a second one for the rest."""
    if not evidence.later or len(single) > 1:
        return
    bench = evidence.bench
    groups = dict.fromkeys(bench.cases[n].group for n in evidence.later)
    seen = [bench.numbers_of(g)[0] for g in groups]
    for number, known in enumerate(bench.known):
        second = Suspect(((number, None),))
        if known.parameter is not None or number in single[0].numbers:
            continue
        if any(bench.changes(second, n) for n in seen):
            yield from _both(bench, single[0], second)


def _pairs(evidence: Evidence) -> Iterator[Suspect]:
    """Yield the pairs of mistakes that leave alone what is right and account for what is wrong.

    A quantity that one of the two does not touch must be wrong as the other makes it wrong.
    """
    bench, first = evidence.bench, evidence.wrong[0]
    if bench.unmoved(first, evidence.claims[first]):
        return  # many pairs cancel each other
    if not all(n in evidence.wrong for n in _alike(bench, first)):
        return  # two mistakes of which neither shows in an ordinary case are not to be guessed
    right = {bench.cases[n].group for n in evidence.right}
    right -= {bench.cases[n].group for n in evidence.wrong}
    quiet = [bench.numbers_of(g)[0] for g in sorted(right)]
    pool: dict[Suspect, Effect] = {}
    for suspect in _simple(evidence):
        effect = evidence.effect(suspect)
        useful = effect.touched and not effect.spoilt
        if useful and not any(bench.changes(suspect, n) for n in quiet):
            pool[suspect] = effect
    for (a, of_a), (b, of_b) in itertools.combinations(pool.items(), 2):
        alone = (of_a.touched - of_b.touched) - of_a.matched
        alone |= (of_b.touched - of_a.touched) - of_b.matched
        untouched = of_a.wrong - of_a.touched - of_b.touched
        if not alone and not untouched and not a.numbers & b.numbers:
            yield from _both(bench, a, b)
    yield from _pairs_with_parameter(evidence, pool)


def _pairs_with_parameter(evidence: Evidence, pool: Mapping[Suspect, Effect]) -> Iterator[Suspect]:
    """Yield pairs of a mistake of the pool and one whose parameter only shows beside it."""
    bench = evidence.bench
    for number, known in enumerate(bench.known):
        if known.parameter is None:
            continue
        example = Suspect(((number, default_value(known)),))
        touched = evidence.effect(example).touched
        tried = set(_values(evidence, known.parameter))
        for other, effect in pool.items():
            unexplained = (effect.touched - effect.matched) | (effect.wrong - effect.touched)
            if unexplained <= touched and number not in other.numbers:
                for value in _values_beside(evidence, known.parameter, other):
                    if value not in tried:
                        yield from _both(bench, Suspect(((number, value),)), other)


def _alike(bench: Bench, number: int) -> list[int]:
    """Return the probes of the same group and regime."""
    case = bench.cases[number]
    return [n for n in bench.numbers_of(case.group) if bench.cases[n].regime == case.regime]


def _simple(evidence: Evidence) -> Iterator[Suspect]:
    """Yield the mistakes without a parameter, or with the few values it can have."""
    for number, known in enumerate(evidence.bench.known):
        if known.parameter is None:
            yield Suspect(((number, None),))
        else:
            values = _values(evidence, known.parameter)
            if len(values) <= MOST_VALUES:
                yield from (Suspect(((number, v),)) for v in values)


def _both(bench: Bench, a: Suspect, b: Suspect) -> Iterator[Suspect]:
    """Yield two mistakes together, if they change different pieces of the reference."""
    if not _collide(bench, a, b):
        yield Suspect((*a.parts, *b.parts))


def _collide(bench: Bench, a: Suspect, b: Suspect) -> bool:
    """Return whether two mistakes change the same piece, so that they cannot both be made."""
    one, other = (bench.known[s.parts[0][0]].changes.keys() for s in (a, b))
    return not one.isdisjoint(other)
