"""The reference against a solution of its own: `tests/independent/<id>.py`.

It shares nothing with the reference (complex steps in place of backpropagation, say). The driver
plays the whole suite on it, and it must agree as a correct submission does.
"""

import ast
from pathlib import Path
from types import ModuleType

from grader import layout
from grader.errors import ProblemError
from grader.model import Suite
from grader.oracle import load, trusted
from grader.setting.verify.findings import Check, Finding, Observed, error
from grader.setting.verify.proofs import against

NAME = "independent"


def check_independent(suite: Suite) -> Check:
    """That an implementation which shares nothing with the reference gives its numbers."""
    kit = layout.around(suite.problem.root)
    path = kit / "tests" / "independent" / f"{suite.problem.id}.py"
    if not path.is_file():
        return Check(NAME, "there is no independent implementation")
    if _code(path) == _code(kit / "reference" / path.name):
        text = f"tests/independent/{path.name} is the reference: write it another way, or remove it"
        return Check(NAME, "is the reference", (error(text),))
    try:
        return _compared(suite, path.name, load.load_module(path))
    except ProblemError as failure:
        if isinstance(failure.__cause__, ModuleNotFoundError):
            return Check(NAME, f"not compared: {failure.__cause__.name} is not installed")
        raise


def _compared(suite: Suite, name: str, solution: ModuleType) -> Check:
    worst, where = 0.0, ""
    proves: set[Observed] = set()
    for number, case in enumerate(suite.cases):
        played = trusted.play(suite.problem, solution, case)
        found, off = against(suite, number, played, proves)
        proves |= found
        if not off <= worst:
            worst, where = off, case.group
    findings: tuple[Finding, ...] = ()
    if not worst <= 1:
        text = f"tests/independent/{name} differs from the reference by {worst:.2g} bounds"
        findings = (error(f"{text} in {where}: one is wrong"),)
    summary = f"{len(suite.cases)} cases agree; worst {worst:.2g} of the bound"
    return Check(NAME, summary, findings, {"worst": worst}, proves=frozenset(proves))


def _code(path: Path) -> str:
    return ast.dump(ast.parse(path.read_text(encoding="utf-8")))
