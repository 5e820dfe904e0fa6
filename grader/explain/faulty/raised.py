"""What raised, explained: which name has no value, which shapes do not go together."""

import difflib
import re
from collections.abc import Callable, Iterator

from grader.explain.faulty.program import Program
from grader.messages.phrases import both
from grader.messages.wording import places_text
from grader.model import Case, Diagnosis, Outcome, Place, Text

MOST_CODE = 90  # characters of a line that are quoted
MOST_SHAPES = 6
NAMELESS = re.compile(r"^(?:NameError|UnboundLocalError)\b.*?'(\w+)'")
SHAPES = re.compile(r"shape|dimension|broadcast|aligned|size|mat1")


def explained(
    program: Program, case: Case, outcome: Outcome, place: Callable[[int], Place] = Place
) -> Iterator[Diagnosis]:
    """Yield what is certain of why a case raised, if it did in the submission's own text.

    place: where a line of the program stands in what was handed in.
    """
    if outcome.claims is not None or not outcome.frames:
        return
    _, line = outcome.frames[0]
    places = [p for p in program.places if p.node.lineno <= line <= (p.node.end_lineno or 0)]
    if not places:
        return
    where = both(lambda lang: places_text([place(line)], lang))
    said = _nameless(program, outcome, line, where)
    if said is None and SHAPES.search(outcome.message):
        shapes = program.shapes.get(places[-1], {})
        said = _shapes(program, case, line, shapes, where)
    if said is not None:
        at, cell = place(line)
        yield Diagnosis("where-raised", said["en"], said["zh"], line=at, cell=cell)


def _nameless(program: Program, outcome: Outcome, line: int, where: Text) -> Text | None:
    found = NAMELESS.search(outcome.message)
    if found is None:
        return None
    name = found[1]
    place = [p for p in program.places if p.node.lineno <= line][-1]
    known = {*program.names(place), *program.functions, *program.imported, *program.known}
    near = difflib.get_close_matches(name, known - {name}, 1)
    en = f"`{name}` is used in {where['en']}, and nothing has given it a value by then."
    zh = f"{where['zh']}用到 `{name}`，但到那时还没有任何语句给它赋值。"
    if near:
        en += f" There is a `{near[0]}`."
        zh += f"名字相近的有 `{near[0]}`。"
    return {"en": en, "zh": zh}


def _shapes(
    program: Program,
    case: Case,
    line: int,
    shapes: dict[str, tuple[int, ...] | None],
    where: Text,
) -> Text | None:
    code = " ".join(program.lines[line - 1].split())
    known = [f"`{text}` {shape}" for text, shape in shapes.items() if shape and text in code]
    if not known:
        return None
    code = code if len(code) <= MOST_CODE else code[: MOST_CODE - 3] + "..."
    sizes = ", ".join(f"{name}={size}" for name, size in case.named_sizes.items())
    listed = ", ".join(known[:MOST_SHAPES])
    return {
        "en": f"{where['en'].capitalize()}, `{code}`. The shapes there, with {sizes}: {listed}.",
        "zh": f"{where['zh']} `{code}`。当 {sizes} 时，那里的形状为：{listed}。",
    }
