"""The report as GitHub workflow commands: one annotation for each failed group, and a notice.

Nothing that the submission printed is forwarded, and what it can influence is escaped, so that it
cannot issue a command of its own.
"""

from grader.model import GroupResult, Report, Verdict
from grader.report import escape

MOST = 9  # the runner shows about ten annotations of a kind


def render(report: Report) -> str:
    """Return the lines for standard output."""
    failed = [g for g in report.groups if g.verdict not in (None, Verdict.AC)]
    lines = [_annotation(report, g) for g in failed[:MOST]]
    if report.verdict in (Verdict.CE, Verdict.JE) or (report.message and not failed):
        lines.append(_command("error", report, report.message, str(report.verdict), None))
    points = f"{report.score} of {report.max_score} points"
    lines.append(_command("notice", report, f"{report.verdict}: {points}", report.problem, None))
    return "\n".join(lines) + "\n"


def outputs(report: Report) -> str:
    """Return the lines for the file that GITHUB_OUTPUT names."""
    facts = {"verdict": report.verdict, "score": report.score, "max-score": report.max_score}
    return "".join(f"{name}={value}\n" for name, value in facts.items())


def _annotation(report: Report, group: GroupResult) -> str:
    title = f"{group.verdict} {group.name} ({group.score}/{group.max_score})"
    return _command("error", report, group.message, title, group.line)


def _command(kind: str, report: Report, message: str, title: str, line: int | None) -> str:
    properties = {"file": report.submission, "line": line or 1, "title": title}
    listed = ",".join(f"{n}={escape.workflow_property(str(v))}" for n, v in properties.items())
    text = escape.workflow_message(escape.terminal(escape.cut(message)))
    return f"::{kind} {listed}::{text}"
