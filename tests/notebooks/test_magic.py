"""%%check in a real kernel: the cell is run as usual and then checked, as `grader check` does."""

import asyncio
import re

import pytest

from grader.home.check import check
from grader.report import home
from grader.sandbox.choose import own
from tests.notebooks.make import notebook
from tests.support import KIT, SIMPLE_RNN, solution

pytestmark = [pytest.mark.notebook, pytest.mark.kernel]

BASE = solution().decode()
WRONG = BASE.replace("self.W_hh @ self.h[-1]", "self.h[-1]")
CELLS = {
    "load": "%load_ext grader",
    "import": "%pwd\nimport numpy as np",
    "raises": "class SimpleRNN:\n    x = nothing",
    "no Python": "%%check simple_rnn\n1 +",
    "raises again": "%%check simple_rnn\nclass SimpleRNN:\n    x = nothing",
    "wrong": f"%%check simple_rnn --lang en\n{WRONG.replace('import numpy as np', '')}",
    "defined": "print(SimpleRNN.__name__)",
    "right": f"%%check --lang zh\n{BASE}",
    "other": "%%check nothing\nx = 1",
    "usage": "%%check simple_rnn --long\nx = 1",
    "after": "print('it goes on', x)",
}


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """
    What each cell of a session in a real kernel has shown.
    """
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    told = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(t) for t in CELLS.values()])
    folder = str(tmp_path_factory.mktemp("notebook"))
    client = nbclient.NotebookClient(
        told, timeout=120, allow_errors=True, resources={"metadata": {"path": folder}}
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(KIT))
        asyncio.run(client.async_execute())
    return {name: cell.outputs for name, cell in zip(CELLS, told.cells, strict=True)}


def shown(outputs, kind):
    return "".join(o.data[kind] for o in outputs if "data" in o)


def printed(outputs):
    return "".join(o.text for o in outputs if o.output_type == "stream")


def test_the_report_is_that_of_the_command(session):
    """
    As text word for word; the imports of an earlier cell count, a cell that failed does not.
    """
    text = shown(session["wrong"], "text/plain")

    with own(SIMPLE_RNN) as host:
        found = check(SIMPLE_RNN, host, notebook(WRONG))
    theirs = home.render(*found[:2], printed=found.printed, shut_in=host.shut_in)
    assert "wrong forward" in text
    assert text == theirs


def test_as_html_it_says_the_same(session):
    """
    With colours, and nothing of the submission as markup.
    """
    text, html = (shown(session["wrong"], kind) for kind in ("text/plain", "text/html"))

    plain = re.sub(r"</?(pre|b)[^>]*>", "", html)
    assert plain.replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">") == text
    assert re.search(r'<b style="color:#\w+">wrong</b> forward', html)


def test_the_cell_is_run_as_usual(session):
    """
    What it defines is there afterwards.
    """
    assert printed(session["defined"]) == "SimpleRNN\n"


def test_it_speaks_chinese_and_finds_the_problem(session):
    """
    Without an argument the cells tell it.
    """
    text = shown(session["right"], "text/plain")

    assert "正确" in text
    assert "错误" not in text


def test_what_cannot_be_done_is_one_line(session):
    """
    A cell that fails is told by the notebook alone; the session goes on.
    """
    (failed,) = session["no Python"]
    assert (failed.output_type, failed.ename) == ("error", "SyntaxError")
    assert printed(session["other"]).startswith("%%check: there is no problem 'nothing'")
    assert "%%check [PROBLEM] [--lang en|zh]" in printed(session["usage"])
    assert printed(session["after"]) == "it goes on 1\n"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "&lt;b&gt;", "\x02red\x03x\x04"])
def test_no_text_is_markup(text):
    """
    Whatever a submission printed.
    """
    html = home.render_html(text, [], printed=text, left_out=[text])

    assert re.findall(r"<[^>]*>", html) == [
        '<pre style="white-space:pre-wrap">',
        '<b style="color:#d6293a">',
        "</b>",
        "</pre>",
    ]
