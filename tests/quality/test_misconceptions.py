"""The catalogues of misconceptions: entries go together, and have words.

That each shows and is told from all others is what `grader verify` finds (test_verify.py).
"""

import numpy as np
import pytest

from grader.explain.diagnose.probes import OF_A_KIND
from grader.explain.diagnose.prove import _both
from grader.explain.diagnose.suspects import Bench, Suspect
from grader.oracle import load
from grader.oracle.wrong import default_value
from grader.problems.load import problem_ids
from tests.support import KIT, SEED, per_problem

pytestmark = pytest.mark.slow
LEAST = {"gru": 12, "torch_rnn": 15}  # entries; most else is told by the line at fault


CATALOGUES = {p.stem for p in (KIT / "reference" / "misconceptions").iterdir()}
PROBLEMS = per_problem([p for p in problem_ids() if p in CATALOGUES])
LONGEST = 320  # characters: a terminal's few lines


@pytest.fixture(scope="module", params=PROBLEMS)
def bench(request):
    problem = request.param
    return Bench(problem, SEED, load.misconceptions(problem))


def played(known, number):
    """The suspect with the value that stands as an example."""
    return Suspect(((number, default_value(known)),))


def test_the_order_of_two_does_not_matter(bench):
    """
    Two mistakes that change different pieces are the same whichever of them is made first.
    """
    suspects = [played(known, number) for number, known in enumerate(bench.known)]
    pairs = [pair for n in (1, 7, 19) for pair in zip(suspects, suspects[n:], strict=False)]
    both = [pair for a, b in pairs for pair in _both(bench, a, b)]

    differing = []
    for suspect in both:
        turned = Suspect(suspect.parts[::-1])
        for probe in range(0, len(bench.cases), 10 * OF_A_KIND):
            one, other = (bench.plain(s, probe) for s in (suspect, turned))
            fails = one is None or other is None  # they may not go together, in either order
            if one is not other and (fails or not np.array_equal(one, other, equal_nan=True)):
                differing.append([bench.known[n].id for n, _ in suspect.parts])

    assert both
    assert not differing


@pytest.mark.parametrize("problem", PROBLEMS)
def test_messages(problem):
    """
    Every entry has its own id and a message of a few lines in both languages.
    """
    known = load.misconceptions(problem)

    assert len({k.id for k in known}) == len(known) >= LEAST.get(problem.id, 25)
    for k in known:
        assert set(k.message) == {"en", "zh"}
        assert len(k.message["en"]) < LONGEST
        assert ("{value}" in k.message["en"]) == ("{value}" in k.message["zh"])
