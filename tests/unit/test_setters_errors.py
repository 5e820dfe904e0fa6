"""Whatever is wrong with a key of problem.yaml is told in one line with file, line and remedy."""

import random
import re

import pytest
import yaml

from grader.cases import generate
from grader.errors import ProblemError
from grader.problems.drawing import DISTRIBUTIONS
from grader.problems.file import read
from grader.problems.load import FILE, PROBLEMS, load_problem, problem_ids
from grader.problems.schema import read_problem
from grader.problems.uses import READABLE
from grader.setting.verify.stumbles import guarded

EVERY = 80  # one key of so many is spoilt in the everyday run
WRONG = ("3", "-1", "0.5", "text", "''", "[1, 2]", "[]", "{a: 1}", "{}", "null", "true", "[a, [b]]")


def keys_of(node, seen):
    """Every key of a file as its mapping and place there; what an alias repeats only once."""
    if id(node) in seen or isinstance(node, yaml.ScalarNode):
        return []
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [key for value in node.value for key in keys_of(value, seen)]
    below = [key for _, value in node.value for key in keys_of(value, seen)]
    return [*((node, n) for n in range(len(node.value))), *below]


def spoilt(pair, rng):
    """What may become of a key and its value: gone, misspelt, or of another type."""
    key, value = pair
    letters = list(key.value)
    place = rng.randrange(len(letters))
    letters[place:place] = rng.choice("abcxyz_")
    other = yaml.compose(rng.choice(WRONG), Loader=yaml.SafeLoader)
    misspelt = yaml.ScalarNode(key.tag, "".join(letters), key.start_mark)
    return {"deleted": [], "misspelt": [(misspelt, value)], "retyped": [(key, other)]}


def complaint(top, folder):
    """Why the file is refused, or nothing where its cases can be drawn."""
    try:
        problem = read_problem(top, folder)
    except ProblemError as error:
        return str(error)
    for group in problem.groups:
        for draw in group.draws:
            generate.free_sizes(problem, group, draw.stratum)
            drawn_small(problem, group, draw.regime)
    for group in problem.self_checks:
        if READABLE in problem.regimes:
            drawn_small(problem, group, READABLE)
    return ""


def drawn_small(problem, group, regime):
    assert list(generate.growing_cases(problem, group, regime, 0, largest=1, most=2))


def told(problem_id, every):
    """How each so-manyth key is spoilt, and what is said of it."""
    folder, rng = PROBLEMS / problem_id, random.Random(problem_id)
    top = read(folder / FILE)
    for mapping, place in keys_of(top.node, set())[rng.randrange(every) :: every]:
        original = mapping.value[place]
        for how, instead in spoilt(original, rng).items():
            mapping.value[place : place + 1] = instead
            try:
                yield original[0], how, complaint(top, folder)
            finally:
                mapping.value[place : place + len(instead)] = [original]


@pytest.mark.parametrize("every", [EVERY, pytest.param(12, marks=pytest.mark.slow)])
@pytest.mark.parametrize("problem_id", problem_ids())
def test_a_spoilt_key_is_refused_or_harmless(problem_id, every):
    """
    A key that is gone, misspelt or of another type is one line with its place, or draws cases still.
    """
    refused = 0
    for key, how, said in told(problem_id, every):
        if said:
            refused += 1
            assert re.fullmatch(r"[^\n]*/problem\.yaml:\d+: [^\n]{5,300}", said), (key.value, how)

    assert refused > 0


def test_every_distribution_can_be_declared():
    """
    What a problem may name is what cases can be drawn from.
    """
    assert set(DISTRIBUTIONS) == set(generate.DISTRIBUTIONS)


def with_change(tmp_path, old, new, problem_id="simple_rnn"):
    text = (PROBLEMS / problem_id / FILE).read_text("utf-8")
    assert old in text
    (tmp_path / problem_id).mkdir()
    (tmp_path / problem_id / FILE).write_text(text.replace(old, new, 1), "utf-8")
    line = text[: text.index(old)].count("\n") + 1
    with pytest.raises(ProblemError) as caught:
        load_problem(problem_id, tmp_path)
    return str(caught.value), f"problem.yaml:{line}: "


CHANGES = {
    "cases beyond the submission's time": ("case_cpu_s: 4 ", "case_cpu_s: 40 ", "more than cpu_s"),
    "no time": ("case_cpu_s: 4 ", "case_cpu_s: 0 ", "at least 0.01"),
    "no memory": ("memory_mib: 512", "memory_mib: 1", "at least 16"),
    "unused size": ("  T_2: [", "  U: [1, 2]\n  T_2: [", "no shape in a group has this size"),
    "unused input": ("  rate: []", "  rat: []\n  rate: []", "no group uses this input"),
    "unused stratum": (
        "  dense: {",
        "  dens: {}\n  dense: {",
        "no group's cases use this stratum",
    ),
    "unused regime": ("  fading: {", "  high: {<<: *plain}\n  fading: {", "use this regime"),
    "a meaning of no quantity": ("      repeated: {en", "      repeat: {en", "begins so"),
    "a size equal to an equal one": ("H: T, O: T, S", "H: I, O: T, S", "itself equal to T"),
    "a permutation that is not square": (
        "W_hy: {normal: 1, per: H}\n    b_h: {normal: 0.001}",
        "W_hy: {signed_permutation: 1}\n    b_h: {normal: 0.001}",
        "only a square matrix",
    ),
    "two distributions": ("x: {zeros: true}", "x: {zeros: true, bits: true}", "one distribution"),
    "an update of another shape": ("update_of: W_xh}", "update_of: W_hh}", "has the shape [H, H]"),
    "a product in a shape": ("W_xh: [H, I]", "W_xh: [4*H, I]", "not '4*H'; what is 4 times H has"),
    "a list that is none": ("requires: [forward]", "requires: forward", "a list of earlier groups"),
    "a size to report that is none": ("reported: [L, N,", "reported: [L, K,", "unknown size 'K'"),
    "steps of a size that is none": ("T_2: {en: time", "Z: {en: time", "unknown size 'Z'"),
    "a number in quotes": ("points: 25", 'points: "25"', "whole number"),
}


@pytest.mark.parametrize(("old", "new", "words"), CHANGES.values(), ids=CHANGES)
def test_what_does_not_fit_together_is_told(tmp_path, old, new, words):
    """
    What is declared in vain, or cannot be drawn, or makes no sense is named with its line.
    """
    said, place = with_change(tmp_path, old, new)

    assert words in said
    assert place in said


def test_an_alias_that_holds_itself_is_told(tmp_path):
    """
    A mapping that takes itself over is refused, and nothing runs for ever.
    """
    said, _ = with_change(tmp_path, "plain: &plain", "plain: &plain\n    <<: *plain")

    assert "an alias holds itself" in said


def test_the_line_told_is_the_problems_own_and_no_librarys():
    """
    What a library in the kit's own environment raises is told with the line that called it.
    """
    problem = load_problem("simple_rnn")
    kit = problem.root.parent.parent
    library = compile("def f():\n    return 1 / 0", f"{kit}/.venv/lib/library.py", "exec")
    exec(library, names := {})
    caller = compile("f()", f"{kit}/reference/simple_rnn.py", "exec")

    found = guarded(problem, "gradients", lambda: exec(caller, names))

    assert [f.message.removeprefix(str(kit)) for f in found.findings] == [
        "/reference/simple_rnn.py:1: ZeroDivisionError: division by zero: mend that line"
    ]
