"""Every family of checks in turn."""

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from grader.errors import GraderError, ProblemError
from grader.judge.judge import Judge
from grader.model import Problem
from grader.problems.load import PROBLEMS, load_problem, problem_ids
from grader.setting.verify import (
    balls,
    cheats,
    corpus,
    cost,
    files,
    folder,
    gradients,
    hunt,
    independent,
    language,
    matrix,
    proofs,
    statement,
    written,
)
from grader.setting.verify.findings import Check, Observed, Verification, error
from grader.setting.verify.stumbles import guarded, suite_errors

Tell = Callable[[str], None]


def verify(
    problem_id: str,
    seed: int,
    *,
    quick: bool = False,
    tell: Tell = lambda _: None,
    root: Path = PROBLEMS,
) -> Verification:
    """Return what is wrong with a problem; quick leaves out the wrong and the hostile corpus.

    Raises GraderError if there is no such problem.
    """
    began = time.monotonic()
    checks = tuple(_checks(problem_id, seed, tell, root, quick=quick))
    return Verification(problem_id, seed, quick, checks, time.monotonic() - began)


def _checks(problem_id: str, seed: int, tell: Tell, root: Path, *, quick: bool) -> Iterator[Check]:
    if problem_id in problem_ids(root):
        yield written.check_written(root / problem_id)
    try:
        problem = load_problem(problem_id, root)
    except ProblemError as failure:
        yield Check("problem.yaml", "cannot be used", (error(str(failure)),))
        return
    yield folder.check_yaml(problem)
    tell("statements and samples")
    yield from (
        guarded(problem, name, lambda check=check: check(problem))  # type: ignore[misc]  # bound here
        for name, check in (
            ("statements", statement.check_statements),
            ("languages", language.check_languages),
            ("corpus", files.check_corpus),
        )
    )
    functions = guarded(problem, "functions", lambda: folder.check_functions(problem))
    yield functions
    if functions.passed:
        yield from _played(problem, seed, tell, quick=quick)


def _played(problem: Problem, seed: int, tell: Tell, *, quick: bool) -> Iterator[Check]:
    try:
        bench = Judge(problem, seed)
    except GraderError as failure:  # a package that is not installed
        yield Check("suite", "cannot be made", (error(str(failure)),))
        return
    with bench:
        if unplayable := suite_errors(problem, bench):
            yield Check("suite", "cannot be made", unplayable)
            return
        yield guarded(problem, "samples", lambda: statement.check_samples(problem))
        yield from _judged(problem, bench, tell, quick=quick)


def _judged(problem: Problem, bench: Judge, tell: Tell, *, quick: bool) -> Iterator[Check]:
    yield guarded(problem, "driver", lambda: folder.check_driver(problem, bench))
    yield guarded(problem, "starter", lambda: folder.check_starter(problem, bench))
    yield guarded(problem, "reference", lambda: folder.check_reference(problem, bench))
    tell("proofs of what is observed")
    found = [
        guarded(problem, "gradients", lambda: gradients.check_gradients(bench.suite)),
        guarded(problem, "values", lambda: proofs.check_values(bench.suite)),
        guarded(problem, "independent", lambda: independent.check_independent(bench.suite)),
    ]
    yield from found
    proved = frozenset[Observed]().union(*(c.proves for c in found))
    yield guarded(problem, "proved", lambda: proofs.check_proved(problem, proved))
    tell("bounds against ball arithmetic")
    seeds = () if quick else balls.SEEDS
    yield guarded(problem, "balls", lambda: balls.check_balls(bench.suite, seeds))
    yield guarded(problem, "cheats", lambda: cheats.check_cheats(bench.suite))
    tell("misconceptions")
    rows: dict[str, Mapping[str, float]] = {}
    yield guarded(problem, "misconceptions", lambda: _matrix(problem, bench, rows))
    yield guarded(problem, "cost", lambda: cost.check_cost(problem, bench.seed))
    yield guarded(problem, "accepted", lambda: corpus.check_accepted(problem, bench, tell))
    if not quick:
        tell("the worst cases that can be found")
        yield guarded(problem, "worst", lambda: hunt.check_worst(problem, bench))
        yield guarded(problem, "nearest", lambda: hunt.check_nearest(problem, bench))
        yield from _whole_corpus(problem, bench, rows, tell)


def _matrix(problem: Problem, bench: Judge, rows: dict[str, Mapping[str, float]]) -> Check:
    """Return what the check found, with its rows put into `rows`."""
    check, found = matrix.check_matrix(problem, bench)
    rows.update(found)
    return check


def _whole_corpus(problem: Problem, bench: Judge, rows: matrix.Rows, tell: Tell) -> Iterator[Check]:
    """Judge what is neither right nor wrong beside the wrong files, since most of it waits.

    Both suites are made before: the oracle and Hypothesis use the one global generator.
    """
    hurry = corpus.in_a_hurry(problem)
    with (
        Judge(problem, bench.seed) as second,
        Judge(hurry, bench.seed) as hurried,
        ThreadPoolExecutor(1) as beside,
    ):
        _ = second.suite, hurried.suite
        others = beside.submit(corpus.check_others, problem, second, hurried, tell)
        check, wrong = corpus.check_wrong(problem, bench, tell)
        yield check
        yield matrix.check_groups(problem, {**rows, **wrong})
        yield others.result()
