"""The catalogues of misconceptions: every entry is one visible mistake, told from all others."""

import pytest

from grader import oracle
from grader.diagnose.suspects import Bench, Suspect
from grader.problem import load_problem, problem_ids
from tests.support import SEED

PROBLEMS = [p for p in problem_ids() if oracle.misconceptions(load_problem(p))]
KNOWN = [(p, n) for p in PROBLEMS for n in range(len(oracle.misconceptions(load_problem(p))))]
LONGEST = 320  # characters: a terminal's few lines


@pytest.fixture(scope="module", params=PROBLEMS)
def bench(request):
    problem = load_problem(request.param)
    return Bench(problem, SEED, oracle.misconceptions(problem))


def played(known, number):
    """The suspect with the value that its class names as an example."""
    parameter = known.parameter
    change = next(iter(known.provides.values()))
    return Suspect(((number, getattr(change, parameter.name) if parameter else None),))


def test_every_misconception_shows(bench):
    """
    Every entry differs from the reference, beyond the error bound, in several probes.
    """
    seldom = []
    for number, known in enumerate(bench.known):
        suspect = played(known, number)
        wrong = 0
        for probe, case in enumerate(bench.cases):
            plain, expected = bench.plain(suspect, probe), bench.expected(probe)
            assert plain is not None, (known.id, case.group)
            wrong += not (abs(plain - expected.value) <= expected.bound).all()
        if wrong < 3:
            seldom.append(known.id)

    assert not seldom


def test_no_two_are_alike(bench):
    """
    Any two entries differ from each other in some probe.
    """
    suspects = [played(known, number) for number, known in enumerate(bench.known)]
    rows = {}
    for suspect in suspects:
        values = [bench.plain(suspect, probe) for probe in range(len(bench.cases))]
        key = tuple(tuple(f"{v:.6g}" for v in row[:400]) for row in values)
        rows.setdefault(key, []).append(bench.known[suspect.parts[0][0]].id)

    assert not [ids for ids in rows.values() if len(ids) > 1]


@pytest.mark.parametrize("problem_id", PROBLEMS)
def test_messages(problem_id):
    """
    Every entry has its own id and a message of a few lines in both languages.
    """
    known = oracle.misconceptions(load_problem(problem_id))

    assert len({k.id for k in known}) == len(known) >= 40
    for k in known:
        assert set(k.message) == {"en", "zh"}
        assert len(k.message["en"]) < LONGEST
        assert ("{value}" in k.message["en"]) == ("{value}" in k.message["zh"])
