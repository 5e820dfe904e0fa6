"""What a verification found, as a table or as JSON."""

import json
from dataclasses import asdict
from typing import Any

from grader.setting.verify.findings import Check, Verification


def render(result: Verification) -> str:
    """Return the table: a line for each check, the matrices, then every finding."""
    verdict = "fit to be set" if result.fit else "NOT fit to be set"
    part = ", quick checks only" if result.quick else ""
    lines = [f"{result.problem}: {verdict}{part} (seed {result.seed}, {result.seconds:.0f} s)"]
    lines += [f"  {'ok' if c.passed else 'ERROR':6}{c.name:16}{_short(c)}" for c in result.checks]
    for check in result.checks:
        lines += ["", *_aligned(check.table)] if check.table else []
    findings = [(f, c) for c in result.checks for f in c.findings]
    for level in ("error", "warning"):
        of_level = [(f, c) for f, c in findings if f.level == level]
        if of_level:
            lines += ["", f"{len(of_level)} {level}s:" if len(of_level) > 1 else f"1 {level}:"]
            lines += [f"  {c.name}: {f.message}" for f, c in of_level]
    return "\n".join(lines)


def _short(check: Check) -> str:
    if check.passed:
        return check.summary
    count = sum(f.level == "error" for f in check.findings)
    return f"{count} error{'s' * (count > 1)}, see below"


def _aligned(table: tuple[tuple[str, ...], ...]) -> list[str]:
    widths = [max(len(row[n]) for row in table) for n in range(len(table[0]))]
    return [
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in table
    ]


def render_json(results: list[Verification]) -> str:
    """Return everything as one JSON object, infinities as text."""
    data = {"fit": all(r.fit for r in results), "problems": [_as_data(r) for r in results]}
    return json.dumps(_finite(data), ensure_ascii=False, indent=2, allow_nan=False)


def _as_data(result: Verification) -> dict[str, Any]:
    checks = [
        {
            "name": c.name,
            "passed": c.passed,
            "summary": c.summary,
            "findings": [asdict(f) for f in c.findings],
            "figures": c.figures,
        }
        for c in result.checks
    ]
    return {
        "problem": result.problem,
        "fit": result.fit,
        "seed": result.seed,
        "quick": result.quick,
        "seconds": round(result.seconds, 1),
        "checks": checks,
    }


def _finite(data: Any) -> Any:  # noqa: ANN401  # whatever JSON holds
    if isinstance(data, dict):
        return {name: _finite(value) for name, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_finite(value) for value in data]
    if isinstance(data, float) and data in (float("inf"), float("-inf")):
        return str(data)
    return data
