"""What others are written like, what is not used, what has no value: which changes come of it."""

import ast
import itertools
import textwrap

import pytest

from grader.explain.faulty import alike, forms, in_loops, products, shapes, siblings
from grader.explain.faulty.idle import idle_in
from grader.explain.faulty.order import in_order
from grader.explain.faulty.part import Parts
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import in_reach, may_replace, together

LIKE = [
    ("index", "r = W[0] @ x + b[0]", "z = W[1] @ x + b", "z = W[1] @ x + b[1]"),
    ("factor", "r = f(u[0] + W[0] @ h)", "z = f(u[1] + h)", "z = f(u[1] + W[1] @ h)"),
    ("term", "r = x @ W[0] + b[0]", "z = x @ W[1]", "z = x @ W[1] + b[1]"),
    (
        "call",
        "r = (W[0] * x).sum(0) + h",
        "z = (W[1] * x).mean(0) + h",
        "z = (W[1] * x).sum(0) + h",
    ),
    ("transpose", "r = W[0] @ h.T + b[0]", "z = W[1] @ h + b[1]", "z = W[1] @ h.T + b[1]"),
]


def program(*statements):
    """A function of arrays with these statements."""
    block = textwrap.indent("\n".join(statements), "    ")
    text = f"import numpy as np\n\ndef run(f, x, h, u, W, b, H):\n{block}\n    return r, z\n"
    return Program(text.encode(), ["W", "b"])


def sources(of, edits):
    return [ast.unparse(ast.parse(of.spliced(e.splices))) for e in edits]


@pytest.mark.parametrize(("kind", "other", "before", "after"), LIKE)
def test_a_part_is_put_in_as_it_is_in_the_like(kind, other, before, after):
    """
    What an expression lacks beside one written alike is among its first changes, renamed.
    """
    wrong = program(other, before)

    edits = list(itertools.islice(alike.as_the_like(wrong, wrong.places[2]), 30))

    found = sources(wrong, edits)
    right = ast.unparse(program(other, after).tree)
    assert right in found
    assert edits[found.index(right)].kind == kind


def test_what_stands_early_in_all_lists_comes_first():
    """
    Every way of taking one of each list comes once, the first of both before all others.
    """
    pairs = list(together("abcdefgh", range(5)))

    assert pairs[0] == ("a", 0)
    assert sorted(pairs) == sorted(itertools.product("abcdefgh", range(5)))
    assert pairs.index(("b", 1)) < pairs.index(("d", 1)) < pairs.index(("h", 4))
    assert list(together("abc", [])) == []


def test_sizes_become_an_array():
    """
    A tuple of sizes that stands where an array is meant is first given to what makes one.
    """
    wrong = program("r = np.ones((H, 2))", "z = (H, 1)")

    found = sources(wrong, shapes.arrays(wrong, wrong.places[2]))

    assert "z = np.ones((H, 1))" in found[0]
    assert any("z = np.zeros((H, 1))" in text for text in found)
    assert not list(shapes.arrays(wrong, wrong.places[3]))  # what is returned are no sizes


def test_a_number_becomes_a_sum_along_its_axis():
    """
    Of a sum only the axis is left: a value in reach is summed along it.
    """
    wrong = program("r = u.sum(0)", "z = b - 0[:, None]")

    found = sources(wrong, forms.reductions(wrong, wrong.places[2]))

    assert any("z = b - u.sum(0)[:, None]" in text for text in found)


def test_what_nothing_uses_is_multiplied_and_added():
    """
    Two matrices that are never used come back in one sum of products that fit.
    """
    wrong = program("V = W", "U = W", "r = x + h", "z = b")
    place = wrong.places[4]
    wrong.shapes[place] = dict(
        zip(["V", "U", "x", "h", "b"], [(2, 3), (2, 2), (3,), (2,), (2,)], strict=True)
    )

    assert "(V @ x + U @ h)" in products.lost_sums(wrong, place)


def test_other_sizes_are_tried_of_what_begins_another():
    """
    A matrix that became a number is begun as another one is, with sizes of its own.
    """
    text = b"""\
class Net:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_out, n_in) * 0.1
        self.V = 0.1
"""
    wrong = Program(text)

    found = sources(wrong, siblings.of_other_sizes(wrong, wrong.places[-1]))

    assert any("self.V = np.random.randn(n_out, n_out) * 0.1" in text for text in found)


def test_what_has_no_value_is_no_donor():
    """
    What a run has shown to have no value before a statement is not put there.
    """
    wrong = program("r = x", "z = h")
    place = wrong.places[1]
    wrong.without[place] = frozenset({"z", "u"})

    assert {"z", "u"}.isdisjoint(in_reach(wrong, place))
    assert not may_replace(wrong, place, place.node.value, "u")
    assert may_replace(wrong, place, place.node.value, "x")


def test_a_name_without_a_value_goes_or_gets_one():
    """
    Where a name has no value, changes of the statement that keep it are left out.
    """
    wrong = program("r = x + q", "z = r * h")
    wrong.nameless = wrong.places[1].node, "q"

    edits = list(in_order(wrong, {}))

    begin, end = wrong.span(wrong.places[1].node)
    inside = [e for e in edits if all(begin <= a < b <= end for a, b, _ in e.splices)]
    assert inside
    assert all(b" q" not in wrong.spliced(e.splices, begin, end) for e in inside)
    assert any(e.splices[0][:2] == (begin, begin) for e in edits)  # one before it


def test_an_entry_that_nothing_takes_out_is_unused():
    """
    Of what one function puts into a dict under names, what another never takes out is unused.
    """
    text = b"""\
def step(x):
    return {"dx": x, "dh": 2 * x}

def whole(xs):
    back, out = 0, []
    for x in xs:
        found = step(x + back)
        out.append(found["dx"])
    return out
"""
    wrong = Program(text)
    loop = next(p for p in wrong.places if isinstance(p.node, ast.For))

    assert "found['dh']" in idle_in(wrong, next(p for p in wrong.places if p.loop))
    found = sources(wrong, in_loops.carried(wrong, loop))
    assert any("back = found['dh']" in text for text in found)


def test_what_is_filled_and_never_read_is_unused():
    """
    A list that is only appended to, and an array that is only written to, are never used.
    """
    text = b"""\
def whole(xs):
    cells, rows, h = [], [0, 0], 1
    for x in xs:
        cells.append(h * x)
        rows[x] = h
    return tuple(h)
"""
    wrong = Program(text)

    assert {"cells", "rows"} <= {*idle_in(wrong, wrong.places[-1])}
    assert "h" not in idle_in(wrong, wrong.places[-1])


def test_statements_that_move_are_compiled_together():
    """
    A statement that is moved behind a loop, or before one, is a branch beside other changes.
    """
    wrong = Program(
        b"def f(x):\n    y = 0\n    for t in x:\n        y += t\n        z = y\n    return y\n"
    )
    edits = list(itertools.islice(in_order(wrong, {}), 400))
    several = [e for e in edits if len(e.splices) > 1]

    variants = Parts(wrong).variants([e.splices for e in several])

    assert several
    assert len({v.text for v in variants}) == 1
    for edit, variant in zip(several, variants, strict=True):
        spaces = [{"_pick_": variant.pick}, {}]
        exec(variant.text, spaces[0])
        exec(wrong.spliced(edit.splices), spaces[1])
        assert [result(s["f"], [1, 2]) for s in spaces[:1]] == [result(spaces[1]["f"], [1, 2])]


def result(function, x):
    """What a function gives, or which exception."""
    try:
        return function(x)
    except Exception as error:
        return type(error)
