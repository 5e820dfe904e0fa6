"""A notebook is judged as the program in it is, and every line is told as that of its cell."""

import json
import os
from itertools import product

import pytest

from grader.home.check import check
from grader.judge.judge import Judge
from grader.report import formats
from grader.report import json as report_json
from grader.report import text as report_text
from grader.report.html import student
from grader.report.html.source import lines as student_lines
from grader.sandbox.plain import Plain
from tests.notebooks.make import as_homework, notebook
from tests.styles.compose import style
from tests.support import CORPUS, KIT, SIMPLE_RNN, run_grader, solution, thinned

pytestmark = pytest.mark.notebook

BASE = solution().decode()
RAISES = BASE.replace("d_a = (1 -", "raise ValueError('so') ; d_a = (1 -")
TRACED = BASE.replace(
    "        self.h = [", "        import traceback; traceback.print_stack()\n        self.h = [", 1
)
JUDGED = list(product(["simple_rnn", "rnn_cell", "binary_addition"], ["accepted", "wrong_answer"]))
HEAD = "%pwd\n\n"  # two lines before the program


def raised_at(text):
    """The line of the program that raises."""
    return next(n for n, row in enumerate(text.split("\n"), 1) if "raise ValueError" in row)


@pytest.fixture(scope="module")
def raising(judges):
    """
    The report on a notebook whose second cell raises, and the line of that cell.
    """
    data = notebook("import numpy as np", HEAD + RAISES)

    report = judges("simple_rnn").judge(data, "solution.ipynb", diagnose=False)
    return report, raised_at(HEAD + RAISES)


@pytest.mark.parametrize(("problem_id", "folder"), thinned(JUDGED))
def test_a_notebook_gets_what_its_program_gets(judges, problem_id, folder):
    """
    Verdict, points and sentences, whatever stands around it.
    """
    file = min((CORPUS / problem_id / folder).glob("*.py"))
    judge = judges(problem_id)

    plain = judge.judge(file.read_bytes(), "x", search=False)
    homework = judge.judge(as_homework(file), "x", search=False)

    assert (homework.verdict, homework.score) == (plain.verdict, plain.score)
    assert [g.message for g in homework.groups] == [g.message for g in plain.groups]


def test_the_line_is_that_of_its_cell(raising):
    """
    In words of both languages and in data.
    """
    report, line = raising

    group = next(g for g in report.groups if g.verdict == "RTE")
    assert (group.cell, group.line) == (2, line)
    assert f"in backward, cell 2, line {line}" in group.message
    assert f"第 2 个单元格第 {line} 行" in group.message_zh
    assert f"cell 2, line {line}" in report.counterexample.message


def test_every_format_tells_the_cell(raising):
    """
    None of them takes the line for one of the file.
    """
    report, line = raising

    renders = {n: r for n, r in formats.RENDER.items() if n != "classroom50"}  # of points only
    shown = {name: render(report, os.environ) for name, render in renders.items()}
    for name, told in shown.items():
        assert f"cell 2, line {line}" in told, name
    assert f"第 2 个单元格第 {line} 行" in student.render(report)
    assert f"line={line}" not in shown["github"]
    data = json.loads(shown["json"])
    (group,) = [g for g in data["groups"] if g["verdict"] == "RTE"]
    assert (group["cell"], group["line"]) == (2, line)
    assert report_json.render(report_json.parse(data)) == shown["json"].rstrip("\n")


def test_the_page_shows_the_cells_and_marks_the_line(raising):
    """
    Beside the report, with the number of the cell.
    """
    report, line = raising

    shown = student_lines(notebook("import numpy as np", HEAD + RAISES), report)

    assert [row.number for row in shown[:3]] == ["[1] 1", "[2] 1", "[2] 2"]
    (marked,) = [row for row in shown if row.fault]
    assert marked.number == f"[2] {line}"
    assert "RTE backward" in marked.said
    assert "raise ValueError" in marked.text
    assert student_lines(b'{"nbformat": 4, "cells', report) == []


def test_a_file_has_no_cells(judges):
    """
    Its report is what it was.
    """
    report = judges("simple_rnn").judge(RAISES.encode(), "solution.py", search=False)

    assert '"cell"' not in report_json.render(report)


def test_what_is_not_written_yet_is_named_with_its_cell():
    """
    At home too.
    """
    data = notebook("import numpy as np", solution(backward="raise NotImplementedError").decode())

    checked = check(SIMPLE_RNN, Plain(SIMPLE_RNN), data)

    said = {f.message for f in checked.findings if f.unwritten}
    assert said == {"backward is not written yet (NotImplementedError), cell 2, line 24"}


def test_a_printed_traceback_names_cell_and_line(judges):
    """
    As the student reads it beside the notebook.
    """
    report = judges("simple_rnn").judge(notebook("K = 1", TRACED), "x", search=False)

    line = next(n for n, row in enumerate(TRACED.split("\n"), 1) if "print_stack" in row)
    assert f'File "cell 2", line {line}, in forward' in report.printed
    assert "solution.py" not in report.printed


@pytest.mark.slow
def test_the_line_at_fault_is_shown_with_its_cell(judges):
    """
    With the lines around it of this cell, and the change under its name.
    """
    wrong = HEAD + style("simple_rnn", 822).source.replace("O[t] -", "O[t - 1] -")
    line = next(n for n, row in enumerate(wrong.split("\n"), 1) if "O[t - 1]" in row)

    report = judges("simple_rnn").judge(notebook("import numpy as np", wrong), "x")

    (found,) = [d for d in report.diagnosis if d.id == "faulty-line"]
    assert (found.cell, found.line) == (2, line)
    assert found.message.startswith(f"Cell 2, line {line}, `")
    assert found.message_zh.startswith(f"第 2 个单元格第 {line} 行 `")
    assert dict(found.excerpt)[line] == wrong.split("\n")[line - 1]
    assert found.change.startswith(f"@@ cell 2, line {line} @@")
    assert f"-> {line:4}  " in report_text.render(report)


def test_what_is_left_out_is_told_where_something_fails(judges):
    """
    Nothing is said of it where all is right.
    """
    judge = judges("simple_rnn")

    missing = judge.judge(notebook(BASE + "\ndef f(:\n"), "x")
    right = judge.judge(notebook(BASE, "def f(:\n"), "x")

    assert missing.verdict == "CE"
    assert "there is no SimpleRNN" in missing.message
    assert "cell 1, line" in missing.left_out[0]["en"]
    assert "no Python" in report_text.render(missing)
    assert (right.verdict, right.left_out) == ("AC", ())


def test_what_cannot_be_read_is_one_students_ce(judges):
    """
    In both languages, with nothing of it run.
    """
    report = judges("simple_rnn").judge(b'{"nbformat": 4, "cells": [', "x")

    assert report.verdict == "CE"
    assert report.message.startswith("the notebook cannot be read (")
    assert report.message_zh.startswith("笔记本无法读取（")


@pytest.mark.parametrize("how", ["check", "grade"])
def test_without_ipython_one_line_says_what_to_install(tmp_path, how):
    """
    Only where there is a % or ! line.
    """
    (tmp_path / "none" / "IPython").mkdir(parents=True)
    (tmp_path / "none" / "IPython" / "__init__.py").write_text("raise ImportError")
    (tmp_path / "magic.ipynb").write_bytes(notebook("%pwd", BASE))
    (tmp_path / "plain.ipynb").write_bytes(notebook(BASE))
    env = {"PYTHONPATH": f"{tmp_path / 'none'}{os.pathsep}{KIT}"}

    refused = run_grader(how, tmp_path / "magic.ipynb", env=env)
    taken = run_grader(how, tmp_path / "plain.ipynb", env=env)

    assert (refused.returncode, refused.stderr.count(b"\n")) == (2, 1)
    assert b"needs IPython: pip install ipython" in refused.stderr
    assert taken.returncode == 0


def test_a_class_takes_notebooks_and_keeps_their_bytes(tmp_path):
    """
    Each of them costs its own student only; what is stored is what was handed in.
    """
    from grader.course.store import Store  # noqa: PLC0415

    handed = {
        "right": notebook("%pwd", BASE),
        "wrong": notebook("import os", "# no\nclass SimpleRNN:\n    size = sizes"),
        "broken": b'{"nbformat": 4, "cells": [',
        "huge": notebook(BASE) + b" " * 2**24,
        "copy": notebook("%pwd", BASE),
    }
    for student_, data in handed.items():
        (tmp_path / "class" / student_).mkdir(parents=True)
        (tmp_path / "class" / student_ / "solution.ipynb").write_bytes(data)
    results = tmp_path / "results"

    done = run_grader("grade", tmp_path / "class", "--out", results, "--jobs", "1")

    assert done.returncode == 0, done.stderr
    with Store(results) as store:
        rows = {r.student: r for r in store.rows()}
        kept = dict(store.sources())
    verdicts = {n: str(r.verdict) for n, r in rows.items()}
    assert verdicts == {
        "right": "AC", "wrong": "CE", "broken": "CE", "huge": "CE", "copy": "AC"
    }  # fmt: skip
    assert kept["right"] == handed["right"]
    assert "clear its outputs" in rows["huge"].report["message"]
    shown = run_grader("show", results, "wrong").stdout.decode()
    assert "name 'sizes' is not defined in SimpleRNN, cell 2, line 3" in shown


def test_the_same_bytes_are_one_submission_whatever_they_are_called():
    """
    What a file holds says whether it is a notebook.
    """
    with Judge(SIMPLE_RNN, 1) as judge:
        first, second = (
            judge.judge(notebook(BASE), name, search=False) for name in ("a.py", "a.ipynb")
        )

    assert (first.verdict, first.score) == (second.verdict, second.score) == ("AC", 100)


def test_the_problem_is_told_by_the_cells(tmp_path):
    """
    Their text, not the JSON.
    """
    file = min((CORPUS / "rnn_cell" / "accepted").glob("*.py"))
    (tmp_path / "work.ipynb").write_bytes(as_homework(file))

    done = run_grader("check", tmp_path / "work.ipynb", "--format", "json")

    assert json.loads(done.stdout)["problem"] == "rnn_cell"
