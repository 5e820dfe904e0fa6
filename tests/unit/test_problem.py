"""A problem folder is read into a Problem, or refused in one line that says what to mend."""

import re
import shutil

import pytest

from grader.errors import GraderError, ProblemError
from grader.problems.load import PROBLEMS, load_problem, problem_ids
from tests.support import SIMPLE_RNN


@pytest.fixture
def broken(tmp_path):
    """
    A function that loads simple_rnn after its text was changed by a replacement.
    """
    folder = tmp_path / "simple_rnn"
    folder.mkdir()
    text = (PROBLEMS / "simple_rnn" / "problem.yaml").read_text("utf-8")

    def load(old, new):
        assert old in text
        (folder / "problem.yaml").write_text(text.replace(old, new, 1), "utf-8")
        return load_problem("simple_rnn", tmp_path)

    return load


CHANGES = {
    "unknown key": ("\nsizes:", "\nsises: {}\nsizes:", "unknown key 'sises'.*sizes"),
    "unknown limit": ("  cpu_s:", "  cpu: 3\n  cpu_s:", "unknown key 'cpu'"),
    "no plays": ("  plays: ", "  plays: -", "plays.*whole number of at least 0"),
    "unknown effort": ("  plays: ", "  trials: ", "unknown key 'trials'.*plays"),
    "key twice": ("\nlimits:", "\nid: simple_rnn\nlimits:", "'id' stands twice"),
    "size twice": ("  T: [1, 128]", "  T: [1, 128]\n  T: [1, 2]", "'T' stands twice"),
    "range the wrong way": ("  T: [1, 128]", "  T: [128, 1]", "sizes: T.*range"),
    "range of one number": ("  T: [1, 128]", "  T: [1]", "malformed|range"),
    "range of text": ("  T: [1, 128]", "  T: [a, b]", "sizes: T.*range|whole number"),
    "negative range": ("  T: [1, 128]", "  T: [-1, 3]", "sizes: T.*at least 0"),
    "unknown size": ("  W_xh: [H, I]\n", "  W_xh: [H, J]\n", "unknown size 'J'"),
    "unknown input": ("inputs: [W_xh, W_hh", "inputs: [W_xx, W_hh", "'W_xx'.*W_"),
    "unknown regime": ("{plain: 5}", "{plan: 5}", "'plan'.*plain"),
    "unknown stratum": ("cases: {one:", "cases: {oen:", "'oen'.*one"),
    "unknown requirement": ("requires: [forward]", "requires: [forwards]", "'forwards'.*forward"),
    "later requirement": ("requires: [forward]", "requires: [training]", "unknown earlier group"),
    "unknown update": ("update_of: W_xh}", "update_of: W_hx}", "'W_hx'"),
    "unknown distribution": ("{normal: 1}", "{norml: 1}", "unknown key 'norml'.*normal"),
    "points of text": ("points: 10", "points: ten", "whole number"),
    "negative points": ("points: 10", "points: -10", "whole number"),
    "title in one language": (
        "title: {en: seeded initial weights, zh: 固定种子下的初始权重}",
        "title: {en: seeded initial weights}",
        "title: the key 'zh' is missing",
    ),
    "other id": ("id: simple_rnn", "id: simple_rmm", "'simple_rmm'.*'simple_rnn'"),
    "missing key": ("packages: [numpy]", "", "packages"),
    "no mapping": ("\nsizes:\n", "\nsizes: 3\nx:\n", "."),
    "bad YAML": ("packages: [numpy]", "packages: [numpy", "cannot be read"),
}


@pytest.mark.parametrize(("old", "new", "words"), CHANGES.values(), ids=CHANGES)
def test_mistake_is_told_with_its_place(broken, old, new, words):
    """
    Each mistake in a problem file is refused, and the message names file, place and remedy.
    """
    with pytest.raises(ProblemError, match=words) as caught:
        broken(old, new)

    assert re.search(r"problem\.yaml:\d+: [^\n]+$", str(caught.value))


def test_unchanged_copy_is_read(broken):
    """
    The change alone is what the tests above refuse.
    """
    assert broken("id: simple_rnn", "id: simple_rnn").groups == SIMPLE_RNN.groups


@pytest.mark.parametrize("name", ["simple_rn", "simplernn", "simple-rnn"])
def test_unknown_problem_names_the_nearest(name):
    """
    A misspelt problem is refused with the name that may be meant.
    """
    with pytest.raises(GraderError, match="did you mean simple_rnn"):
        load_problem(name)


@pytest.mark.parametrize("name", ["", ".", "..", "../problem/simple_rnn", "/etc", "a\0b"])
def test_path_is_no_problem(name):
    """
    A name that leads elsewhere is an unknown problem.
    """
    with pytest.raises(GraderError, match="no problem"):
        load_problem(name)


@pytest.mark.parametrize("name", problem_ids())
def test_symbols_stay_text(name):
    """
    A size or input called O, N or y is not read as a truth value.
    """
    data = load_problem(name)

    assert all(type(s) is str for s in data.sizes)
    assert all(type(q.name) is str for g in data.groups for q in (*g.inputs, *g.observes))


def test_file_that_is_not_utf_8_is_refused(tmp_path):
    """
    Bytes that are no text are told as such.
    """
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "problem.yaml").write_bytes(b"\xff\xfe\x00id")

    with pytest.raises(ProblemError, match="cannot be read"):
        load_problem("p", tmp_path)


def test_folder_without_a_file_is_no_problem(tmp_path):
    """
    Only folders with a problem.yaml are problems.
    """
    shutil.copytree(PROBLEMS / "simple_rnn", tmp_path / "one")
    (tmp_path / "two").mkdir()

    assert problem_ids(tmp_path) == ["one"]


def test_yaml_runs_no_code(tmp_path):
    """
    A tag that would construct a Python object is refused.
    """
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "problem.yaml").write_text("id: !!python/object/apply:os.getcwd []")

    with pytest.raises(ProblemError, match="cannot be read"):
        load_problem("p", tmp_path)
