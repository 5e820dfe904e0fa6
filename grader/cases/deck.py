"""The small cases that every search plays, with what the reference gives: made once a suite.

The cases of a group and a regime grow in size. Expected values and bounds of a block of them lie
one after the other in one array each, so that claims are compared a block at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from grader import compare
from grader.cases import generate
from grader.cases.expected import expect_all
from grader.model import Array, Case, Claims, FloatArray, Problem

LARGEST = 3  # size of a case
FIRST = 32  # cases that are played at once, then all others
BLOCK = 32  # cases whose expected values are computed together


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the deck: the first cases of a group and a regime, at most so many."""

    group: str
    regime: str
    most: int


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What is expected of some cases, one after the other, and where each begins."""

    value: FloatArray
    bound: FloatArray
    starts: Array  # one more than there are cases

    def wrong(self, first: int, claims: Sequence[Claims]) -> Array:
        """Return which claims are not right, those of the cases from the first on."""
        starts = self.starts[first : first + len(claims) + 1]
        part = slice(starts[0], starts[-1])
        values = np.concatenate([c.values for c in claims])
        off = ~compare.right(values, self.value[part], self.bound[part])
        faulty = np.array([bool(c.faults) for c in claims])
        return np.logical_or.reduceat(off, starts[:-1] - starts[0]) | faulty


class Deck:
    """The cases of all groups and regimes of a problem, each part made when it is asked for."""

    def __init__(self, problem: Problem, seed: int, *, kept: bool = False) -> None:
        """kept: whether what is expected may be kept in the user's cache, and taken from there."""
        self.problem, self.seed, self.kept = problem, seed, kept
        self.cases = lru_cache(None)(self._cases)
        self.batches = lru_cache(None)(self._batches)
        self.block = lru_cache(None)(self._block)

    def first_wrong(self, part: Part, at: int, claims: Sequence[Claims]) -> int | None:
        """Return the place of the first wrong claims, those of the cases from `at` on; or None."""
        end = at + len(claims)
        while at < end:
            number, first = divmod(at, BLOCK)
            held = claims[len(claims) - (end - at) :][: BLOCK - first]
            wrong = self.block(part, number).wrong(first, held)
            if wrong.any():
                return at + int(np.argmax(wrong))
            at += len(held)
        return None

    def _batches(self, part: Part) -> tuple[tuple[int, tuple[Case, ...]], ...]:
        """Return the cases in two batches, each with its place: most mistakes show in the first."""
        cases = self.cases(part)
        cuts = ((0, cases[:FIRST]), (FIRST, cases[FIRST:]))
        return tuple((begin, batch) for begin, batch in cuts if batch)

    def _cases(self, part: Part) -> tuple[Case, ...]:
        group = self.problem.group(part.group)
        growing = generate.growing_cases(
            self.problem, group, part.regime, self.seed, largest=LARGEST, most=part.most
        )
        return tuple(growing)

    def _block(self, part: Part, number: int) -> Block:
        cases = self.cases(part)[number * BLOCK : (number + 1) * BLOCK]
        name = f"deck-{part.group}-{part.regime}-{part.most}-{number}"
        expected = expect_all(self.problem, cases, name, self.seed, kept=self.kept)
        return Block(
            np.concatenate([e.value for e in expected]),
            np.concatenate([e.bound for e in expected]),
            np.cumsum([0, *(e.value.size for e in expected)]),
        )
