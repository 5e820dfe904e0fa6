"""The report as PrairieLearn's results.json. What is not the student's try costs no attempt."""

import json
from typing import Any

from grader.model import GroupResult, Report, Verdict
from grader.report import escape, text


def render(report: Report) -> str:
    """Return the JSON text. CE and a judge error are not gradable, and say why."""
    if report.verdict in (Verdict.CE, Verdict.JE):
        why = escape.cut(escape.terminal(report.message or text.NAMES[report.verdict]))
        data: dict[str, Any] = {"gradable": False, "format_errors": [why], "message": why}
    else:
        data = {
            "gradable": True,
            "score": report.score / report.max_score,
            "message": f"{report.verdict}: {text.NAMES[report.verdict]}",
            "output": escape.cut(text.render(report), 20_000),
            "tests": [_test(g) for g in report.groups],
        }
    return escape.json(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def _test(group: GroupResult) -> dict[str, Any]:
    return {
        "name": group.name,
        "points": group.score,
        "max_points": group.max_score,
        "message": str(group.verdict or "not judged"),
        "output": escape.cut(escape.terminal(group.message)),
    }
