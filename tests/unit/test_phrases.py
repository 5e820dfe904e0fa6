"""Both languages say the same: every sentence is in both, with the same numbers and names in it."""

import re
import string

import pytest

from grader.messages import phrases, wording
from grader.model import Case, Mismatch, Outcome, Run, Verdict
from grader.report import text

CASE = Case("forward", {"H": 3, "I": 1, "O": 1, "T": 2}, {}, 0, reported=("T", "I", "H", "O"))
CHINESE = re.compile("[\u4e00-\u9fff]")
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e-?\d+)?")


def fields(sentence):
    return sorted(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None)


@pytest.mark.parametrize("key", phrases.SENTENCES)
def test_every_sentence_has_both_languages(key):
    """
    The same is put in, in English and in Chinese.
    """
    said = phrases.SENTENCES[key]

    assert set(said) == set(phrases.LANGUAGES)
    assert set(fields(said["en"])) == set(fields(said["zh"]))


def test_every_verdict_has_a_name_in_both():
    """
    A verdict that is added without a name is noticed here.
    """
    assert set(phrases.VERDICTS) == set(Verdict)
    assert all(CHINESE.search(name["zh"]) for name in phrases.VERDICTS.values())
    assert text.NAMES[Verdict.AC] == "accepted"


@pytest.mark.parametrize(
    "mismatch",
    [
        Mismatch(
            "W",
            "value",
            (2, 3),
            index=(1, 0),
            expected=0.5,
            actual=0.25,
            bound=1e-12,
            wrong=4,
            worst=0.5,
        ),
        Mismatch(
            "W",
            "value",
            (2, 3),
            index=(1, 0),
            expected=0.5,
            actual=0.5000001,
            bound=1e-12,
            wrong=4,
            worst=2e-7,
        ),
        Mismatch("W", "value", (1,), dtype="float32", index=(0,), worst=1e-7),
        Mismatch("W", "nonfinite", (1,), index=(0,), expected=1.0, actual=float("nan")),
        Mismatch("W", "nonfinite", (2,), index=(0,), expected=1.0, actual=2.0),
        Mismatch("W", "shape", (2, 1), "(2, 1, 1)"),
        Mismatch("W", "type", (2, 1), "str of dtype str96"),
    ],
    ids=lambda m: f"{m.kind}-{m.dtype}",
)
def test_mismatch_has_the_same_numbers_in_both_languages(mismatch):
    """
    Places, values and bounds do not depend on the language.
    """
    said = phrases.both(lambda lang: wording.mismatch_text(CASE, mismatch, lang))

    assert sorted(NUMBER.findall(said["en"])) == sorted(NUMBER.findall(said["zh"]))
    assert CHINESE.search(said["zh"])
    assert not CHINESE.search(said["en"])


@pytest.mark.parametrize("verdict", [Verdict.TLE, Verdict.MLE, Verdict.OLE])
def test_limit_is_told_in_chinese(verdict):
    """
    What the sandbox said is translated, with function, line and sizes.
    """
    ended = Outcome(verdict, None, "more than 4 s of processor time", 7, "forward")

    said = wording.ended_text(CASE, ended, "zh")

    assert "处理器时间超过 4 秒" in said
    assert "forward" in said
    assert "第 7 行" in said
    assert "T=2" in said


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("no end within 60 s for all cases", "所有测例在 60 秒内没有结束"),
        ("the process was ended by the signal SIGSEGV", "进程被信号 SIGSEGV 终止"),
        ("an object made by SimpleRNN has no W_xh, b_h", "SimpleRNN 创建的对象没有 W_xh, b_h"),
        ("list of dtype str96", "dtype 为 str96 的 list"),
        ("no solution.py in it; it is empty", "其中没有 solution.py，是空的"),
        ("no solution.py in it; there is a/b.py", "其中没有 solution.py，但有 a/b.py"),
    ],
)
def test_words_of_the_sandbox_are_translated(english, chinese):
    """
    What changes in them stays.
    """
    assert phrases.relayed("zh", english) == chinese
    assert phrases.relayed("en", english) == english


@pytest.mark.parametrize(
    "said",
    [
        "ValueError: there is no W in the file",
        "TypeError: x is a y, which cannot be called",
        "NameError: name 'x' is not defined",
        "{0} {name}",
        "",
    ],
)
def test_words_of_a_submission_stay(said):
    """
    What Python or a student said is told as it was, in both languages.
    """
    assert phrases.relayed("zh", said) == said


def test_start_is_told_in_both_languages():
    """
    Who imports what is not there reads in both what is allowed.
    """
    start = Outcome(Verdict.CE, message="ModuleNotFoundError: No module named 'torch'")
    run = Run({}, (), {}, "", 0, 0, 0, start)

    said = phrases.both(lambda lang: wording.start_text(run, lang))

    assert "No module named 'torch'" in said["zh"]
    assert "标准库" in said["zh"]
    assert "standard library" in said["en"]
