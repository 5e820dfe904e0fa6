"""The report as one JSON object; the same report gives the same bytes."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from grader.model import Counterexample, Diagnosis, GroupResult, Report, Verdict
from grader.report import escape


def render(report: Report, *, solution: bool = False) -> str:
    """Return the JSON text; keys in the order of the Report, times last under `usage`.

    solution: also what mends a faulty line, which is for the instructor alone.
    """
    data = asdict(report)
    if not report.left_out:  # as reports were before there was anything that could be left out
        del data["left_out"]
    _without(data, "pending", not report.pending)
    if data["counterexample"] and not data["counterexample"]["steps"]:  # and before it was told
        del data["counterexample"]["steps"]
    for part in (data, *data["groups"], *data["diagnosis"]):
        _without(part, "cell", part["cell"] is None)  # in a file, not a notebook
    for found in data["diagnosis"]:
        _without(found, "change", not (found["change"] and (solution or found["told"])))
        _without(found, "told", not found["told"])
        _without(found, "excerpt", not found["excerpt"])
        _without(found, "more_lines", not found["more_lines"])
    return escape.json(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))


def _without(data: dict[str, Any], key: str, empty: bool) -> None:
    if empty:
        del data[key]


def parse(data: Mapping[str, Any]) -> Report:
    """Return the report whose JSON object this is; render() gives back the same bytes."""
    smallest = data["counterexample"]
    fields = {
        **data,
        "verdict": Verdict(data["verdict"]),
        "groups": tuple(GroupResult(**_with_verdict(g)) for g in data["groups"]),
        "diagnosis": tuple(map(_diagnosis, data["diagnosis"])),
        "counterexample": Counterexample(**smallest) if smallest else None,
        "isolation": tuple(data["isolation"]),
        "left_out": tuple(data.get("left_out", ())),
    }
    return Report(**fields)


def _diagnosis(data: Mapping[str, Any]) -> Diagnosis:
    excerpt = tuple((number, text) for number, text in data.get("excerpt", ()))
    more_lines = tuple(data.get("more_lines", ()))
    return Diagnosis(**{**data, "excerpt": excerpt, "more_lines": more_lines})


def _with_verdict(group: Mapping[str, Any]) -> dict[str, Any]:
    return {**group, "verdict": Verdict(group["verdict"]) if group["verdict"] else None}
