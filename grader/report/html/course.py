"""A class as HTML: one page about all, and one for each student."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from grader.messages.phrases import VERDICTS, both, relayed
from grader.model import Attempt, GroupResult, Report, Row, Text, Verdict
from grader.report import escape, json
from grader.report.html import student
from grader.report.html.page import page
from grader.report.insight import Insight, verdict_text
from grader.report.table import earlier

INDEX = "index.html"
FOLDER = "students"
MOST_NAME = 40
MOST_REASON = 300


def file_name(name: str) -> str:
    """Return where a student's page is: safe on every system, and no two names share one."""
    readable = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:MOST_NAME]
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{FOLDER}/{readable or 'student'}-{digest}.html"


def pages(
    rows: Sequence[Row], figures: Insight, sources: Mapping[str, bytes] = MappingProxyType({})
) -> Iterator[tuple[str, str]]:
    """Yield every page with its place in the folder; the index comes last.

    sources: what students handed in, to be shown beside their reports.
    """
    for row in rows:
        if row.verdict is not None:
            report = replace(json.parse(row.report), submission=row.shown)
            source = sources.get(row.student, b"")
            yield (
                file_name(row.student),
                student.render(report, index=f"../{INDEX}", source=source, attempts=attempts(row)),
            )
    yield INDEX, index(rows, figures)


def attempts(row: Row) -> tuple[Attempt, ...]:
    """Return all attempts of a student that has a verdict, the present one last."""
    assert row.verdict is not None
    return (*row.earlier, Attempt(row.judged_at, row.verdict, row.score))


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
        groups=_groups(reports),
        about=_about(rows, reports),
        cells_of=_cells,
        earlier=earlier,
    )


def _groups(reports: Sequence[Report]) -> Mapping[str, int]:
    """Return the test groups, in their order, with the points of each."""
    return {g.name: g.max_score for report in reports for g in report.groups}


def _cells(row: Row) -> Mapping[str, GroupResult]:
    """Return what each group gave a student; nothing of a judge error, which is not theirs."""
    if row.verdict in (None, Verdict.JE):
        return {}
    return {g.name: g for g in json.parse(row.report).groups}


def _about(rows: Sequence[Row], reports: Sequence[Report]) -> Mapping[str, Sequence[str]]:
    """Return by what a class was judged, and when: more than one of a kind where it was."""
    times = sorted(row.judged_at for row in rows if row.judged_at)
    dates = [time.replace("T", " ").removesuffix("+00:00") for time in times]
    kits = {r.versions["rnn-judge"] for r in reports if "rnn-judge" in r.versions}
    return {
        "judged at": [" – ".join(dict.fromkeys(dates[:1] + dates[-1:]))],
        "seed": sorted({str(r.seed) for r in reports}),
        "kit": sorted(kits),
        "suite": sorted({str(r.suite.get("digest", "")) for r in reports}),
    }


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
