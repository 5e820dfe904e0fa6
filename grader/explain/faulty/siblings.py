"""Statements alike but for a weight: one is missing, or is not as the others are."""

import ast
import re
from collections.abc import Iterator, Mapping

from grader.explain.faulty.edits import Edit, inserted, replaced
from grader.explain.faulty.program import Place, Program

ASSIGNED = (ast.Assign, ast.AugAssign)
SIMPLE = (*ASSIGNED, ast.AnnAssign, ast.Expr)
WORD = re.compile(r"[A-Za-z_]\w*")


def twins_left_out(program: Program, place: Place) -> Iterator[Edit]:
    """A statement like this one for another weight, which nothing does yet."""
    if not isinstance(place.node, SIMPLE):
        return
    text = ast.unparse(place.node)
    there = {ast.unparse(s) for s in place.block}
    known = _known(program, place)
    for other in _renamings(program, set(WORD.findall(text)) & known, known):
        copy = _renamed(text, other)
        if copy not in there:
            yield inserted(program, place, copy)


def as_its_twin(program: Program, place: Place) -> Iterator[Edit]:
    """In a statement's place: what another one does for another weight, done for its own."""
    if not isinstance(place.node, ASSIGNED):
        return
    own, known = _target(place.node), _known(program, place)
    for other in program.places:
        if other.function is not place.function or type(other.node) is not type(place.node):
            continue
        text = ast.unparse(other.node)
        for names in _renamings(program, set(WORD.findall(text)) & known, known):
            if _renamed(_target(other.node), names) == own:
                yield replaced(program, place.node, "name", _renamed(text, names))


def _target(node: ast.Assign | ast.AugAssign) -> str:
    return ast.unparse(node.target if isinstance(node, ast.AugAssign) else node.targets[0])


def _known(program: Program, place: Place) -> set[str]:
    attributes = (a.removeprefix("self.") for a in program.attributes)
    return {*program.names(place), *attributes, *program.keys}


def _renamed(text: str, names: Mapping[str, str]) -> str:
    return WORD.sub(lambda found: names.get(found[0], found[0]), text)


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
