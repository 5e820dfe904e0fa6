"""What `grader check` finds at home: nothing in right submissions, mistakes without any answer."""

import contextlib

import pytest

from grader.cases import generate
from grader.cases.samples import READABLE
from grader.home.check import check
from grader.problems.load import problem_ids
from grader.sandbox.host import Sandbox
from tests import support
from tests.support import CORPUS, SEED, params, samples, slow_if_it_needs

# Each has one wrong gradient, or one that goes the wrong way round.
GRADIENT_BUGS = {
    "binary_addition": ("carried_delta_not_transposed", "recurrent_update_uses_this_state"),
    "gru": ("direct_path_forgotten", "untransposed_on_the_way_back"),
    "rnn_cell": ("carry_without_transpose", "dwaa_from_current_state", "da_of_step_before"),
    "simple_rnn": ("dwhh_transposed", "truncated_bptt_1"),
    "torch_rnn": ("own_backward_untransposed",),
}
BUGS = [
    pytest.param(
        p, b, id=f"{p}-{b}", marks=[*slow_if_it_needs(p), *([pytest.mark.slow] if n else [])]
    )
    for p in problem_ids()
    for n, b in enumerate(GRADIENT_BUGS.get(p, ()))
]
# One style of two, of PyTorch of ten: each of them is judged by more cases in tests/test_corpus.py.
RIGHT = [
    s for n, s in enumerate(samples("accepted")) if n % (10 if s.problem == "torch_rnn" else 2) == 0
]


@pytest.fixture(scope="module")
def sandboxes():
    """
    A function from a problem to its one sandbox.
    """
    made = {}
    with contextlib.ExitStack() as stack:

        def sandbox_of(problem):
            if problem.id not in made:
                made[problem.id] = stack.enter_context(Sandbox(problem, weak=True))
            return made[problem.id]

        yield sandbox_of


def found_in(path, problem, sandboxes):
    start, findings, *_ = check(problem, sandboxes(problem), path.read_bytes())

    assert start == ""
    return findings


@pytest.mark.parametrize("sample", params(RIGHT))
def test_a_right_submission_passes_at_home(sandboxes, sample):
    """
    Whatever its style, samples and self-checks find nothing in a submission that is right.
    """
    found = found_in(sample.path, support.problem(sample.problem), sandboxes)

    assert all(f.ok for f in found), [f.message for f in found if not f.ok]


@pytest.mark.parametrize(("problem_id", "name"), BUGS)
def test_a_wrong_gradient_is_found_without_an_answer(sandboxes, problem_id, name):
    """
    The submission's own forward tells that its gradients are wrong; no sample is needed.
    """
    problem = support.problem(problem_id)
    own = {g.name for g in problem.self_checks}
    path = CORPUS / problem_id / "wrong_answer" / f"{name}.py"

    found = [f for f in found_in(path, problem, sandboxes) if f.name in own and not f.ok]

    assert any("_by_differences" in f.message for f in found), found


@pytest.mark.parametrize("problem_id", problem_ids())
def test_sizes_that_differ_are_played(problem_id):
    """
    Every self-check has two cases of which no two sizes are equal, but where their range ends.
    """
    problem = support.problem(problem_id)

    for group in problem.self_checks:
        for case in generate.unequal_cases(problem, group, READABLE, SEED, smallest=2):
            free = [n for s, n in case.sizes.items() if n not in problem.sizes[s]]
            assert len(set(free)) == len(free)
