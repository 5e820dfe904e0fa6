"""What `grader check` found, for a terminal."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from grader.model import Finding, Problem
from grader.report import escape
from grader.report.text import Paint, column

WIDTH = 100


def render_json(problem: Problem, start: str, findings: Sequence[Finding]) -> str:
    """Return the same as JSON; a check of samples has the points of its group."""
    points = {g.name: g.max_score for g in problem.groups}
    checks = [{**asdict(f), "ok": f.ok, "points": points.get(f.name, 0)} for f in findings]
    data = {"problem": problem.id, "start": start, "checks": checks}
    return escape.json(json.dumps(data, ensure_ascii=False, indent=2))


def render(
    start: str,
    findings: Sequence[Finding],
    paint: Paint = lambda text, _: text,
    *,
    shut_in: bool = True,
) -> str:
    """Return one line for every check, the first flaw of each, and what was not checked."""
    if start:
        return paint("cannot be started: ", "red") + escape.terminal(" ".join(start.split()))
    lines = []
    name = column(f.name for f in findings)
    for f in findings:
        mark = paint("ok   ", "green") if f.ok else paint("wrong", "red")
        lines.append(f"{mark} {f.name:<{name}}{f.right:>3} of {f.played:<3} {f.title}")
        if f.message:
            message = escape.terminal(" ".join(f.message.split()))
            lines.append(f"      {escape.cut(message, 3 * WIDTH)}")
    good = sum(f.ok for f in findings)
    lines += [
        "",
        f"{good} of {len(findings)} checks are right. They are public and small; grading has",
        "hidden cases: longer sequences, larger sizes and values, other seeds.",
    ]
    if not shut_in:
        lines.append("(It ran as a plain process without isolation: for your own code only.)")
    return escape.commands("\n".join(lines))
