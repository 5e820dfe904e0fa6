"""Reports of real submissions, each judged once."""

import pytest

from grader.model import Verdict
from tests.formats.reports import JE


@pytest.fixture
def judged(report_of, judges):
    """
    A function from what a parameter of `stated` says to its report, with counterexample and cause.
    """

    def report(sample):
        if sample == JE:
            return judges("simple_rnn").refuse(
                "solution.py", "the zygote ended: killed", Verdict.JE
            )
        return report_of(sample, diagnose=True)

    return report
