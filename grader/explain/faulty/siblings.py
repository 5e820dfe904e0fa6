"""What is done alike for several names: one is left out, or is not done as for the others."""

import ast
import itertools
import re
from collections.abc import Iterator, Mapping

from grader.explain.faulty.edits import Edit, inserted, replaced
from grader.explain.faulty.idle import idle_in, lost_in
from grader.explain.faulty.program import Program
from grader.explain.faulty.reach import in_reach, is_known, is_like, shape_of, together, values_of
from grader.explain.faulty.tree import Function, Place, text_of

ASSIGNED = (ast.Assign, ast.AugAssign)
SIMPLE = (*ASSIGNED, ast.AnnAssign, ast.Expr)
WORD = re.compile(r"[A-Za-z_]\w*|(?<=\[)\d+(?=\])")  # a name, or a fixed index
TWO_NAMES = re.compile(r"(\b\d+, )?\b([A-Za-z_]\w*), ([A-Za-z_]\w*)\b")  # beside a number
BEGINNING = re.compile(r"zeros|^(?:0|0\.0|None|\{\}|\[\]|dict\(\)|list\(\))$")
MOST_CHANGED = 4  # names in which two statements that are written alike differ
MOST_PAIRS = 4000  # of statements that differ in names alone
MOST_RENAMINGS = 16  # of one statement, the likeliest

Renaming = Mapping[str, str]


def twins_left_out(program: Program, place: Place) -> Iterator[Edit]:
    """A statement like this one for another weight or name, which nothing does yet."""
    if not isinstance(place.node, SIMPLE):
        return
    text = text_of(place.node)
    there = {text_of(s) for s in place.block}
    for names in renamings(program, place, text):
        copy = renamed(text, names)
        if copy not in there:
            yield inserted(program, place, copy)


def of_the_forgotten(program: Program, place: Place) -> Iterator[Edit]:
    """A statement like this one for a weight that the function does nothing for, of another value.

    As `U -= outer(d, x)` is missing beside `W -= outer(d, h)`, or a value of its shape added.
    """
    if not isinstance(place.node, ASSIGNED):
        return
    text = text_of(place.node)
    done = program.once(_set_in, place.function)
    known = program.once(_known, place)
    for names in _by_weight(program, {*WORD.findall(_target(place.node))} & known, known):
        target = renamed(_target(place.node), names)
        if any(target.startswith(t) or t.startswith(target) for t in done):
            continue
        shape = shape_of(program, place, target)
        for x in in_reach(program, place) if shape and is_known(shape) else ():
            if shape_of(program, place, x) == shape:
                yield inserted(program, place, f"{target} += {x}")
        value = text_of(place.node.value)
        inside = dict.fromkeys(map(text_of, values_of(place)))
        used = [part for part in inside if part != value and not names.keys() & words_in(part)]
        lost = [x for x in lost_in(program, place) if x not in program.counters(place)]
        steps = [f"{x}[{c}]" for x in lost for c in program.counters(place)]
        columns = [f"{x}[:, None]" for x in (*lost, *steps)]
        for x, part in together([*in_reach(program, place), *columns], used):
            begin = text.rindex(value)
            copy = text[:begin] + value.replace(part, x)
            yield inserted(program, place, renamed(copy, names))


def _set_in(program: Program, function: Function) -> set[str]:
    """Return what a function gives a value, as it is written, but what it only begins with."""
    simple = (n for n in program.nodes(function) if isinstance(n, SIMPLE))
    nodes = [n for n in simple if n.value is not None and not BEGINNING.search(text_of(n.value))]
    return {target for n in nodes if (target := _target(n))}


def with_the_unused(program: Program, place: Place) -> Iterator[Edit]:
    """A statement like this one with what is set and never used, for what is of its shape."""
    if not isinstance(place.node, ASSIGNED):
        return
    text, target = text_of(place.node), _target(place.node)
    owner, _, own = target.rpartition(".")
    plain = [n for n in ast.walk(place.node.value) if isinstance(n, ast.Name)]
    used = sorted({n.id for n in plain} & {*program.names(place)} - {own})
    others = program.attributes if owner == "self" else program.names(place)
    for idle, other in itertools.product(idle_in(program, place), others):
        fits = other != target and is_like(program, place, idle, other)
        for name in used if fits and owner in ("", "self") else ():
            names = {own: other.removeprefix("self."), name: idle}
            yield inserted(program, place, renamed(text, names))


def as_its_twin(program: Program, place: Place) -> Iterator[Edit]:
    """In a statement's place: what another one does for another weight or name, for its own."""
    own = _target(place.node)
    for other in program.places if own else ():
        if other.function is not place.function or type(other.node) is not type(place.node):
            continue
        text, target = text_of(other.node), _target(other.node)
        exchanged = _exchange(target, own)
        both = itertools.chain([exchanged] * bool(exchanged), renamings(program, place, text))
        for names in both if other is not place else ():
            if renamed(target, names) == own:
                yield replaced(program, place.node, "name", renamed(text, names))


def as_beside(program: Program, place: Place) -> Iterator[Edit]:
    """The value of another statement of the block, with a name of this one in place of its own."""
    if not isinstance(place.node, ASSIGNED):
        return
    text, names = text_of(place.node.value), program.names(place)
    own = [n for n in names if n in words_in(text)]
    for other in place.block:
        if isinstance(other, ASSIGNED) and other is not place.node:
            value = text_of(other.value)
            theirs = (n for n in names if n in words_in(value) - words_in(text))
            for old, new in itertools.product(theirs, own):
                yield replaced(program, place.node.value, "value", renamed(value, {old: new}))


def _exchange(target: str, own: str) -> Renaming:
    """Return how two names change places, if that is how one target becomes the other."""
    words, others = WORD.findall(target), WORD.findall(own)
    changed = {frozenset(pair) for pair in zip(words, others, strict=False) if len({*pair}) > 1}
    if len(words) != len(others) or len(changed) != 1:
        return {}
    a, b = changed.pop()
    return {a: b, b: a}


def of_other_sizes(program: Program, place: Place) -> Iterator[Edit]:
    """In a value's place: what begins another name or attribute, with other sizes."""
    node, function = place.node, place.function
    if not isinstance(node, ast.Assign) or not isinstance(function, ast.FunctionDef):
        return
    sizes = [a.arg for a in function.args.args if a.arg != "self"]
    pairs = list(itertools.product(sizes, repeat=2))
    made: dict[str, None] = {}
    for other in program.places:
        if other.function is function and isinstance(other.node, ast.Assign):
            text = text_of(other.node.value)
            two = [m for m in TWO_NAMES.finditer(text) if {m[2], m[3]} <= {*sizes}]
            for number in ("", two[0][1] or "") if len(two) == 1 else ():
                made |= dict.fromkeys(_replaced(text, two[0], number, pair) for pair in pairs)
    for text in made:
        yield replaced(program, node.value, "call", text)


def _replaced(text: str, at: re.Match[str], number: str, pair: tuple[str, ...]) -> str:
    return f"{text[: at.start()]}{number}{', '.join(pair)}{text[at.end() :]}"


def _target(node: ast.stmt) -> str:
    """Return what a statement gives a value, or what it calls something with first."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return text_of(node.value.args[0]) if node.value.args else ""
    if isinstance(node, ast.AugAssign):
        return text_of(node.target)
    return text_of(node.targets[0]) if isinstance(node, ast.Assign) else ""


def words_in(text: str) -> set[str]:
    """Return the names in a text."""
    return {*WORD.findall(text)}


def renamed(text: str, names: Renaming) -> str:
    """Return a text with other names."""
    return WORD.sub(lambda found: names.get(found[0], found[0]), text)


def renamings(program: Program, place: Place, text: str) -> Iterator[Renaming]:
    """Yield how a text's names change together where another weight or name takes one's place."""
    known = _known(program, place)
    words = set(WORD.findall(text)) & known
    found = itertools.chain(
        _by_weight(program, words, known), _by_statements(program, words, known)
    )
    whole = (n for n in found if {*n.values()} <= known and n.keys() & words)
    yield from itertools.islice(whole, MOST_RENAMINGS)


def _known(program: Program, place: Place) -> set[str]:
    attributes = (a.removeprefix("self.") for a in program.attributes)
    fixed = program.once(_indices, program.tree)
    return {*program.names(place), *attributes, *program.once(_texts, program.tree), *fixed}


def _indices(program: Program, tree: ast.Module) -> set[str]:
    """Return the fixed indices that parts are taken by, such as 0 in gates[0]."""
    slices = (n.slice for n in program.nodes(tree) if isinstance(n, ast.Subscript))
    return {text_of(s) for s in slices if isinstance(s, ast.Constant) and type(s.value) is int}


def _texts(program: Program, tree: ast.Module) -> set[str]:
    """Return the texts that could be names: keys, names of attributes."""
    found = {n.value for n in program.nodes(tree) if isinstance(n, ast.Constant)}
    return {text for text in found if isinstance(text, str) and text.isidentifier()}


def _by_weight(program: Program, words: set[str], known: set[str]) -> Iterator[Renaming]:
    parts = {word: program.weight_in(word) for word in sorted(known)}
    spelled = {part: word for word, part in parts.items() if part[1]}
    for old in sorted({parts[w][1] for w in words} - {""}):
        for new in sorted({weight for _, weight in spelled} - {old}):
            mine = [w for w in words if parts[w][1] == old]
            changed = {w: spelled.get((parts[w][0], new), "") for w in mine}
            if all(changed.values()):
                yield changed


def _by_statements(program: Program, words: set[str], known: set[str]) -> Iterator[Renaming]:
    """Yield what follows from pairs of statements that differ in names alone, as U and V do.

    A name that no pair has changes as the others: dWr is to dWn as dbr is to dbn.
    """
    for (old, new), renaming in program.once(_of_pairs, program.tree).items():
        if old in words:
            changed = {a: b for a, b in renaming.items() if a in words}
            rest = {w: _as(old, new, w, known) for w in words - changed.keys()}
            yield {**{w: other for w, other in rest.items() if other}, **changed}


def _as(old: str, new: str, word: str, known: set[str]) -> str:
    """Return the known name that is to a word as new is to old; "" if there is none."""
    begin = _alike(old, new)
    end = _alike(old[begin:][::-1], new[begin:][::-1])
    before, after = old[begin : len(old) - end], new[begin : len(new) - end]
    places = [m.start() for m in re.finditer(re.escape(before), word)] if before else []
    others = (word[:at] + after + word[at + len(before) :] for at in places)
    return next((o for o in others if o in known and o != word), "")


def _alike(a: str, b: str) -> int:
    """Return how many letters two words have in common at their beginning."""
    return sum(
        1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False))
    )


def _of_pairs(program: Program, tree: ast.Module) -> dict[tuple[str, str], Renaming]:
    """Return for each name and another one what changes with it, the most frequent first."""
    alike: dict[str, list[list[str]]] = {}
    for node in program.nodes(tree):
        if isinstance(node, SIMPLE):
            text = text_of(node)
            alike.setdefault(WORD.sub("*", text), []).append(WORD.findall(text))
    pairs = (p for same in alike.values() for p in itertools.permutations(same, 2))
    found = [r for old, new in itertools.islice(pairs, MOST_PAIRS) if (r := _renaming(old, new))]
    having: dict[tuple[str, str], list[Renaming]] = {}
    for renaming in found:
        for change in renaming.items():
            having.setdefault(change, []).append(renaming)
    together: dict[tuple[str, str], Renaming] = {}
    for change, some in sorted(having.items(), key=lambda pair: -len(pair[1])):  # stable
        joined: dict[str, str] = {}
        for renaming in some:
            agree = all(joined.get(a, b) == b for a, b in renaming.items())
            joined |= renaming if agree else {}
        together[change] = joined
    return together


def _renaming(old: list[str], new: list[str]) -> Renaming:
    """Return the names that differ, if they do so throughout and others stay; else nothing."""
    changed = dict(zip(old, new, strict=True))
    kept = {a for a, b in changed.items() if a == b}
    differ = {a: b for a, b in changed.items() if a != b}
    same = [changed[a] for a in old] == new and kept and len(differ) <= MOST_CHANGED
    return differ if same and len({*differ.values()}) == len(differ) else {}
