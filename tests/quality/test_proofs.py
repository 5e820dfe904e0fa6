"""Every quantity of every problem is proved: a reference that is wrong in one of them is refused."""

import functools
import shutil

import pytest

from grader import oracle
from grader.model import Suite
from grader.problem import KIT, load_problem, problem_ids
from grader.suite import make_suite
from grader.verify import gradients, independent, proofs
from grader.verify.findings import ERROR
from tests.quality.gru import gru_kit
from tests.support import SEED

EVERY = 9  # one quantity of so many is spoilt in the everyday run
CASES = 3  # in which it is
SPOIL = """


SPOILT = {"name": "", "by": 0.0}


def spoilt(play):
    def played(solution, case):
        seen = dict(play(solution, case))
        if SPOILT["name"] in seen and solution.__name__.startswith("reference_"):
            value = np.asarray(seen[SPOILT["name"]])
            moved = value + SPOILT["by"] * np.maximum(abs(value), 1)
            seen[SPOILT["name"]] = moved
        return seen

    return played


globals().update({name: spoilt(globals()[name]) for name in GROUPS})
"""


def observed():
    """Every quantity that a group of a problem observes, all but some marked slow."""
    found = []
    for problem_id in problem_ids():
        problem = load_problem(problem_id)
        torch = [pytest.mark.torch, pytest.mark.slow] if "torch" in problem.packages else []
        names = [(group.name, q.name) for group in problem.groups for q in group.observes]
        for number, name in enumerate(names):
            marks = [pytest.mark.slow] if number % EVERY else []
            found.append(
                pytest.param(
                    problem_id, *name, marks=[*torch, *marks], id="-".join((problem_id, *name))
                )
            )
    return found


@pytest.fixture(scope="module")
def kits(tmp_path_factory):
    """
    A function from a problem to a copy of it whose driver can spoil what the reference gives.
    """
    made = {}

    def kit_of(problem_id):
        if problem_id not in made:
            root = tmp_path_factory.mktemp(problem_id)
            for name in ("problem", "reference", "tests/independent"):
                shutil.copytree(KIT / name, root / name)
            problem = load_problem(problem_id, root / "problem")
            names = [g.name for g in problem.groups]
            with (problem.root / "driver.py").open("a", encoding="utf-8") as driver:
                driver.write(f"\n\nGROUPS = {names}{SPOIL}")
            made[problem_id] = problem
        return made[problem_id]

    return kit_of


@functools.cache
def cases_of(root, group):
    """A few cases of a group, of middle size."""
    suite = make_suite(load_problem(root.name, root.parent), SEED)
    cases = [c for c in suite.cases if c.group == group]
    cases = sorted(cases, key=lambda c: sum(a.size for a in c.inputs.values()))
    return cases[len(cases) // 2 :][:CASES]


def suite_of(problem, group):
    """These cases, with the values that the reference gives as it is now."""
    middle = cases_of(problem.root, group)
    expected = tuple(oracle.expect(problem, case) for case in middle)
    return Suite(problem, SEED, tuple(middle), expected, "")


@pytest.mark.parametrize(("problem_id", "group", "name"), observed())
def test_a_reference_wrong_in_one_quantity_is_refused(kits, problem_id, group, name):
    """
    Whatever a group observes, a reference that gives it a little wrong differs from a proof.
    """
    problem = kits(problem_id)
    quantity = next(q for q in problem.group(group).observes if q.name == name)
    by = 1e-2 if quantity.precision == "float32" else 1e-6
    spoilt = oracle.driver(problem).SPOILT
    try:
        spoilt.update(name=name, by=by)
        check = independent.check_independent(suite_of(problem, group))
    finally:
        spoilt.update(name="", by=0.0)

    assert [f.level for f in check.findings] == [ERROR], check.findings
    assert group in check.findings[0].message


def losses(problem, text):
    """Add lines to the losses file of a copy."""
    path = problem.root.parent.parent / "reference" / "losses" / f"{problem.id}.py"
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_formulas_and_losses_prove_what_they_speak_of(tmp_path):
    """
    Without independent implementation a loss proves the gradients, and formulas the values.
    """
    problem = gru_kit(tmp_path)

    by_loss = gradients.check_gradients(suite_of(problem, "backward"))
    by_formula = proofs.check_values(suite_of(problem, "forward"))

    assert not by_loss.findings + by_formula.findings
    assert {q for _, q in by_loss.proves} == {"dx_t", "dh_prev", "dW", "dU", "db"}
    assert by_formula.proves == {("forward", "h_t")}
    assert not proofs.check_proved(problem, by_loss.proves | by_formula.proves).findings


def test_a_proof_of_some_numbers_is_none(tmp_path):
    """
    What looks at a part of a quantity, or of what a group observes, does not prove the rest.
    """
    suite = suite_of(gru_kit(tmp_path), "backward")
    case, expected = suite.cases[0], suite.expected[0]
    where = oracle.positions(suite.problem.group("backward"), case)
    seen = {name: expected.value[at] for name, at in where.items()}

    def errors_of(other):
        looked_at = {"dx_t": slice(None), "db": slice(0, 1)}
        return {n: 1e9 * abs(other[n] - seen[n])[at].max() for n, at in looked_at.items()}

    assert proofs.noticed(suite, 0, seen, errors_of, set()) == {("backward", "dx_t")}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{'forward': {'h_t': 'it is drawn at random'}}", []),
        ("{'forward': {'h_t': 'no'}}", ["say in a sentence"]),
        (
            "{'forward': {'h': 'it is drawn at random'}}",
            ["h is not observed (did you mean h_t?)", "h_t"],
        ),
    ],
)
def test_a_reason_stands_for_a_proof(tmp_path, text, words):
    """
    What cannot be proved has a reason, a sentence about a quantity that there is.
    """
    problem = gru_kit(tmp_path)
    losses(problem, f"\n\nREASONS = {text}\n")
    others = frozenset(("backward", q.name) for q in problem.group("backward").observes)

    found = [f.message for f in proofs.check_proved(problem, others).findings]

    assert len(found) == len(words)
    assert all(word in message for word, message in zip(words, found, strict=True))
