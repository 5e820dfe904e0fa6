"""verify finds what is planted in a copy of a sound problem, and nothing in the sound one."""

import json
import shutil

import numpy as np
import pytest

from grader.judge.judge import Judge
from grader.problems.corpus import ACCEPTED, FOLDERS
from grader.problems.load import load_problem, problem_ids
from grader.setting.verify import (
    corpus,
    cost,
    families,
    files,
    folder,
    gradients,
    independent,
    matrix,
    proofs,
    render,
)
from grader.setting.verify.findings import Check, Verification, error, warning
from tests.support import KIT, SEED, per_problem, thinned, todays

ID = "simple_rnn"
CORPUS = KIT / "tests" / "corpus" / ID


@pytest.fixture
def kit(tmp_path):
    """
    A copy of simple_rnn, its reference and an empty corpus, to plant mistakes in.
    """
    shutil.copytree(KIT / "problem" / ID, tmp_path / "problem" / ID)
    shutil.copytree(KIT / "reference", tmp_path / "reference")
    for name in FOLDERS:
        (tmp_path / "tests" / "corpus" / ID / name).mkdir(parents=True)
    return tmp_path


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def checked(kit, check):
    problem = load_problem(ID, kit / "problem")
    with Judge(problem, SEED) as bench:
        return check(problem, bench)


def proved(kit, check):
    return checked(kit, lambda _, bench: check(bench.suite))


def errors(check):
    return [f.message for f in check.findings if f.level == "error"]


def warnings(check):
    return [f.message for f in check.findings if f.level == "warning"]


def silent(_doing):
    pass


def with_few_right(problem_id, root):
    """
    The folder of problems of a kit like ours, with no more right files than there must be.
    """
    for name in ("problem", "reference", "tests/independent"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).symlink_to(KIT / name)
    for place in (KIT / "tests" / "corpus" / problem_id).iterdir():
        names = sorted(place.glob("*.py"))
        there = root / "tests" / "corpus" / problem_id / place.name
        there.mkdir(parents=True)
        for file in names[: files.LEAST] if place.name == ACCEPTED else names:
            (there / file.name).symlink_to(file)
    return root / "problem"


@pytest.mark.slow
@pytest.mark.parametrize("problem", per_problem(todays(problem_ids(), 5)))
def test_problems_are_fit(problem, tmp_path):
    """
    One problem of the kit passes every quick check, another one each day; its other right files are in test_corpus.py.
    """
    found = families.verify(problem.id, SEED, quick=True, root=with_few_right(problem.id, tmp_path))

    assert found.fit, render.render(found)


def test_a_problem_that_cannot_be_read_is_one_finding(kit):
    """
    A misspelt key ends the verification with one error that names the key that may be meant.
    """
    change(kit / "problem" / ID / "problem.yaml", "regimes:", "regime:")

    found = families.verify(ID, SEED, root=kit / "problem")

    assert not found.fit
    assert "did you mean regimes?" in render.render(found)


def test_points_add_up(kit):
    """
    The points of all groups are 100.
    """
    change(kit / "problem" / ID / "problem.yaml", "points: 25", "points: 20")

    check = folder.check_yaml(load_problem(ID, kit / "problem"))

    assert [e.split(": ")[1] for e in errors(check)] == ["the points add up to 95, make it 100"]


@pytest.mark.slow
def test_the_driver_returns_what_is_judged(kit):
    """
    What a function returns and nobody observes is named.
    """
    change(kit / "problem" / ID / "driver.py", "return seen\n", 'return {**seen, "unseen": 0}\n')

    found = errors(checked(kit, folder.check_driver))

    assert any("conduct returns unseen, which is not under observes" in e for e in found), found


def test_the_driver_has_every_function(kit):
    """
    A group whose function is missing is named, with its line and the name that may be meant.
    """
    change(kit / "problem" / ID / "driver.py", "def training(", "def trainings(")

    found = errors(folder.check_functions(load_problem(ID, kit / "problem")))

    assert [e.split(": ")[1] for e in found] == [
        "driver.py has no function training (did you mean trainings?)"
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("class SimpleRNN:\n\tpass\n        pass", "starter.py:3: cannot be compiled"),
        ("import nothing_such", "it should raise NotImplementedError"),
    ],
)
def test_the_starter_is_not_implemented(kit, text, what):
    """
    A starter that does not compile, or fails in another way than by saying so, is named.
    """
    (kit / "problem" / ID / "starter.py").write_text(text)

    assert what in errors(checked(kit, folder.check_starter))[-1]


@pytest.mark.parametrize(
    ("old", "new", "names"),
    thinned(
        [
            ("return self.outputs - y", "return 1.0000001 * self.outputs - y", {"W_hy", "b_y"}),
            ("return self.W_hh.T @ d_a", "return self.W_hh @ d_a", {"W_xh", "W_hh", "b_h"}),
        ],
        1,
    ),
)
def test_a_wrong_gradient_of_the_reference_is_found(kit, old, new, names):
    """
    A reference whose gradient is not that of the loss is named, with the weight.
    """
    change(kit / "reference" / f"{ID}.py", old, new)

    found = errors(proved(kit, gradients.check_gradients))

    assert names <= {e.split()[1].removeprefix("d") for e in found}


@pytest.mark.slow
def test_a_quantity_that_nothing_proves_is_found(kit):
    """
    Without independent implementation what is no gradient is named, by group, with its line.
    """
    check = proved(kit, gradients.check_gradients)

    found = errors(proofs.check_proved(load_problem(ID, kit / "problem"), check.proves))

    assert len(check.proves) == 5
    assert [e.split(": ")[1] for e in found] == ["initialisation", "forward", "training", "conduct"]
    assert all(e.startswith("problem.yaml:") for e in found)
    assert "nothing but the reference says what outputs should be: prove it in" in found[1]


def test_central_differences_find_a_known_derivative():
    """
    The numerical derivative of a polynomial is right to a part in a billion.
    """
    x = np.array([1.5, -2.0, 0.0, 1e3], np.longdouble)

    found = gradients.derivative(lambda inputs: (inputs["x"] ** 3).sum(), {"x": x}, "x")

    assert np.allclose(found, 3 * x**2, rtol=1e-9, atol=1e-9)


@pytest.mark.slow
def test_an_independent_implementation_must_agree(kit):
    """
    An implementation that differs from the reference is named; one that cannot be imported waits.
    """
    place = kit / "tests" / "independent"
    place.mkdir()
    wrong = CORPUS / "wrong_answer" / "dwhh_transposed.py"
    shutil.copy(wrong, place / f"{ID}.py")

    check = proved(kit, independent.check_independent)

    assert "differs from the reference" in errors(check)[0]


@pytest.mark.slow
def test_a_package_that_is_missing_is_no_error(kit):
    """
    Without the packages that an independent implementation needs, it is not compared.
    """
    place = kit / "tests" / "independent"
    place.mkdir()
    (place / f"{ID}.py").write_text("import nothing_such")

    check = proved(kit, independent.check_independent)

    assert (check.passed, check.summary) == (True, "not compared: nothing_such is not installed")


MISTAKES = """
import numpy as np
from grader.problems.mistakes import Catalogue

MISCONCEPTIONS = Catalogue()
for name, changes in {
    "same": {},
    "one": {"carry": lambda _me, _right, d_a: 0 * d_a},
    "other": {"carry": lambda _me, right, d_a: 0 * right(d_a)},
    "slight": {"output": lambda _me, right, h_t: right(h_t) * (1 + 1e-11)},
}.items():
    MISCONCEPTIONS.wrong(name, name, name, **changes)
"""
COSTLY = """
MISCONCEPTIONS.wrong(
    "every-prefix",
    "Runs the states anew for each step.",
    "每一步都重新计算所有状态。",
    states=lambda _me, right, x: [right(x[:t])[-1] for t in range(len(x) + 1)],
)
"""


@pytest.mark.slow
def test_misconceptions_are_killed_and_told_apart(kit):
    """
    A misconception that no case shows, that is hardly wrong or that equals another is named.
    """
    (kit / "reference" / "misconceptions" / f"{ID}.py").write_text(MISTAKES)

    check, rows = checked(kit, matrix.check_matrix)
    found = errors(check)

    assert any("same survives" in e for e in found)
    assert any("slight is only" in e for e in found)
    assert any("one and other apart" in e for e in found)
    assert len(found) == 3
    assert set(rows) == {"same", "one", "other", "slight"}


@pytest.mark.slow
def test_a_misconception_that_costs_ten_times_the_reference_is_named(kit):
    """
    What does everything anew for each step of a long sequence is an error, and nothing else is.
    """
    file = kit / "reference" / "misconceptions" / f"{ID}.py"
    file.write_text(MISTAKES + COSTLY)

    check = cost.check_cost(load_problem(ID, kit / "problem"), SEED)
    again = cost.check_cost(load_problem(ID, kit / "problem"), SEED)

    assert [e.split(" makes")[0] for e in errors(check)] == ["the misconception every-prefix"]
    assert check == again
    assert check.figures["times"]["one"] < 2


def test_a_group_that_kills_nothing_alone_is_named():
    """
    A group is needed only if something is reported for it alone.
    """
    problem = load_problem(ID)
    names = [g.name for g in problem.groups]
    rows = {n: {m: 1e6 if m == n else 0.1 for m in names} for n in names}
    rows["forward"] = {**rows["forward"], "backward": np.inf}  # which needs forward: not judged
    rows["conduct"] = {**rows["conduct"], "training": 7.0}

    check = matrix.check_groups(problem, rows)

    found = [e.split(":")[0] for e in errors(check)]
    assert found == ["the group conduct kills nothing by itself"]
    assert check.figures["forward"] == {"kills": 1, "alone": 1, "unnoticed_by_others": 0}


@pytest.mark.slow
def test_a_file_in_the_wrong_folder_is_named(kit):
    """
    A wrong submission among the accepted, and the other way round, is an error.
    """
    place = kit / "tests" / "corpus" / ID
    shutil.copy(CORPUS / "wrong_answer" / "truncated_bptt_1.py", place / "accepted")
    shutil.copy(CORPUS / "accepted" / "einsum_everywhere.py", place / "wrong_answer")
    shutil.copy(CORPUS / "accepted" / "fortran_order.py", place / "compile_error")
    problem = load_problem(ID, kit / "problem")
    with Judge(problem, SEED) as bench:
        accepted = corpus.check_accepted(problem, bench, silent)
        wrong, _ = corpus.check_wrong(problem, bench, silent)
        others = corpus.check_others(problem, bench, bench, silent)

    assert "truncated_bptt_1.py is judged WA, it should be AC" in errors(accepted)[0]
    assert "einsum_everywhere.py is judged AC, it should be WA" in errors(wrong)[0]
    assert "fortran_order.py is judged AC, it should be CE" in errors(others)[0]


@pytest.mark.slow
def test_a_large_counterexample_needs_a_reason(kit):
    """
    A counterexample above size 3 is an error, or a warning where the file says what it needs.
    """
    place = kit / "tests" / "corpus" / ID / "wrong_answer"
    text = (CORPUS / "wrong_answer" / "only_64_steps.py").read_text()
    bare = "\n".join(t for t in text.splitlines() if not t.startswith("# needs"))
    (place / "bare.py").write_text(bare)
    (place / "excused.py").write_text("# needs: T>64, where it stops\n" + bare)

    check, rows = checked(kit, lambda p, b: corpus.check_wrong(p, b, silent))

    assert [e.split(";")[0] for e in errors(check)] == ["bare.py: its counterexample has T=65"]
    assert [w.split(",")[0] for w in warnings(check)] == ["excused.py: its counterexample has T=65"]
    assert set(rows) == {"bare", "excused"}


@pytest.mark.slow
def test_a_correct_style_near_the_bound_is_a_warning(kit):
    """
    A correct submission that uses more than half of a bound is pointed out.
    """
    text = (CORPUS / "accepted" / "einsum_everywhere.py").read_text()
    noisy = text.replace("return self.outputs", "return self.outputs * (1 + 1.5e-11)")
    (kit / "tests" / "corpus" / ID / "accepted" / "noisy.py").write_text(noisy)

    check = checked(kit, lambda p, b: corpus.check_accepted(p, b, silent))

    assert errors(check) == []
    assert "noisy.py is correct and uses" in warnings(check)[0]


def test_the_table_and_the_json_say_the_same():
    """
    Both hold every check and finding; an infinite figure is text in JSON.
    """
    checks = (
        Check("fine", "all is well", figures={"worst": float("inf")}),
        Check("bad", "unused", (error("it is broken"), warning("it is old")), {}, (("a", "b"),)),
    )
    result = Verification("p", 1, quick=False, checks=checks, seconds=2.0)

    text, data = render.render(result), json.loads(render.render_json([result]))

    assert "NOT fit" in text
    assert "bad: it is broken" in text
    assert "bad: it is old" in text
    assert "ok    fine" in text
    assert data["fit"] is False
    assert data["problems"][0]["checks"][0]["figures"] == {"worst": "inf"}
    assert [f["level"] for f in data["problems"][0]["checks"][1]["findings"]] == [
        "error",
        "warning",
    ]
