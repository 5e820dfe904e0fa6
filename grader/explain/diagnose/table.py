"""What the reference and each known mistake give on the probes, computed once a suite.

A block has a row for every mistake that has no parameter, and a column for every number of one
probe, so that a submission's claims are held against all of them in one comparison. Few mistakes
survive that: what one of them gives on all probes of a group is a stretch, made when it is met.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.cases import cache
from grader.cases.expected import expect_all
from grader.explain.diagnose.probes import draw_probes
from grader.model import Array, Case, Expected, FloatArray, Problem
from grader.sandbox import wire

LOOSE = 1e-6  # of the scale: what a first look lets pass
NEAR = {"float64": 1e-9, "float32": 1e-3}  # of the scale: what counts as the same mistake
BATCHES = 64  # of probes, that are remembered
DIVERGED = 1e30  # beyond this, rounding alone decides what comes next
Played = tuple[FloatArray, Mapping[str, str]] | None  # values and what does not count; or nothing
Words = list[Mapping[str, str] | None]  # what does not count of several plays; None: it cannot run
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """What is expected of one probe or of several side by side, number by number."""

    value: FloatArray
    scale: FloatArray
    near: FloatArray  # of the scale: what counts as the same mistake
    starts: Array  # of the quantities
    probes: Array  # where each probe starts

    def fits(self, values: FloatArray, claims: FloatArray) -> Any:
        """Return whether claims are what a mistake gives; for each row of values, if it has rows.

        That is to a part in 1e9 of their size, which is the reference's, or that of the difference
        that the mistake makes, where that is larger. Where it diverges there is no evidence.
        """
        with np.errstate(invalid="ignore", over="ignore"):
            moved = np.abs(values - self.value)
            moved = np.where(moved >= 0, moved, 0.0)
            most = np.maximum.reduceat(moved, self.starts, axis=-1)
            sizes = np.diff(self.starts, append=len(self.value))
            tight = self.near * np.maximum(self.scale, np.repeat(most, sizes, axis=-1))
            size = np.abs(values)
            loose = np.maximum(LOOSE, self.near) * np.maximum(self.scale, size * LOOSE)
            same = agree(values, claims, np.minimum(tight, loose))
            diverged = np.logical_or.reduceat(size > DIVERGED, self.probes, axis=-1)
        return (np.logical_and.reduceat(same, self.probes, axis=-1) | diverged).all(axis=-1)


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """A case, what is expected of it, where each quantity lies, and how near is near."""

    case: Case
    expected: Expected
    where: Mapping[str, slice]
    shapes: Mapping[str, tuple[int, ...]]
    row: Row
    slack: FloatArray  # absolute: less than this makes no visible difference

    def by_quantity(self, flags: Flags) -> Flags:
        """Return for each quantity whether all of its numbers are flagged."""
        return np.logical_and.reduceat(flags, self.row.starts)


def side_by_side(probes: Sequence[Probe]) -> Row:
    """Return what is expected of several probes, one after the other."""
    rows = [p.row for p in probes]
    ends = np.cumsum([0, *(len(r.value) for r in rows)])
    return Row(
        np.concatenate([r.value for r in rows]),
        np.concatenate([r.scale for r in rows]),
        np.concatenate([r.near for r in rows]),
        np.concatenate([r.starts + end for r, end in zip(rows, ends, strict=False)]),
        ends[:-1],
    )


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What mistakes give on one probe, a row each; NaN where one cannot run or does not count."""

    numbers: Sequence[int]  # in the catalogue
    values: FloatArray
    words: Words

    def played(self, row: int) -> Played:
        """Return one mistake's values and what does not count; None if it cannot run."""
        words = self.words[row]
        return None if words is None else (self.values[row], words)

    def fits(self, probe: Probe, claims: FloatArray, words: Mapping[str, str]) -> Flags:
        """Return which mistakes give these claims."""
        spoken = np.array([w is not None and w == words for w in self.words], bool)
        fits: Flags = spoken & probe.row.fits(self.values, claims)
        return fits


class Table:
    """The probes of a suite, and their blocks, each made when it is first asked for."""

    def __init__(
        self,
        problem: Problem,
        seed: int,
        numbers: Sequence[int],
        play: Callable[[int, Case], Played],
        *,
        kept: bool,
    ) -> None:
        """play: what the mistake of that number gives in a case. kept: in the user's cache."""
        self.problem, self.seed, self.numbers, self.kept = problem, seed, numbers, kept
        self.play = play
        self.cases = draw_probes(problem, seed)
        self.expected = lru_cache(None)(self._expected)
        self.probe = lru_cache(None)(self._probe)
        self.batch = lru_cache(BATCHES)(self._batch)
        self.stretch = lru_cache(None)(self._stretch)
        self.blocks: dict[int, Block] = {}
        self.row = {number: row for row, number in enumerate(numbers)}

    def numbers_of(self, group: str) -> list[int]:
        """Return which probes belong to a group."""
        return [n for n, case in enumerate(self.cases) if case.group == group]

    def block(self, number: int) -> Block:
        """Return what every mistake gives on a probe."""
        if number not in self.blocks:
            self.blocks[number] = self._block(number)
        return self.blocks[number]

    def played(self, mistake: int, number: int) -> Played:
        """Return what a mistake without a parameter gives on a probe."""
        if number in self.blocks:
            return self.blocks[number].played(self.row[mistake])
        return self.stretch(mistake, self.cases[number].group)[number]

    def _batch(self, numbers: tuple[int, ...]) -> tuple[Case, ...]:
        """Return some probes, the same tuple again: it is packed once for all submissions."""
        return tuple(self.cases[n] for n in numbers)

    def _expected(self, group: str) -> dict[int, Expected]:
        """Return what is expected of the probes of a group, by number."""
        numbers = self.numbers_of(group)
        cases = [self.cases[n] for n in numbers]
        name = f"probes-{group}"
        expected = expect_all(self.problem, cases, name, self.seed, kept=self.kept)
        return dict(zip(numbers, expected, strict=True))

    def _probe(self, number: int) -> Probe:
        case = self.cases[number]
        group = self.problem.group(case.group)
        expected = self.expected(case.group)[number]
        where = group.positions(case.sizes)
        sizes = [part.stop - part.start for part in where.values()]
        near = np.repeat([NEAR[q.precision] for q in group.observes], sizes)
        starts = np.array([part.start for part in where.values()])
        row = Row(expected.value, expected.scale, near, starts, np.zeros(1, int))
        shapes = {q.name: q.shape_in(case.sizes) for q in group.observes}
        return Probe(case, expected, where, shapes, row, np.maximum(LOOSE, near) * expected.scale)

    def _block(self, number: int) -> Block:
        values, words = self._loaded(number) or self._computed(number)
        return Block(self.numbers, values, words)

    def _computed(self, number: int) -> tuple[FloatArray, Words]:
        probe = self.probe(number)
        values = np.full((len(self.numbers), probe.expected.value.size), np.nan)
        words: Words = []
        for row, mistake in enumerate(self.numbers):
            played = self.play(mistake, probe.case)
            words.append(None if played is None else played[1])
            if played is not None:
                values[row] = played[0]
        self._save(f"probe-{number}", words, [values])
        return values, words

    def _loaded(self, number: int) -> tuple[FloatArray, Words] | None:
        words, arrays = self._load(f"probe-{number}")
        return (arrays[0], words) if arrays else None

    def _stretch(self, mistake: int, group: str) -> dict[int, Played]:
        """Return what a mistake gives on the probes of a group, by number."""
        numbers = self.numbers_of(group)
        name = f"mistake-{mistake}-{group}"
        words, arrays = self._load(name)
        if not arrays:
            played = [self.play(mistake, self.cases[n]) for n in numbers]
            words = [None if p is None else p[1] for p in played]
            arrays = [np.zeros(0) if p is None else p[0] for p in played]
            self._save(name, words, arrays)
        found = (None if w is None else (a, w) for w, a in zip(words, arrays, strict=True))
        return dict(zip(numbers, found, strict=True))

    def _save(self, name: str, words: Words, arrays: Sequence[FloatArray]) -> None:
        if self.kept:
            cache.save(self.problem, name, self.seed, wire.pack({"words": words}, arrays))

    def _load(self, name: str) -> tuple[Words, Sequence[FloatArray]]:
        """Return what was saved under that name; no arrays if nothing was."""
        data = cache.load(self.problem, name, self.seed) if self.kept else None
        if data is None:
            return [], []
        header, arrays = wire.unpack(data)
        return header["words"], arrays


def agree(values: FloatArray, others: FloatArray, tolerance: FloatArray) -> Flags:
    """Return which values agree; what is not finite agrees with its like."""
    with np.errstate(invalid="ignore"):
        near = np.abs(values - others) <= tolerance
    found: Flags = near | (~np.isfinite(values) & ~np.isfinite(others))
    return found
