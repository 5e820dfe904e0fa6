"""A class's pages: everyone once, linked both ways, under names that no file system mixes up."""

import dataclasses
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.cli import cli
from grader.course import store
from grader.errors import GraderError
from grader.model import Attempt, GroupResult, Row, Verdict
from grader.report import json as json_report
from grader.report.html import course
from grader.report.insight import insight
from tests.html.pages import HOSTILE, NUMBER, RIGHT, Page, hostile_report, report

SAFE = re.compile(r"students/[a-z0-9-]{1,60}\.html")


def row(student, made=None, note="", earlier=()):
    if made is None:
        return Row(student, "", note, None, 0, 0, "", 0, {})
    data = json.loads(json_report.render(made))
    at = "2026-01-02T03:04:05+00:00"
    judged = (made.verdict, made.score, made.max_score, at, 1 + len(earlier), data)
    return Row(student, "", note, *judged, earlier=earlier)


ACCEPTED = report(verdict=Verdict.AC, score=100, groups=(RIGHT,), diagnosis=(), counterexample=None)
ROWS = [
    row("ann", report()),
    row("ANN", report(score=35), earlier=(Attempt("2025-01-02T03:04:05+00:00", Verdict.CE, 0),)),
    row("Zoë", ACCEPTED),
    row(HOSTILE, hostile_report()),
    row("nobody", note="no solution.py in it"),
    row("张伟", report(diagnosis=(), verdict=Verdict.JE, message="the zygote ended")),
]
FIGURES = insight(ROWS, [("ann", "ANN")])


@given(st.text(), st.text())
def test_file_names_are_safe_and_differ(one, other):
    """
    Lower-case letters, digits and dashes only; two names never share a file.
    """
    assert SAFE.fullmatch(course.file_name(one))
    assert (course.file_name(one) == course.file_name(other)) == (one == other)


@pytest.mark.parametrize(
    "name", ["", "..", "CON", "a" * 10_000, "\ud800", "../../etc/passwd", HOSTILE]
)
def test_file_names_of_hostile_names_are_safe(name):
    """
    Neither length nor slashes nor lone surrogates reach the file system.
    """
    assert SAFE.fullmatch(course.file_name(name))


def test_everyone_is_linked_both_ways():
    """
    The index leads to every page, and every page back.
    """
    made = dict(course.pages(ROWS, FIGURES))
    *students, last = made
    links = {a["href"] for a in Page(made["index.html"]).all("a")} - {"#content"}

    assert last == "index.html"
    assert links == set(students)
    assert len(students) == 5
    for name in students:
        assert "../index.html" in {a.get("href") for a in Page(made[name]).all("a")}


def test_index_tells_figures_in_both_languages():
    """
    Distribution, groups, mistakes with names and equal sources, the same numbers in both.
    """
    page = Page(course.index(ROWS, FIGURES))

    for part in (
        "6 students",
        "carry",
        "ann",
        "Zoë",
        "张伟",
        "no solution.py in it",
        "Equal sources",
    ):
        assert part in page.text
    english, chinese = (NUMBER.findall(" ".join(page.languages[lang])) for lang in ("en", "zh"))
    assert sorted(english) == sorted(chinese)


def test_index_tells_middle_spread_and_by_what_it_was_judged():
    """
    Mean, median and quarters; date, seed and version of the kit.
    """
    rows = [row(str(n), report(score=score)) for n, score in enumerate((0, 50, 60, 100))]

    text = Page(course.index(rows, insight(rows, []))).text

    for part in ("Mean 52.5, median 55", "between 37.5 and 70", "20240607", "2026-01-02 03:04:05"):
        assert part in text


def test_grid_has_every_student_by_group():
    """
    What a group was not judged for is no 0, and a judge error leaves no cell.
    """
    groups = (RIGHT, GroupResult("forward", None, 0, 25, "not judged"))
    rows = [row("ann", report(groups=groups)), ROWS[-1]]

    page = Page(course.index(rows, insight(rows, [])))

    cells = [a for a in page.all("td") if a.get("class") in ("pass", "fail", "skip-badge")]
    assert [a["class"] for a in cells] == ["pass", "skip-badge"]
    assert "-- 0" not in page.text


def test_source_and_attempts_stand_on_a_student_s_page():
    """
    The text is text, the lines that the report names are marked, and earlier attempts are there.
    """
    wrong = GroupResult("forward", Verdict.RTE, 0, 25, "raised", line=2)
    rows = [row("ann", report(groups=(wrong,)), earlier=(Attempt("then", Verdict.CE, 0),))]
    source = "x = '<b>'\n\tüber = 1\n".encode()

    made = dict(course.pages(rows, insight(rows, []), {"ann": source}))[course.file_name("ann")]

    page = Page(made)
    assert "x = '<b>'" in page.text
    assert "über = 1" in page.text
    assert len(page.all("mark")) == 1
    assert "RTE forward" in page.text
    assert "Attempts" in page.text


def test_judge_error_has_no_points():
    """
    Neither 0 nor anything else is shown for what is not the student's fault.
    """
    table = course.index(ROWS, FIGURES).partition("sortable everyone")[2]
    line = next(part for part in table.split("<tr>") if "张伟" in part)

    assert 'data-sort="-1"' in line


def test_hostile_names_are_only_text():
    """
    A name is text in every place where it stands.
    """
    text = course.index(ROWS, FIGURES)
    page = Page(text)

    assert len(page.all("script")) == 1
    assert not page.all("img")
    assert not re.search(r"[\x00\x1b\u202e\ud800]", text)
    assert not any(a.get("href", "").startswith("javascript") for a in page.all("a"))


def test_same_class_gives_the_same_bytes():
    """
    Page by page.
    """
    assert dict(course.pages(ROWS, FIGURES)) == dict(course.pages(ROWS, FIGURES))


class Stored:
    """A store that holds ROWS, whatever the folder."""

    def __init__(self, folder, *, assignment):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def rows(self):
        return list(ROWS)

    def sources(self):
        return iter([("ann", b"x"), ("ANN", b"x")])


@pytest.fixture
def results(tmp_path, monkeypatch):
    """A folder in which `grader results` finds ROWS."""
    monkeypatch.setattr(store, "Store", Stored)
    return tmp_path / "results"


def run(*arguments):
    return cli.main([*map(str, arguments)], standalone_mode=False)


def test_command_writes_the_folder_and_takes_old_pages_away(results, tmp_path):
    """
    Twice into the same folder leaves exactly the pages of the second time.
    """
    site = tmp_path / "site"
    assert run("results", results, "--html", site) == 0
    (site / "students" / "left-1234.html").write_text("old")

    assert run("results", results, "--html", site, "--verdict", "AC") == 0

    files = sorted(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file())
    assert files == ["index.html", course.file_name("Zoë")]


def test_command_writes_into_no_folder_of_others(results, tmp_path):
    """
    What is not a report is left alone.
    """
    (tmp_path / "thesis.txt").write_text("mine")

    with pytest.raises(GraderError, match="holds something else"):
        run("results", results, "--html", tmp_path)

    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_large_class_is_still_a_page():
    """
    A mistake that many made has their names folded in; nobody is left out.
    """
    rows = [dataclasses.replace(ROWS[0], student=f"s{n}") for n in range(300)]

    text = course.index(rows, insight(rows, []))

    assert len(Page(text).all("tr")) > 300
    assert len(text) < 10**6
