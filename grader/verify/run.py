"""Every family of checks in turn, and what they found: as a table, or as JSON."""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from grader.errors import GraderError, ProblemError
from grader.judge import Judge
from grader.model import Problem
from grader.problem import PROBLEMS, load_problem
from grader.verify import corpus, folder, gradients, matrix, statement
from grader.verify.findings import Check, error

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Verification:
    """All that was found about one problem."""

    problem: str
    seed: int
    quick: bool
    checks: tuple[Check, ...]
    seconds: float

    @property
    def fit(self) -> bool:
        """No check found an error."""
        return all(c.passed for c in self.checks)


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
    try:
        problem = load_problem(problem_id, root)
    except ProblemError as failure:
        yield Check("problem.yaml", "cannot be used", (error(str(failure)),))
        return
    yield folder.check_yaml(problem)
    tell("statements and samples")
    yield from (
        _guarded(name, lambda check=check: check(problem))  # type: ignore[misc]  # bound here
        for name, check in (
            ("statements", statement.check_statements),
            ("samples", statement.check_samples),
        )
    )
    with Judge(problem, seed) as bench:
        if unplayable := folder.suite_or_error(bench):
            yield Check("suite", "cannot be made", (unplayable,))
            return
        yield from _judged(problem, bench, tell, quick=quick)


def _judged(problem: Problem, bench: Judge, tell: Tell, *, quick: bool) -> Iterator[Check]:
    yield _guarded("driver", lambda: folder.check_driver(problem, bench))
    yield _guarded("starter", lambda: folder.check_starter(problem, bench))
    tell("gradients")
    yield _guarded("gradients", lambda: gradients.check_gradients(problem, bench))
    yield _guarded("independent", lambda: gradients.check_independent(problem, bench))
    tell("misconceptions")
    check, rows = matrix.check_matrix(problem, bench)
    yield check
    yield corpus.check_accepted(problem, bench, tell)
    if not quick:
        yield from _whole_corpus(problem, bench, rows, tell)


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


def _guarded(name: str, check: Callable[[], Check]) -> Check:
    """Return the check's result; what it stumbles over is an error of the problem."""
    try:
        return check()
    except GraderError as failure:
        return Check(name, "could not be carried out", (error(str(failure)),))
    except Exception as failure:  # noqa: BLE001  # the problem's own code may raise anything
        text = f"{type(failure).__name__}: {failure}"
        return Check(name, "could not be carried out", (error(text),))


def render(result: Verification) -> str:
    """Return the table: a line for each check, the matrices, then every finding."""
    verdict = "fit to be set" if result.fit else "NOT fit to be set"
    part = ", quick checks only" if result.quick else ""
    lines = [f"{result.problem}: {verdict}{part} (seed {result.seed}, {result.seconds:.0f} s)"]
    lines += [f"  {'ok' if c.passed else 'ERROR':6}{c.name:16}{_short(c)}" for c in result.checks]
    for check in result.checks:
        lines += ["", *_aligned(check.table)] if check.table else []
    findings = [(f, c) for c in result.checks for f in c.findings]
    for level in ("error", "warning"):
        of_level = [(f, c) for f, c in findings if f.level == level]
        if of_level:
            lines += ["", f"{len(of_level)} {level}s:" if len(of_level) > 1 else f"1 {level}:"]
            lines += [f"  {c.name}: {f.message}" for f, c in of_level]
    return "\n".join(lines)


def _short(check: Check) -> str:
    if check.passed:
        return check.summary
    count = sum(f.level == "error" for f in check.findings)
    return f"{count} error{'s' * (count > 1)}, see below"


def _aligned(table: tuple[tuple[str, ...], ...]) -> list[str]:
    widths = [max(len(row[n]) for row in table) for n in range(len(table[0]))]
    return [
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in table
    ]


def render_json(results: list[Verification]) -> str:
    """Return everything as one JSON object, infinities as text."""
    data = {"fit": all(r.fit for r in results), "problems": [_as_data(r) for r in results]}
    return json.dumps(_finite(data), ensure_ascii=False, indent=2, allow_nan=False)


def _as_data(result: Verification) -> dict[str, Any]:
    checks = [
        {
            "name": c.name,
            "passed": c.passed,
            "summary": c.summary,
            "findings": [asdict(f) for f in c.findings],
            "figures": c.figures,
        }
        for c in result.checks
    ]
    return {
        "problem": result.problem,
        "fit": result.fit,
        "seed": result.seed,
        "quick": result.quick,
        "seconds": round(result.seconds, 1),
        "checks": checks,
    }


def _finite(data: Any) -> Any:  # noqa: ANN401  # whatever JSON holds
    if isinstance(data, dict):
        return {name: _finite(value) for name, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_finite(value) for value in data]
    if isinstance(data, float) and data in (float("inf"), float("-inf")):
        return str(data)
    return data
