"""Changes of whole statements: moved past a neighbour, into or out of a loop, left out, added."""

import ast
import difflib
import itertools
import re
import textwrap
from collections.abc import Iterator
from typing import TypeGuard

from grader.explain.faulty.edits import Edit, Splice
from grader.explain.faulty.program import LOOPS, Place, Program
from grader.explain.faulty.reach import in_reach

SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr)
WORD = re.compile(r"[A-Za-z_]\w*")


def neighbours(program: Program, place: Place) -> Iterator[Edit]:
    """The statement after the next one, or the one after that."""
    for distance in (1, 2):
        at = place.number + distance
        if at < len(place.block) and isinstance(place.node, SIMPLE):
            between = place.block[place.number + 1 : at + 1]
            yield _moved(program, place, between[-1], "order")
    if isinstance(place.node, SIMPLE):
        for distance in (2, 3):
            at = place.number - distance
            if at >= 0:
                yield _moved_before(program, place, place.block[at])


def loops(program: Program, place: Place) -> Iterator[Edit]:
    """The statement into the loop beside it, or out of the one that it stands in."""
    if not isinstance(place.node, (*SIMPLE, *LOOPS, ast.If)):
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
        splices = ((first, last, "pass"), _after(program, loop, text))
        yield Edit("out of loop", (place.node.lineno,), splices)


def left_out(program: Program, place: Place) -> Iterator[Edit]:
    """The statement left out."""
    if isinstance(
        place.node, (*SIMPLE, ast.Delete, ast.Raise, ast.Assert, ast.If, *LOOPS, ast.Break)
    ):
        yield Edit("superfluous", (place.node.lineno,), ((*program.span(place.node), "pass"),))
    if isinstance(place.node, ast.Return):
        yield Edit("superfluous", (place.node.lineno,), ((*program.span(place.node), "pass"),))


def twins_left_out(program: Program, place: Place) -> Iterator[Edit]:
    """A statement like this one for another weight, which nothing does yet."""
    if not isinstance(place.node, SIMPLE):
        return
    text = ast.unparse(place.node)
    there = {ast.unparse(s) for s in place.block}
    attributes = (a.removeprefix("self.") for a in program.attributes)
    known = {*program.names(place), *attributes, *program.keys}
    for other in _renamings(program, set(WORD.findall(text)) & known, known):
        copy = WORD.sub(lambda found: other.get(found[0], found[0]), text)  # noqa: B023  # used at once
        if copy not in there:
            yield _inserted(program, place, copy)


def _renamings(program: Program, words: set[str], known: set[str]) -> Iterator[dict[str, str]]:
    """Yield how names change together when one weight takes another's place."""
    parts = {word: program.weight_in(word) for word in sorted(known)}
    spelled = {part: word for word, part in parts.items() if part[1]}
    for old in sorted({parts[w][1] for w in words} - {""}):
        for new in sorted({weight for _, weight in spelled} - {old}):
            mine = [w for w in words if parts[w][1] == old]
            changed = {w: spelled.get((parts[w][0], new), "") for w in mine}
            if all(changed.values()):
                yield changed


def carried(program: Program, place: Place) -> Iterator[Edit]:
    """At a loop's end: a name that was set before it takes what the loop computes."""
    loop = place.node
    if not isinstance(loop, LOOPS):
        return
    read = _names(loop, ast.Load)
    written = _names(loop, ast.Store)
    last = Place(loop.body[-1], loop.body, (*place.parents, loop), place.function, place.around)
    before = {n for s in place.block[: place.number] for n in _names(s, ast.Store)}
    attributes = set(program.attributes)
    reach = [t for t in in_reach(program, last) if t not in attributes]
    for name in sorted((read & before) - written):
        for value in reach:
            if value != name:
                yield _inserted(program, last, f"{name} = {value}")
                yield _inserted(program, last, f"{name} += {value}")
                yield _inserted(program, last, f"{name}.append({value})")
    for value in reach:
        for name in sorted(before - read - written):
            yield _inserted(program, last, f"{name}.append({value})")
            yield _inserted(program, last, f"{name} += {value}")


def resets(program: Program, place: Place) -> Iterator[Edit]:
    """What sets something at the beginning elsewhere, done before this statement too."""
    first = place.number == 0 or isinstance(place.node, LOOPS)
    if not first or place.function is program.tree:
        return
    there = {ast.unparse(s) for s in place.block}
    for other in program.places:
        node = other.node
        if isinstance(node, ast.Assign) and node is not place.node and other.number <= 12:
            text = ast.unparse(node)
            local = other.function is place.function
            if (local or text.startswith("self.")) and text not in there:
                yield _inserted_before(program, place, text)


def signatures(program: Program, place: Place) -> Iterator[Edit]:
    """A function by the name that is asked for, its parameters in another order, or by position."""
    node = place.node
    if not isinstance(node, ast.FunctionDef):
        return
    begin = program.span(node)[0] + len("def ")
    defined = {p.node.name for p in program.places if isinstance(p.node, ast.FunctionDef)}
    for name in difflib.get_close_matches(node.name, program.wanted - defined):
        yield Edit("name", (node.lineno,), ((begin, begin + len(node.name.encode()), name),))
    args = node.args
    for first, second in itertools.pairwise(args.args[: len(args.args) - len(args.defaults)]):
        splices = [
            (*program.span(a), program.code(b)) for a, b in ((first, second), (second, first))
        ]
        yield Edit("swapped", (node.lineno,), tuple(splices))
    if args.kwonlyargs and not args.vararg:
        end = program.span(args.kwonlyargs[0])[0]
        star = program.source.rindex(b"*", begin, end)
        yield Edit("argument", (node.lineno,), ((star, end, ""),))


def unset(program: Program, place: Place) -> Iterator[Edit]:
    """Before the outermost statement that uses a name without a value: one, as others begin."""
    if place.parents or place not in program.lost:
        return
    zeros = [f"np.zeros_like({x})" for x in (*program.attributes, *in_reach(program, place))]
    begun = [*_beginnings(program), "0", "None", "[]", *dict.fromkeys(zeros)]
    name, others = program.lost[place], _never_begun(place)
    own = [t for t in program.attributes if t.removeprefix("self.") == name]
    for value in dict.fromkeys([*own, *begun]):
        yield _inserted_before(program, place, f"{name} = {value}")
    for value in dict.fromkeys(begun) if others > {name} else ():
        yield _inserted_before(program, place, f"{' = '.join(sorted(others))} = {value}")


def _never_begun(place: Place) -> set[str]:
    """Return the names that a function adds to, or sets in a loop, and never before one."""
    if not isinstance(place.function, ast.FunctionDef):
        return set()
    begun = {n for s in place.block[: place.number] for n in _names(s, ast.Store)}
    loops = (n for n in ast.walk(place.node) if isinstance(n, ast.For))
    counters = {n.id for f in loops for n in ast.walk(f.target) if isinstance(n, ast.Name)}
    read = _names(place.node, ast.Load) & _names(place.node, ast.Store)
    added = (n.target for n in ast.walk(place.node) if isinstance(n, ast.AugAssign))
    return (read | {t.id for t in added if isinstance(t, ast.Name)}) - begun - counters


def _beginnings(program: Program) -> list[str]:
    """Return what names are set to outside of loops, zeros and nothing first."""
    found = [
        ast.unparse(p.node.value)
        for p in program.places
        if isinstance(p.node, ast.Assign)
        and p.loop is None
        and isinstance(p.node.targets[0], ast.Name)
    ]
    return sorted(
        dict.fromkeys(found), key=lambda f: ("zeros" not in f and f not in "0[]{}", len(f))
    )


def converted(program: Program, place: Place) -> Iterator[Edit]:
    """Before a statement: a name that it uses becomes what a function makes of it."""
    if not isinstance(place.function, ast.FunctionDef):
        return
    for name in sorted(_names(place.node, ast.Load) & {*program.names(place)}):
        for head in program.heads:
            yield _inserted_before(program, place, f"{name} = {head}({name})")


def noops(program: Program, place: Place) -> Iterator[Edit]:
    """After the statement: one name of the function set to another, or added to it."""
    if not isinstance(place.node, SIMPLE) or not place.parents:
        return
    targets = [n for n in _names(place.node, ast.Store) if n]
    for target in program.names(place):
        for value in sorted(set(targets) - {target}):
            yield _inserted(program, place, f"{target} = {value}")
            yield _inserted(program, place, f"{target} += {value}")


def unkept(program: Program, place: Place) -> Iterator[Edit]:
    """A value that is computed and not kept: put into a list, or into a name in reach."""
    node = place.node
    if not isinstance(node, ast.Expr) or place.function is program.tree:
        return
    if isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
        owner = node.value.func.value
        if not (isinstance(owner, ast.Name) and owner.id in program.imported):
            return  # a method that is called for its effect
    value = program.code(node)
    idle = [*sorted(program.unused), *program.attributes, *program.names(place)]
    for form in ("{x}.append({value})", "{x} = {value}", "{x} += {value}"):
        for x in idle:
            text = form.format(x=x, value=value)
            yield Edit("unkept", (node.lineno,), ((*program.span(node), text),))


def fills(program: Program, place: Place) -> Iterator[Edit]:
    """After a statement: what it computes, put into an array or a list that nothing fills."""
    if not isinstance(place.node, SIMPLE) or not (place.loop or place.around):
        return
    nodes = [n for f in (*place.around, place.function) for n in ast.walk(f)]
    filled = {n.value.id for n in nodes if _is_store(n) and isinstance(n.value, ast.Name)}
    filled |= {n.value.id for n in nodes if _is_filling(n) and isinstance(n.value, ast.Name)}
    made = {
        target.id: n.value
        for n in nodes
        if isinstance(n, ast.Assign) and isinstance(n.value, (ast.Call, ast.List, ast.Dict))
        for target in _plain_targets(n)
    }
    for name in sorted((made.keys() & {*program.names(place)}) - filled):
        for value in sorted(_names(place.node, ast.Store) - {name}):
            if isinstance(made[name], ast.List):
                yield _inserted(program, place, f"{name}.append({value})")
                continue
            for counter in program.counters(place):
                yield _inserted(program, place, f"{name}[{counter}] = {value}")
                yield _inserted(program, place, f"{name}[{counter} + 1] = {value}")


def _plain_targets(node: ast.Assign) -> Iterator[ast.Name]:
    """Yield the names that an assignment gives a list or an array of their own."""
    for target in node.targets:
        yield from [target] if isinstance(target, ast.Name) else []


def _is_filling(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and node.attr in ("append", "appendleft", "insert")


def _is_store(node: ast.AST) -> TypeGuard[ast.Subscript]:
    return isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)


def _names(node: ast.stmt, context: type[ast.expr_context]) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, context)}


def _moved(program: Program, place: Place, after: ast.stmt, kind: str) -> Edit:
    begin, end = program.span(place.node)
    text = _indented(program.code(place.node), place.node, after)
    splices = ((begin, end, "pass"), _after(program, after, text))
    return Edit(kind, (place.node.lineno,), splices)


def _moved_before(program: Program, place: Place, other: ast.stmt, kind: str = "order") -> Edit:
    begin, end = program.span(place.node)
    text = _indented(program.code(place.node), place.node, other)
    at = program.span(other)[0]
    splices = ((at, at, text + "\n" + program.indent(other)), (begin, end, "pass"))
    return Edit(kind, (place.node.lineno,), splices)


def _inserted(program: Program, place: Place, text: str) -> Edit:
    before, after = place.node.end_lineno or 0, place.block[place.number + 1 :]
    lines = (before, after[0].lineno) if after else (before,)
    return Edit("missing", lines, (_after(program, place.node, text),))


def _inserted_before(program: Program, place: Place, text: str) -> Edit:
    at = program.span(place.node)[0]
    splice = (at, at, text + "\n" + program.indent(place.node))
    before = place.block[place.number - 1 : place.number] if place.number else []
    lines = (*(b.end_lineno or 0 for b in before), place.node.lineno)
    return Edit("missing", lines, (splice,))


def _after(program: Program, node: ast.stmt, text: str) -> Splice:
    """Return the splice that puts a statement on a line of its own behind another."""
    end = program.span(node)[1]
    return end, end, "\n" + program.indent(node) + text


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
