"""A class as HTML: one page about all, and one for each student."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from grader.messages.phrases import VERDICTS, both, relayed
from grader.model import Report, Row, Text, Verdict
from grader.report import escape, json
from grader.report.html import plot, student
from grader.report.html.page import drawn, page
from grader.report.insight import Insight, verdict_text

INDEX = "index.html"
FOLDER = "students"
MOST_NAME = 40
MOST_REASON = 160


def file_name(name: str) -> str:
    """Return where a student's page is: safe on every system, and no two names share one."""
    readable = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:MOST_NAME]
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{FOLDER}/{readable or 'student'}-{digest}.html"


def pages(rows: Sequence[Row], figures: Insight) -> Iterator[tuple[str, str]]:
    """Yield every page with its place in the folder; the index comes last."""
    for row in rows:
        if row.verdict is not None:
            report = replace(json.parse(row.report), submission=row.shown)
            yield file_name(row.student), student.render(report, index=f"../{INDEX}")
    yield INDEX, index(rows, figures)


def index(rows: Sequence[Row], figures: Insight) -> str:
    """Return the page about all."""
    reports = [json.parse(r.report) for r in rows if r.verdict is not None]
    links = {r.student: file_name(r.student) for r in rows if r.verdict is not None}
    return page(
        "class.html",
        index="",
        rows=rows,
        figures=figures,
        verdict_text=verdict_text,
        verdicts={str(verdict): name for verdict, name in VERDICTS.items()},
        judge_error=Verdict.JE,
        titles=_titles(reports),
        links=links,
        called=figures.called,
        reasons={r.student: _reason(r) for r in rows},
        problems=sorted({r.problem for r in reports}),
        plot=drawn(lambda: plot.bars("scores", figures.scores, "points")),
    )


def _reason(row: Row) -> Text:
    """Return what failed first, for a student whose mistake was not proved."""
    if row.verdict is None:
        return both(lambda lang: relayed(lang, row.note))
    report = json.parse(row.report)
    failed = next((g for g in report.groups if g.verdict not in (None, Verdict.AC)), None)
    if report.message or failed is None:
        said = {"en": report.message, "zh": report.message_zh}
    else:
        said = {
            lang: f"{failed.name}: {message}"
            for lang, message in (("en", failed.message), ("zh", failed.message_zh))
        }
    return {lang: escape.cut(text, MOST_REASON) for lang, text in said.items()}


def _titles(reports: Sequence[Report]) -> Mapping[str, Text]:
    groups = (g for report in reports for g in report.groups)
    return {g.name: {"en": g.title, "zh": g.title_zh} for g in groups}
