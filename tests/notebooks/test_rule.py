"""What of a notebook is taken, as statements and README say, and where its lines stand."""

import symtable

import pytest

from grader.notebook.taken import source_of
from tests.notebooks.make import as_homework, lines, take
from tests.support import CORPUS, per_problem

CLASS = "class Net:\n    size = SIZE\n    def run(self):\n        return np.tanh(helper(self.size))"


def texts(source):
    return [text for _, _, text in lines(source)]


def test_what_the_asked_for_needs_is_taken_in_order():
    """
    Imports, functions, classes and constants, and what these need; with cell and line.
    """
    source = take(
        "import numpy as np\nimport matplotlib.pyplot as plt\nSIZE = WIDE // 2",
        "WIDE = 8\n\n# no more\n",
        "def helper(x):\n    return x",
        CLASS,
    )

    assert lines(source)[:4] == [
        (1, 1, "import numpy as np"),
        (1, 3, "SIZE = WIDE // 2"),
        (2, 1, "WIDE = 8"),
        (3, 1, "def helper(x):"),
    ]
    assert lines(source)[-1] == (4, 4, "        return np.tanh(helper(self.size))")
    assert not source.left_out


@pytest.mark.parametrize(
    "trial",
    [
        "for epoch in range(10**9):\n    net = Net()",
        "while True: pass",
        "Net().run()",
        "np.random.seed(0)",
        "plt.plot(losses)",
        "net = Net(); net.run()",
        "losses = train(Net())",
        "import google.colab",
        "from pylab import *",
        "with open('x') as file:\n    text = file.read()",
        "if True:\n    Net().run()",
        "try:\n    import google.colab\nexcept ImportError:\n    print('at home')",
        "def plot():\n    plt.plot(losses)",
        "print('done')",
        "x, y = np.ones(2)",
        "del net",
        "assert Net().run()",
    ],
)
def test_all_else_is_left_out(trial):
    """
    Loops, plots, trials and what only they need, though they stand beside the class.
    """
    source = take(f"{trial}\nclass Net:\n    pass\n{trial}\n")

    assert texts(source) == ["class Net:", "    pass"]
    assert not source.left_out


@pytest.mark.parametrize(
    ("put_in", "count"),
    [
        ("def run(self): ...\nNet.run = run", 2),
        ("@add_to(Net)\ndef run(self): ...\ndef add_to(c): ...", 3),
        ("class Net(Net):\n    def more(self): ...", 2),
        ("Net.table['a'] = 1", 1),
        ("Net.a, rest = 1, 2", 1),
        ("if HAS: HAS\nNet.x = 1", 1),
        ("if 1:\n    Net.x = 1\nelse:\n    Net.x = 2", 4),
        ("try:\n    import fast as np\nexcept ImportError:\n    import numpy as np\nNet.x = np", 5),
        ("Net = frozen(Net)\nfrozen = lambda c: c", 2),
        ("class Net:\n    other = 1", 2),
        ("Net: type", 1),
        ("K = 1; J = 2\nNet.k = K", 2),
    ],
)
def test_what_is_put_into_a_class_afterwards_is_taken(put_in, count):
    """
    A class over several cells, a later one of the same name, a function that is put into it.
    """
    assert len(texts(take("class Net: ...", put_in))) == 1 + count


def test_local_names_are_no_need():
    """
    What a function calls x is not the notebook's x.
    """
    source = take(
        "x = train()\ni = 0\nclass Net:\n    def run(self, x):\n        i = x\n        return i"
    )

    assert "x = train()" not in texts(source)
    assert "i = 0" not in texts(source)


def test_a_global_that_is_changed_is_a_need():
    """
    Also where a function only assigns it.
    """
    source = take(
        "count = 0\nclass Net:\n    def run(self):\n        global count\n        count = 1"
    )

    assert "count = 0" in texts(source)


def test_everything_is_imported_only_where_a_name_is_open():
    """
    A star may bring what is missing; otherwise it brings nothing.
    """
    assert (
        texts(take("from numpy import *", "class Net:\n    x = tanh(1)"))[0]
        == "from numpy import *"
    )
    assert len(texts(take("from numpy import *", "class Net:\n    x = len('')"))) == 2


def test_what_python_wants_first_comes_first():
    """
    from __future__ import ... in a cell in the middle.
    """
    source = take("K = 1", "from __future__ import annotations\nclass Net:\n    k: K = K")

    assert lines(source)[0] == (2, 1, "from __future__ import annotations")
    compile(source.text, "x", "exec")


@pytest.mark.parametrize(
    ("loop", "name"),
    [("for i in range(9):\n    table = i", "table"), ("with a as table: ...", "table")],
)
def test_what_is_missed_is_told(loop, name):
    """
    A statement that sets what is needed, and is left out.
    """
    (left,) = take(loop, "class Net:\n    t = table").left_out

    assert (left.place, left.why, left.what) == ((1, 1), "statement", name)


def test_a_name_that_is_nearly_right_is_taken_to_be_told():
    """
    So that the report says what to rename.
    """
    assert "class SimplRnn: ..." in texts(take("class SimplRnn: ...", wanted=["SimpleRNN"]))


@pytest.mark.notebook
def test_a_cell_that_is_no_python_is_told_with_its_line():
    """
    It costs nothing but itself.
    """
    source = take("class Net: ...", "%time 1\n\ndef f(:\n    pass")

    (left,) = source.left_out
    assert (left.place, left.why) == ((3, 2), "no Python")
    assert texts(source) == ["class Net: ..."]


def test_a_cell_is_left_out_as_a_whole():
    """
    Where Python finds only on second sight that it is none.
    """
    source = take("class Net:\n    x = K", "K = 1\ndef f(a, a): ...")

    assert "K = 1" not in texts(source)
    (left,) = source.left_out
    assert (left.place, left.why) == ((2, 2), "no Python")
    assert left.what.startswith("duplicate argument")


@pytest.mark.notebook
@pytest.mark.parametrize("problem", per_problem())
def test_of_a_right_program_nothing_is_missed(problem):
    """
    Each of the corpus, as somebody's homework: all that its names need is taken.
    """
    for file in sorted((CORPUS / problem.id / "accepted").glob("*.py")):
        source = source_of(as_homework(file), problem)

        table = symtable.symtable(source.text.decode(), file.name, "exec")
        assert {part.name for part in problem.interface} <= set(table.get_identifiers()), file
        assert [left.what for left in source.left_out] == ["'(' was never closed"], file
