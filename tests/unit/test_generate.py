"""The seed fixes the suite; its cases keep to the ranges, strata and regimes of the problem."""

import dataclasses
import functools
import itertools
import subprocess
import sys

import numpy as np
import pytest

from grader.cases import generate
from grader.problems.load import problem_ids
from tests import support
from tests.support import KIT, SEED, SIMPLE_RNN

PROBLEMS = [support.problem(name) for name in problem_ids()]


def first_cases(problem, seed):
    """
    The first case of every stream.
    """
    return tuple(next(stream) for stream in generate.draw_cases(problem, seed))


@functools.cache
def cases_of(problem_id):
    """
    Those of a problem, for the seed of the tests.
    """
    return first_cases(support.problem(problem_id), SEED)


@pytest.fixture(params=PROBLEMS, ids=lambda p: p.id)
def problem(request):
    """
    Every problem in turn.
    """
    return request.param


def test_same_seed_gives_the_same_digest(problem):
    """
    A second draw with the same seed is the same to the last bit.
    """
    again = first_cases(problem, SEED)

    assert generate.digest(again) == generate.digest(cases_of(problem.id))


def test_other_seed_gives_another_digest(problem):
    """
    A neighbouring seed gives another suite.
    """
    other = first_cases(problem, SEED + 1)

    assert generate.digest(other) != generate.digest(cases_of(problem.id))


@pytest.mark.parametrize("seed", [0, 1, 2**32, 2**63 - 1])
def test_any_seed_gives_a_suite(seed):
    """
    The smallest and the largest seed give as many cases as every other.
    """
    assert len(first_cases(SIMPLE_RNN, seed)) == len(cases_of("simple_rnn"))


def test_there_are_cases_enough(problem):
    """
    The default suite has at least 100 scored cases over the groups, another at least 50.
    """
    assert len(cases_of(problem.id)) >= (100 if problem.id == "simple_rnn" else 50)


def test_every_group_has_as_many_cases_as_it_asks_for(problem):
    """
    The cases come group by group, in the order of the problem and the number it states.
    """
    asked = [(g.name, d.regime) for g in problem.groups for d in g.draws for _ in range(d.count)]

    assert [(c.group, c.regime) for c in cases_of(problem.id)] == asked


def test_sizes_lie_in_their_ranges(problem):
    """
    Every size lies within the range of its stratum, or of the problem where that says nothing.
    """
    strata = [d.stratum for g in problem.groups for d in g.draws for _ in range(d.count)]

    for case, stratum in zip(cases_of(problem.id), strata, strict=True):
        for name, size in case.sizes.items():
            own = problem.strata[stratum].get(name, problem.sizes[name])
            low, high = problem.sizes[name] if isinstance(own, str) else own
            assert low <= size <= high


def test_sizes_declared_equal_are_equal(problem):
    """
    A size that a stratum declares equal to another is equal to it, where both are used.
    """
    strata = [d.stratum for g in problem.groups for d in g.draws for _ in range(d.count)]

    for case, stratum in zip(cases_of(problem.id), strata, strict=True):
        for name, same in problem.strata[stratum].items():
            if isinstance(same, str) and {name, same} <= case.sizes.keys():
                assert case.sizes[name] == case.sizes[same]


def test_inputs_have_their_shapes_and_are_finite(problem):
    """
    Every input of a group is there, in its shape, and finite.
    """
    for case in cases_of(problem.id):
        shapes = {q.name: q.shape_in(case.sizes) for q in problem.group(case.group).inputs}

        assert {n: a.shape for n, a in case.inputs.items()} == shapes
        assert all(np.isfinite(a).all() for a in case.inputs.values())


def test_every_regime_is_used(problem):
    """
    No regime is declared in vain; the readable one is for the search alone.
    """
    used = {c.regime for c in cases_of(problem.id)}

    assert used == problem.regimes.keys() - {"readable"}


def test_every_stratum_is_used(problem):
    """
    No stratum is declared in vain.
    """
    assert {d.stratum for g in problem.groups for d in g.draws} == problem.strata.keys()


def test_sizes_vary():
    """
    The small cases are not all of one size.
    """
    small = {tuple(c.sizes.values()) for c in cases_of("simple_rnn") if c.group == "backward"}

    assert len(small) > 20


def test_long_and_wide_cases_occur():
    """
    Some sequences are longer than 100 steps and some layers wider than 16 units.
    """
    sizes = [c.sizes for c in cases_of("simple_rnn") if "T" in c.sizes]

    assert max(s["T"] for s in sizes) > 100
    assert max(s["H"] for s in sizes) > 16


@pytest.mark.parametrize("largest", [1, 3])
def test_search_grows_from_the_smallest_sizes(largest):
    """
    The cases of a search begin with the smallest sizes, never shrink in sum and stay small.
    """
    group = SIMPLE_RNN.group("forward")

    found = list(
        generate.growing_cases(SIMPLE_RNN, group, "readable", SEED, largest=largest, most=60)
    )

    totals = [sum(c.sizes.values()) for c in found]
    assert totals == sorted(totals)
    assert set(found[0].sizes.values()) == {1}
    assert max(max(c.sizes.values()) for c in found) <= largest


def test_search_cases_are_never_scored_cases():
    """
    What a search plays has other values than any scored case.
    """
    scored = {a.tobytes() for c in cases_of("simple_rnn") for a in c.inputs.values() if a.size > 3}

    for regime in ("plain", "readable"):
        for case in generate.growing_cases(
            SIMPLE_RNN, SIMPLE_RNN.group("backward"), regime, SEED, largest=3, most=40
        ):
            assert not scored & {a.tobytes() for a in case.inputs.values() if a.size > 3}


def test_digest_sees_a_change_of_one_bit():
    """
    The digest changes with the last bit of one input.
    """
    cases = cases_of("simple_rnn")
    inputs = {n: a.copy() for n, a in cases[20].inputs.items()}
    inputs["x"].flat[0] = np.nextafter(inputs["x"].flat[0], np.inf)
    other = (*cases[:20], dataclasses.replace(cases[20], inputs=inputs), *cases[21:])

    assert generate.digest(other) != generate.digest(cases)


def test_readable_values_are_quarters():
    """
    What a report may show is a multiple of a quarter and not zero.
    """
    group = SIMPLE_RNN.group("backward")
    found = list(generate.growing_cases(SIMPLE_RNN, group, "readable", 1, largest=2, most=8))

    for case in found:
        for name, array in case.inputs.items():
            if name != "rate":
                assert (array * 4 == np.round(array * 4)).all()
                assert (array != 0).all()


def test_seed_gives_the_same_suite_whatever_else_is_loaded():
    """
    A process that has loaded other modules draws the same suite.
    """
    code = (
        "import {}\n"
        "from grader.cases import generate\n"
        "from grader.problems.load import load_problem\n"
        f"streams = generate.draw_cases(load_problem('simple_rnn'), {SEED})\n"
        "print(generate.digest(tuple(map(next, streams))))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code.format(modules)], capture_output=True, check=True, cwd=KIT
        ).stdout
        for modules in (
            "grader.cases.generate",
            "grader.judge.judge, grader.cli, grader.commands.class_",
        )
    }

    assert found == {generate.digest(cases_of("simple_rnn")).encode() + b"\n"}


def test_one_case_more_moves_no_other():
    """
    A case is drawn from a stream of its own: what else a suite has does not change it.
    """
    group = SIMPLE_RNN.group("forward")
    more = tuple(dataclasses.replace(d, count=d.count + 1) for d in group.draws)
    longer = dataclasses.replace(SIMPLE_RNN, groups=(dataclasses.replace(group, draws=more),))

    before = {generate.digest((c,)) for c in cases_of("simple_rnn") if c.group == "forward"}
    after = {generate.digest((c,)) for c in first_cases(longer, SEED)}

    assert len(after) == len(before) + len(more)
    assert before < after


def test_stream_goes_on_with_other_cases():
    """
    The next case of a stream has the same group and regime, and other values.
    """
    first, second = itertools.islice(next(generate.draw_cases(SIMPLE_RNN, SEED)), 2)

    assert (first.group, first.regime) == (second.group, second.regime)
    assert first.seed != second.seed
