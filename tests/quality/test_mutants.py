"""Mutants: they are made as they should be, and the suite kills all that are not equivalent."""

import ast
import json
import shutil

import pytest

from grader.errors import GraderError
from grader.model import Verdict
from grader.problems.load import load_problem, problem_ids
from grader.setting import mutate
from grader.setting.equivalence import compare_further
from grader.setting.mutants import mutants
from tests.support import KIT, ROUND, SEED, per_problem, todays

ID = "simple_rnn"
RECORDED = sorted(p.stem for p in (KIT / "tests" / "mutants").glob("*.yaml"))


def after(source):
    return [m.after for m in mutants(source)]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("y = a + b", ["y = (a - b)", "y = a", "y = b", "pass"]),
        ("y = A @ b * c", ["y = (A * b) * c", "y = ((A @ b) + c)"]),
        ("y = 3", ["y = 4", "y = (2)", "pass"]),
        ("y = 0.5", ["y = 1.0"]),
        ("y = -a", ["y = a"]),
        ("y = a < b", ["y = (a <= b)"]),
        ("y = W.T", ["y = W"]),
        ("y = h[t]", ["y = h[t - 1]", "y = h[t + 1]", "y = h"]),
        ("y = h[1:]", ["y = h[:]"]),
        ("y = h[::-1]", ["y = h[:]"]),
        ("y = s.sum(axis=0)", ["y = s.mean(axis=0)", "y = s.sum()", "y = s.sum(axis=1)"]),
        ("y = reversed(range(T))", ["y = range(T)", "y = reversed(range(1, T))"]),
        ("y += a", ["y -= a", "y = a"]),
        ("y = zip(a, b)", ["y = zip(b, a)"]),
        ("y = einsum('hi,ti->th', W, x)", ["y = einsum('hi,ti->ht', W, x)"]),
        ("y = self.W_xh + self.W_hh", ["y = self.W_hh + self.W_hh"]),
        ("y = True", ["y = False"]),
    ],
)
def test_one_token_or_statement_is_changed(line, wanted):
    """
    Operators, constants, indices, names, transposes, keywords and statements are varied.
    """
    assert set(wanted) <= set(after(line))


def test_names_of_the_same_function_are_exchanged():
    """
    A local name is used in place of another one.
    """
    source = "def f(a, b):\n    c = a\n    return c + b\n"

    assert {"c = b", "return a + b", "return c + c"} <= set(after(source))


@pytest.mark.slow
def test_mutants_are_distinct_programs():
    """
    Every mutant compiles, and no two are the same program, nor the original.
    """
    source = (KIT / "tests/corpus/simple_rnn/accepted/einsum_everywhere.py").read_text()

    trees = [ast.dump(ast.parse(m.source)) for m in mutants(source)]

    assert len(trees) > 100
    assert len(set(trees) | {ast.dump(ast.parse(source))}) == len(trees) + 1


def test_imports_and_docstrings_are_left_alone():
    """
    What is no part of the computation is not varied.
    """
    assert after('"""Text 1."""\nimport a\n\n\ndef f():\n    """Text 2."""\n') == []


def test_characters_beyond_ascii_do_not_shift_a_mutant():
    """
    A mutant in a line with wide characters changes what it should.
    """
    assert "权重 = (2)  # 三" in after("权重 = 3  # 三\n")


@pytest.fixture
def kit(tmp_path):
    """
    A problem whose corpus is one correct file.
    """
    shutil.copytree(KIT / "problem" / ID, tmp_path / "problem" / ID)
    shutil.copytree(KIT / "reference", tmp_path / "reference")
    accepted = tmp_path / "tests" / "corpus" / ID / "accepted"
    accepted.mkdir(parents=True)
    shutil.copy(KIT / "tests/corpus/simple_rnn/accepted/recompute_in_backward.py", accepted)
    (tmp_path / "tests" / "mutants").mkdir()
    return tmp_path


def record(kit, *entries):
    path = kit / "tests" / "mutants" / f"{ID}.yaml"
    groups = [{"reason": "as it is", "mutants": {"recompute_in_backward.py": list(entries)}}]
    path.write_text(json.dumps({"files": ["recompute_in_backward.py"], "equivalent": groups}))


@pytest.mark.slow
def test_some_mutants_are_judged_without_a_record(kit):
    """
    With a limit so many are judged, spread over the file, and the rendered figures add up.
    """
    result = mutate.mutate(load_problem(ID, kit / "problem"), SEED, limit=6, further=1)
    data = json.loads(mutate.render_json(result))

    assert 3 <= result.total <= 6
    assert result.killed + len(result.survivors) == result.total == sum(data["verdicts"].values())
    assert f"{result.total} mutants of 1 files" in mutate.render(result)


def test_a_survivor_needs_a_reason(kit):
    """
    An accepted mutant is fit only if it is recorded; a record of what is killed is stale.
    """
    file = kit / "tests/corpus" / ID / "accepted" / "recompute_in_backward.py"
    line = "return np.asarray(outputs)"
    known = {"before": line, "after": "return outputs"}
    stale = {"before": line, "after": "pass"}
    record(kit, known, stale)
    problem = load_problem(ID, kit / "problem")

    _, recorded = mutate.read_record(problem)
    survivor = mutate.Survivor(file.name, 24, *known.values(), recorded[file.name, *known.values()])
    new = mutate.Survivor(file.name, 24, line, "return list(outputs)")
    counts = ({file.name: 3}, {Verdict.AC: 2, Verdict.WA: 1})
    explained = mutate.Mutation(ID, SEED, *counts, (survivor,), ())

    assert explained.fit
    assert (explained.total, explained.killed, explained.equivalent) == (3, 2, 1)
    assert explained.kill_rate == 1
    assert not mutate.Mutation(ID, SEED, *counts, (survivor, new), ()).fit
    outdated = mutate.Mutation(ID, SEED, *counts, (survivor,), ((file.name, *stale.values()),))
    assert not outdated.fit
    assert "- return np.asarray(outputs)\n+ pass" in mutate.render(outdated)


@pytest.mark.parametrize(
    "text", ["files: [nothing.py]\nequivalent: []", "files: 3", "equivalent: [", "[]"]
)
def test_a_malformed_record_is_said_in_one_line(kit, text):
    """
    A record that cannot be used is a GraderError that names its file.
    """
    (kit / "tests" / "mutants" / f"{ID}.yaml").write_text(text)

    with pytest.raises(GraderError, match=f"{ID}.yaml"):
        mutate.read_record(load_problem(ID, kit / "problem"))


def test_a_problem_without_a_corpus_is_said(kit):
    """
    There must be a correct solution to mutate.
    """
    shutil.rmtree(kit / "tests" / "corpus")

    with pytest.raises(GraderError, match="no accepted corpus files"):
        mutate.read_record(load_problem(ID, kit / "problem"))


@pytest.mark.parametrize("problem_id", RECORDED)
def test_every_record_has_a_problem_and_files(problem_id):
    """
    A record belongs to a problem and names at least four correct files, different by name.
    """
    assert problem_id in problem_ids()
    files, recorded = mutate.read_record(load_problem(problem_id))

    assert len(set(files)) >= 4
    assert all(reason.strip() for reason in recorded.values())


@pytest.mark.slow
@pytest.mark.parametrize("problem", per_problem(todays(RECORDED, 2)))
def test_the_suite_kills_every_mutant(problem):
    """
    Those accepted of some ten, spread over all, are recorded; `grader mutate` judges all.
    """
    result = mutate.mutate(problem, SEED, limit=12, first=ROUND, further=5)

    assert result.total >= 8
    assert result.fit, mutate.render(result)


@pytest.mark.slow
def test_further_cases_find_what_the_suite_would_accept():
    """
    A program that is wrong from a size on is told by the case; what is never run is told as well.
    """
    problem = load_problem(ID)
    source = (KIT / "tests/corpus/simple_rnn/accepted/recompute_in_backward.py").read_text()
    line = next(text for text in source.splitlines() if "return np.asarray(outputs)" in text)
    short = source.replace(line, line.replace("(outputs)", "(outputs[:90])"))
    idle = source.replace(line, "        if len(outputs) > 10**6:\n            pass\n" + line)
    raising = idle.replace("pass\n", "raise AssertionError\n")
    assert short != source
    assert raising != idle

    found = compare_further(
        problem,
        SEED,
        {
            0: (short.encode(), source.encode()),
            1: (idle.encode(), raising.encode()),
            2: (source.encode(), b"raise AssertionError"),
        },
        5,
    )

    regimes = {d.regime for g in problem.groups for d in g.draws}
    assert "T=" in found[0].differs
    assert str(found[1]) == f"never run in {5 * len(regimes)} further cases"
    assert str(found[2]) == f"right in {5 * len(regimes)} further cases"
