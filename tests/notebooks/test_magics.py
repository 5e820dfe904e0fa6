"""What only IPython understands is taken out; every other line stays what it is, where it is."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.notebook.magics import MOST_CELL, Reader
from tests.notebooks.make import lines, take

pytestmark = pytest.mark.notebook


def kept(text):
    """The lines of a cell that are Python as they stand, by number, blank ones apart."""
    found = Reader().python(text)
    rows = zip(found.numbers, found.lines, strict=True)
    return {n: row[:-1] for n, row in rows if n not in found.commands and row.strip()}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("%matplotlib inline\na = 1", [2]),
        ("a = 1\n!pip install x\nb = 2", [1, 3]),
        ("!pip install \\\n  x \\\n  y\nb = 2", [4]),
        ("files = !ls\nb = 2", [2]),
        ("t = %timeit -o f()\nb = 2", [2]),
        ("a = 1\na?\n??a\nb = 2", [1, 4]),
        ("!echo 'it\nb = 'x'", [2]),
        ("if 1:\n    %cd x\n    b = 2", [1, 3]),
        ("%%time\na = 1", [2]),
        ("\n%%time\n\n%%capture out\na = 1\n!ls\nb = 2", [5, 7]),
        ("%%check simple_rnn\na = 1", [2]),
        ("text = '''\n%matplotlib\n!ls\n'''\na = (7\n% 3)\n%pwd", [1, 2, 3, 4, 5, 6]),
        ("  a = 1\n  b = 2", [1, 2]),
        (">>> a = 1\n>>> b = 2", [1, 2]),
        ("In [3]: a = 1\n   ...: b = 2", [1, 2]),
        ("a = 1\r\n%pwd\r\nb = 2\rc = 3", [1, 3, 4]),
        ("a = '\x0c\u2028'\n%pwd\nb = 2", [1, 3]),
    ],
)
def test_commands_are_found_as_ipython_finds_them(text, numbers):
    """
    And only they: not in a text, not in a formula, and continued lines as a whole.
    """
    assert list(kept(text)) == numbers


@pytest.mark.parametrize("magic", ["bash", "html", "writefile solution.py", "timeit", "javascript"])
def test_a_cell_that_a_magic_takes_is_none_of_ours(magic):
    """
    Its text is no program, or is run in a place of its own.
    """
    assert Reader().python(f"%%{magic}\nclass Net: ...") is None
    (left,) = take(f"%%{magic}\nclass Net: ...").left_out
    assert (left.place, left.why) == ((1, 1), "magic")


def test_ipython_itself_finds_the_same():
    """
    What is left, with its calls, is what its transformer makes of the cell.
    """
    from IPython.core.inputtransformer2 import TransformerManager  # noqa: PLC0415  # an extra

    text = "%pwd\nfor x in y:\n    !ls {x}\n    z = %who\nhelp?\n"

    theirs = ast.dump(ast.parse(TransformerManager().transform_cell(text)))
    assert ast.dump(Reader().python(text).tree) == theirs


PIECES = st.sampled_from(
    [
        "import numpy as np",
        "K = 3  # a comment",
        "",
        "# words",
        "%matplotlib inline",
        "!pip install \\\n   x",
        "y = !ls",
        "K?",
        "np.random.seed(0)",
        "for i in range(K):\n    print(i)",
        "def helper(x):\n\n    '''\n    %no magic\n    '''\n    return np.tanh(x) % 3",
        "class Net:\n    k = K\n\n    def run(self):\n        return helper(self.k)",
        "Net.more = helper",
        "@staticmethod\ndef other(): ...",
        "a = 1; b = 2",
        "text = '''\n!ls\n'''",
        "x = (1 +\n\n     2)",
        "def broken(",
    ]
)
CELLS = st.lists(st.lists(PIECES, max_size=8).map("\n".join), max_size=6)


@given(CELLS, st.sampled_from(["", "%%time\n", "\n\n%%capture\n"]))
def test_every_line_is_the_very_line_of_its_cell(texts, head):
    """
    Whatever stands before it, and what is taken is a program.
    """
    texts = [head + text for text in texts]

    source = take(*texts, wanted=["Net", "helper", "K", "a", "x", "text", "other"])

    for cell, number, text in lines(source):
        assert texts[cell - 1].split("\n")[number - 1] == text
    ast.parse(source.text)


@given(st.lists(st.text("ab =:%!?\n\\'\"()[]#@;,./ \tdef", max_size=60), max_size=4))
def test_no_text_is_too_strange(texts):
    """
    It is taken, or left out; nothing is raised.
    """
    source = take(*texts, wanted=["a", "b"])

    assert len(source.places) == source.text.count(b"\n")


@pytest.mark.parametrize(
    "text",
    [
        "!ls\n" * 5000,
        "(" * 10_000,
        "!x\n" + "-" * 30_000 + "1",
        "a" * (MOST_CELL + 1),
        "%%time\n" * 6000,
        "x = " + "[" * 300 + "]" * 300,
        "lambda: " * 5000 + "1",
        "!x\nx = " + "a." * 15_000 + "b",
        "/\n/ x",
        "\0",
    ],
    ids=range(10),
)
def test_what_would_exhaust_a_reader_costs_its_cell(text):
    """
    Many commands, deep nests, very long lines.
    """
    source = take(text, "class Net: ...")

    assert source.text == b"class Net: ...\n"


def test_nothing_is_run(tmp_path):
    """
    Not by reading it: neither a command nor a decorator, a default or a constant.
    """
    file = tmp_path / "run"
    texts = [
        f"!touch {file}",
        f"x = !touch {file}",
        f"%%bash\ntouch {file}",
        f"%run {file}\nopen('{file}', 'w')",
        f"def f(x=open('{file}', 'w')): ...",
        f"@open('{file}', 'w')\nclass Net: ...",
        f"{file}?",
    ]

    take(*texts, wanted=["Net", "f", "x"])

    assert not file.exists()
