"""The usual slip behind a wrong shape, told only where it is the only one."""

import pytest

from grader.messages.phrases import SENTENCES
from grader.messages.shapes import SLIPS, slip
from grader.messages.wording import mismatch_text
from grader.model import LANGUAGES, Case, Mismatch


@pytest.mark.parametrize(
    ("found", "wanted", "name"),
    [
        ("()", (3, 1), "number for an array"),
        ("(5, 2)", (5, 2, 1), "axis of 1 missing"),
        ("(4,)", (4, 1), "axis of 1 missing"),
        ("(5, 1, 2)", (5, 2, 1), "axis of 1 elsewhere"),
        ("(1, 4)", (4, 1), "axis of 1 elsewhere"),
        ("(1, 4)", (1, 4, 1), "axis of 1 missing"),
        ("(4, 1, 1)", (4, 1), "axis of 1 too many"),
        ("(2, 1)", (5, 2, 1), "one place of the first axis"),
        ("(1, 2, 3)", (5, 2, 3), "one place of the first axis"),
        ("(4, 3)", (3, 4), "transposed"),
        ("(3, 2, 4)", (2, 3, 4), "two axes swapped"),
        ("(3, 2, 3)", (2, 3, 3), "two axes swapped"),
        ("(3, 4, 6)", (3, 4, 5), "one too many at last"),
        ("(4, 4)", (4, 1), "column and row combined"),
        ("(12,)", (3, 4), "flattened"),
        ("(6, 2, 3)", (5, 2, 3), "one too many"),
        ("(4, 2, 3)", (5, 2, 3), "one too few"),
    ],
)
def test_a_slip_is_told_by_the_two_shapes(found, wanted, name):
    assert slip(found, wanted) == name


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("(7, 9)", (3, 4)),
        ("(1, 1)", (1, 1, 1)),  # the axis of the step, or the last
        ("(1, 2)", (2, 2)),  # one place of the first axis, or one too few
        ("list", (3, 4)),
        ("ndarray of dtype object", (3, 4)),
    ],
)
def test_what_could_be_two_slips_or_none_is_not_told(found, wanted):
    assert slip(found, wanted) == ""


@pytest.mark.parametrize(
    ("found", "wanted", "size"),
    [
        ("(2, 4, 6)", (5, 4, 6), "n_a"),
        ("(4, 4, 6)", (5, 4, 6), ""),  # one too few, or m
        ("(6, 4, 6)", (9, 4, 6), ""),  # T, or n_y
        ("(2, 2, 6)", (5, 4, 6), ""),
        ("(2, 4)", (5, 4, 6), ""),
    ],
)
def test_a_size_in_place_of_another_is_told_by_its_name(found, wanted, size):
    case = Case("f", {"m": 4, "n_a": 2, "T": 6, "n_y": 6}, {}, 0, reported=("m", "n_a", "T", "n_y"))
    text = mismatch_text(case, Mismatch("dx", "shape", wanted, found))
    assert (f"the length of {size}," in text) if size else ("the length of" not in text)


def test_every_slip_has_its_sentence():
    assert set(SLIPS) <= set(SENTENCES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sentence_goes_behind_the_shapes(lang):
    case = Case("forward", {"T": 5, "O": 2}, {}, 0, reported=("T", "O"))
    text = mismatch_text(case, Mismatch("outputs", "shape", (5, 2, 1), "(2, 1)"), lang)
    assert "(2, 1)" in text
    assert "5" in text.split("）" if lang == "zh" else ")")[-1]
    missing = mismatch_text(case, Mismatch("outputs", "type", (5, 2, 1), "NoneType"), lang)
    assert "return" in missing
