"""Which way a submission is run: shut in, or on the student's own machine as it is."""

import platform

from grader.model import Problem
from grader.sandbox.base import Host
from grader.sandbox.host import Sandbox
from grader.sandbox.plain import Plain
from grader.sandbox.spawn import Zygote, available


def own(problem: Problem) -> Host:
    """Return what runs one's own code: the sandbox where there is one, else a plain process."""
    if platform.system() == "Linux" and available():
        return Sandbox(problem, weak=True, tells=True)
    return Plain(problem)


def chosen(problem: Problem, isolation: str, zygote: Zygote | None = None) -> Host:
    """Return what runs a submission in that isolation: full, weak or none.

    zygote: one that was started before, for the first two.
    """
    if isolation == "none":
        return Plain(problem)
    return Sandbox(problem, weak=isolation == "weak", zygote=zygote)
