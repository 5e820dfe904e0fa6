"""What shapes the values in reach of each statement have, as one run of the submission shows.

A statement that raises is put before each statement in turn; its message holds the shapes. They
prune products and sums that cannot be; what is not known prunes nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from grader.explain.faulty.edits import Splice
from grader.explain.faulty.program import Program
from grader.explain.faulty.tree import Place
from grader.messages.shapes import read

Shape = tuple[int, ...]
Shapes = Mapping[str, Shape | None]  # text of an expression -> its shape; None for no array
MOST = 90  # expressions a statement: a message is cut at 500 characters
UNKNOWN, OTHER, LIST, SCALAR = "-", "o", "l", "s"
ASKING = "_shape_"  # the function that a question defines
SHAPES = """\
def _shape_(value):
{indent}    try:
{indent}        value = value()
{indent}        if type(value) in (int, float):
{indent}            return "s"
{indent}        if type(value) in (list, tuple):
{indent}            return "l" + str(len(value))
{indent}        shape = getattr(value, "shape", None)
{indent}        return "o" if shape is None else "x".join(map(str, shape)) or "s"
{indent}    except Exception:
{indent}        return "-"
{indent}if not globals().get("_asking_"):  # what is asked for may come by here again
{indent}    globals()["_asking_"] = True
{indent}    raise AssertionError("_" + " ".join(map(_shape_, ({values}))))
{indent}"""
# An entry of a dict, as it is there: a defaultdict would make it.
ENTRY = re.compile(r"([A-Za-z_][\w.]*)\[('\w*')\]", re.ASCII)
OWN = r"(dict(\1) if isinstance(\1, dict) else \1)[\2]"
WORDS = re.compile(r"AssertionError: _(.*)")


def asking(program: Program, place: Place, texts: Sequence[str]) -> list[Splice]:
    """Return the change that raises the shapes of expressions before a statement."""
    indent = program.indent(place.node)
    at = program.span(place.node)[0]
    if indent.strip() or not texts or program.source.startswith(b"elif", at):
        return []  # nothing can stand before it
    for decorator in getattr(place.node, "decorator_list", ()):
        at = min(at, program.span(decorator)[0] - 1)
    values = "".join(f"lambda: {ENTRY.sub(OWN, text)}, " for text in texts[:MOST])
    return [(at, at, SHAPES.format(indent=indent, values=values))]


class Answer(NamedTuple):
    """What a message says of expressions: shapes, of lists lengths, and which have no value."""

    shapes: dict[str, Shape | None]
    lengths: dict[str, int]
    without: frozenset[str]


def answer(texts: Sequence[str], message: str) -> Answer:
    """Return what is said of the expressions, as far as the message goes."""
    found = WORDS.fullmatch(message)
    words = found[1].split(" ") if found else []
    if len(words) < min(len(texts), MOST):  # the last one may be cut
        words = words[:-1]
    said = dict(zip(texts, words, strict=False))
    shapes = {
        text: None
        if word[0] in OTHER + LIST
        else tuple(int(n) for n in word.split("x") if n != SCALAR)
        for text, word in said.items()
        if word != UNKNOWN
    }
    lengths = {text: int(word[1:]) for text, word in said.items() if word[0] == LIST}
    return Answer(shapes, lengths, frozenset(said.keys() - shapes.keys()))


def resized(faults: Iterable[tuple[str, Shape]]) -> tuple[tuple[int, int], ...]:
    """Return the sizes that stand for others, each with the one that is asked for.

    faults: what was found, such as "(2, 3)", and the shape asked for; where one axis differs.
    """
    found = []
    for text, wanted in faults:
        shape = read(text) or ()
        wrong = [(a, b) for a, b in zip(shape, wanted, strict=False) if a != b]
        found += wrong if len(shape) == len(wanted) and len(wrong) == 1 else []
    return tuple(dict.fromkeys(found))


def broadcast(a: Shape, b: Shape) -> Shape | None:
    """Return the shape of an element by element operation; None if there is none."""
    long, short = (a, b) if len(a) >= len(b) else (b, a)
    short = (1,) * (len(long) - len(short)) + short
    if any(m != n and 1 not in (m, n) for m, n in zip(long, short, strict=True)):
        return None
    return tuple(max(m, n) if 0 not in (m, n) else 0 for m, n in zip(long, short, strict=True))


def product(a: Shape, b: Shape) -> Shape | None:
    """Return the shape of a matrix product, of stacks of matrices too; None if there is none."""
    if not a or not b or a[-1] != (b[-2] if len(b) > 1 else b[0]):
        return None
    stacked = broadcast(a[:-2], b[:-2])
    return None if stacked is None else (*stacked, *a[-2:-1], *(b[-1:] if len(b) > 1 else ()))
