"""What is kept between runs: only for whom and for what it was computed."""

import os
import shutil
from dataclasses import replace

import numpy as np
import pytest

from grader.cases import cache
from grader.cases.suite import kept_suite, make_suite
from grader.judge.judge import Judge
from grader.problems.load import load_problem
from tests.support import KIT

PROBLEM = load_problem("simple_rnn")
SEED = 11


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """
    The user's folder for what is kept, which is not there yet.
    """
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    return tmp_path / "kept" / "rnn-judge"


def test_what_was_saved_is_loaded():
    assert cache.load(PROBLEM, "table", SEED) is None
    cache.save(PROBLEM, "table", SEED, b"numbers")
    assert cache.load(PROBLEM, "table", SEED) == b"numbers"
    assert cache.load(PROBLEM, "suite", SEED) is None
    assert cache.load(PROBLEM, "table", SEED + 1) is None


def test_a_changed_problem_finds_nothing():
    cache.save(PROBLEM, "table", SEED, b"numbers")
    changed = replace(PROBLEM, sizes={**PROBLEM.sizes, "H": (1, 2)})
    assert cache.load(changed, "table", SEED) is None


def test_a_changed_reference_finds_nothing(tmp_path):
    for name in ("problem", "reference"):
        (tmp_path / name).mkdir()
    copied = replace(PROBLEM, root=tmp_path / "problem" / PROBLEM.id)
    (tmp_path / "reference" / "simple_rnn.py").write_text("A = 1\n")
    cache.save(copied, "table", SEED, b"numbers")
    assert cache.load(copied, "table", SEED) == b"numbers"
    (tmp_path / "reference" / "simple_rnn.py").write_text("A = 2\n")
    assert cache.load(copied, "table", SEED) is None


def test_a_copy_of_the_kit_finds_what_was_kept(tmp_path):
    for name in ("problem", "reference"):
        shutil.copytree(KIT / name, tmp_path / name)
    cache.save(PROBLEM, "table", SEED, b"numbers")
    assert cache.load(load_problem(PROBLEM.id, tmp_path / "problem"), "table", SEED) == b"numbers"


def test_damaged_files_are_as_none(home):
    cache.save(PROBLEM, "table", SEED, b"numbers")
    (file,) = home.iterdir()
    for damaged in (file.read_bytes()[:-1], b"", file.read_bytes() + b"x"):
        file.write_bytes(damaged)
        assert cache.load(PROBLEM, "table", SEED) is None


def test_the_folder_is_the_users_alone(home):
    cache.save(PROBLEM, "table", SEED, b"numbers")
    assert home.stat().st_mode & 0o777 == 0o700
    assert all(not f.stat().st_mode & 0o077 for f in home.iterdir())


def test_a_folder_that_others_can_read_is_not_used(home):
    home.mkdir(parents=True)
    home.chmod(0o755)
    cache.save(PROBLEM, "table", SEED, b"numbers")
    assert not list(home.iterdir())
    assert cache.load(PROBLEM, "table", SEED) is None


def test_without_a_home_nothing_is_kept(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    cache.save(PROBLEM, "table", SEED, b"numbers")
    assert cache.load(PROBLEM, "table", SEED) is None


def test_what_was_not_used_for_longest_goes_first(home, monkeypatch):
    monkeypatch.setattr(cache, "KEPT", 2)
    for seed in range(3):
        cache.save(PROBLEM, "table", seed, b"numbers")
        for file in home.iterdir():
            os.utime(file, (seed, seed))
    cache.save(PROBLEM, "table", 3, b"numbers")
    assert len(list(home.iterdir())) == 2
    assert cache.load(PROBLEM, "table", 3) == b"numbers"


@pytest.mark.slow
def test_a_kept_suite_is_the_one_that_was_made():
    made = make_suite(PROBLEM, SEED)
    for suite in (kept_suite(PROBLEM, SEED), kept_suite(PROBLEM, SEED)):
        assert (suite.digest, suite.passed_over) == (made.digest, made.passed_over)
        for case, like in zip(suite.cases, made.cases, strict=True):
            assert (case.group, case.sizes, case.seed) == (like.group, like.sizes, like.seed)
            assert list(case.inputs) == list(like.inputs)
            for name, array in case.inputs.items():
                assert array.dtype == like.inputs[name].dtype
                np.testing.assert_array_equal(array, like.inputs[name])
        for found, wanted in zip(suite.expected, made.expected, strict=True):
            np.testing.assert_array_equal(found.value, wanted.value)
            np.testing.assert_array_equal(found.bound, wanted.bound)


@pytest.mark.slow
def test_weak_isolation_keeps_nothing(home):
    with Judge(PROBLEM, SEED, weak=True) as judge:
        assert judge.suite.cases
    assert not home.exists()
    with Judge(PROBLEM, SEED) as judge:
        assert judge.suite.cases
    assert list(home.iterdir())
