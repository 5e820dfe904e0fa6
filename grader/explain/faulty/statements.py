"""Changes of whole statements: moved past a neighbour, into or out of a loop, left out, kept."""

import ast
import itertools
import re
import textwrap
from collections.abc import Iterator

from grader.explain.faulty.edits import (
    Edit,
    behind,
    called,
    inserted_before,
    replaced,
)
from grader.explain.faulty.idle import never_filled
from grader.explain.faulty.program import Program
from grader.explain.faulty.tree import (
    LOOPS,
    Place,
    is_of_self,
    names_in,
    text_of,
)

EXCEPTIONS = {"Exception", "ValueError", "TypeError", "IndexError", "KeyError", "OverflowError"}
# Methods of lists, dicts, sets and arrays that return nothing.
CHANGING = {"append", "appendleft", "extend", "insert", "sort", "reverse", "update", "clear", "add"}
CHANGING |= {"remove", "fill", "resize"}
SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr)
# Methods that give a new value; of any other it is not known what it is called for.
COMPUTING = {"sum", "mean", "dot", "matmul", "mm", "reshape", "copy", "clone", "ravel", "view"}


def neighbours(program: Program, place: Place) -> Iterator[Edit]:
    """The statement after one of the next two or the last one, or before earlier ones."""
    if not isinstance(place.node, SIMPLE):
        return
    rest = place.block[place.number + 1 :]
    for other in dict.fromkeys((*rest[:2], *rest[-1:])):
        yield _moved(program, place, other, "order")
    for distance in dict.fromkeys((2, 3, place.number)):
        if 2 <= distance <= place.number:
            yield _moved_before(program, place, place.block[place.number - distance])


def loops(program: Program, place: Place) -> Iterator[Edit]:
    """The statement into the loop beside it, or out of the one that it stands in."""
    if not isinstance(place.node, (*SIMPLE, *LOOPS, ast.If, ast.Return)):
        return
    block, at = place.block, place.number
    for other in (*block[max(0, at - 3) : at], *block[at + 1 : at + 2]):
        if isinstance(other, LOOPS):
            yield _moved(program, place, other.body[-1], "into loop")
            if other.lineno > place.node.lineno:
                yield _moved_before(program, place, other.body[0], "into loop")
    loop = place.loop
    if loop is not None and len(loop.body) > 1 and place.parents[-1] is loop:
        yield _moved(program, place, loop, "out of loop")
        yield _moved_before(program, place, loop, "out of loop")
        if place.node is not block[-1]:
            yield from _tail(program, place, loop)


def _tail(program: Program, place: Place, loop: ast.stmt) -> Iterator[Edit]:
    """The rest of a loop's block, from the statement on, behind the loop."""
    rest = place.block[place.number :]
    if place.number > 0 and isinstance(rest[0], SIMPLE):
        first, last = program.span(rest[0])[0], program.span(rest[-1])[1]
        text = _indented(program.source[first:last].decode(), rest[0], loop)
        splices = ((first, last, "pass"), behind(program, loop, text))
        yield Edit("out of loop", (place.node.lineno,), splices)


def left_out(program: Program, place: Place) -> Iterator[Edit]:
    """The statement left out."""
    if isinstance(
        place.node, (*SIMPLE, ast.Delete, ast.Raise, ast.Assert, ast.If, *LOOPS, ast.Break)
    ):
        yield Edit("superfluous", (place.node.lineno,), ((*program.span(place.node), "pass"),))
    if isinstance(place.node, ast.Return):
        yield Edit("superfluous", (place.node.lineno,), ((*program.span(place.node), "pass"),))


def unwrapped(program: Program, place: Place) -> Iterator[Edit]:
    """What stands in a `with` without it; a function without a decorator."""
    node = place.node
    if isinstance(node, ast.With):
        first, last = program.span(node.body[0])[0], program.span(node.body[-1])[1]
        text = _indented(program.source[first:last].decode(), node.body[0], node)
        yield Edit("superfluous", (node.lineno,), ((*program.span(node), text),))
    for decorator in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
        splice = (*program.span(decorator), "(lambda function: function)")
        yield Edit("superfluous", (decorator.lineno,), (splice,))


def refusals(program: Program, place: Place) -> Iterator[Edit]:
    """Another exception, for one raised or that of an `assert`; what is negative refused too."""
    node = place.node
    if isinstance(node, ast.If) and isinstance(node.body[0], ast.Raise):
        for word in sorted({n.id for n in names_in(node.test)} - program.known):
            text = f"{word} < 0 or ({text_of(node.test)})"
            yield replaced(program, node.test, "condition", text)
    if isinstance(node, ast.Assert):
        text = f"if not ({text_of(node.test)}): raise ValueError"
        yield Edit("exception", (node.lineno,), ((*program.span(node), text),))
    for name in ast.walk(node) if isinstance(node, ast.Raise) else ():
        if isinstance(name, ast.Name) and name.id in EXCEPTIONS:
            for other in sorted(EXCEPTIONS - {name.id}):
                yield replaced(program, name, "exception", other)


def in_place(program: Program, place: Place) -> Iterator[Edit]:
    """A call that changes its object and returns None, without keeping or returning that."""
    node, value = place.node, getattr(place.node, "value", None)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        if value.func.attr in CHANGING and isinstance(node, ast.Assign):
            yield replaced(program, node, "returns None", text_of(value))
        if value.func.attr in CHANGING and isinstance(node, ast.Return):
            text = f"{text_of(value)}\n{program.indent(node)}return {text_of(value.func.value)}"
            yield replaced(program, node, "returns None", text)


def exchanged(program: Program, place: Place) -> Iterator[Edit]:
    """What this statement and the next one compute, each for the other."""
    pair = place.block[place.number : place.number + 2]
    values = [s.value for s in pair if isinstance(s, ast.Assign)]
    if len(values) == 2 and text_of(values[0]) != text_of(values[1]):
        first, second = (program.span(v) for v in values)
        splices = ((*first, program.code(values[1])), (*second, program.code(values[0])))
        yield Edit("swapped", (pair[0].lineno, pair[1].lineno), splices)


def updated_early(program: Program, place: Place) -> Iterator[Edit]:
    """What others read after a statement changes it, as it was when the function began."""
    node, function = place.node, place.function
    if not isinstance(node, (ast.AugAssign, ast.Assign)):
        return
    target: ast.expr = node.target if isinstance(node, ast.AugAssign) else node.targets[0]
    target = target.value if isinstance(target, ast.Subscript) else target
    if not is_of_self(target) or not isinstance(function, ast.FunctionDef):
        return
    text, own = text_of(target), {id(n) for n in ast.walk(node)}
    old = text.removeprefix("self.") + "_before"
    reads = (n for n in program.nodes(function) if is_of_self(n) and text_of(n) == text)
    loads = [n for n in reads if id(n) not in own and not isinstance(n.ctx, ast.Store)]  # type: ignore[attr-defined]  # it has one
    copy = "clone().detach" if "torch" in program.imported else "copy"
    first = Place(function.body[0], function.body, (), function)
    begin = inserted_before(program, first, f"{old} = {text}.{copy}()")
    if loads:
        splices = [(*program.span(n), old) for n in loads]
        yield Edit("updated early", (node.lineno,), (*begin.splices, *splices))


def unappended(program: Program, place: Place) -> Iterator[Edit]:
    """A value that is computed and not kept: put into a list that nothing fills."""
    node = place.node
    for name in never_filled(program, place, ast.List) if isinstance(node, ast.Expr) else ():
        text = f"{name}.append({program.code(node)})"
        yield Edit("unkept", (node.lineno,), ((*program.span(node), text),))


def spread_out(program: Program, place: Place) -> Iterator[Edit]:
    """A value put into a list as a whole, for its elements one by one."""
    node = place.node
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
        text = f"{text_of(node.target)}.append({program.code(node.value)})"
        yield replaced(program, node, "spread out", text)
    value = getattr(node, "value", None)
    if isinstance(value, ast.Call) and called(value) == "extend":
        text = f"{text_of(value.func).removesuffix('extend')}append"
        yield replaced(program, value.func, "spread out", text)


def unkept(program: Program, place: Place) -> Iterator[Edit]:
    """A value that is computed and not kept: put into a list, or into a name in reach."""
    node = place.node
    if not isinstance(node, ast.Expr) or not isinstance(place.function, ast.FunctionDef):
        return
    if node is place.function.body[-1] and place.function.name in program.empty:
        returned = f"return {program.code(node)}"
        yield Edit("unkept", (node.lineno,), ((*program.span(node), returned),))
    if isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
        owner = node.value.func.value
        kept = f"{text_of(owner)} = {program.code(node)}"
        yield Edit("unkept", (node.lineno,), ((*program.span(node), kept),))
        imported = isinstance(owner, ast.Name) and owner.id in program.imported
        own = node.value.func.attr in program.methods - program.empty
        if not (imported or own) and node.value.func.attr not in COMPUTING:
            return  # a method that is called for its effect
    value = program.code(node)
    given = [*map(text_of, getattr(node.value, "args", ()))]  # what is handed over and given back
    names = [*program.names(place), *program.attributes]
    others = [*(n for n in names if n in given), *sorted(program.unused), *names]
    forms = ("{x} = {value}", "{x}.append({value})", "{x} += {value}")
    for x, form in itertools.product(dict.fromkeys(others), forms):
        text = form.format(x=x, value=value)
        yield Edit("unkept", (node.lineno,), ((*program.span(node), text),))


def _moved(program: Program, place: Place, after: ast.stmt, kind: str) -> Edit:
    begin, end = program.span(place.node)
    text = _indented(program.code(place.node), place.node, after)
    splices = ((begin, end, "pass"), behind(program, after, text))
    return Edit(kind, (place.node.lineno,), splices)


def _moved_before(program: Program, place: Place, other: ast.stmt, kind: str = "order") -> Edit:
    begin, end = program.span(place.node)
    text = _indented(program.code(place.node), place.node, other)
    at = program.span(other)[0]
    splices = ((at, at, text + "\n" + program.indent(other)), (begin, end, "pass"))
    return Edit(kind, (place.node.lineno,), splices)


def _indented(text: str, node: ast.stmt, like: ast.stmt) -> str:
    """Return a statement's text, its further lines indented as beside another statement."""
    first, newline, rest = text.partition("\n")
    if not newline:
        return first
    shift = like.col_offset - node.col_offset
    if shift >= 0:
        return first + newline + textwrap.indent(rest, " " * shift)
    cut = re.compile(rf"^ {{0,{-shift}}}", re.MULTILINE)
    return first + newline + cut.sub("", rest)
