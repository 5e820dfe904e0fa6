"""The report as Classroom 50's result.json.

What only the runner knows (who, which commit, when) comes from its environment variables, which
the caller hands over; the commit's time stands for the time, so that a regrade changes nothing.
"""

import json
from collections.abc import Mapping

from grader.errors import GraderError
from grader.model import Report, Verdict
from grader.report import escape

NEEDED = ("CLASSROOM", "ASSIGNMENT", "OWNER", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL")
SCHEMA = "classroom50/result/v1"


def render(report: Report, environment: Mapping[str, str]) -> str:
    """Return the JSON text; GraderError for a judge error or where a variable is missing."""
    if report.verdict is Verdict.JE:
        raise GraderError(f"judge error, so there is no result to write: {report.message}")
    missing = [n for n in (*NEEDED, "REVIEW_URL", "COMMIT_TIME") if not environment.get(n)]
    if missing:
        raise GraderError(f"format classroom50 needs the variables {', '.join(missing)}")
    data = {
        "schema": SCHEMA,
        "classroom": environment["CLASSROOM"],
        "assignment": environment["ASSIGNMENT"],
        "assignment_type": environment.get("ASSIGNMENT_TYPE", "individual"),
        "owner": environment["OWNER"],
        "submission": environment["SUBMISSION_TAG"],
        "commit": environment["COMMIT_URL"],
        "release": environment["RELEASE_URL"],
        "review": environment["REVIEW_URL"],
        "datetime": environment["COMMIT_TIME"],
        "score": report.score,
        "max-score": report.max_score,
        "tests": [
            {
                "test-name": g.name,
                "passed": g.verdict is Verdict.AC,
                "score": g.score,
                "max-score": g.max_score,
            }
            for g in report.groups
        ],
    }
    return escape.json(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"
