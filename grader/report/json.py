"""The report as one JSON object; the same report gives the same bytes."""

import json
from dataclasses import asdict

from grader.model import Report


def render(report: Report) -> str:
    """Return the JSON text; keys in the order of the Report, times last under `usage`."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=2, allow_nan=False)
