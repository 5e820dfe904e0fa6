"""Diagnoses: the corpus's mistakes are named, pairs are found, and nothing false is claimed."""

import re

import pytest

from grader.explain.diagnose.cause import Diagnoses
from grader.explain.trial import Trial
from grader.judge import score
from grader.judge.compared import find_mismatches
from grader.oracle import load
from grader.problems.load import load_problem
from grader.sandbox.run import play_all
from tests.support import CORPUS, SEED, thinned

ID = "simple_rnn"
WRONG = sorted((CORPUS / ID / "wrong_answer").glob("*.py"))
FACTS = ("where-", "inexact", "rounded", "float")  # what was counted, not a mistake that is named
NAMED = {
    "carry_not_stored": {"nothing-carried-back"},  # and no clipping at 0
    "truncated_bptt_2": {"truncated-bptt"},
    "truncated_bptt_100": {"truncated-bptt"},
    "chunks_of_50": {"bptt-in-chunks"},
    "carry_without_tanh_derivative": {"carried-before-tanh"},
    "clip_carried_gradient_at_1": {"clip-carried-gradient"},
    "clip_delta_norm_5": {"clip-hidden-errors-by-norm"},
    "whole_matrix_clipped_1e6": {"clip-gradients-by-value"},
    "flat_hidden_bias": {"bias-shape"},
    "gradients_never_zeroed": {"gradients-accumulate"},
    "momentum": {"momentum"},
    "output_bias_unused": {"output-bias-unused"},
    "learning_rate_fixed_0_1": {"learning-rate-fixed"},
}


@pytest.fixture(scope="module")
def catalogue():
    return Diagnoses(load_problem(ID), SEED)


def diagnosed(judge, diagnoses, source):
    run = play_all(judge.sandbox, source, judge.suite.cases)
    groups = score.group_results(judge.suite, run, find_mismatches(judge.suite, run))
    with Trial(judge.sandbox, source) as trial:
        return diagnoses.of(trial, groups)


def names(found):
    return {d.id for d in found if not d.id.startswith(FACTS)}


@pytest.mark.parametrize("name", thinned(sorted(NAMED), everyday=1))
def test_names_the_mistake(judges, catalogue, name):
    """
    A corpus file gets the name of its mistake, and no other.
    """
    source = (CORPUS / ID / "wrong_answer" / f"{name}.py").read_bytes()

    found = diagnosed(judges(ID), catalogue, source)

    assert names(found) == NAMED[name]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(NAMED))
def test_says_nothing_false_without_the_entry(judges, name):
    """
    With its entry removed from the catalogue, the mistake is not taken for another one.
    """
    problem = load_problem(ID)
    known = [k for k in load.misconceptions(problem) if k.id not in NAMED[name]]
    source = (CORPUS / ID / "wrong_answer" / f"{name}.py").read_bytes()

    found = diagnosed(judges(ID), Diagnoses(problem, SEED, known), source)

    assert not names(found)


SECOND = {  # what the learning rate is replaced by, and the name that this mistake has
    "learning_rate / len(x) *": "mean-over-time",
    "learning_rate * 3.7 *": "update-scaled",  # whose parameter shows only beside the other one
}


@pytest.mark.parametrize("rate", thinned(list(SECOND), everyday=1))
def test_two_mistakes(judges, catalogue, rate):
    """
    Two mistakes in one file are both named.
    """
    source = (CORPUS / ID / "wrong_answer" / "whh_not_transposed_in_carry.py").read_text("utf-8")
    both = re.sub(r"learning_rate \*", rate, source)
    assert both != source

    found = diagnosed(judges(ID), catalogue, both.encode())

    assert names(found) == {"carried-untransposed", SECOND[rate]}


@pytest.mark.slow
def test_same_words_again(judges, catalogue):
    """
    The same seed gives the same diagnosis, from a fresh catalogue too.
    """
    source = (CORPUS / ID / "wrong_answer" / "h_limit_8.py").read_bytes()

    first = diagnosed(judges(ID), catalogue, source)
    second = diagnosed(judges(ID), Diagnoses(load_problem(ID), SEED), source)

    assert first == second
    assert first


def test_accepted_gets_none(judges, catalogue):
    """
    A right solution has no diagnosis.
    """
    source = (CORPUS / ID / "accepted" / "golfed.py").read_bytes()

    assert diagnosed(judges(ID), catalogue, source) == ()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["another_mistake", "that_it_is_inexact"])
def test_other_mistake_in_probes_is_not_named(judges, name):
    """
    What a submission does only where it is not scored is no mistake of its own.
    """
    path = CORPUS / ID / "hostile" / f"probes_told_{name}.py"

    report = judges(ID).judge(path.read_bytes(), path.name)

    assert report.verdict == "WA"
    assert {d.id for d in report.diagnosis} == {"faulty-line", "where-backward"}
    assert report.left_out == ()


@pytest.mark.slow
def test_float32_is_no_fault_where_it_is_asked_for(judges):
    """
    A model of float32 that computes in less is told so, and not that its values are float32.
    """
    path = CORPUS / "torch_rnn" / "wrong_answer" / "half_precision_in_float32.py"

    report = judges("torch_rnn").judge(path.read_bytes(), path.name)

    assert "float32" not in {d.id for d in report.diagnosis}


def test_what_is_beyond_all_bounds_proves_no_scale(judges, catalogue):
    """
    Weights that hold whatever was in memory are no multiple of the right ones.
    """
    source = (CORPUS / ID / "accepted" / "slots.py").read_text("utf-8")
    unset = re.sub(r"np\.random\.randn\((.*)\) \* 1e-2", r"np.full((\1), 3e33)", source)

    found = diagnosed(judges(ID), catalogue, unset.encode())

    assert names(found) == set()
