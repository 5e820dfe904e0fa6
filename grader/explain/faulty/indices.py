"""Which part of a value is taken: another index, counter, slice or end of a range."""

import ast
import itertools
from collections.abc import Iterator

from grader.explain.faulty.edits import Edit, bracketed, called, is_whole, replaced
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import NOT_KNOWN, in_reach, is_like, shape_of
from grader.explain.faulty.tokens import TERMS, Change
from grader.explain.faulty.tree import Place, expressions, text_of

TAKEN = {"pop", "popleft", "popitem"}


def index(node: ast.AST) -> Iterator[Change]:
    """An index or a slice that is shifted, an axis more or less."""
    if not isinstance(node, ast.Subscript):
        return
    value = bracketed(node.value)
    parts = list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]
    texts = [text_of(p) for p in parts]
    for n, part in enumerate(parts):
        for text in _shifted(part):
            changed = [*texts[:n], text, *texts[n + 1 :]]
            yield node, "index", f"{value}[{', '.join(changed)}]"
    for n in range(len(parts) - 1):
        changed = [*texts[:n], texts[n + 1], texts[n], *texts[n + 2 :]]
        yield node, "index", f"{value}[{', '.join(changed)}]"
    inner = node.value
    if isinstance(inner, ast.Subscript):  # W[j][k]
        yield node, "index", f"{bracketed(inner.value)}[{texts[0]}][{text_of(inner.slice)}]"
    if any(isinstance(p, ast.Slice) for p in parts):  # along another axis
        rest = texts[1:] if texts[0] in (":", "...") else [":", *texts]
        yield node, "index", f"{value}[{', '.join(rest)}]" if rest else value
    if isinstance(node.ctx, ast.Load):
        yield node, "index", value


def _shifted(part: ast.expr) -> Iterator[str]:
    if isinstance(part, ast.Slice):
        yield from _other_slices(part)
        return
    if isinstance(part, ast.Constant):
        if isinstance(part.value, int):
            yield from (str(part.value + 1), str(part.value - 1), f"-{part.value + 1}")
        return
    if isinstance(part, ast.UnaryOp):
        yield bracketed(part.operand)
    if isinstance(part, ast.BinOp) and isinstance(part.op, TERMS):
        yield text_of(part.left)
    text = text_of(part)
    yield from (f"{text} - 1", f"{text} + 1", f"-{bracketed(part)} - 1")


def _other_slices(part: ast.Slice) -> Iterator[str]:
    """Yield a slice with another beginning, end or order."""
    low, high, step = (bracketed(p) if p else "" for p in (part.lower, part.upper, part.step))
    tail = f":{step}" if step else ""
    lows = (low, "", _plus(low or "0", 1), *((_plus(low, -1),) if low else ()))
    highs = (high, "", *((_plus(high, 1), _plus(high, -1)) if high else ("-1",)))
    both = [(a, high) for a in lows[1:]] + [(low, b) for b in highs[1:]]
    yield from (f"{a}:{b}{tail}" for a, b in both if (a, b) != (low, high))
    if low.isdecimal() and not high:  # the other end is left out
        yield f":-{low}{tail}"
    before_end = high.strip("(-)")
    if not low and f"(-{before_end})" == high and before_end.isdecimal():
        yield f"{before_end}:{tail}"
    if step == "(-1)":  # from the end: one less there, or one more here
        yield f"-2:{'' if high == '0' else high}:-1"
    yield f"{low}:{high}" if step else f"{low}:{high}:-1"


def _plus(text: str, number: int) -> str:
    """Return the text of a sum, of a number the number."""
    try:
        return str(int(text) + number)
    except ValueError:
        return f"{text} {'-' if number < 0 else '+'} {abs(number)}"


def counters(program: Program, place: Place) -> Iterator[Edit]:
    """A counter in place of a fixed index, or of another counter."""
    fixed: list[ast.AST] = []
    for node in expressions(place.node):
        if isinstance(node, ast.Subscript):
            parts_ = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            fixed += [p for p in parts_ if isinstance(p, (ast.Constant, ast.Name, ast.UnaryOp))]
        elif isinstance(node, (ast.BinOp, ast.Call)):
            fixed += [p for p in ast.iter_child_nodes(node) if is_whole(p)]
    for part in fixed:
        for name in program.counters(place):
            for text in (name, f"({name} - 1)", f"({name} + 1)"):
                yield replaced(program, part, "index", text)


def as_defined(program: Program, place: Place) -> Iterator[Edit]:
    """For a name what it stands for, if that is a part of something: another part of it."""
    assigned = (n for n in program.nodes(place.function) if isinstance(n, ast.Assign))
    pairs = [(text_of(t), n.value) for n in assigned for t in n.targets]
    often = [name for name, _ in pairs]
    parts_ = {name: value for name, value in pairs if often.count(name) == 1}
    for node in expressions(place.node):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in parts_:
            for changed, kind, text in index(parts_[node.id]):
                if changed is parts_[node.id]:
                    yield replaced(program, node, kind, text)


def first_step(program: Program, place: Place) -> Iterator[Edit]:
    """At the first step, of which there is none before: zero, or a value in reach of that shape."""
    for node in expressions(place.node):
        if not isinstance(node, ast.Subscript) or not isinstance(node.ctx, ast.Load):
            continue
        parts_ = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        sums = [p for p in parts_ if isinstance(p, ast.BinOp) and isinstance(p.op, ast.Sub)]
        before = [text_of(p) for p in sums if isinstance(p.left, ast.Name)]
        text = text_of(node)
        like = [x for x in in_reach(program, place) if is_like(program, place, x, text)]
        for at, x in itertools.product(before, (f"0 * {text}", *like)):
            if x != text:
                yield replaced(program, node, "first step", f"({text} if {at} >= 0 else {x})")


def taken(program: Program, place: Place) -> Iterator[Edit]:
    """An entry by its number or key, where one is taken out of what others share."""
    for node in expressions(place.node):
        if called(node) not in TAKEN or not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute):
            given = [text_of(a) for a in node.args[:1]]
            for index in dict.fromkeys((*given, "-1", *program.counters(place))):
                yield replaced(program, node, "taken", f"{text_of(node.func.value)}[{index}]")


def shifts(program: Program, place: Place) -> Iterator[Edit]:
    """A counter more or less in an index."""
    for node in expressions(place.node):
        inside = ast.walk(node.slice) if isinstance(node, ast.Subscript) else ()
        for part in inside:
            for name in program.counters(place) if isinstance(part, (ast.Name, ast.BinOp)) else ():
                for text in (f"({bracketed(part)} - {name})", f"({bracketed(part)} + {name})"):
                    yield replaced(program, part, "index", text)


def bounds(program: Program, place: Place) -> Iterator[Edit]:
    """Another end of a slice or a range: a name, or a length."""
    names_ = [n for n in program.names(place) if shape_of(program, place, n) in ((), NOT_KNOWN)]
    arrays = [x for x in in_reach(program, place) if shape_of(program, place, x) != ()]
    lengths = [text for x in arrays for text in (f"len({x})", f"len({x}) - 1")]
    for node in expressions(place.node):
        if isinstance(node, ast.Slice) and not node.step:
            low, high = (bracketed(p) if p else "" for p in (node.lower, node.upper))
            for name in names_:
                yield replaced(program, node, "index", f"{low}:{name}")
                yield replaced(program, node, "index", f"{low}:{low or 0} + {name}")
                yield replaced(program, node, "index", f"{name}:{high}")
        elif called(node) == "range" and isinstance(node, ast.Call):
            for text, argument in itertools.product(lengths, node.args):
                yield replaced(program, argument, "range", text)
