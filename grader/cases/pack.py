"""A suite as bytes, for other processes and for later ones; no pickle."""

from typing import Any

from grader.model import Case, Expected, Problem, Suite
from grader.sandbox import wire


def pack_suite(suite: Suite) -> bytes:
    """Return the cases and their expected values for unpack_suite."""
    cases, arrays = [], []
    for case, expected in zip(suite.cases, suite.expected, strict=True):
        cases.append([case.group, dict(case.sizes), list(case.inputs), case.seed, case.regime])
        arrays += [*case.inputs.values(), expected.value, expected.bound, expected.scale]
    header = {
        "seed": suite.seed,
        "digest": suite.digest,
        "cases": cases,
        "passed_over": suite.passed_over,
    }
    return wire.pack(header, arrays)


def unpack_suite(problem: Problem, data: bytes) -> Suite:
    """Return the suite that pack_suite was given. Only for bytes from the judge."""
    header, arrays = wire.unpack(data)
    position = iter(arrays)
    cases: list[Case] = []
    expected: list[Expected] = []
    for group, sizes, names, seed, regime in header["cases"]:
        inputs: dict[str, Any] = {name: next(position) for name in names}
        cases.append(Case(group, sizes, inputs, seed, regime, problem.reported))
        expected.append(Expected(next(position), next(position), next(position)))
    passed_over = tuple(header["passed_over"])
    return Suite(
        problem, header["seed"], tuple(cases), tuple(expected), header["digest"], passed_over
    )
