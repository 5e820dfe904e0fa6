"""A student's page: whole, safe, the same twice, the same numbers in both languages, never long."""

import base64
import dataclasses
import hashlib
import re
import string
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings

from grader.cases import samples
from grader.commands import output
from grader.errors import GraderError
from grader.explain.counterexample import plain
from grader.model import Counterexample, GroupResult, Verdict
from grader.oracle import load
from grader.problems.load import load_problem, problem_ids
from grader.report import formats
from grader.report.html import grid, snippet, student
from grader.report.html.words import WORDS
from tests.formats.reports import REPORT
from tests.html.pages import CASE, NUMBER, WRONG, Page, hostile_report, report
from tests.support import slow_if_it_needs


def test_page_says_what_matters():
    """
    Verdict, points, group, diagnosis, case and how to run it stand in the page.
    """
    page = Page(student.render(report()))

    for part in ("WA", "10 of 100 points", "forward", "Not carried", "outputs[0, 1, 0]"):
        assert part in page.text
    assert "grader check solution.py --problem simple_rnn" in page.text
    assert "--seed 20240607" in page.text


def test_differing_cells_are_marked_in_words():
    """
    Colour is not the only mark: a sign for eyes, and for ears what the value should be.
    """
    text = student.render(report())

    assert text.count('class="differs"') == 4  # two cells, expected and yours
    assert text.count('<span aria-hidden="true">≠ </span>') == 4
    assert '<span lang="en">should be 2</span>' in text
    assert '<span lang="en">yours is nan</span>' in text


def test_tables_have_heads_with_scope():
    """
    A screen reader knows of every head which cells it is about.
    """
    page = Page(student.render(report()))

    assert page.all("th")
    assert all(attrs.get("scope") in ("row", "col") for attrs in page.all("th"))


def test_plots_have_names_and_ids_of_their_own():
    """
    Each plot is an image with a title; no id stands twice, and every reference leads somewhere.
    """
    two = dataclasses.replace(CASE, actual={"outputs": CASE.actual["outputs"], "W": [[2.0]]})
    big = dataclasses.replace(
        two,
        expected={"outputs": [[1.0, 2.0]], "more": [[1.0, 2.0]]},
        actual={"outputs": [[1.0, 3.0]], "more": [[0.0, 2.5]]},
        bounds={},
        shapes={},
    )
    text = student.render(report(counterexample=big))
    page = Page(text)
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]

    assert len(page.all("svg")) == 3  # an overview, and one for each quantity
    assert all(attrs["role"] == "img" for attrs in page.all("svg"))
    assert len(ids) == len(set(ids))
    wanted = [i for _, a in page.elements for i in a.get("aria-labelledby", "").split()]
    wanted += re.findall(r"url\(#([^)]+)\)", text)
    wanted += [a["href"][1:] for _, a in page.elements if a.get("href", "").startswith("#")]
    assert set(wanted) <= set(ids)


def test_policy_allows_the_page_itself_and_nothing_else():
    """
    Style and script are allowed by their digests; there is no style attribute and no address.
    """
    text = student.render(report())
    page = Page(text)
    policy = next(a["content"] for a in page.all("meta") if a.get("http-equiv"))
    allowed = set(re.findall(r"'sha256-([^']+)'", policy))

    found = re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", text, re.DOTALL)
    digests = {base64.b64encode(hashlib.sha256(c.encode()).digest()).decode() for c in found}
    assert digests == allowed
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    for tag, attrs in page.elements:
        assert not {"src", "srcset", "style", "action"} & set(attrs), tag
        assert not any(name.startswith("on") for name in attrs), tag
    assert not re.search(r"https?:|@import|url\((?!#)", text)


@pytest.mark.parametrize("index", ["", "../index.html"])
def test_hostile_text_is_only_text(index):
    """
    Whatever a submission says, the page has the elements that it has without it.
    """
    text = student.render(hostile_report(), index=index)
    page = Page(text)

    assert "<script>alert(1)</script>" in page.text
    assert len(page.all("script")) == 1
    assert not page.all("img")
    assert "49" not in page.text.replace("{{ 7*7 }}", "")
    assert not re.search(r"[\x00\x1b\u202e\u2066\u2069\ud800\ufeff]", text)
    text.encode()


@settings(max_examples=40, deadline=None)
@given(REPORT)
def test_any_report_becomes_a_page(drawn):
    """
    Reports drawn with hostile texts are pages whose elements nest, and that can be written.
    """
    text = student.render(drawn)

    text.encode()
    assert len(Page(text).all("script")) == 1


def test_words_are_in_both_languages():
    """
    Every word has both, with the same put in.
    """
    for key, said in WORDS.items():
        fields = [
            sorted({n for _, n, _, _ in string.Formatter().parse(said[lang]) if n})
            for lang in ("en", "zh")
        ]
        assert fields[0] == fields[1], key
        assert re.search("[\u4e00-\u9fff]", said["zh"]), key


def test_both_languages_hold_the_same_numbers():
    """
    Nothing is told in one language only.
    """
    page = Page(student.render(report()))
    english, chinese = (NUMBER.findall(" ".join(page.languages[lang])) for lang in ("en", "zh"))

    assert len(page.languages["en"]) == len(page.languages["zh"]) > 20
    assert sorted(english) == sorted(chinese)


def test_same_report_gives_the_same_bytes():
    """
    In this process and in another one, plots included.
    """
    code = (
        "from tests.html.pages import report; from grader.report.html import student; "
        "import hashlib; print(hashlib.sha256(student.render(report()).encode()).hexdigest())"
    )
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert student.render(report()) == student.render(report())
    digest = hashlib.sha256(student.render(report()).encode()).hexdigest()
    assert there.stdout.decode().strip() == digest


def test_large_case_is_cut_with_a_note(monkeypatch):
    """
    However large the arrays are, the page stays small and says what is missing.
    """
    monkeypatch.setattr(student, "MOST_QUANTITIES", 2)
    large = np.zeros((128, 32))
    values = {f"q{n}": plain(large) for n in range(20)}
    case = dataclasses.replace(
        CASE,
        inputs=values,
        expected=values,
        actual={name: plain(large + 1) for name in values},
        bounds={},
        shapes={},
    )

    text = student.render(report(counterexample=case, printed="x" * 10**6))

    assert len(text) < 10**6
    assert "16 by 12 of 128 by 32 are shown" in text
    assert "18 more quantities" in text
    assert "too large to be shown as a program" in text
    assert "cut: 1000000 characters" in text


def test_first_difference_is_within_what_is_shown():
    """
    A cut shows the part in which the arrays differ.
    """
    expected, actual = np.zeros((128, 32)), np.zeros((128, 32))
    actual[100, 30] = 1
    wrong = grid.wrong_cells(expected, actual, None)

    left, right = grid.grids(expected, actual, wrong, ("T", "H"), (16, 12))

    assert [c.text for _, cells in right.rows for c in cells if c.differs] == ["1"]
    assert [c.other for _, cells in left.rows for c in cells if c.differs] == ["1"]
    assert left.cut


@pytest.mark.parametrize(
    ("shape", "symbols", "rows", "columns"),
    [
        ((4, 2, 1), ("T", "O", 1), "O", "T"),
        ((3, 4, 2, 1), ("S", "T", "O", 1), "O", "S, T"),
        ((3, 5, 4), ("n_a", "m", "T"), "n_a, m", "T"),
        ((2, 3), ("H", "I"), "H", "I"),
        ((2, 3), (), "", ""),
        ((), (), "", ""),
    ],
)
def test_time_goes_across_in_maps(shape, symbols, rows, columns):
    """
    Wherever an array has its time steps, they go from left to right.
    """
    seen = grid.window(shape, symbols, (24, 48), steps=("S", "T"))

    assert (seen.rows_name, seen.columns_name) == (rows, columns)
    assert seen.positions.size == np.prod(shape)


@pytest.mark.parametrize(
    "changes",
    [
        {"actual": {}},
        {"actual": {"outputs": "(2, 1)", "W": [[1.0]]}},
        {"expected": {"s": 1.0}, "actual": {"s": "nan"}, "bounds": {}, "shapes": {"s": []}},
        {"inputs": {}, "dtypes": {}},
        {"bounds": {}, "shapes": {}, "dtypes": {}, "message_zh": ""},
    ],
    ids=["nothing returned", "another shape", "a number", "no inputs", "an old report"],
)
def test_every_kind_of_case_becomes_a_page(changes):
    """
    Cases that raised, values of another shape, single numbers, and reports of earlier versions.
    """
    Page(student.render(report(counterexample=dataclasses.replace(CASE, **changes))))


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_becomes_a_page(verdict):
    """
    With nothing but a message.
    """
    bare = GroupResult("forward", None, 0, 25, "not judged")
    page = Page(
        student.render(
            report(verdict=verdict, groups=(bare,), counterexample=None, diagnosis=(), message="x")
        )
    )

    assert verdict in page.text


def _as_case(problem, file):
    case, values = samples.parse(problem, file.read_text(encoding="utf-8"))
    return Counterexample(
        group=case.group,
        sizes=case.sizes,
        inputs={n: plain(a) for n, a in case.inputs.items()},
        seed=case.seed,
        expected={n: plain(np.asarray(a)) for n, a in values.items()},
        actual={},
        first_difference=None,
        message="",
        dtypes={n: a.dtype.name for n, a in case.inputs.items()},
    )


def _programs():
    for problem_id in problem_ids():
        problem = load_problem(problem_id)
        marks = slow_if_it_needs(problem_id)
        for group in problem.groups:
            files = (problem.root / "samples").glob(f"*_{group.name}_*.json")
            file = min(files, key=lambda f: f.stat().st_size)
            if snippet.program(problem.id, _as_case(problem, file)):  # others are too large for one
                yield pytest.param(problem, file, marks=marks, id=f"{problem_id}-{group.name}")


@pytest.mark.parametrize(("problem", "file"), list(_programs()))
def test_program_plays_the_case(problem, file, monkeypatch, capsys):
    """
    The program on the page runs, and a right solution prints twice the same numbers.
    """
    code = snippet.program(problem.id, _as_case(problem, file))
    monkeypatch.setitem(sys.modules, "solution", load.reference(problem))

    exec(code, {"__name__": "__main__"})

    within = 1e-5 if "torch" in problem.packages else 1e-9  # which also works in float32
    lines = capsys.readouterr().out.splitlines()
    assert lines
    for line in lines:
        yours, expected = re.match(r"\w+ yours: (.*) expected: (.*)", line).groups()
        values = [
            np.array(eval(v, {"nan": np.nan, "inf": np.inf}), float) for v in (yours, expected)
        ]
        np.testing.assert_allclose(*values, rtol=within, atol=within)


def test_what_is_missing_is_told_before_anything_is_judged(monkeypatch):
    """
    Without the extra, one line says what to install.
    """
    monkeypatch.setattr(formats, "find_spec", lambda _: None)

    with pytest.raises(GraderError, match="pip install jinja2 matplotlib"):
        formats.need_html()


def test_other_formats_need_neither_plots_nor_templates():
    """
    Who prints text does not pay for what HTML imports.
    """
    code = (
        "import sys, grader.cli; from grader.report import formats, text; "
        "print({'matplotlib', 'jinja2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert done.stdout.decode().strip() == "set()"


def test_titles_of_old_reports_may_be_missing():
    """
    A group without a title is shown by its name.
    """
    page = Page(student.render(report(groups=(WRONG,))))

    assert "forward" in page.text


def test_command_line_writes_the_page(tmp_path, capsysbinary):
    """
    `--report html=FILE` and `--format html` give the same page as the function.
    """
    assert output.files([f"html={tmp_path / 'a.html'}"]) == [("html", tmp_path / "a.html")]

    output.deliver(report(), "html", [("html", tmp_path / "a.html")])

    assert (tmp_path / "a.html").read_text(encoding="utf-8") == student.render(report())
    shown = capsysbinary.readouterr().out.decode()
    assert shown.rstrip("\n") == student.render(report()).rstrip("\n")


def test_overview_shows_every_quantity_and_the_step_where_it_begins():
    """
    A row for each quantity, and of many steps those around the first that is wrong.
    """
    long, short = np.zeros((128, 2)), np.zeros((2, 2))
    late = long.copy()
    late[100, 1] = 1e-3
    case = dataclasses.replace(
        CASE,
        expected={"outputs": plain(long), "W": plain(short)},
        actual={"outputs": plain(late), "W": plain(short)},
        bounds={},
        shapes={"outputs": ["T", "O"], "W": ["H", "H"]},
    )

    drawn = student.lay_out(report(), case).overview

    texts = re.findall(r"<text[^>]*>([^<]+)</text>", drawn)
    steps = [int(t) for t in texts if t.isdigit()]
    assert {"outputs", "W"} <= set(texts)
    assert min(steps) <= 100 <= max(steps) + 6
    assert min(steps) > 0


@pytest.mark.parametrize("actual", [{"outputs": "(3,)", "W": [[1.0]]}, {}])
def test_overview_needs_two_quantities_that_count(actual):
    """
    Otherwise there is none.
    """
    case = dataclasses.replace(CASE, actual=actual)

    assert not student.lay_out(report(), case).overview


@pytest.mark.parametrize(
    "encoding", ["undefined", "idna", "punycode", "nonsense", "unicode_escape"]
)
def test_source_in_whatever_encoding_is_shown(encoding):
    """
    An encoding that raises, is none, or takes minutes for a long text costs no page.
    """
    source = f"# coding: {encoding}\n{'x' * 2**19}-{'a' * 2**18}".encode()

    assert "# coding" in student.render(report(), source=source)
