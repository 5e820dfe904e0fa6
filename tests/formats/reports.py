"""Reports to render: of real submissions, and drawn ones whose texts are as hostile as they get."""

import dataclasses

import pytest
from hypothesis import strategies as st

from grader.model import Counterexample, Diagnosis, GroupResult, Report, Verdict
from tests.support import FOLDERS, problem, samples

JE = "judge error"


ELSEWHERE = ("wrong_answer", "run_time_error", "compile_error")  # of the other problems


def stated():
    """One sample of every verdict, some of other problems, and a judge error, as parameters."""
    seen = {}
    for sample in samples(*FOLDERS):
        folder = sample.path.parent.name
        if "torch" in problem(sample.problem).packages:
            continue  # it takes seconds, and its reports are like the others
        if sample.problem == "simple_rnn" or folder in ELSEWHERE:
            seen.setdefault((sample.problem, folder), sample)
    return [pytest.param(JE, id=JE), *(_param(s) for s in seen.values())]


def _param(sample):
    marks = [pytest.mark.slow] if sample.costly or sample.problem != "simple_rnn" else []
    return pytest.param(sample, id=str(sample), marks=marks)


# What terminals, XML, Markdown, runners and spreadsheets obey, between characters of every kind.
HOSTILE = st.one_of(
    st.text(max_size=30),
    st.lists(
        st.sampled_from(
            [
                *("::error::x", "::stop-commands::t", "##[set-output name=a;]b", "%0A", "%25"),
                *("\n", "\r", "\r\n", ":", ",", "\x1b[2J", "\0", "]]>", "<b>", "&lt;", "```", "|"),
                *("\u2028", "\ufffe", "'", '"', "=1+1", "学", "\ud800", " "),
            ]
        ),
        max_size=6,
    ).map("".join),
)
TEXT = HOSTILE.map(lambda t: t.encode("utf-8", "replace").decode())
NAME = st.sampled_from(["forward", "backward", "training", "conduct"])
JUDGED = [v for v in Verdict if v not in (Verdict.CE, Verdict.JE)]
GROUP = st.builds(
    GroupResult,
    name=NAME,
    verdict=st.one_of(st.none(), st.sampled_from(JUDGED)),
    score=st.just(0),
    max_score=st.just(25),
    message=TEXT,
    cases=st.integers(0, 50),
    failed=st.integers(0, 50),
    line=st.one_of(st.none(), st.integers(1, 10**6)),
)
CASE = st.builds(
    Counterexample,
    group=NAME,
    sizes=st.just({"T": 2}),
    inputs=st.just({"x": [[0.5], [1.0]]}),
    seed=st.integers(0, 2**32 - 1),
    expected=st.just({"outputs": [[1.0]]}),
    actual=st.fixed_dictionaries({"outputs": st.one_of(TEXT, st.just([["nan"]]))}),
    first_difference=st.none(),
    message=TEXT,
    message_zh=TEXT,
)
FOUND = st.builds(
    Diagnosis,
    NAME,
    TEXT,
    TEXT,
    line=st.integers(1, 4),
    excerpt=st.lists(TEXT, max_size=5).map(lambda lines: tuple(enumerate(lines, 1))),
    change=TEXT,
    told=st.booleans(),
    more_lines=st.lists(st.integers(1, 5), max_size=2).map(tuple),
)
REPORT = st.builds(
    Report,
    problem=st.just("simple_rnn"),
    submission=TEXT,
    seed=st.integers(0, 2**63 - 1),
    verdict=st.sampled_from([v for v in Verdict if v is not Verdict.JE]),
    score=st.just(0),
    max_score=st.just(100),
    message=TEXT,
    groups=st.lists(GROUP, min_size=1, max_size=4, unique_by=lambda g: g.name).map(tuple),
    diagnosis=st.lists(FOUND, max_size=2).map(tuple),
    counterexample=st.one_of(st.none(), CASE),
    isolation=st.just(("landlock",)),
    missing_isolation=st.just({}),
    printed=TEXT,
    suite=st.just({"digest": "0" * 64, "cases": 1}),
    versions=st.just({"rnn-judge": "0.1.0", "python": "3.11.0", "numpy": "2.0.0"}),
    usage=st.just({"cpu_s": 0.5}),
    line=st.one_of(st.none(), st.integers(1, 10**6)),
)


def without_times(report):
    """The report as it is on every machine."""
    return dataclasses.replace(report, usage={})
