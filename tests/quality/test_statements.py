"""Statements, samples and examples say what the judge and the reference do, in both languages."""

import doctest
import shutil
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from grader.cases import samples
from grader.oracle import bounds, load
from grader.problems.load import load_problem
from grader.setting import publish
from grader.setting.verify import statement
from tests.support import KIT, per_problem

SIMPLE = load_problem("simple_rnn")
TEXT = (SIMPLE.root / "statement.en.md").read_text(encoding="utf-8")


@pytest.fixture
def kit(tmp_path):
    """
    A copy of the public part of simple_rnn and its reference, to plant mistakes in.
    """
    shutil.copytree(SIMPLE.root, tmp_path / "problem" / SIMPLE.id)
    shutil.copytree(KIT / "reference", tmp_path / "reference")
    return load_problem(SIMPLE.id, tmp_path / "problem")


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("problem", per_problem())
def test_statements_agree(problem):
    """
    Both languages hold the same numbers, formulas, tables and code, all of them true.
    """
    assert statement.check_statements(problem).findings == ()


@pytest.mark.parametrize("problem", per_problem())
def test_samples_equal_the_reference(problem):
    """
    Every sample is one that the command writes, with the reference's values.
    """
    assert statement.check_samples(problem).findings == ()


def test_samples_are_reproducible(kit):
    """
    Written again, the samples have the same bytes, and files of other names are gone.
    """
    folder = kit.root / "samples"
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    (folder / "by_hand.json").write_text("{}")

    publish.write(kit)

    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_a_sample_is_read_back():
    """
    A case that was written as a sample is the same case when read.
    """
    for _, case in samples.sample_cases(SIMPLE):
        read, values = samples.parse(SIMPLE, publish.render(SIMPLE, case))

        assert (read.group, read.sizes, read.seed) == (case.group, case.sizes, case.seed)
        assert all(np.array_equal(read.inputs[n], a) for n, a in case.inputs.items())
        assert set(values) == {q.name for q in SIMPLE.group(case.group).observes}


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("[[0.635149]", "[[0.635148]", "Failed example"),
        (
            "import SimpleRNN",
            "import SimpleRN",
            "Failed example: from solution import SimpleRN raised ImportError",
        ),
        ("| `forward` | 25 |", "| `forward` | 20 |", "is said to be"),
        ("| `cpu_s` | ", "| `cpu` | ", "no table row says the value of `cpu_s`"),
        ("| `T` | time steps of the sequence | 1 | 128 |", "| `T` | steps | 1 | 100 |", "`T`"),
        ("up to 100000", "up to 10000", "numbers; only en: 10000; only zh: 100000"),
        ("L = 1/2 * sum_t", "L = sum_t", "the code or formulas"),
        ("h_0 = 0\n", "", "formulas and"),
        ("without truncation", "without `numpy.clip`", "code words; only en: numpy.clip"),
        ("| `y` | `(T, O)` | argument; row t is the target of step t |\n", "", "rows or columns"),
        ("## Rules", "Rules", "sections"),
    ],
)
def test_a_change_in_one_language_is_found(kit, old, new, what):
    """
    A statement that says something else than the other, the reference or problem.yaml is named.
    """
    change(kit.root / "statement.en.md", old, new)

    findings = statement.check_statements(kit).findings

    assert any(what in f.message for f in findings), findings


def test_a_missing_statement_is_found(kit):
    """
    Both languages must be there.
    """
    (kit.root / "statement.zh.md").unlink()

    findings = statement.check_statements(kit).findings

    assert [f.message.split(":")[0] for f in findings] == ["statement.zh.md cannot be read"]


@pytest.mark.parametrize(
    ("old", "new"), [("0.96765188", "0.96765189"), ('"W_hy"', '"W"'), ("[[0.9676", "[0.9676")]
)
def test_a_sample_changed_by_hand_is_found(kit, old, new):
    """
    A sample that is not what the reference gives, or not JSON, is named.
    """
    change(kit.root / "samples" / "2_forward_2.json", old, new)

    assert any("2_forward_2" in f.message for f in statement.check_samples(kit).findings)


def test_a_json_example_is_compared_as_rounded():
    """
    A statement's JSON example may be rounded to 6 places, and be no further off.
    """
    _, case = next(s for s in samples.sample_cases(SIMPLE) if s[1].group == "forward")
    exact = float(bounds.expect(SIMPLE, case).value[0])
    text = publish.render(SIMPLE, case)
    rounded = text.replace(repr(exact), repr(round(exact, 6)))
    off = text.replace(repr(exact), repr(round(exact, 6) + 2e-6))

    assert rounded != text
    assert not list(statement.against_reference(SIMPLE, rounded, whole=False))
    assert list(statement.against_reference(SIMPLE, rounded))
    assert list(statement.against_reference(SIMPLE, off, whole=False))


@pytest.mark.parametrize("problem", per_problem())
@pytest.mark.parametrize("language", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_the_examples_run_at_home(problem, language, tmp_path):
    """
    The command that a statement gives for its example says nothing about a correct solution.
    """
    name = f"statement.{language}.md"
    text = (problem.root / name).read_text(encoding="utf-8")
    if "```pycon" not in text:
        pytest.skip("the example is no session")
    shutil.copy(KIT / "reference" / f"{problem.id}.py", tmp_path / "solution.py")
    shutil.copy(problem.root / name, tmp_path)

    done = subprocess.run(
        [sys.executable, "-m", "doctest", name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "")


def test_the_published_driver_plays_the_samples():
    """
    A sample has all that driver.py needs, without anything of the kit.
    """
    driver = load.driver(SIMPLE)
    for name, case in samples.sample_cases(SIMPLE):
        plain = SimpleNamespace(sizes=case.sizes, inputs=case.inputs, seed=case.seed)
        seen = getattr(driver, case.group)(load.reference(SIMPLE), plain)

        assert {q.name for q in SIMPLE.group(case.group).observes} <= set(seen), name


def test_a_session_is_parsed_whole():
    """
    Every line of the examples is executed: none is lost to the fences around it.
    """
    found = doctest.DocTestParser().get_examples(TEXT)

    assert len(found) == TEXT.count("\n>>> ")
    assert not any("```" in e.want for e in found)
