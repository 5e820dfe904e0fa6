"""The changes that are tried: each kind is among them, each leaves the rest of the text alone."""

import ast
import itertools
import re
import textwrap
import types

import numpy as np
import pytest

from grader.explain.faulty import donors
from grader.explain.faulty.edits import Edit
from grader.explain.faulty.noise import Influence, noisy
from grader.explain.faulty.order import MAKERS, in_order
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import lost_in
from grader.explain.faulty.twins import twins
from grader.explain.faulty.words import KINDS, told
from grader.model import Place

WEIGHTS = ["W_xh", "W_hy"]
HEAD = """
import numpy as np

class Net:
    def run(self, x, lr):
        h = np.zeros(3)
        total = 0
        for t in range(3):
"""
# kind, a statement of the loop, and how one change leaves it
CHANGES = [
    ("accumulate", "total = h[t]", "total += h[t]"),
    ("assign", "total += h[t]", "total = h[t]"),
    ("operator", "total = h - x[t]", "total = h + x[t]"),
    ("swapped", "total = h - x", "total = x - h"),
    ("swapped", "np.outer(h, x)", "np.outer(x, h)"),
    ("less term", "total = h + x", "total = h"),
    ("less factor", "total = h * lr", "total = h"),
    ("factor", "total = h", "total = h * (1 - h ** 2)"),
    ("factor", "total = h", "total = self.W.T @ h"),
    ("factor", "self.b -= h", "self.b -= h * lr"),
    ("term", "total = h", "total = h + x"),
    ("sign", "total = h", "total = -h"),
    ("sign", "total = -h", "total = h"),
    ("transpose", "total = self.W @ h", "total = self.W.T @ h"),
    ("transpose", "total = self.W.T @ h", "total = self.W @ h"),
    ("index", "total = h[t]", "total = h[t - 1]"),
    ("index", "total = h[t + 1]", "total = h[t]"),
    ("index", "total = h[1:]", "total = h[:]"),
    ("index", "total = x[1:, 0]", "total = x[:-1, 0]"),
    ("index", "total = x[:-1, 0]", "total = x[1:, 0]"),
    ("index", "total = h", "total = h[t]"),
    ("constant", "total = 2 * h", "total = 1 * h"),
    ("constant", "total = 0.02 * h", "total = 0.01 * h"),
    ("constant", "np.einsum('ij,jk->ik', h, x)", "np.einsum('ji,jk->ik', h, x)"),
    ("condition", "if t > 0: total = 1", "if t >= 0: total = 1"),
    ("call", "total = np.ones(3)", "total = np.zeros(3)"),
    ("call", "total = h", "total = np.tanh(h)"),
    ("argument", "total = np.sum(h)", "total = np.sum(h, axis=0)"),
    ("name", "total = h", "total = x"),
    ("name", "total = self.W @ h", "total = self.b @ h"),
    ("copy", "total = h", "total = h.copy()"),
    ("shape", "total = h", "total = h[:, None]"),
    ("name", "total = undefined", "total = lr"),
    ("unkept", "np.tanh(x)", "self.b.append(np.tanh(x))"),
    ("superfluous", "total = h", "pass"),
    ("entry", "total = [h]", "total = [h, x]"),
    (
        "argument",
        "total = np.full(3, lr, dtype=float) - np.full(3, lr)",
        "total = np.full(3, lr, dtype=float) - np.full(3, lr, dtype=float)",
    ),
    ("call", "total = np.clip(h, 0, 1) + x", "total = np.clip(h, 0, 1) + np.clip(x, 0, 1)"),
    ("index", "total = h[3 - t] + x[t]", "total = h[3 - t] + x[3 - t]"),
    ("name", "total = np.exp(h - x) / h", "total = np.exp(h - x) / np.exp(h - x)"),
    ("in place", "x -= h", "x = x - h"),
    ("copy", "x.reverse()", "x = x[::-1]"),
    ("taken", "total = x.pop()", "total = x[t]"),
    ("less factor", "total = (h - np.mean(h)) / np.std(h)", "total = h"),
    ("term", "total = np.exp(np.minimum(h, 500))", "total = np.exp(h - h.max(0))"),
    ("term", "total = h - 2", "total = h - 2 ** x"),
    ("range", "for s in range(1, 3): total += h", "for s in range(3): total += h"),
    ("range", "for s in range(3): total += h", "for s in reversed(range(3)): total += h"),
    ("call", "total = [(a for a in b) for b in x]", "total = [sum(a for a in b) for b in x]"),
    ("call missing", "for a, b in (h, x): total += a", "for a, b in zip(h, x): total += a"),
    ("call", "total = h.squeeze()", "total = h"),
    ("packing", "total = np.hstack(h, x)", "total = np.hstack([h, x])"),
    ("packing", "total = np.stack(h, x, 1)", "total = np.stack((h, x), 1)"),
    ("packing", "total = np.random.randn((2, 3))", "total = np.random.randn(2, 3)"),
    ("packing", "total = np.random.randn(x.shape)", "total = np.random.randn(*x.shape)"),
    ("swapped", "total = h.dot(x)", "total = x.dot(h)"),
    ("axis", "total = h @ x.T", "total = h @ x.swapaxes(-1, -2)"),
    ("index", "total = x[2:]", "total = x[:, 2:]"),
    ("index", "total = x[:, 2:]", "total = x[2:]"),
    ("floats", "total = np.full(3, 0)", "total = np.full(3, 0.0)"),
    ("constant", "total = None", "total = 0"),
    ("first step", "total = h[t - 1]", "total = (h[t - 1] if t - 1 >= 0 else 0 * h[t - 1])"),
    ("name", "h.after = h.before + x", "h.after = h.after + x"),
    ("call missing", "for a, b in x: total += b", "for a, b in x.items(): total += b"),
    ("list", "total = np.array(a for a in x)", "total = np.array([a for a in x])"),
    ("call", "total = round(x)", "total = np.round(x)"),
    ("call", "total = math.tanh(x)", "total = np.tanh(x)"),
    ("argument", "total = x.squeeze()", "total = x.squeeze(1)"),
    ("call missing", "total = np.Tanh", "total = np.Tanh()"),
    ("copy", "total = [h.copy()] * 3", "total = [h.copy() for _ in range(3)]"),
    ("condition", "total = h == None", "total = h is None"),
    ("unkept", "x.replace(h)", "x = x.replace(h)"),
    ("call", "total = np.exp((h, x))", "total = [np.exp(value) for value in (h, x)]"),
    ("bound late", "total = lambda: t * h", "total = lambda t=t: t * h"),
    ("name", "h = x.old * x.old; x.new = 0", "h = x.new * x.new; x.new = 0"),
    ("argument", "total = np.squeeze(x)", "total = np.squeeze(x, 1)"),
    ("term", "total = self.W_xh[0] @ x", "total = self.W_xh[0] @ x + self.W_hy[0]"),
    ("call", "total = np.clip(h, -1, 1); x = np.clip(x, -1, 1)", "total = h; x = x"),
    ("comma", "total = h,", "total = h"),
    ("listed", "total = h; total.append(x)", "total = [h]; total.append(x)"),
    ("joined", "total = h + x", "total = np.array([h, x])"),
    ("room", "total = []; total[0] = x", "total = np.zeros_like(x); total[0] = x"),
    ("no argument", "super(Net).__init__()", "super().__init__()"),
    ("spread out", "total += h", "total.append(h)"),
    ("spread out", "x.extend(h)", "x.append(h)"),
    ("operator", "total = (1 - h) ** 2", "total = 1 - h ** 2"),
    ("operator", "total = h * x + lr", "total = h * (x + lr)"),
    ("call", "total = np.tan(h)", "total = np.tanh(h)"),
    ("range", "for k in range(t, 0, -1): total = k", "for k in range(t): total = k"),
    ("returns None", "total = total.append(h)", "total.append(h)"),
    ("swapped", "total = self.mix(h, x, lr)", "total = self.mix(lr, h, x)"),
    ("index", "total = x[:0:-1]", "total = x[-2::-1]"),
    ("copy", "a, b = self.W, self.b", "a, b = self.W.copy(), self.b.copy()"),
    ("value", "total *= lr", "total *= 0"),
    ("call missing", "super().__init__", "super().__init__()"),
    ("condition", "if x > 3: raise ValueError", "if x < 0 or x > 3: raise ValueError"),
    ("entry", "total = []; k = 0", "total = [np.zeros((self.W.shape[0], 1))]; k = 0"),
    ("entry", "total = []", "total = [np.zeros(3)]"),
    ("other key", "total = {0: h, 'a': x}", "total = {'0': h, 'a': x}"),
    ("other key", "total = x['0']", "total = x[0]"),
    ("overflow", "total = np.exp(h)", "total = np.exp(h.clip(-700, 700))"),
    ("overflow", "total = math.exp(lr)", "total = math.exp(max(-700, min(700, lr)))"),
    ("floats", "total = -h + x", "total = -1.0 * h + x"),
    ("index", "k = self.W[1:]; total = k", "k = self.W[1:]; total = self.W[:-1]"),
    ("call", "total = h + self.W[1].dot(x)", "total = self.W[0].dot(h) + self.W[1].dot(x)"),
    ("call", "total = np.array(math.tanh(x))", "total = np.tanh(x)"),
    ("factor", "x[:, t] = h; x = self.s[:, 0]", "x[:, t] = self.s[:, t] * h; x = self.s[:, 0]"),
    ("index", "total = h[1] + x[2] + lr", "total = h[1] + x[2] + lr[0]"),
    ("shadowing", "len = 3; total = len(x) + len", "len_ = 3; total = len(x) + len_"),
    (
        "entries",
        "total = {}; h = np.array(total)",
        "total = {}; h = np.array(list(total.values()))",
    ),
    ("turned", "total = zip(h[::-1], x)", "total = zip(h[::-1], x[::-1])"),
    ("no call", "total = self.W(h)", "total = (self.W @ h)"),
    ("index", "total = self.W(h)", "total = self.W[h]"),
    ("index", "total = x[t][0]", "total = x[0][t]"),
    ("call missing", "total = np.zeros(x.size)", "total = np.zeros(x.size())"),
    ("call missing", "total = RecurrentNet", "total = RecurrentNet()"),
    ("call missing", "total = self.run", "total = self.run()"),
    ("operator", "total = np.tanh(h) + x", "total = np.tanh(h + x)"),
    ("operator", "total = x + np.tanh(h)", "total = np.tanh(x + h)"),
    ("operator", "total = np.tanh(h + x)", "total = np.tanh(h) + x"),
    ("operator", "total = h * x + lr", "total = (h + lr) * x"),
    ("call", "total = h[-1] * x", "total = sum(h) * x"),
    ("argument", "total = self.run(h)", "total = self.run(h, x, lr)"),
    ("argument", "total = setattr(h, x)", "total = setattr(self, h, x)"),
    ("packing", "total = self.run(h, x)", "total = self.run(h, *x)"),
    ("entry", "a, b, c = h, x", "a, b, c = h, x, x"),
    ("target", "a, b = x; total = b + c", "a, b, c = x; total = b + c"),
    ("name", "net = Net(); total = Net.run(h)", "net = Net(); total = net.run(h)"),
    ("value", "a = np.sum(x, 0); total = h[-1]", "a = np.sum(x, 0); total = np.sum(h, 0)"),
]
# the name without a value, or the attribute with its dot; a source, and how one change leaves it
NAMELESS = [
    ("np", "import numpy\nx = np.pi\n", "import numpy as np\nx = np.pi\n"),
    ("np", "x = np.pi\n", "import numpy as np\nx = np.pi\n"),
    ("exp", "from math import tanh\nx = exp(1)\n", "from math import tanh, exp\nx = exp(1)\n"),
    ("deque", "x = deque()\n", "from collections import deque\nx = deque()\n"),
    ("ValuError", "raise ValuError\n", "raise ValueError\n"),
    (".popright", "x = [].popright()\n", "x = [].pop()\n"),
    (".step_once", "def step_Once(s): s.step_once()\n", "def step_Once(s): s.step_Once()\n"),
    (".W", "def f(self, a): a.W = self.W\n", "def f(self, a): a.W = a.W\n"),
    (".p", "def f(self, p): return self.p\n", "def f(self, p): return getattr(self, p)\n"),
    ("lr", "def f(x): return lr * x\n", "def f(x, lr): return lr * x\n"),
    (".n", "def f(self, n):\n a = 1\n", "def f(self, n):\n self.n = n\n a = 1\n"),
    ("b", "def f():\n a = g()\n print(b)\n", "def f():\n a, b = g()\n print(b)\n"),
    (".g", "def f(self):\n g = {}\n self.g\n", "def f(self):\n g = self.g = {}\n self.g\n"),
]
# a source, and how one change leaves it
WHOLE = [
    ("for t in x:\n a.append(t)\n", "for t in x:\n a.append(t)\na.reverse()\n"),
    ("class A:\n x: int\n", "@(__import__('dataclasses').dataclass)\nclass A:\n x: int\n"),
    ("import torch\ndef f(w): w.s_()\n", "import torch\n@torch.no_grad()\ndef f(w): w.s_()\n"),
    (
        "for t in x:\n  a.append(h)\n  b = t\n  c = b\n  h = c\n",
        "for t in x:\n  pass\n  b = t\n  c = b\n  h = c\n  a.append(h)\n",
    ),
    (
        "def __init__(s): self.a: list = []\ndef f():\n self.a.append(x)\n",
        "def __init__(s): self.a: list = []\ndef f():\n self.a: list = []\n self.a.append(x)\n",
    ),
    (
        "def f(h): return g(h)\ndef g(s):\n while 1:\n  f(s)\n",
        "def f(h): return g(h)\ndef g(s):\n while 1:\n  s = f(s)\n",
    ),
]


def program(*statements, tail=""):
    """A method with these statements in its loop."""
    block = textwrap.indent("\n".join([*statements, "print(self.W, self.b)"]), " " * 12)
    return Program((HEAD + block + "\n" + textwrap.indent(tail, " " * 8)).encode(), WEIGHTS)


def letters(source):
    """A text without what may be spelled otherwise in the same tree."""
    return re.sub(rb"[\s()]", b"", source)


def change_of(wrong, right):
    """The first change of a program that gives the tree of another."""
    for edit in in_order(wrong, {}):
        source = wrong.spliced(edit.splices)
        # Parsing them all would take most of a test's time.
        if letters(source) == letters(right.source) and same(ast.parse(source), right.tree):
            return edit
    return None


def same(tree, other):
    return ast.dump(tree) == ast.dump(other)


@pytest.mark.parametrize(("kind", "before", "after"), CHANGES)
def test_a_statement_is_mended(kind, before, after):
    """
    The change that mends a statement is made, is of the right kind, and names the line.
    """
    wrong, right = program(before), program(after)

    edit = change_of(wrong, right)

    assert (edit.kind, edit.lines) == (kind, (9,))


@pytest.mark.parametrize(("valueless", "before", "after"), NAMELESS)
def test_what_has_no_value_is_found(valueless, before, after):
    """
    Imported, spelled right, taken of what has it, or set.
    """
    wrong = Program(before.encode(), wanted=("f",))
    wrong.valueless = valueless

    early = itertools.islice(in_order(wrong, {}), 200)

    assert after in {wrong.spliced(edit.splices).decode() for edit in early}


@pytest.mark.parametrize(("before", "after"), WHOLE)
def test_more_than_a_statement_is_mended(before, after):
    """
    Classes and functions are decorated, statements go to the end of a block or are done anew.
    """
    wrong = Program(before.encode())

    assert after in {wrong.spliced(edit.splices).decode() for edit in in_order(wrong, {})}


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("order", ["a = 1", "b = 2"], ["pass", "b = 2", "a = 1"]),
        ("missing", ["b = h[t]"], ["b = h[t]", "total = b"]),
        (
            "missing",
            ["self.W_xh -= lr * dW_xh"],
            ["self.W_xh -= lr * dW_xh", "self.W_hy -= lr * dW_hy"],
        ),
        (
            "missing",
            ["A = f(self.U)", "B = f(self.V)", "self.U -= lr * A"],
            ["A = f(self.U)", "B = f(self.V)", "self.U -= lr * A", "self.V -= lr * B"],
        ),
        (
            "missing",
            ["self.W -= lr * x", "gb = sum(x)"],
            ["self.W -= lr * x", "self.b -= lr * gb", "gb = sum(x)"],
        ),
        (
            "missing",
            ["dr_, dn_, dbr, dbn = x", "dWr += x * dr_", "dWn += x * dn_", "dbr += dr_"],
            [
                "dr_, dn_, dbr, dbn = x",
                "dWr += x * dr_",
                "dWn += x * dn_",
                "dbr += dr_",
                "dbn += dn_",
            ],
        ),
    ],
)
def test_statements_are_moved_and_added(kind, before, after):
    """
    A statement changes places with its neighbour; one that is like another is added.
    """
    use = "dW_xh, dW_hy, self.W_xh, self.W_hy = lr, lr, lr, lr"
    wrong, right = program(*before, use), program(*after, use)

    assert change_of(wrong, right).kind == kind


@pytest.mark.parametrize(
    ("method", "value"),
    [
        ("def run(self, x):\n a = x\n b = a + x", "return b"),
        ("def run(self, x):\n a, b = x\n c = a", "return b, c"),
        ("def run(self, x):\n self.b = x", "return self.b"),
    ],
)
def test_a_return_is_added(method, value):
    """
    Where a function may end without one: what it computes and does not use, or what it sets.
    """
    wrong = Program(f"{method}\n".encode())

    added = {edit.splices[0][2].strip() for edit in in_order(wrong, {}) if edit.kind == "missing"}

    assert value in added


def test_what_a_loop_ought_to_add_up_is_added():
    """
    A product of the shape of what is set before the loop, and is changed nowhere.
    """
    wrong = program("d = h", tail="return total")
    last = wrong.places[-2]
    wrong.shapes[last] = {"total": (3, 2), "h": (3,), "x": (2,), "d": (3,)}

    added = {edit.splices[0][2].strip() for edit in in_order(wrong, {}) if edit.kind == "missing"}

    assert "total += d[:, None] * x" in added
    assert "total += x[:, None] * d" not in added


def test_an_argument_is_taken_at_each_step_as_elsewhere():
    """
    By an index of all axes that another function takes a part by, with this loop's counter.
    """
    source = "def g(x):\n for s in x:\n  print(x[:, :, s])\ndef f(x):\n for t in [1]:\n  h = f(2)\n"
    wrong = Program(source.encode())

    texts = {e.splices[0][2] for e in in_order(wrong, {})}

    assert any("x[:, :, t]" in text for text in texts)


def test_names_that_are_set_side_by_side_may_be_missed():
    """
    A list that is made beside others, filled, and read nowhere comes first for a wrong name.
    """
    source = (
        "def f(x):\n a, b = [], []\n for t in x:\n  a.append(t)\n  b.append(t)\n return b, b, t\n"
    )
    wrong = Program(source.encode())

    assert lost_in(wrong, wrong.places[-1]) == ["a"]


def test_what_begins_a_weight_stands_without_the_gates_too():
    """
    As other weights begin, with the sizes that it has, and without the number before these.
    """
    source = "def f(self, n, m):\n self.a = np.full((3, n, m), 2)\n self.b = np.full(4, 2)\n"
    wrong = Program(source.encode())

    texts = [e.splices[0][2] for e in in_order(wrong, {}) if e.lines == (3,)]

    assert "np.full((m, n), 2)" in texts


@pytest.mark.parametrize(
    "before",
    [
        "def f(z):\n return {}",
        "def f(z, y):\n z = z + y\n z = {}",
        "def f(y):\n return run(y, lambda z: {})",
        "def f(z, y):\n y = y * ({})",
    ],
)
def test_what_networks_make_of_a_value_is_among_the_changes(before):
    """
    For what a function of one value gives, or what is computed of one value.
    """
    wrong = Program(f"import numpy as np\n{before.format('2 / (z + 1)')}\n".encode())

    early = [e.splices[0][2] for e in itertools.islice(in_order(wrong, {}), 200)]

    assert "(np.tanh(z))" in early


def test_a_difference_may_be_the_factor_that_is_missing():
    """
    Of two values of the shape of what is computed.
    """
    wrong = Program(b"def f(x, h, n, W):\n  d = x * 2\n  return h, n, d @ W\n")
    wrong.shapes[wrong.places[1]] = {"x * 2": (3,), "h": (3,), "n": (3,), "W": (3, 2)}

    texts = {e.splices[0][2] for e in in_order(wrong, {})}

    assert "(x * 2) * (h - n)" in texts
    assert "(x * 2) * (h - W)" not in texts


def test_a_list_that_nothing_fills_is_filled_early():
    """
    It takes what a statement of the loop computes, before most other changes.
    """
    wrong, right = (
        Program(f"def f(x):\n a = []\n for t in x:\n  b = x[t]{more}\n return sum(a), b\n".encode())
        for more in ("", "\n  a.append(b)")
    )

    early = [wrong.spliced(e.splices) for e in itertools.islice(in_order(wrong, {}), 100)]

    assert right.source in early


def test_what_a_loop_computes_is_put_where_its_shape_fits():
    """
    Into an array that nothing fills, at the step or key that a part of that shape is for.
    """
    source = "def f(x):\n a = np.zeros(3)\n for k, t in enumerate(x):\n  b = t[:, k]\n return a, b"
    wrong = Program(source.encode())
    last = wrong.places[-2]
    wrong.shapes[last] = {"a": (2, 3), "b": (2,), "k": (), "t": (2,)}

    early = [e.splices[0][2].strip() for e in itertools.islice(in_order(wrong, {}), 60)]

    assert "a[:, k] = b" in early
    assert "a[:, k] += b" in early
    assert "a[k] = b" not in early


WHOLE = [
    ("for t in x:\n a.append(t)\n", "for t in x:\n a.append(t)\na.reverse()\n"),
    ("h *= 0\nh[:] = x", "h *= 0\nh = x"),
    ("with np.errstate():\n    h = x\n    h += 1", "h = x\nh += 1"),
    ("assert x > 0", "if not (x > 0): raise ValueError"),
    ("raise TypeError('x')", "raise ValueError('x')"),
    ("h = np.zeros((x, 1))", "h = np.zeros((3, x, 1))"),
    ("h = np.ones(x, 3)", "h = np.ones(x)"),
    ("h = 1 / (1 + np.exp(x @ h))", "h = lonely(x @ h)"),
    ("self.register_buffer('b', x)", "self.register_parameter('b', torch.nn.Parameter(x))"),
    ("for w, g in [(h, dh)]: w -= g", "for w, g in [(h, dh), (x, dx)]: w -= g"),
    ("h = x * 1", "h = x * (1 - x)"),
    ("h = x * d3", "h = (1 - x) * d3"),
    ("h = np.exp(x)", "h = 1 / np.exp(x)"),
    ("h = x >= d3", "h = x >= 2 ** d3"),
    ("h = np.exp(x)", "h = np.exp(x * -2)"),
    ("h = W / (d3 + 2)", "h = x / (W / (d3 + 2))"),
    ("h = lonely(x, d3[1:])", "h = lonely(x[1:], d3[1:])"),
    ("x.g += W\nh.g += W * x.d3", "x.g += W * h.d3\nh.g += W * x.d3"),
    ("h += W[0] @ x0", "h += W[0] @ x0\nh += W[1] @ x1"),
    ("h = np.array(x)", "h = np.array(x[::-1])"),
    ("h = torch.tensor(x.detach().tolist())", "h = x"),
    ("h = torch.cat(x)", "h = torch.stack(x)"),
    ("h = np.exp(x)", "h = np.exp(x) / np.exp(x).sum()"),
    ("s = 1 / np.sqrt(d3)\nh = s * x", "s = 0.01\nh = s * x"),
    (
        "np.add(x, 2 * dx, out=x)\nnp.add(h, 2)",
        "np.add(x, 2 * dx, out=x)\nnp.add(h, 2 * dh, out=h)",
    ),
    ("a = {}\nfor t in d3: x[t] = h", "a = {}\nfor t in d3: a[t] = h"),
    ("for t in d3: _, x = lonely(W[t])", "for t in d3: W[t], x = lonely(W[t])"),
    (
        "v = 0\nfor t in d3:\n    z = t + v\n    h += v",
        "v = 0\nfor t in d3:\n    z = t + v\n    v = lonely(z)\n    h += v",
    ),
]


@pytest.mark.parametrize(("before", "after"), WHOLE)
def test_a_statement_becomes_what_was_meant(before, after):
    """
    Among the changes that make one program of it is the one that gives the other.
    """
    wrong, right = (
        Program(
            (
                "@np.vectorize\ndef lonely(x):\n return x\n"
                "def f(self, x, h, W, d3):\n dx = d3\n dh = d3\n x -= dx\n h -= dh\n"
                " x0 = x1 = d3\n W[0] += d3 * x0\n W[1] += d3 * x1\n d3 += 3\n"
                f"{textwrap.indent(text, ' ')}\n return h, x"
            ).encode()
        )
        for text in (before, after)
    )

    assert change_of(wrong, right) is not None


def test_changes_of_the_value_that_is_to_blame_come_first():
    """
    Within a statement noise tells which of its values moves nothing that is right.
    """
    wrong = Program(b"def f(x, h, d):\n return {'x': x[0], 'h': h[0]}\n")
    place = wrong.places[-1]
    begin, end = wrong.span(place.node.value.values[1])
    blamed = Influence(ran=True, right=False, all_wrong=True, some_wrong=True)
    mixed = Influence(ran=True, right=True, all_wrong=True, some_wrong=True)

    edits = in_order(wrong, {place: mixed}, parts={place: [(begin, end, blamed)]})

    firsts = [e.splices[0] for e in itertools.islice(edits, 12)]
    assert all(begin <= first and last <= end for first, last, _ in firsts)


def test_what_never_runs_is_not_searched_for_what_it_lacks():
    """
    Where all that is wrong are values: a function that no case comes to comes last.
    """
    wrong = Program(
        b"def idle(a):\n r = []\n for t in a:\n  s = t\n return r\n"
        b"def f(x):\n r = []\n for t in x:\n  s = t\n return r\n"
    )
    wrong.sound = True
    ran = {
        p: Influence(reached, right=not reached, some_wrong=reached)
        for p in wrong.places
        if p.function is not wrong.tree
        for reached in [p.function.name == "f"]
    }

    edits = list(in_order(wrong, ran))

    lines = [min(e.lines) for e in edits]
    assert max(lines) > 6
    assert all(line >= 6 for line in lines[:40])


def test_many_statements_that_are_written_alike_are_searched():
    """
    Their number of pairs grows with its square, and is bounded.
    """
    alike = "\n".join(f"def f{n}(a, b):\n    v{n} = a + b\n    return v{n} * a" for n in range(130))

    edits = itertools.islice(in_order(Program(alike.encode()), {}), 3000)

    assert len(list(edits)) == 3000


@pytest.mark.parametrize(
    ("valueless", "right"),
    [
        ("b", ["b = self.c = x", "a, b = self.c = x", "b, a = self.c = x"]),
        (".b", ["a = self.b = x"]),
        (".a", ["a = self.a = self.c = x", "a = self.a = x"]),
    ],
)
def test_a_target_takes_the_name_that_has_no_value(valueless, right):
    """
    What raised for want of a name or an attribute is set under another one.
    """
    wrong = Program(b"def f(self, x):\n a = self.c = x\n return x\n")
    wrong.valueless = valueless

    edits = [e for e in in_order(wrong, {}) if e.kind == "target"]

    assert [wrong.spliced(e.splices).decode().split("\n")[1].strip() for e in edits] == right


def test_a_value_of_the_shape_that_is_asked_for_comes_early():
    """
    Another value in reach, or a product, for all that a statement gives.
    """
    wrong = Program(b"def f(x, h):\n    return [row[:2] for row in x] + [[]]\n")
    place = wrong.places[-1]
    wrong.asked = ((3, 2),)
    wrong.shapes[place] = {"x": (3,), "h": (2,), "x[:, None]": (3, 1)}

    early = [e.splices[0][2] for e in itertools.islice(in_order(wrong, {}), 20)]

    assert "x[:, None] * h" in early
    assert "h[:, None] * x" not in early


@pytest.mark.parametrize("meant", ["(d @ W)", "d[:n]", "d[n:]"])
def test_a_size_that_stands_for_another_is_put_right(meant):
    """
    By a product that has the size which is asked for, or by a part; soon, whatever stands around.
    """
    wrong = Program(b"def f(d, W, n):\n    return d.T\n")
    wrong.asked, wrong.resized = ((2, 5),), ((3, 5),)
    wrong.shapes[wrong.places[-1]] = {"d": (2, 3) if "W" in meant else (3, 2), "W": (3, 5), "n": ()}

    early = [e.splices[0][2] for e in itertools.islice(in_order(wrong, {}), 30)]

    assert meant in early


def test_a_key_that_is_missing_is_set_where_others_are():
    """
    To what has the shape that is asked for.
    """
    wrong = Program(b"def f(a, b):\n    d = {}\n    d['b'] = b\n    return d\n")
    wrong.asked, wrong.lacking = ((2,),), ("a",)
    wrong.shapes[wrong.places[2]] = {"a": (2,), "b": (3,)}

    early = [e.splices[0][2].strip() for e in itertools.islice(in_order(wrong, {}), 30)]

    assert "d['a'] = a" in early
    assert "d['a'] = b" not in early


@pytest.mark.parametrize(
    ("made", "with_it", "under_it"),
    [("dict(b=b)", "dict(b=b, a=a)", "dict(a=b)"), ("{'b': b}", "{'b': b, 'a': a}", "{'a': b}")],
)
def test_a_key_that_is_missing_is_added_or_put_for_another(made, with_it, under_it):
    """
    Where a dict is made; what stands in its place may have the other name in all places.
    """
    wrong, added, renamed = (
        Program(f"def f(a, b):\n    d = {value}\n    return d.get({key!r})\n".encode())
        for value, key in ((made, "b"), (with_it, "b"), (under_it, "a"))
    )
    wrong.asked, wrong.lacking = ((2,),), ("a",)
    wrong.shapes[wrong.places[1]] = {"a": (2,), "b": (3,)}

    early = [letters(wrong.spliced(e.splices)) for e in itertools.islice(in_order(wrong, {}), 30)]

    assert letters(added.source) in early
    assert letters(renamed.source) in early


def test_what_is_spread_over_columns_may_be_all_of_them():
    """
    A value of more columns stands in for one that broadcasts to them.
    """
    wrong = program("total = h - x[:, :1]")
    place = next(p for p in wrong.places if p.node.lineno == 9)
    wrong.shapes[place] = {"h": (3, 2), "x": (3, 2), "x[:, :1]": (3, 1)}

    assert "h" in [e.splices[0][2] for e in donors.wider(wrong, place)]


def test_a_size_is_that_of_an_array_in_reach():
    """
    For a number in a call: of each size that a run has shown that of some arrays.
    """
    wrong = program("total = np.zeros(7)")
    place = next(p for p in wrong.places if p.node.lineno == 9)
    wrong.shapes[place] = {"h": (3,), "x": (3, 2)}

    sizes = {edit.splices[0][2] for edit in in_order(wrong, {}) if edit.kind == "shape"}

    assert {"h.shape[0]", "x.shape[0]", "x.shape[1]"} <= sizes


def test_a_statement_moves_into_and_out_of_a_loop():
    """
    A statement behind the loop is tried as its last, and its last one behind it.
    """
    inside, outside = program("h = x"), program(tail="total += 1")

    moved = {edit.kind for edit in in_order(outside, {}) if edit.lines == (10,)}
    left = {edit.kind for edit in in_order(inside, {}) if edit.lines == (9,)}

    assert "into loop" in moved
    assert "out of loop" in left


@pytest.mark.parametrize("text", ["np.clip(h, -5, 5)", "np.minimum(h, 5.0)", "h if x > 5 else x"])
def test_a_bound_is_never_widened(text):
    """
    A larger bound hides a mistake and mends none.
    """
    bound = program(f"total = {text}")

    numbers = {
        abs(node.value)
        for edit in in_order(bound, {})
        if edit.kind == "constant" and edit.lines == (9,)
        for node in ast.walk(ast.parse(edit.splices[0][2].strip("()") or "0"))
        if isinstance(node, ast.Constant)
    }

    assert numbers
    assert max(numbers) <= 5


def test_no_loop_variable_is_used_outside_its_loop():
    """
    Behind a loop its variable is no name in reach, though Python would still find it.
    """
    behind = program("h = x", tail="total = h")

    place = next(p for p in behind.places if p.node.lineno == 11)

    assert "t" not in behind.names(place)
    assert "t" in behind.names(behind.places[-3])


def test_changes_at_twin_places_are_made_together():
    """
    What is wrong alike for two weights is mended alike, and both lines are named.
    """
    wrong = program("dW_xh = lr", "dW_hy = lr")
    right = program("dW_xh += lr", "dW_hy += lr")

    sets = twins(wrong, in_order(wrong, {}))
    mended = {ast.dump(ast.parse(wrong.spliced(e.splices))): e for e in sets}

    assert mended[ast.dump(right.tree)].lines == (9, 10)


def test_noise_changes_numbers_alone():
    """
    A noisy statement computes almost the same; where noise is not possible it raises.
    """
    namespace = {}
    plain = Program(b"def f(v):\n    w = v\n    return w\n")

    exec(plain.spliced(noisy(plain, plain.places[1])), namespace)

    assert 1.0 < namespace["f"](1.0) < 1.001
    assert namespace["f"]({"a": [1.0, None]})["a"][1:] == [None]
    assert namespace["f"](np.arange(3)).dtype == float
    held = types.SimpleNamespace(value=np.ones(2), name="a")
    assert namespace["f"](held) is held
    assert (held.value > 1).all()
    with pytest.raises(ZeroDivisionError):
        namespace["f"]("text")


@pytest.mark.parametrize(
    "source",
    [
        "# coding: gbk\n# 注释\nx = 1\n".encode("gbk"),
        b"\xef\xbb\xbfx = 1\r\nif x:\r\n\ty = 2\r\n",
        "变量 = 'é' + f'{1 + 1}'\n".encode(),
    ],
)
def test_any_source_that_compiles_can_be_changed(source):
    """
    Encodings, line ends, tabs and other alphabets: every change is text that can be read.
    """
    read = Program(source)

    changed = [read.spliced(edit.splices) for edit in in_order(read, {})]

    assert changed
    assert all(ast.parse(text) for text in changed)


def test_every_kind_has_words():
    """
    Each kind that is made can be told in both languages, and the change itself is not told.
    """
    sources = [program(before) for _, before, _ in CHANGES]

    kinds = {e.kind for p in sources for e in itertools.islice(in_order(p, {}), 600)}
    said = told([([Place(3), Place(4)], "a = b", "factor")], ("backward", ["W_xh"]), 20)

    assert kinds <= KINDS.keys()
    assert len(MAKERS) > 20
    assert said["en"].startswith("Lines 3, 4, `a = b`: a factor is missing")
    assert "第 3, 4 行" in said["zh"]


def test_a_twin_is_found_though_its_own_change_comes_late():
    """
    The same change is made where the same stands for another weight, in one function.
    """
    source = b"def f(s, lr):\n s.W_xh -= 0.1 * dW_xh\n s.W_hy -= 0.1 * dW_hy\n"
    wrong = Program(source, WEIGHTS)
    at = source.index(b"0.1 * dW_xh")
    one = Edit("name", (2,), ((at, at + len("0.1 * dW_xh"), "lr * dW_xh"),))

    (both,) = twins(wrong, [one])

    assert wrong.spliced(both.splices) == source.replace(b"0.1", b"lr")


def test_a_value_that_is_dropped_goes_into_the_list_that_nothing_fills():
    """
    A list is made before the loop; within it a value is computed and put nowhere.
    """
    wrong = program("h.sum(0)", tail="return steps")
    made = wrong.source.replace(b"total = 0", b"steps = []")
    right = made.replace(b"h.sum(0)", b"steps.append(h.sum(0))")

    edit = change_of(Program(made, WEIGHTS), Program(right, WEIGHTS))

    assert (edit.kind, edit.lines) == ("unkept", (9,))


def test_what_belongs_to_the_class_is_made_for_each_object():
    """
    A dict of the class is made anew where `__init__` begins; the line told is that of the class.
    """
    source = b"class Net:\n    kept = {}\n\n    def __init__(self):\n        pass\n"
    right = source.replace(b"        pass", b"        self.kept = {}\n        pass")

    edit = change_of(Program(source, WEIGHTS), Program(right, WEIGHTS))

    assert (edit.kind, edit.lines) == ("shared", (2,))


def test_a_function_that_is_asked_for_is_given_its_return_first():
    """
    Where results are amiss, what the function computed is returned before much else is tried.
    """
    source = b"def run(x):\n    total = x + 1\n    other = x - 1\n    print(other)\n"
    wrong = Program(source, WEIGHTS, {"run"})
    right = Program(source + b"    return total, other\n", WEIGHTS)

    edits = list(itertools.islice(in_order(wrong, {}), 64))

    assert any(same(ast.parse(wrong.spliced(e.splices)), right.tree) for e in edits)
