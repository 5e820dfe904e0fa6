"""Of several changes that mend a line the one that is told: as a teacher would say it."""

import ast
import contextlib
import re
from collections import Counter
from collections.abc import Sequence

from grader.explain.faulty.edits import Edit
from grader.explain.faulty.program import Program
from grader.explain.faulty.tree import text_of

TOKEN = re.compile(r"\.T\b|[A-Za-z_]\w*(?:\.(?!T\b)\w+)*|\d[\w.]*|'[^']*'|[^\s()\w]")
WORD = re.compile(r"[A-Za-z_\d']")
NAME = re.compile(r" [A-Za-z_]")
NOTHING = "pass"

COPY, LESS, MOVED, SIGN, AS_ELSEWHERE, KNOWN, NEW = range(7)
Plainness = tuple[int, int, int]


def plainness(program: Program, edit: Edit) -> Plainness:
    """Return how far-fetched a change is, the plainest first.

    A copy, which changes no value: if that mends, sharing is what was wrong. Then something left
    out, then moved, then another operator or sign, or a number one off, then what stands so
    elsewhere in the program, then what is put together from its words, then anything else, such as
    a value taken from itself; of the same the one that changes less, and the shorter one.
    """
    old = [t for begin, end, _ in edit.splices for t in _tokens(program.source[begin:end].decode())]
    new = [t for _, _, text in edit.splices for t in _tokens(text) if t != NOTHING]
    before, after = Counter(old), Counter(new)
    more, less = after - before, before - after
    rank = NEW
    if edit.kind == "copy" and all(text.endswith(".copy()") for *_, text in edit.splices):
        rank = COPY
    elif not more:
        rank = LESS if less else MOVED
    elif not any(map(WORD.match, more)) or _is_one_off(less, more):
        rank = SIGN
    elif NAME.search(same := _phrase(old, new)) and same in program.once(_text, program.tree):
        rank = AS_ELSEWHERE
    elif before.keys() & more.keys() != more.keys() <= program.once(_words, program.tree):
        rank = KNOWN
    return rank, more.total() + less.total(), sum(map(len, new))


def _is_one_off(less: Counter[str], more: Counter[str]) -> bool:
    """Return whether a whole number is one more or less, and nothing else changes."""
    if less.total() != 1 or more.total() != 1:
        return False
    (old,), (new,) = less, more
    return old.isdecimal() and new.isdecimal() and abs(int(old) - int(new)) == 1


def _phrase(old: Sequence[str], new: Sequence[str]) -> str:
    """Return the tokens that stand in a new text between what it has in common with the old one."""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return _joined(new[first : len(new) - last])


def _tokens(text: str) -> list[str]:
    """Return the tokens of a text but its brackets, however it is written."""
    with contextlib.suppress(SyntaxError):  # of a part of a statement
        text = text_of(ast.parse(text.strip()))
    return TOKEN.findall(text)


def _text(_: Program, tree: ast.Module) -> str:
    return _joined(TOKEN.findall(text_of(tree)))


def _words(_: Program, tree: ast.Module) -> set[str]:
    return set(TOKEN.findall(text_of(tree)))


def _joined(tokens: Sequence[str]) -> str:
    return " " + " ".join(tokens) + " "
