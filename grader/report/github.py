"""The report as GitHub workflow commands: an annotation for each failed group and each mistake.

A group's is at the line where it failed, a mistake's at the line that is at fault, if one is known.

What the submission can influence is escaped in a command, and outside of commands it stands
between stop-commands and its token, so that it cannot issue a command of its own.
"""

from grader.model import Diagnosis, GroupResult, Report, Verdict
from grader.report import escape, text

MOST = 9  # the runner shows about ten annotations of a kind


def render(report: Report) -> str:
    """Return the lines for standard output: the commands, then the report for the log."""
    failed = [g for g in report.groups if g.verdict not in (None, Verdict.AC)]
    lines = [_annotation(report, g) for g in failed[:MOST]]
    if report.verdict in (Verdict.CE, Verdict.JE) or (report.message and not failed):
        lines.append(_command("error", report, report.message, str(report.verdict), report))
    at = next((g for g in failed if g.line), None)
    lines += [_found(report, diagnosis, at) for diagnosis in report.diagnosis[:MOST]]
    points = f"{report.score} of {report.max_score} points"
    lines.append(_command("notice", report, f"{report.verdict}: {points}", report.problem, None))
    lines.append(escape.bracketed(text.render(report)))
    return "\n".join(lines) + "\n"


def outputs(report: Report) -> str:
    """Return the lines for the file that GITHUB_OUTPUT names; a judge error has no score."""
    facts = {"verdict": str(report.verdict)}
    if report.verdict is not Verdict.JE:
        facts |= {"score": str(report.score), "max_score": str(report.max_score)}
    return "".join(f"{name}={value}\n" for name, value in facts.items())


def _annotation(report: Report, group: GroupResult) -> str:
    title = f"{group.verdict} {group.name} ({group.score}/{group.max_score})"
    return _command("error", report, group.message, title, group)


def _found(report: Report, found: Diagnosis, at: GroupResult | None) -> str:
    """Return the annotation of a mistake; at: the group that failed first and knows its line."""
    words = "\n".join([found.message, *text.excerpt(found)])
    title = f"{text.label(found)} ({found.id})"
    return _command("warning", report, words, title, found if found.line else at)


def _command(
    kind: str,
    report: Report,
    message: str,
    title: str,
    at: Report | GroupResult | Diagnosis | None,
) -> str:
    """Return a command; at: what knows the line. A line of a cell is none of the file, so told."""
    line = at.line if at else None
    if at and at.cell is not None:
        line, title = None, f"{title}, cell {at.cell}, line {at.line}"
    properties = {"file": report.submission, "line": line or 1, "title": title}
    listed = ",".join(f"{n}={escape.workflow_property(str(v))}" for n, v in properties.items())
    shown = escape.workflow_message(escape.terminal(escape.cut(message)))
    return f"::{kind} {listed}::{shown}"
