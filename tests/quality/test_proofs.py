"""Every quantity of every problem is proved: a reference that is wrong in one of them is refused."""

import functools
import shutil
from dataclasses import replace

import pytest

from grader.cases.suite import kept_suite
from grader.model import Suite
from grader.oracle import bounds
from grader.problems.load import load_problem, problem_ids
from grader.setting.mutants import mutants
from grader.setting.verify import gradients, independent, proofs
from grader.setting.verify.findings import ERROR
from tests.quality.gru import gru_kit
from tests.styles.proof import COSTLY
from tests.support import KIT, SEED, problem, todays

EVERY = 18  # one quantity of so many is spoilt in the everyday run
CASES = 3  # in which it is
FEW = 2  # of a kind, which a mutated reference is asked for
MUTANTS = 16  # of each reference, spread evenly


def observed():
    """Every quantity that a group of a problem observes, all but some marked slow."""
    found = []
    for problem_id in problem_ids():
        known = problem(problem_id)
        torch = [pytest.mark.torch, pytest.mark.slow] if "torch" in known.packages else []
        names = [(group.name, q.name) for group in known.groups for q in group.observes]
        for number, name in enumerate(names):
            marks = [pytest.mark.slow] if number % EVERY else []
            found.append(
                pytest.param(
                    problem_id, *name, marks=[*torch, *marks], id="-".join((problem_id, *name))
                )
            )
    return found


def suite_of(problem, group):
    """A few cases of a group, of middle size, and what they should give."""
    suite = suites(problem.root)
    numbers = [n for n, c in enumerate(suite.cases) if c.group == group]
    numbers.sort(key=lambda n: sum(a.size for a in suite.cases[n].inputs.values()))
    middle = numbers[len(numbers) // 2 :][:CASES]
    cases, expected = ([of[n] for n in middle] for of in (suite.cases, suite.expected))
    return Suite(problem, SEED, tuple(cases), tuple(expected), "")


@functools.cache
def suites(root):
    return kept_suite(load_problem(root.name, root.parent), SEED)


@functools.cache
def sound(problem_id, group):
    """Such a suite, in which the independent implementation agrees with the reference."""
    suite = suite_of(problem(problem_id), group)
    assert independent.check_independent(suite).findings == ()
    return suite


def spoilt(suite, name):
    """The suite with one quantity off by little, though by more than is allowed."""
    expected = []
    for case, right in zip(suite.cases, suite.expected, strict=True):
        at = suite.problem.group(case.group).positions(case.sizes)[name]
        value = right.value.copy()
        value[at] += max(1e-6 * right.scale[at].max(), 3 * right.bound[at].max(), 1e-6)
        expected.append(replace(right, value=value))
    return replace(suite, expected=tuple(expected))


@pytest.mark.parametrize(("problem_id", "group", "name"), observed())
def test_a_reference_wrong_in_one_quantity_is_refused(problem_id, group, name):
    """
    Whatever a group observes, a reference that gives it a little wrong differs from a proof.
    """
    wrong = independent.check_independent(spoilt(sound(problem_id, group), name))

    assert [f.level for f in wrong.findings] == [ERROR]
    assert group in wrong.findings[0].message


def mutated(root, problem_id, text):
    """The problem in a kit of its own, with this text as its reference."""
    shutil.copytree(KIT / "problem" / problem_id, root / "problem" / problem_id)
    shutil.copytree(KIT / "tests" / "independent", root / "tests" / "independent")
    (root / "reference").mkdir()
    (root / "reference" / f"{problem_id}.py").write_text(text, "utf-8")
    return load_problem(problem_id, root / "problem")


def some_of_each_kind(suite):
    """The suite with a few cases of every group and regime, training for long apart."""
    kinds = {}
    for pair in zip(suite.cases, suite.expected, strict=True):
        if pair[0].group not in COSTLY:
            kinds.setdefault((pair[0].group, pair[0].regime), []).append(pair)
    pairs = [p for each in kinds.values() for p in each[:: -(-len(each) // FEW)]]
    cases, expected = zip(*pairs, strict=True)
    return replace(suite, cases=cases, expected=expected)


@pytest.mark.slow
@pytest.mark.parametrize("problem_id", todays([p for p in problem_ids() if p != "torch_rnn"], 2))
def test_a_mutated_reference_is_refused(problem_id, tmp_path):
    """
    A reference with one token changed cannot be played, or gives the same, or is refused.
    """
    source = (KIT / "reference" / f"{problem_id}.py").read_text("utf-8")
    found = [m.source for m in mutants(source)]
    right, passed, refused = some_of_each_kind(suites(problem(problem_id).root)), [], 0
    for number, text in enumerate(found[:: -(-len(found) // MUTANTS)]):
        changed = mutated(tmp_path / f"{number}", problem_id, text)
        try:
            claimed = tuple(bounds.expect(changed, case) for case in right.cases)
        except Exception:
            continue
        pairs = zip(claimed, right.expected, strict=True)
        if independent.check_independent(Suite(changed, SEED, right.cases, claimed, "")).findings:
            refused += 1
        elif any((abs(c.value - e.value) > e.bound).any() for c, e in pairs):
            passed.append(text)

    assert passed == []
    assert refused > 0


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
    where = suite.problem.group("backward").positions(case.sizes)
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
