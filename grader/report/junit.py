"""The report as JUnit XML: one suite for the submission, one case for each test group.

The structure is pytest's xunit2: a group that failed is a failure whose type is its verdict, one
that was not judged is skipped, a judge error is an error. The first failure also holds the smallest
case and the mistake that was proved. Scores stand in the suite's properties.
"""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from grader.model import GroupResult, Report, Verdict
from grader.report import escape, text


def render(report: Report) -> str:
    """Return the XML text."""
    return render_all([report])


def render_all(reports: Iterable[Report]) -> str:
    """Return the XML text for several submissions."""
    root = ET.Element("testsuites", name="rnn-judge")
    for report in reports:
        _suite(root, report)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(root: ET.Element, report: Report) -> None:
    kinds = [_kind(report, g) for g in report.groups]
    suite = ET.SubElement(
        root,
        "testsuite",
        name=escape.xml(f"{report.problem}: {report.submission}"),
        tests=str(len(report.groups)),
        failures=str(kinds.count("failure")),
        errors=str(kinds.count("error")),
        skipped=str(kinds.count("skipped")),
        time="0.000",
        timestamp="1970-01-01T00:00:00",  # a report has no clock: same report, same bytes
        hostname="rnn-judge",
    )
    properties = ET.SubElement(suite, "properties")
    facts = {"verdict": report.verdict, "score": report.score, "max_score": report.max_score}
    scores = {f"score.{g.name}": f"{g.score}/{g.max_score}" for g in report.groups}
    for name, value in {**facts, "seed": report.seed, **scores}.items():
        ET.SubElement(properties, "property", name=name, value=str(value))
    for group, kind in zip(report.groups, kinds, strict=True):
        _case(suite, report, group, kind)


def _kind(report: Report, group: GroupResult) -> str:
    if report.verdict is Verdict.JE:
        return "error"
    if group.verdict is Verdict.AC:
        return ""
    return "skipped" if group.verdict is None and report.verdict is not Verdict.CE else "failure"


def _case(suite: ET.Element, report: Report, group: GroupResult, kind: str) -> None:
    case = ET.SubElement(suite, "testcase", classname=report.problem, name=group.name, time="0.000")
    if not kind:
        return
    said = escape.xml(
        escape.cut(group.message if group.verdict else report.message or group.message)
    )
    attributes = {"message": said}
    if kind == "failure":
        attributes["type"] = str(group.verdict or report.verdict)
    elif kind == "skipped":
        attributes["type"] = "requires"
    whole = escape.xml(text.failure(report, group)) if kind == "failure" else said
    ET.SubElement(case, kind, attributes).text = whole
