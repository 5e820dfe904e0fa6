"""Many changed sources played by one worker: each costs only itself."""

import functools
from dataclasses import replace

import pytest

from grader.explain.faulty import play
from grader.explain.faulty.cases import Tries
from grader.explain.faulty.program import Program
from grader.explain.faulty.repairs import Repairs
from grader.explain.faulty.verify import Verifier
from grader.model import Verdict
from grader.sandbox.host import Sandbox
from grader.sandbox.watch import Variant, Worker
from tests.support import SIMPLE_RNN, solution, suite_of

RIGHT = solution()
STUBBORN = """
while True:
    try:
        sum(range(10**5))  # not `while True: pass`: its jump back is in no exception's range
    except BaseException:
        pass
"""


@functools.cache
def tiny():
    """A small case of forward."""
    return Tries(suite_of()).tiny(SIMPLE_RNN.group("forward"))[0]


def played(sandbox, *sources):
    """How the case goes on each of the sources."""
    changes = [[(0, len(RIGHT), source.decode())] for source in sources]
    with play.Bench(sandbox, Program(RIGHT), 60, 600) as bench:
        return list(bench.play(changes, tiny()))


def wholes(*sources):
    """Each source as a variant in the place of all of the submission."""
    return [Variant("", source) for source in sources]


def test_every_variant_is_a_module_of_its_own(sandbox):
    """
    What one variant leaves behind in its module, the next does not find.
    """
    leaving = solution(at_import="import sys; assert not hasattr(sys.modules['solution'], 'mark')")
    leaving += b"\nmark = 1\n"

    outcomes = played(sandbox, leaving, leaving, RIGHT)

    assert [o.verdict for o in outcomes] == [None, None, None]
    assert (outcomes[0].claims.values == outcomes[2].claims.values).all()


def test_a_change_that_spoils_a_library_costs_only_itself(sandbox):
    """
    What a worker has lost for good is there again for the changes that follow.
    """
    source = solution(forward="import os\nnp.tanh = np.tanh")
    program, suite = Program(source), suite_of()
    at = source.index(b"np.tanh = np.tanh") + len(b"np.tanh = ")
    splices = [[(at, at + len(b"np.tanh"), text)] for text in ("None", "np.tanh", "np.arctanh")]
    with play.Bench(sandbox, program, 60, 600) as bench:
        search = Repairs(program, bench, Verifier(suite, sandbox, Tries(suite), ()), tiny())
        search.unchanged = bench.unchanged(tiny())

        outcomes = search._played(splices)

    assert outcomes[0].message.startswith("TypeError")
    assert (outcomes[1].claims.values == search.unchanged.claims.values).all()
    assert (outcomes[2].claims.values != search.unchanged.claims.values).any()


@pytest.mark.parametrize(
    "line",
    [
        "raise ValueError('no')",
        "raise SystemExit",
        "os._exit(1)",
        "while True: pass",
        pytest.param(STUBBORN, marks=pytest.mark.slow),
        "def f(): f()\nf()",
        "this does not compile",
        "os.write(3, b'nonsense' * 100)",
    ],
)
def test_a_variant_that_goes_wrong_costs_only_itself(sandbox, line):
    """
    Before and after one that raises, ends, hangs or meddles, the others make their claims.
    """
    bad = solution(at_import=line)

    outcomes = played(sandbox, RIGHT, bad, RIGHT)

    assert outcomes[0].claims is not None
    assert outcomes[2].claims is not None
    assert (outcomes[0].claims.values == outcomes[2].claims.values).all()


def test_a_part_that_needs_what_is_around_it_is_refused(sandbox):
    """
    A function that was compiled apart and reads a variable around it has none: it is not run.
    """
    part = b"class SimpleRNN:\n def forward(self, x):\n  return super().forward(x)\n"
    worker = Worker(sandbox, RIGHT)
    try:
        assert worker.imported() is None
        variants = [Variant("SimpleRNN.forward", part), *wholes(RIGHT)]

        refused, right = worker.play_variants(RIGHT, variants, tiny(), 5.0)
    finally:
        worker.close()

    assert refused.message.startswith("SyntaxError")
    assert right.claims is not None


def test_inputs_are_fresh_for_each_variant(sandbox):
    """
    What a variant writes into its arguments, the next one does not see.
    """
    spoiling = RIGHT.replace(
        b"def forward(self, x):", b"def forward(self, x):\n        x[:] = 0", 1
    )

    first, *_, last = played(sandbox, RIGHT, spoiling, spoiling, RIGHT)

    assert (first.claims.values == last.claims.values).all()


def test_an_endless_variant_is_ended_from_within(sandbox):
    """
    The time of one variant is its own: the worker goes on with the next, in the same process.
    """
    endless = solution(at_import="while True: pass")
    worker = Worker(sandbox, RIGHT)
    try:
        assert worker.imported() is None

        outcomes = list(worker.play_variants(RIGHT, wholes(endless, RIGHT), tiny(), 0.3))

        assert [o.verdict for o in outcomes] == [Verdict.RTE, None]
        assert worker.exit is None
    finally:
        worker.close()


@pytest.mark.slow
def test_what_swallows_every_exception_is_ended_from_outside():
    """
    A variant that does not let itself be interrupted takes the worker with it, and no more.
    """
    limits = replace(SIMPLE_RNN.limits, case_cpu_s=1.0, case_wall_s=120)
    stubborn = solution(at_import=STUBBORN)
    with Sandbox(replace(SIMPLE_RNN, limits=limits), weak=True) as opened:
        worker = Worker(opened, RIGHT)
        try:
            assert worker.imported() is None

            outcomes = list(worker.play_variants(RIGHT, wholes(stubborn, RIGHT), tiny(), 0.3))

            assert [o.verdict for o in outcomes] == [Verdict.TLE]
            assert worker.exit is not None
        finally:
            worker.close()
