"""The scored cases of a run with their expected values, made or taken from the user's cache.

A case whose provable bound would be too wide to be scored is passed over, and the next of its own
stream is taken; that is decided before anything is played.
"""

import itertools
from collections.abc import Iterable

from grader.cases import cache, generate
from grader.cases.pack import pack_suite, unpack_suite
from grader.errors import ProblemError
from grader.model import Case, Expected, Problem, Suite
from grader.oracle import bounds

TRIES = 20


def kept_suite(problem: Problem, seed: int) -> Suite:
    """Return the suite of that seed, computed once as long as nothing that decides it changes."""
    if (data := cache.load(problem, "suite", seed)) is not None:
        return unpack_suite(problem, data)
    suite = make_suite(problem, seed)
    cache.save(problem, "suite", seed, pack_suite(suite))
    return suite


def make_suite(problem: Problem, seed: int) -> Suite:
    """Return the suite of that seed; ProblemError if the reference fails or no case is fit."""
    scored = [draw(problem, stream) for stream in generate.draw_cases(problem, seed)]
    cases = tuple(case for case, _, _ in scored)
    expected = tuple(values for _, values, _ in scored)
    passed_over = tuple(times for _, _, times in scored)
    return Suite(problem, seed, cases, expected, generate.digest(cases), passed_over)


def draw(problem: Problem, stream: Iterable[Case]) -> tuple[Case, Expected, int]:
    """Return the first well conditioned case of a stream, and how many were passed over."""
    for passed_over, case in enumerate(itertools.islice(stream, TRIES)):
        expected = bounds.expect(problem, case)
        if expected.well_conditioned:
            return case, expected, passed_over
    raise ProblemError(
        f"{problem.id}: {TRIES} cases of the group {case.group}, regime {case.regime}, are all too "
        "badly conditioned to be scored: the rounding of right programs could exceed 1e-9 of the "
        "values (1e-2 in float32); choose smaller sizes or values"
    )
