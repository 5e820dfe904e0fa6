"""Parts of a changed program, shapes of its values, and what is told of what raised."""

import types
from collections import defaultdict

import numpy as np
import pytest

from grader.explain.faulty import raised, seen
from grader.explain.faulty.cases import Tries
from grader.explain.faulty.order import in_order
from grader.explain.faulty.part import PICK, Parts
from grader.explain.faulty.program import Program
from grader.explain.faulty.verify import LONGEST, Verifier
from grader.model import Case, Outcome, Verdict
from grader.sandbox import ended
from tests.support import SIMPLE_RNN, suite_of

REST = b"""
def other(x):
    return x + 1
"""
SOURCE = b"""\
import math

class Net:
    def run(self, x, rate=1):
        h = 0.5
        for t in range(3):
            h = math.tanh(rate * h + x)  # the state
            total = h if t else 0
        return total, h

def other(x):
    return x + 1
"""


def outcome_of(source, pick=None):
    """What the program gives, or what it raises."""
    module = types.ModuleType("solution")
    module.__dict__[PICK] = pick
    try:
        exec(compile(source, "solution.py", "exec"), module.__dict__)
        return module.Net().run(0.25), module.other(1)
    except NameError:  # a name is local as soon as one branch sets it
        return NameError
    except Exception as error:
        return type(error)


def compiles(source):
    try:
        return bool(compile(source, "solution.py", "exec"))
    except SyntaxError:
        return False


def test_branches_do_what_each_change_does():
    """
    Changes that are compiled together give what each of them gives by itself.
    """
    program = Program(SOURCE)
    edits = [e for e, _ in zip(in_order(program, {}), range(300), strict=False)]
    changes = [e.splices for e in edits if compiles(program.spliced(e.splices))]
    variants = Parts(program).variants(changes)
    whole = b"import math\n"

    together = [(v, c) for v, c in zip(variants, changes, strict=True) if v.path == "Net.run"]
    alike = [
        (outcome_of(whole + v.text + REST, v.pick), outcome_of(program.spliced(c)))
        for v, c in together
        if v.pick >= 0
    ]

    assert len(alike) > 100
    assert all(a == b for a, b in alike)


def test_a_change_that_makes_a_name_local_spoils_no_other():
    """
    What an inner function takes from the outer one is not its own for all that are compiled.
    """
    source = (
        b"def run(n):\n    def step(a):\n        a = a + n\n        return a\n    return step(1)\n"
    )
    program = Program(source)
    target, added = source.index(b"a = a"), source.index(b"n\n        return")

    local, other = Parts(program).variants(
        [[(target, target + 1, "n")], [(added, added + 1, "(n - 1)")]]
    )

    namespace = {PICK: other.pick}
    exec(compile(other.text, "solution.py", "exec"), namespace)
    assert namespace["run"](5) == 5
    assert local.text != other.text


def test_a_change_of_what_is_given_a_value_spoils_no_other():
    """
    What cannot be given one would make a text that holds several changes no program.
    """
    program = Program(b"def f(net, h):\n net.W = h\n net.W[h] = 2\n return net\n")
    begin = program.source.index(b"net.W[")
    target, value = (begin, begin + 5, "net.W * 2"), (begin + 11, begin + 12, "3")

    first, second = Parts(program).variants([[target], [value]])

    assert (first.pick, second.pick) == (-1, 1)
    assert not compiles(first.text)
    assert compiles(second.text)


def test_a_program_of_the_future_is_compiled_in_parts():
    """
    A function is compiled with what the program says of it.
    """
    future = "from __future__ import annotations\n"
    program = Program(f"{future}def f(h: Net):\n return h + 1\nclass Net: pass\n".encode())
    at = program.source.index(b"h + 1")

    (variant,) = Parts(program).variants([[(at, at + 1, "(2 * h)")]])

    assert variant.path == "f"
    assert variant.text.decode().startswith(future)
    assert b"class" not in variant.text


def test_what_lies_outside_a_function_is_compiled_as_a_whole():
    """
    A default value belongs to the text around its function.
    """
    program = Program(SOURCE)
    at = SOURCE.index(b"rate=1") + 5

    variant = Parts(program).variant([(at, at + 1, "2")])

    assert variant.path == ""
    assert variant.text == SOURCE.replace(b"rate=1", b"rate=2")


def test_what_only_its_class_gives_is_compiled_with_it():
    """
    A function by itself has no `super`.
    """
    program = Program(b"class A(dict):\n    def f(self, x):\n        return x\n")
    at = program.source.rindex(b"x")

    plain, of_class = (
        Parts(program).variant([(at, at + 1, text)]) for text in ("-x", "super().get(x)")
    )

    assert plain.path == "A.f"
    assert of_class.path == ""


@pytest.mark.parametrize(
    ("a", "b", "sum_", "product"),
    [
        ((3, 1), (1, 4), (3, 4), (3, 4)),
        ((3, 4), (4,), (3, 4), (3,)),
        ((3, 4), (3, 4), (3, 4), None),
        ((3, 4), (5, 4), None, None),
        ((), (2, 2), (2, 2), None),
    ],
)
def test_shapes_that_go_together(a, b, sum_, product):
    """
    Which shape a sum and a matrix product have, if there is one.
    """
    assert (seen.broadcast(a, b), seen.product(a, b)) == (sum_, product)


def test_shapes_come_back_in_a_message():
    """
    What the raising statement says is read again, with the lengths of lists; a key that a dict
    would make when it is asked for has no value.
    """
    program = Program(b"def f(x):\n    y = [x]\n    return y\n")
    place, texts = program.places[-1], ["x", "y", "z", "np.ones((2, 3))", "made['a']", "made['b']"]
    namespace = {"np": np, "made": defaultdict(float, a=1.0)}
    exec(program.spliced(seen.asking(program, place, texts)), namespace)

    with pytest.raises(AssertionError) as told:
        namespace["f"](2.0)

    said = ended.one_line(f"AssertionError: {told.value}")  # as it comes out of the sandbox
    shapes = {"x": (), "y": None, "np.ones((2, 3))": (2, 3), "made['a']": ()}
    assert seen.answer(texts, said) == (shapes, {"y": 1}, {"z", "made['b']"})


def test_what_is_asked_for_may_come_by_again():
    """
    A function that calls itself is asked once, and not in what it calls.
    """
    program = Program(b"def f(n):\n    return n and f(n - 1)\n")
    namespace = {}
    exec(program.spliced(seen.asking(program, program.places[-1], ["f(n - 1)"])), namespace)

    with pytest.raises(AssertionError, match="_s"):
        namespace["f"](5)


def test_a_change_that_makes_a_name_local_is_compiled_by_itself():
    """
    Among the branches of one function it would be local in all of them.
    """
    program = Program(SOURCE)
    at = SOURCE.index(b"total = h")
    end = SOURCE.index(b"\n", at)
    changes = [[(at, end, f"{names} = x, x")] for names in ("h", "h, other", "h, t")]

    variants = Parts(program).variants(changes)

    assert [v.pick for v in variants] == [0, -1, 2]


def test_what_is_expected_of_a_case_is_computed_once():
    """
    The cases of candidates are the same ones for every submission.
    """
    tries = Tries(suite_of())
    group = SIMPLE_RNN.group("forward")
    case = tries.tiny(group)[0]

    assert tries.tiny(group)[0] is case
    assert tries.expect(case) is tries.expect(case)


NET = b"""\
class Net:
    def begin(self):
        self.states = {}

    def run(self, x):
        self.begin()
        first = self.begin()
        return self.state[-1] + first
"""


@pytest.mark.parametrize(
    ("raised_there", "line", "said"),
    [
        ("NameError: name 'stat' is not defined", 8, "`stat` is used in line 8, and nothing has"),
        ("AttributeError: 'Net' object has no attribute 'state'", 8, "There is a `states`."),
        ("KeyError: -1", 8, "`[-1]` is used in line 8, and nothing has given it a value"),
        ("KeyError: 'wax' (weights has ba, was)", 8, "There is a `was`."),
        ("TypeError: 'NoneType' object is not iterable", 8, "`begin` returns nothing"),
    ],
)
def test_what_has_no_value_is_told(raised_there, line, said):
    """
    What is certain of an exception: what was used, where, and that nothing gave it a value.
    """
    case = Case("run", {"T": 3}, {}, 0)
    outcome = Outcome(Verdict.RTE, message=raised_there, frames=(("run", line),))

    (told,) = raised.explained(Program(NET), case, outcome)

    assert told.line == line
    assert said in told.message
    assert f"第 {line} 行" in told.message_zh


@pytest.mark.parametrize(
    "message",
    [
        "KeyError: 'a'",
        "AttributeError: 'list' object has no attribute 'T'",
        "TypeError: 'NoneType'",
    ],
)
def test_what_is_not_certain_of_an_exception_is_not_told(message):
    """
    A key in a line without one, an attribute of what is not the submission's, None from elsewhere.
    """
    outcome = Outcome(Verdict.RTE, message=message, frames=(("run", 6),))
    program = Program(NET.replace(b"first = self.begin()", b"first = x"))

    assert list(raised.explained(program, Case("run", {"T": 3}, {}, 0), outcome)) == []


def test_lengths_of_lists_are_told_where_an_index_is_out_of_range():
    """
    Of those that stand in the line by their whole name.
    """
    program = Program(b"def f(x, steps, st):\n    return steps[3]\n")
    program.lengths[program.places[-1]] = {"steps": 1, "st": 2}
    outcome = Outcome(
        Verdict.RTE, message="IndexError: list index out of range", frames=(("f", 2),)
    )

    (told,) = raised.explained(program, Case("f", {"T": 3}, {}, 0, reported=("T",)), outcome)

    assert "with T=3: len(`steps`) = 1." in told.message
    assert "st`) = 2" not in told.message


def test_the_shape_of_what_an_index_is_out_of_is_told_first():
    """
    Before those of what is computed in that line.
    """
    program = Program(b"def f(x, d):\n    d[3] = x + 1\n")
    program.shapes[program.places[-1]] = {"x + 1": (2,), "x": (2,), "d": (3, 2)}
    said = "IndexError: index 3 is out of bounds for axis 0 with size 3"
    outcome = Outcome(Verdict.RTE, message=said, frames=(("f", 2),))

    (told,) = raised.explained(program, Case("f", {"T": 3}, {}, 0, reported=("T",)), outcome)

    assert "with T=3: `d` (3, 2), `x + 1` (2,)" in told.message


def test_a_proof_adds_small_cases_to_the_scored_ones():
    """
    Long cases, and those of a group that has no small one, are among the scored ones anyway.
    """
    suite = suite_of("binary_addition")
    wrong = types.SimpleNamespace(name="step", verdict=Verdict.WA)

    verifier = Verifier(suite, None, Tries(suite), [wrong])

    fresh = [case for stage in verifier._stages() for case in stage]
    assert len(fresh) == verifier.cases - len(suite.cases)
    assert {case.group for case in fresh} == {g.name for g in suite.problem.groups} - {"learning"}
    assert max(case.sizes.get("D", 0) for case in fresh) <= LONGEST
