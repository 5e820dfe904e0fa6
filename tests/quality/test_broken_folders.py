"""Ten broken problem folders, each broken in one place: verify says where, and what to do.

The list was made before the checks were read: it is what goes wrong when people set problems.
"""

import re
import shutil

import pytest

from grader.problems.load import load_problem
from grader.setting import publish
from grader.setting.verify.families import verify
from grader.setting.verify.render import render
from tests.quality.gru import ID, gru_kit
from tests.support import SEED

YAML, DRIVER, STARTER = (
    f"problem/{ID}/{name}" for name in ("problem.yaml", "driver.py", "starter.py")
)
REFERENCE, LOSSES = f"reference/{ID}.py", f"reference/losses/{ID}.py"
CORPUS = f"tests/corpus/{ID}"


def change(root, file, old, new):
    """Replace a text, once, in one file of the kit."""
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), "utf-8")


def wrong_gradient(root):
    """The derivative of a sigmoid lacks its 1 - s, and the samples were written after that."""
    change(root, REFERENCE, "return value * (1 - value)", "return value")
    publish.write(load_problem(ID, root / "problem"))


def misspelt_key(root):
    change(root, YAML, "    points: 60", "    point: 60")


def copied_statement(root):
    english = (root / f"problem/{ID}/statement.en.md").read_text("utf-8")
    (root / f"problem/{ID}/statement.zh.md").write_text(english, "utf-8")


def stale_sample(root):
    """One digit of one expected number."""
    file = f"problem/{ID}/samples/1_forward_2.json"
    number = re.search(r'"h_t": \[(-?\d\.\d{3})', (root / file).read_text("utf-8"))[1]
    change(root, file, f'"h_t": [{number}', f'"h_t": [{number[:-1]}{(int(number[-1]) + 1) % 10}')


def tabs_and_spaces(root):
    change(
        root,
        STARTER,
        "    raise NotImplementedError",
        "\tif True:\n        raise NotImplementedError",
    )


def modified_argument(root):
    """The driver doubles the input that it was given."""
    change(
        root,
        DRIVER,
        'case.inputs["x_t"].copy(), ',
        "np.negative(case.inputs['x_t'], case.inputs['x_t']), ",
    )


def unused_regime(root):
    change(root, YAML, "  readable:", "  saturated:\n    default: {normal: 30}\n  readable:")


def wrong_among_the_right(root):
    name = "update_gate_inverted.py"
    (root / CORPUS / "wrong_answer" / name).rename(root / CORPUS / "accepted" / name)
    (root / CORPUS / "wrong_answer" / "extra.py").write_bytes(
        (root / CORPUS / "wrong_answer" / "bias_forgotten.py").read_bytes()
    )


def unproved_quantity(root):
    change(root, LOSSES, ', "U": "dU"', "")


def too_little_time(root):
    """A limit that the statements state too, below what the reference needs."""
    change(root, YAML, "  cpu_s: 20 ", "  cpu_s: 0.01 ")
    change(root, YAML, "  case_cpu_s: 4 ", "  case_cpu_s: 0.01 ")
    for language in ("en", "zh"):
        statement = f"problem/{ID}/statement.{language}.md"
        for old in (20, 4):
            change(root, statement, f" | {old} |\n", " | 0.01 |\n")


BROKEN = {
    wrong_gradient: (
        r"gradients: backward: dx_t is not the loss's derivative in \d+ of .*: mend reference/gru_cell.py"
    ),
    misspelt_key: r"problem\.yaml:60: groups: backward: unknown key 'point' \(did you mean points\?\)",
    copied_statement: r"statement\.zh\.md:1: .* is not in Chinese \(and \d+ lines more\): translate it",
    stale_sample: r"samples/1_forward_2\.json: h_t is .* the reference gives .*: run `grader samples",
    tabs_and_spaces: r"starter\.py:9: cannot be compiled: .*: mend that line",
    modified_argument: r"driver\.py: forward changes the input x_t: let it change a copy",
    unused_regime: r"problem\.yaml:45: regimes: saturated: no group's cases use this regime: use it",
    wrong_among_the_right: r"accepted/update_gate_inverted\.py is judged WA, .* AC: move it",
    unproved_quantity: r"problem\.yaml:64: backward: nothing but the reference says what dU should be",
    too_little_time: r"problem\.yaml:8: the reference alone uses \d+% of it: raise it",
}
# Beyond the ten: what the problem's own code stumbles over.
STUMBLES = {
    "no_dict": (
        (DRIVER, 'return {"h_t": kept(solution.gru_cell(*arguments(case)))}', "return None"),
        r"problem\.yaml:53: driver\.py: forward returns a NoneType, it should be a dict",
    ),
    "a_call_misspelt": (
        (DRIVER, "solution.gru_cell", "solution.gru_cel"),
        r"driver\.py:10: AttributeError: .*'gru_cel': mend that line",
    ),
    "a_driver_that_cannot_be_read": (
        (DRIVER, "def forward(", "def forward(("),
        r"driver\.py:8: cannot be compiled: .*: mend that line",
    ),
    "another_shape": (
        (REFERENCE, '"db": db,', '"db": db.T,'),
        r"problem\.yaml:64: db of the reference has the shape \(\d, 3\) and not \(3, \d\), \[3, H\]",
    ),
    "a_loss_that_raises": (
        (LOSSES, "return np.sum", "return 1 / 0, np.sum"),
        r"losses/gru_cell\.py:32: ZeroDivisionError: .*: mend that line",
    ),
    "a_package_misspelt": ((YAML, "[numpy]", "[nunpy]"), r"needs nunpy: pip install nunpy"),
    "a_title_in_english": (
        (YAML, "zh: 一步的梯度", "zh: the gradients of one step"),
        r"problem\.yaml:61: 'the gradients of one step' is not in Chinese: translate it",
    ),
    "a_function_misspelt": (
        (DRIVER, "def forward(", "def foward("),
        r"problem\.yaml:49: driver\.py has no function forward \(did you mean foward\?\)",
    ),
    "nothing_seeded": (
        (REFERENCE, "np.tanh(a / 2)) / 2", "np.tanh(a / 2)) / 2 + np.random.rand() / 1e3"),
        r"statement\.en\.md: line 53: Failed example: .*Expected: \[.*Got: \[",
    ),
}
AT_ONCE = (misspelt_key, unused_regime)


def broken():
    """Each breakage with what is said of it; those that need the whole verification are slow."""
    for how, words in BROKEN.items():
        marks = [] if how in AT_ONCE or how is unproved_quantity else [pytest.mark.slow]
        yield pytest.param(how, words, marks=marks, id=how.__name__)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """
    The kit before it is broken.
    """
    root = tmp_path_factory.mktemp("sound")
    gru_kit(root)
    return root


@pytest.fixture
def kit(sound, tmp_path):
    """
    A copy to break, of which nothing has been imported yet.
    """
    return shutil.copytree(sound, tmp_path / "kit", ignore=shutil.ignore_patterns("__pycache__"))


@pytest.mark.parametrize(("how", "words"), list(broken()))
def test_a_broken_folder_is_refused(kit, how, words):
    """
    verify refuses the folder, and one of its lines names the place and the remedy.
    """
    how(kit)

    found = verify(ID, SEED, quick=True, root=kit / "problem")

    said = [line for line in render(found).splitlines() if re.search(words, line)]
    assert not found.fit
    assert len(said) == 1, render(found)


@pytest.mark.slow
@pytest.mark.parametrize(("edit", "words"), STUMBLES.values(), ids=STUMBLES)
def test_what_code_stumbles_over_is_told_with_its_line(kit, edit, words):
    """
    Code of the problem that raises, or returns something else, is a finding and no traceback.
    """
    change(kit, *edit)

    found = verify(ID, SEED, quick=True, root=kit / "problem")

    assert not found.fit
    assert re.search(words, render(found)), render(found)


@pytest.mark.slow
def test_unbroken_it_is_fit(kit):
    """
    The change alone is what the tests above refuse: as it is, there is not even a warning.
    """
    found = verify(ID, SEED, root=kit / "problem")

    assert [f for c in found.checks for f in c.findings] == []
