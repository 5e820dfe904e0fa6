"""Problem -> the suite of scored cases that a seed fixes, and the small cases that a search plays.

Hypothesis draws every case's sizes and seeds; the arrays are filled by a NumPy generator from a
seed that was drawn, since drawing each element would take a hundred times as long. Only
elementary operations follow the generator, so the same versions give the same bits everywhere.
"""

import hashlib
import io
import itertools
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.model import Array, Case, Draw, FloatArray, Group, Problem, Quantity

# Streams of cases: the last number of those that a generator starts from, so that no case is of
# two. Samples start from three numbers, probes from four.
SCORED, SEARCH, SAMPLES, PROBES, HUNT, LINE = 1, 2, 3, 3, 4, 7
UNEQUAL = 2  # beside the repeats 0 and 1 of growing cases
SEED_BYTES, SIZE_BYTES = 4, 2
ROOT_BYTES, STREAM_BYTES = 16, 1024  # of a suite, and more than the sizes of any case


def draw_cases(problem: Problem, run_seed: int) -> Iterator[Iterator[Case]]:
    """Yield for every scored case, group by group, an endless stream of cases to take it from.

    A stream depends on the seed, the group, the stratum, the regime and the number in it alone, so
    that one case more or less, or one drawn again, moves no other.
    """
    root = _root(run_seed)
    for group in problem.groups:
        for draw in group.draws:
            for number in range(draw.count):
                yield _numbered(problem, group, draw, number, root)


def further_cases(
    problem: Problem, run_seed: int, regime: str, most: int
) -> Iterator[Iterator[Case]]:
    """Yield streams of a regime that draw_cases does not reach, `most` of them.

    They come from all groups and strata that the regime is drawn in, in turn.
    """
    root = _root(run_seed)
    draws = [(g, d) for g in problem.groups for d in g.draws if d.regime == regime]
    turns = itertools.cycle(draws)
    for number, (group, draw) in enumerate(itertools.islice(turns, most if draws else 0)):
        yield _numbered(problem, group, draw, draw.count + number // len(draws), root)


def _numbered(
    problem: Problem, group: Group, draw: Draw, number: int, root: bytes
) -> Iterator[Case]:
    sizes = free_sizes(problem, group, draw.stratum)
    name = f"{problem.id} {group.name} {draw.stratum} {draw.regime} {number}"
    return _stream(problem, group, draw.regime, sizes, root + name.encode())


def _root(run_seed: int) -> bytes:
    """Return what Hypothesis draws for a suite: the bytes that everything else follows from.

    The first example that it tries is the smallest possible, the second is random. Bytes,
    because among integers Hypothesis mixes constants that it finds in the source of whatever
    modules are loaded, and the same seed would give another suite in another process.
    """
    # Slow to import, and not needed where a suite was kept.
    from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: PLC0415
    from hypothesis import strategies as st  # noqa: PLC0415

    drawn: list[bytes] = []

    @seed(run_seed)
    @settings(
        max_examples=2,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.binary(min_size=ROOT_BYTES, max_size=ROOT_BYTES))
    def one_suite(example: bytes) -> None:
        drawn.append(example)

    one_suite()
    return drawn[-1]


def _stream(
    problem: Problem,
    group: Group,
    regime: str,
    sizes: tuple[dict[str, tuple[int, int]], dict[str, str]],
    name: bytes,
) -> Iterator[Case]:
    ranges, drawn_as = sizes
    for attempt in itertools.count():
        source = io.BytesIO(hashlib.shake_256(name + b" %d" % attempt).digest(STREAM_BYTES))
        free = {n: _integer(source.read(SIZE_BYTES), *ends) for n, ends in ranges.items()}
        case_seed, *fill = (int.from_bytes(source.read(SEED_BYTES), "little") for _ in range(4))
        yield make_case(
            problem,
            group,
            regime,
            {n: free[of] for n, of in drawn_as.items()},
            seed=case_seed,
            fill=(*fill, SCORED),
        )


def _integer(drawn: bytes, low: int, high: int) -> int:
    """Return a number from low to high, all as likely as the bytes are."""
    return low + (int.from_bytes(drawn, "little") * (high - low + 1) >> 8 * len(drawn))


def make_case(
    problem: Problem,
    group: Group,
    regime: str,
    sizes: Mapping[str, int],
    *,
    fill: tuple[int, ...],
    seed: int | None = None,
) -> Case:
    """Return the case of these sizes whose inputs the generator fills from `fill`.

    seed: for the submission; if none is given it follows from `fill`, and looks like any other.
    """
    if seed is None:
        seed = int(np.random.SeedSequence(fill).generate_state(1)[0])
    generator = np.random.Generator(np.random.PCG64(fill))
    spec = problem.regimes[regime]
    sizes = {symbol: sizes[symbol] for symbol in sorted(group.symbols)}
    inputs = {
        q.name: _fill(generator, q, sizes, spec.get(q.name, spec["default"])) for q in group.inputs
    }
    return Case(group.name, sizes, inputs, seed, regime, problem.reported)


def growing_cases(
    problem: Problem, group: Group, regime: str, run_seed: int, *, largest: int, most: int
) -> Iterator[Case]:
    """Yield at most `most` cases of ever larger sizes, two of each, none above `largest`.

    A size whose smallest value in the problem is above `largest` stays at that value.
    """
    symbols = sorted(group.symbols)
    ranges = [
        range(low, min(high, max(low, largest)) + 1)
        for low, high in (problem.sizes[s] for s in symbols)
    ]
    combinations = sorted(itertools.product(*ranges), key=lambda c: (sum(c), c))
    for number, combination in enumerate(combinations[: most // 2]):
        sizes = dict(zip(symbols, combination, strict=True))
        for repeat in range(2):
            fill = (run_seed, number, repeat, SEARCH)
            yield make_case(problem, group, regime, sizes, fill=fill)


def unequal_cases(
    problem: Problem, group: Group, regime: str, run_seed: int, *, smallest: int
) -> Iterator[Case]:
    """Yield two cases of which no two sizes are equal, as far as their ranges allow it.

    In one of them the sizes rise in alphabetical order, in the other they fall.
    """
    symbols = sorted(group.symbols)
    for number, order in enumerate((symbols, symbols[::-1])):
        wanted = {symbol: smallest + place for place, symbol in enumerate(order)}
        sizes = {s: min(max(wanted[s], problem.sizes[s][0]), problem.sizes[s][1]) for s in symbols}
        fill = (run_seed, number, UNEQUAL, SEARCH)
        yield make_case(problem, group, regime, sizes, fill=fill)


def digest(cases: tuple[Case, ...]) -> str:
    """Return the SHA-256 of everything that the cases hold."""
    total = hashlib.sha256()
    for case in cases:
        total.update(repr((case.group, sorted(case.sizes.items()), case.seed)).encode())
        for name, value in sorted(case.inputs.items()):
            total.update(struct.pack("<q", value.size) + name.encode() + value.tobytes())
    return total.hexdigest()


def free_sizes(
    problem: Problem, group: Group, stratum: str
) -> tuple[dict[str, tuple[int, int]], dict[str, str]]:
    """Return the ranges of the sizes that are drawn, and for each of the group's which it is.

    Sizes that are declared equal are drawn once.
    """
    ranges: dict[str, Any] = {**problem.sizes, **problem.strata[stratum]}
    used = sorted(group.symbols)
    drawn_as = {n: of if isinstance(of := ranges[n], str) else n for n in used}
    return {n: tuple(ranges[n]) for n in sorted(set(drawn_as.values()))}, drawn_as


def _fill(
    generator: np.random.Generator, q: Quantity, sizes: Mapping[str, int], spec: Mapping[str, Any]
) -> Array:
    """Return an array of the quantity's shape; `spec` is a distribution of problem.yaml."""
    shape = q.shape_in(sizes)
    kind, parameter = next((k, v) for k, v in spec.items() if k != "per")
    array = DISTRIBUTIONS[kind](generator, shape, parameter)
    return np.asarray(array / np.sqrt(sizes[spec["per"]]) if "per" in spec else array)


def _permutation(
    generator: np.random.Generator, shape: tuple[int, ...], scale: float
) -> FloatArray:
    """A permutation times scale: what goes through it is neither lost nor amplified."""
    array = np.zeros(shape)
    array[np.arange(shape[0]), generator.permutation(shape[0])] = scale
    return array


def _signed_permutation(
    generator: np.random.Generator, shape: tuple[int, ...], scale: float
) -> FloatArray:
    array = _permutation(generator, shape, scale)
    return array * generator.choice([-1.0, 1.0], shape[0])[:, None]


def _nonzero_quarters(
    generator: np.random.Generator, shape: tuple[int, ...], bound: int
) -> FloatArray:
    size = generator.integers(1, 4 * bound, shape, endpoint=True) / 4
    return np.asarray(size * generator.choice([-1.0, 1.0], shape))


def _late(generator: np.random.Generator, shape: tuple[int, ...], scale: float) -> FloatArray:
    """Return normal numbers, but zeros in the first half of the first axis."""
    values = scale * generator.standard_normal(shape)
    values[: len(values) // 2] = 0
    return values


def _shifted_columns(
    generator: np.random.Generator, shape: tuple[int, ...], spec: Sequence[float]
) -> FloatArray:
    """Normal numbers times the first of three, and for each column a whole number from the rest."""
    scale, low, high = spec
    shift = generator.integers(int(low), int(high), shape[-1], endpoint=True)
    return np.asarray(scale * generator.standard_normal(shape) + shift)


def _scaled_columns(
    generator: np.random.Generator, shape: tuple[int, ...], ends: Sequence[int]
) -> FloatArray:
    """Numbers below 2 in size, times a power of 2 for each column."""
    power = generator.integers(ends[0], ends[1], shape[-1], endpoint=True)
    return np.asarray(generator.uniform(-1.99, 1.99, shape) * 2.0**power)


def _columns_of_powers(
    generator: np.random.Generator, shape: tuple[int, ...], powers: Sequence[int]
) -> FloatArray:
    """Numbers below 2 in size, times one of these powers of 2 for each column."""
    power = generator.choice(np.array(powers, np.float64), shape[-1])
    return np.asarray(generator.uniform(-1.99, 1.99, shape) * 2.0**power)


DISTRIBUTIONS: Mapping[str, Callable[[np.random.Generator, tuple[int, ...], Any], Any]] = {
    "normal": lambda g, shape, scale: scale * g.standard_normal(shape),
    "uniform": lambda g, shape, ends: g.uniform(ends[0], ends[1], shape),
    "quarters": lambda g, shape, bound: g.integers(-4 * bound, 4 * bound, shape, endpoint=True) / 4,
    "nonzero_quarters": _nonzero_quarters,
    "zeros": lambda _, shape, __: np.zeros(shape),
    "permutation": _permutation,
    "signed_permutation": _signed_permutation,
    "shifted_columns": _shifted_columns,
    "scaled_columns": _scaled_columns,
    "columns_of_powers": _columns_of_powers,
    "bits": lambda g, shape, _: g.integers(0, 2, shape, dtype=np.uint8),
    "late": _late,
    "integers": lambda g, shape, ends: g.integers(ends[0], ends[1], shape, endpoint=True),
}
