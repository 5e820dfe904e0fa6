"""Which way a submission is run: shut in, or on the student's own machine as it is."""

import platform

from grader.model import Problem
from grader.sandbox.base import Host
from grader.sandbox.host import Sandbox, available
from grader.sandbox.plain import Plain


def own(problem: Problem) -> Host:
    """Return what runs one's own code: the sandbox where there is one, else a plain process."""
    if platform.system() == "Linux" and available():
        return Sandbox(problem, weak=True, tells=True)
    return Plain(problem)


def chosen(problem: Problem, isolation: str) -> Host:
    """Return what runs a submission in that isolation: full, weak or none."""
    if isolation == "none":
        return Plain(problem)
    return Sandbox(problem, weak=isolation == "weak")
