"""The line at fault in a report: shown as written, with what mends it only where that is told."""

import json
from dataclasses import replace

from grader.model import Diagnosis
from grader.report import json as json_report
from grader.report import markdown, text
from grader.report.html import student
from tests.html.pages import Page, report

DIFF = "@@ -7 +7 @@\n-    h = W @ x\n+    h = W.T @ x"
EXCERPT = ((6, "def f(x):"), (7, "    h = W @ x  # <b>"), (8, "    return h"), (9, ""))
FOUND = Diagnosis("faulty-line", "Line 7.", "第 7 行。", line=7, excerpt=EXCERPT, change=DIFF)


def made(*, told):
    """A report with that line; told: also what mends it."""
    return report(diagnosis=(replace(FOUND, told=told),))


def test_text_shows_the_line_between_its_neighbours():
    """
    One line before and one after, numbered, the one at fault marked; no more of the source.
    """
    lines = text.render(made(told=False)).splitlines()

    at = next(n for n, line in enumerate(lines) if "->    7      h = W @ x" in line)
    assert "6  def f(x):" in lines[at - 1]
    assert "8      return h" in lines[at + 1]
    assert not any("W.T" in line for line in lines)


def test_two_lines_are_both_marked():
    """
    In the text and on the page, and the JSON has them.
    """
    two = report(diagnosis=(replace(FOUND, more_lines=(9,)),))

    marked = [line for line in text.render(two).splitlines() if "->" in line]
    assert [line.split()[2] for line in marked] == ["7", "9"]
    assert json.loads(json_report.render(two))["diagnosis"][0]["more_lines"] == [9]
    assert json_report.parse(json.loads(json_report.render(two))).diagnosis[0].more_lines == (9,)


def test_the_line_stays_where_there_is_no_room():
    """
    The smallest case is shortened first, and once; then what comes after the line.
    """
    whole = text.render(made(told=False), most_lines=99).splitlines()

    for fewer in (1, 2):
        lines = text.render(made(told=False), most_lines=len(whole) - fewer).splitlines()
        assert any("->    7" in line for line in lines)
        assert sum("--format json" in line for line in lines) == 1


def test_what_mends_it_is_told_where_the_instructor_says_so():
    """
    Text, JSON and page have the change if students are told it, and nothing of it otherwise.
    """
    kept, told = made(told=False), made(told=True)

    for render in (text.render, json_report.render, markdown.render, student.render):
        assert "W.T @ x" not in render(kept)
        assert "W.T @ x" in render(told)
    assert "W.T @ x" in json_report.render(kept, solution=True)


def test_report_is_read_back():
    """
    What was written as JSON is the same report again.
    """
    written = json_report.render(made(told=True))

    assert json_report.render(json_report.parse(json.loads(written))) == written


def test_page_marks_the_line():
    """
    The page shows what stands around the line, as text, and marks one line.
    """
    page = student.render(made(told=False))

    assert len(Page(page).all("mark")) == 1
    assert "h = W @ x  # &lt;b&gt;" in page
