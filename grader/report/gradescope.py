"""The report as Gradescope's results.json: one visible test for each group.

The first that failed also holds the smallest case and the mistake that was proved.

A judge error has no results: the caller writes no file and exits non-zero, so that staff can
run it again, whereas a file with 0 would become a grade.
"""

import json
from typing import Any

from grader.errors import GraderError
from grader.model import GroupResult, Report, Verdict
from grader.report import escape, text


def render(report: Report) -> str:
    """Return the JSON text; GraderError for a judge error."""
    if report.verdict is Verdict.JE:
        raise GraderError(f"judge error, so there are no results to write: {report.message}")
    data: dict[str, Any] = {
        "score": report.score,
        "output": escape.cut(text.render(report), 20_000),
        "output_format": "text",
        "test_output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_test(n, report, g) for n, g in enumerate(report.groups, 1)],
        "extra_data": {
            "verdict": report.verdict,
            "seed": report.seed,
            "suite": dict(report.suite),
            "diagnosis": [d.id for d in report.diagnosis],
        },
    }
    return escape.json(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def _test(number: int, report: Report, group: GroupResult) -> dict[str, Any]:
    wrong = group.verdict not in (None, Verdict.AC)
    said = text.failure(report, group) if wrong else escape.terminal(group.message)
    return {
        "name": group.name,
        "number": str(number),
        "score": group.score,
        "max_score": group.max_score,
        "status": "passed" if group.verdict is Verdict.AC else "failed",
        "output": escape.cut(said, 2 * escape.CUT),
        "visibility": "visible",
    }
