"""Test data: the scored cases with expected values and bounds, and the public samples."""

import json
from collections.abc import Iterator, Sequence

from grader.cases import samples
from grader.cases.suite import kept_suite
from grader.model import Case, Expected, Group, Problem
from grader.oracle import bounds

MOST_BYTES = 2**20  # of one test file; the fewer files there are, the fewer processes

Scored = tuple[Case, Expected]


def secret(problem: Problem, seed: int) -> Iterator[tuple[Group, list[tuple[str, str]]]]:
    """Yield every group that has points with input and answer of its test files."""
    suite = kept_suite(problem, seed)
    scored = list(zip(suite.cases, suite.expected, strict=True))
    for group in problem.groups:
        if group.max_score:
            yield group, _files(problem, [one for one in scored if one[0].group == group.name])


def sample(problem: Problem) -> list[tuple[str, str]]:
    """Return input and answer of the published samples, a file for each group."""
    published = [(case, bounds.expect(problem, case)) for _, case in samples.sample_cases(problem)]
    return [
        _file(problem, [one for one in published if one[0].group == g.name]) for g in problem.groups
    ]


def _files(problem: Problem, cases: Sequence[Scored]) -> list[tuple[str, str]]:
    """Return the cases in files of bearable size."""
    parts: list[list[Scored]] = [[]]
    size = 0
    for one in cases:
        length = len(_input(problem, one[0]))
        if parts[-1] and size + length > MOST_BYTES:
            parts.append([])
            size = 0
        parts[-1].append(one)
        size += length
    return [_file(problem, part) for part in parts]


def _file(problem: Problem, cases: Sequence[Scored]) -> tuple[str, str]:
    asked = "".join(f"{_input(problem, case)}\n" for case, _ in cases)
    return asked, "".join(_answer(problem, case, expected) for case, expected in cases)


def _input(problem: Problem, case: Case) -> str:
    """Return a case as one line of JSON."""
    return json.dumps(
        {
            "group": case.group,
            "sizes": dict(case.sizes),
            "seed": case.seed,
            "observes": [q.name for q in problem.group(case.group).observes],
            "inputs": {n: [a.dtype.name, a.tolist()] for n, a in case.inputs.items()},
        }
    )


def _answer(problem: Problem, case: Case, expected: Expected) -> str:
    """Return a line for each quantity: name, shape and numbers, | and the bound of each."""
    group, lines = problem.group(case.group), []
    where = group.positions(case.sizes)
    for q in group.observes:
        shape = str(q.shape_in(case.sizes)).replace(", ", ",")
        values = " ".join(f"{v:.17g}" for v in expected.value[where[q.name]])
        bounds = " ".join(f"{b:.3g}" for b in expected.bound[where[q.name]])
        lines.append(f"{q.name} {shape} {values} | {bounds}\n")
    return "".join(lines)
