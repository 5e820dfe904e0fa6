"""The report as Markdown, for step summaries, issues and release notes."""

from grader.messages.phrases import say
from grader.model import Report, Verdict
from grader.report import escape, text

MARKS = {Verdict.AC: "✅", None: "⏭️"}


def render(report: Report) -> str:
    """Return the Markdown text; everything from the submission is escaped or in a code block."""
    title = f"{report.verdict}: {text.NAMES[report.verdict]}, {report.score} of {report.max_score}"
    lines = [f"## {title} points", ""]
    if report.message:
        lines += [escape.fenced(escape.cut(report.message)), ""]
    lines += [line for text_ in report.left_out for line in (text_["en"], "")]
    lines += ["| | group | points | |", "| --- | --- | ---: | --- |"]
    for g in report.groups:
        mark = MARKS.get(g.verdict, f"❌ {g.verdict}")
        message = escape.markdown(escape.cut(g.message, 400))
        lines.append(f"| {mark} | {g.name} | {g.score}/{g.max_score} | {message} |")
    for diagnosis in report.diagnosis:
        lines += [
            "",
            f"**{text.label(diagnosis)}** ({diagnosis.id}): {escape.markdown(diagnosis.message)}",
        ]
        if near := text.excerpt(diagnosis):
            lines += ["", escape.fenced("\n".join(near))]
    if report.counterexample is not None:
        shown = "\n".join(text.smallest(report.counterexample))
        lines += ["", "### Smallest failing case", "", escape.fenced(shown)]
    if report.undone:
        lines += ["", escape.markdown(report.undone)]
    if report.pending:
        lines += ["", say("en", "pending")]
    versions = ", ".join(f"{n} {v}" for n, v in report.versions.items())
    digest = report.suite["digest"][:12]
    lines += ["", f"{report.problem}, seed {report.seed}, suite {digest}; {versions}"]
    return "\n".join(lines) + "\n"
