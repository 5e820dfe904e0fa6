"""What raised, explained: what has no value, what gives none, which shapes do not go together."""

import ast
import difflib
import re
from collections.abc import Collection, Iterator

from grader.explain.faulty.edits import called
from grader.explain.faulty.program import Place, Program, expressions
from grader.model import Case, Diagnosis, Outcome, Text

MOST_CODE = 90  # characters of a line that are quoted
MOST_SHAPES = 6
NAMELESS = re.compile(r"^(?:NameError|UnboundLocalError)\b.*?'(\w+)'")
UNSET = re.compile(r"^AttributeError\b.*?'(\w+)' object has no attribute '(\w+)'")
NO_KEY = re.compile(r"^KeyError: ('\w{1,40}'|-?\d{1,9})$")
NOTHING = re.compile(r"^(?:TypeError|AttributeError)\b.*NoneType")
SHAPES = re.compile(r"shape|dimension|broadcast|aligned|size|mat1")


def explained(program: Program, case: Case, outcome: Outcome) -> Iterator[Diagnosis]:
    """Yield what is certain of why a case raised, if it did in the submission's own text."""
    if outcome.claims is not None or not outcome.frames:
        return
    _, line = outcome.frames[0]
    places = [p for p in program.places if p.node.lineno <= line <= (p.node.end_lineno or 0)]
    if not places:
        return
    place = places[-1]
    said = _nameless(program, place, outcome, line) or _unset(program, place, outcome, line)
    said = said or _nothing(program, place, outcome, line)
    if said is None and SHAPES.search(outcome.message):
        said = _shapes(program, case, line, program.shapes.get(place, {}))
    if said is not None:
        yield Diagnosis("where-raised", said["en"], said["zh"], line=line)


def _nameless(program: Program, place: Place, outcome: Outcome, line: int) -> Text | None:
    found = NAMELESS.search(outcome.message)
    if found is None:
        return None
    known = {*program.names(place), *program.functions, *program.imported, *program.known}
    return _without_value(f"`{found[1]}`", line, _near(found[1], known))


def _unset(program: Program, place: Place, outcome: Outcome, line: int) -> Text | None:
    """An attribute of an object of the program's own class, or a key."""
    found = UNSET.search(outcome.message)
    if found and found[1] in program.classes:
        known = [a.removeprefix("self.") for a in program.attributes]
        return _without_value(f"`{found[2]}`", line, _near(found[2], known))
    key = NO_KEY.search(outcome.message)
    if key and any(isinstance(n, ast.Subscript) for n in expressions(place.node)):
        word = key[1].strip("'")
        return _without_value(f"`[{key[1]}]`", line, _near(word, program.keys))
    return None


def _nothing(program: Program, place: Place, outcome: Outcome, line: int) -> Text | None:
    """A function of which the value is used, though it returns nothing."""
    if not NOTHING.search(outcome.message):
        return None
    used = [p for p in program.places if not isinstance(p.node, ast.Expr)]
    for places in ([p for p in used if p.function is place.function], used):
        calls = {called(n) for p in places for n in expressions(p.node) if isinstance(n, ast.Call)}
        empty = sorted(calls & program.empty)
        if len(empty) == 1:
            return {
                "en": f"Line {line} computes with None. `{empty[0]}` returns nothing, though what"
                " it gives is used.",
                "zh": f"第 {line} 行用 None 参与了计算。`{empty[0]}` 没有返回值，"
                "但它的结果被使用了。",
            }
    return None


def _near(name: str, known: Collection[str]) -> str:
    return next(iter(difflib.get_close_matches(name, {*known} - {name}, 1)), "")


def _without_value(what: str, line: int, near: str) -> Text:
    en = f"{what} is used in line {line}, and nothing has given it a value by then."
    zh = f"第 {line} 行用到 {what}，但到那时还没有任何语句给它赋值。"
    if near:
        en += f" There is a `{near}`."
        zh += f"名字相近的有 `{near}`。"
    return {"en": en, "zh": zh}


def _shapes(
    program: Program, case: Case, line: int, shapes: dict[str, tuple[int, ...] | None]
) -> Text | None:
    code = " ".join(program.lines[line - 1].split())
    known = [f"`{text}` {shape}" for text, shape in shapes.items() if shape and text in code]
    if not known:
        return None
    code = code if len(code) <= MOST_CODE else code[: MOST_CODE - 3] + "..."
    sizes = ", ".join(f"{name}={size}" for name, size in case.named_sizes.items())
    listed = ", ".join(known[:MOST_SHAPES])
    return {
        "en": f"Line {line}, `{code}`. The shapes there, with {sizes}: {listed}.",
        "zh": f"第 {line} 行 `{code}`。当 {sizes} 时，那里的形状为：{listed}。",
    }
