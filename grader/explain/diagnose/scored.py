"""Whether a mistake that the probes prove is also the one that the scored claims show.

A submission may behave differently where it is not scored. So a mistake is named only if it does,
within a part in a million, what was claimed in the scored cases too.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from grader import compare
from grader.explain.diagnose.suspects import Bench, Suspect
from grader.explain.diagnose.table import DIVERGED, LOOSE, NEAR, agree
from grader.model import Claims, Group, Run, Suite

MOST_CASES = 24
MOST_OFF = 1e-2  # of the scale
MOST_SIZE = 16  # beyond, rounding in two wrong programs may tell them apart


class Scored:
    """The scored claims of a submission: by group, those that are wrong first."""

    def __init__(self, suite: Suite, run: Run, wrong: Mapping[int, object]) -> None:
        self.suite, self.run = suite, run
        self.claims: dict[int, Claims] = {
            n: o.claims for n, o in run.outcomes.items() if o.claims is not None
        }
        self.numbers = sorted(self.claims, key=lambda n: (n not in wrong, n))

    def digest(self) -> bytes:
        """Return what is the same for two submissions only if all their scored cases went alike."""
        total = hashlib.sha256()
        for number, outcome in sorted(self.run.outcomes.items()):
            claims, told = outcome.claims, replace(outcome, claims=None)
            seen = () if claims is None else (claims.values.tobytes(), claims.dtypes, claims.faults)
            total.update(repr((number, told, seen)).encode())
        return total.digest()

    def fit(self, bench: Bench, suspects: Sequence[Suspect], groups: Sequence[Group]) -> bool:
        """Return whether all suspects do what was claimed in scored cases of these groups."""
        names = {g.name for g in groups}
        chosen = [n for n in self.numbers if self.suite.cases[n].group in names and self._small(n)]
        return all(self._fits(bench, s, n) for n in chosen[:MOST_CASES] for s in suspects)

    def nearly_right(self, groups: Sequence[Group]) -> bool:
        """Return whether what is wrong in ordinary scored cases is off by little as well."""
        ordinary = {(g.name, g.draws[0].regime) for g in groups}
        for number in self.numbers:
            case, claims = self.suite.cases[number], self.claims[number]
            if (case.group, case.regime) not in ordinary or not self._small(number):
                continue
            expected = self.suite.expected[number]
            near = MOST_OFF * expected.scale + expected.bound
            if claims.faults or not compare.right(claims.values, expected.value, near).all():
                return False
        return True

    def _small(self, number: int) -> bool:
        return max(self.suite.cases[number].sizes.values(), default=0) <= MOST_SIZE

    def _fits(self, bench: Bench, suspect: Suspect, number: int) -> bool:
        problem, case, claims = self.suite.problem, self.suite.cases[number], self.claims[number]
        expected, group = self.suite.expected[number], problem.group(case.group)
        played = bench.played(suspect, case)
        if played is None or played[1].keys() != claims.faults.keys():
            return False
        values, where = played[0], group.positions(case.sizes)
        with np.errstate(invalid="ignore"):
            if (np.abs(values) > DIVERGED).any():
                return True  # no evidence either way
        tolerance = expected.bound.copy()
        for q in group.observes:
            part = where[q.name]
            moved = np.abs(values[part] - expected.value[part])
            size = np.max(moved, initial=0.0, where=np.isfinite(moved))
            near = max(LOOSE, NEAR[q.precision])
            tolerance[part] += near * np.maximum(expected.scale[part], size)
        return bool(agree(claims.values, values, tolerance).all())
