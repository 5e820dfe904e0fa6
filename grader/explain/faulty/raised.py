"""What raised, explained: what has no value, what gives none, which shapes do not go together."""

import ast
import builtins
import difflib
import re
from collections.abc import Callable, Collection, Iterator, Sequence

from grader.explain.faulty import tree
from grader.explain.faulty.edits import called
from grader.explain.faulty.program import Program
from grader.explain.faulty.tree import expressions
from grader.messages.phrases import both
from grader.messages.wording import places_text
from grader.model import Case, Diagnosis, Outcome, Place, Text

MOST_CODE = 90  # characters of a line that are quoted
MOST_SHAPES = 6
NAMELESS = re.compile(r"^(?:NameError|UnboundLocalError)\b.*?'(\w+)'")
UNSET = re.compile(r"^AttributeError\b.*?'([\w.]+)' object has no attribute '(\w+)'")
NO_KEY = re.compile(r"^KeyError: ('\w{1,40}'|-?\d{1,9})(?: \(\w+ has (\w+(?:, \w+)*)\))?$")
NO_ENTRY = re.compile(r"^KeyError: (-?\d{1,9})$")  # of a dict that is kept by step
NOTHING = re.compile(r"^(?:TypeError|AttributeError)\b.*NoneType")
CALLED_AS_OBJECTS = {"__call__", "forward"}
PLAIN_OBJECT = "types.SimpleNamespace"
SHAPES = re.compile(r"shape|dimension|broadcast|aligned|size|mat1|out of range|unpack|empty list")


def explained(
    program: Program, case: Case, outcome: Outcome, place: Callable[[int], Place] = Place
) -> Iterator[Diagnosis]:
    """Yield what is certain of why a case raised, if it did in the submission's own text.

    place: where a line of the program stands in what was handed in.
    """
    if outcome.claims is not None:
        yield from _nothing_given(program, outcome)
    if outcome.claims is not None or not outcome.frames:
        return
    _, line = outcome.frames[0]
    places = [p for p in program.places if p.node.lineno <= line <= (p.node.end_lineno or 0)]
    if not places:
        return
    raising, raised = places[-1], outcome.message
    where = both(lambda lang: places_text([place(line)], lang))
    said = _nameless(program, raising, raised, where, place)
    said = said or _unset(program, raising, raised, where)
    said = said or _nothing(program, raising, raised, where)
    if said is None and SHAPES.search(raised):
        said = _shapes(program, case, line, raising, raised, where)
    if said is not None:
        at, cell = place(line)
        yield Diagnosis("where-raised", said["en"], said["zh"], line=at, cell=cell)


def _nameless(
    program: Program,
    raising: tree.Place,
    raised: str,
    where: Text,
    place: Callable[[int], Place],
) -> Text | None:
    found = NAMELESS.search(raised)
    if found is None:
        return None
    name, function = found[1], raising.function
    own_places = (p for p in program.places if p.function is function)
    later = [p.node.lineno for p in own_places if name in tree.set_by(p.node)]
    outer = {*dir(builtins), *program.functions, *program.imported}
    if later and name in outer:
        lines = both(lambda lang: places_text([place(later[0])], lang))
        return {
            "en": f"`{name}` is given a value in {lines['en']}, so it is a name of this function's"
            f" own throughout, and not the function `{name}`; it has no value yet in"
            f" {where['en']}.",
            "zh": f"{lines['zh']}给 `{name}` 赋了值，因此它在整个函数里都是局部变量，"
            f"不再是原来的函数 `{name}`；在{where['zh']}它还没有值。",
        }
    own = f"self.{name}" in program.attributes or name in program.methods - {*program.functions}
    known = {*program.names(raising), *program.functions, *program.imported, *program.known}
    near = f"self.{name}" if own else _near(name, known)
    return _without_value(f"`{name}`", where, near)


def _unset(program: Program, raising: tree.Place, raised: str, where: Text) -> Text | None:
    """An attribute of an object of the program's own class, or a key."""
    found = UNSET.search(raised)
    if found and found[1] in {*program.classes, PLAIN_OBJECT}:
        known = [a.removeprefix("self.") for a in program.attributes]
        return _without_value(f"`{found[2]}`", where, _near(found[2], known))
    key = NO_KEY.search(raised)
    if key and any(isinstance(n, ast.Subscript) for n in expressions(raising.node)):
        word, there = key[1].strip("'"), key[2].split(", ") if key[2] else program.keys
        written = {n.value for n in program.nodes(program.tree) if isinstance(n, ast.Constant)}
        near = _near(word, {*there} - written) or _near(word, there)
        return _without_value(f"`[{key[1]}]`", where, near)
    return None


def _nothing(program: Program, raising: tree.Place, raised: str, where: Text) -> Text | None:
    """A function of which the value is used, though it returns nothing."""
    if not NOTHING.search(raised):
        return None
    used = [p for p in program.places if not isinstance(p.node, ast.Expr)]
    near = [p for p in used if p.function is raising.function]
    for names in (_called_in(near), _called_in(used), CALLED_AS_OBJECTS):
        empty = sorted(names & program.empty)
        if len(empty) == 1:
            return {
                "en": f"`{empty[0]}` returns nothing, though what it gives is used; None is"
                f" computed with in {where['en']}.",
                "zh": f"`{empty[0]}` 没有返回值，但它的结果被使用了；"
                f"{where['zh']}用 None 参与了计算。",
            }
    return None


def _called_in(places: Sequence[tree.Place]) -> set[str]:
    return {called(n) for p in places for n in expressions(p.node)} - {""}


def _nothing_given(program: Program, outcome: Outcome) -> Iterator[Diagnosis]:
    """A function that is asked for and returns nothing."""
    faults = outcome.claims.faults.values() if outcome.claims else ()
    empty = sorted(program.wanted & program.empty - {"__init__"})
    if len(empty) == 1 and any("NoneType" in fault.found for fault in faults):
        yield Diagnosis(
            "where-raised",
            f"`{empty[0]}` returns nothing, though what it gives is used.",
            f"`{empty[0]}` 没有返回值，但它的结果被使用了。",
        )


def _near(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, sorted({*known} - {name}))
    return min(near, key=lambda other: sorted(other) != sorted(name), default="")  # same letters


def _without_value(what: str, where: Text, near: str) -> Text:
    en = f"{what} is used in {where['en']}, and nothing has given it a value by then."
    zh = f"{where['zh']}用到 {what}，但到那时还没有任何语句给它赋值。"
    if near:
        en += f" There is a `{near}`."
        zh += f"名字相近的有 `{near}`。"
    return {"en": en, "zh": zh}


def _shapes(
    program: Program,
    case: Case,
    line: int,
    raising: tree.Place,
    raised: str,
    where: Text,
) -> Text | None:
    """The shapes and lengths of what stands in the line; where an index failed, of that first."""
    code = " ".join(program.lines[line - 1].split())
    shapes, lengths = program.shapes.get(raising, {}), program.lengths.get(raising, {})
    there = [text for text, shape in shapes.items() if shape and _is_in(text, code)]
    if raised.startswith("IndexError"):
        there.sort(key=lambda text: f"{text}[" not in code)  # stable
    known = [f"`{text}` {shapes[text]}" for text in there]
    known += [f"len(`{text}`) = {n}" for text, n in lengths.items() if _is_in(text, code)]
    if not known:
        return None
    code = code if len(code) <= MOST_CODE else code[: MOST_CODE - 3] + "..."
    sizes = ", ".join(f"{name}={size}" for name, size in case.named_sizes.items())
    listed = ", ".join(known[:MOST_SHAPES])
    return {
        "en": f"{where['en'].capitalize()}, `{code}`. The shapes there, with {sizes}: {listed}.",
        "zh": f"{where['zh']} `{code}`。当 {sizes} 时，那里的形状为：{listed}。",
    }


def _is_in(text: str, code: str) -> bool:
    """Return whether an expression stands in a line, not only as a part of another name."""
    return re.search(rf"(?<![\w.]){re.escape(text)}(?!\w)", code) is not None
