"""Cases that differ from a typical one in one size, or in one input that is zero; made once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from grader.cases import generate
from grader.cases.expected import expect_all
from grader.model import Case, Expected, Problem

SIZES = (1, 2, 3, 4, 5, 6)
TYPICAL = (5, 3, 4, 2)  # sizes of a case in which one size at a time is changed


@dataclass(frozen=True, slots=True, eq=False)
class Swept:
    """A case with what is expected of it; zeroed is the name of the input that is all zero."""

    case: Case
    expected: Expected
    where: Mapping[str, slice]
    shapes: Mapping[str, tuple[int, ...]]
    zeroed: str = ""


class Sweeps:
    """The cases of every group, made when they are first asked for."""

    def __init__(self, problem: Problem, seed: int, *, kept: bool = False) -> None:
        """kept: whether what is expected may be kept in the user's cache, and taken from there."""
        self.problem, self.seed, self.kept = problem, seed, kept
        self.of = lru_cache(None)(self._of)
        self.cases = lru_cache(None)(self._cases)

    def _cases(self, name: str) -> tuple[Case, ...]:
        """Return the cases alone, the same tuple again: it is packed once for all submissions."""
        return tuple(s.case for s in self.of(name))

    def _of(self, name: str) -> tuple[Swept, ...]:
        """Return the cases of a group."""
        problem, group = self.problem, self.problem.group(name)
        names = sorted(group.symbols)
        main = [n for n in names if n in problem.reported]
        typical = {n: _within(problem.sizes[n], 3) for n in names}
        typical |= {
            n: _within(problem.sizes[n], s) for n, s in zip(reversed(main), TYPICAL, strict=False)
        }
        cases: list[tuple[Case, str]] = []

        def make(sizes: Mapping[str, int]) -> Case:
            number = len(cases)
            regime, fill = group.draws[0].regime, (self.seed, number, generate.PROBES, 1)
            return generate.make_case(problem, group, regime, sizes, fill=fill)

        for symbol in main:
            for size in SIZES:
                if _within(problem.sizes[symbol], size) == size:
                    cases += [(make(typical | {symbol: size}), "") for _ in range(2)]
        for q in group.inputs:
            case = make(typical)
            zero = {q.name: np.zeros_like(case.inputs[q.name])}
            cases += [(replace(case, inputs={**case.inputs, **zero}), q.name)]
        made = [c for c, _ in cases]
        expected = expect_all(problem, made, f"sweep-{name}", self.seed, kept=self.kept)
        return tuple(
            Swept(
                c,
                e,
                group.positions(c.sizes),
                {q.name: q.shape_in(c.sizes) for q in group.observes},
                z,
            )
            for (c, z), e in zip(cases, expected, strict=True)
        )


def _within(bounds: tuple[int, int], size: int) -> int:
    return min(max(size, bounds[0]), bounds[1])
