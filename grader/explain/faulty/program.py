"""A submission's text and syntax tree: its statements, and what is in reach of each."""

import ast
import importlib.util
import itertools
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import cache, cached_property
from typing import TypeVar

from grader.explain.faulty.tree import (
    BUILT_IN,
    SCOPES,
    Place,
    functions_in,
    gives_any,
    is_of_self,
    is_several,
    names_in,
    names_with,
    nodes_in,
    parameters_of,
    places_in,
    plainly,
    stored_in,
    text_of,
)

MOST_BYTES = 40_000  # of a source; a larger one is not looked at
MODULES = {"np", "numpy", "xp", "math", "copy", "torch"}
COOKIE = re.compile(r"\A((?:[^\n]*\n)?[ \t\f]*#.*?)coding([:=])")
UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError, UnicodeError)

P = TypeVar("P")
T = TypeVar("T")


class Program:
    """A source that compiles, as text, tree and statements."""

    def __init__(
        self, source: bytes, weights: Sequence[str] = (), wanted: Collection[str] = ()
    ) -> None:
        """Parse the source; raises one of UNREADABLE for what is no program.

        weights: how the problem calls them; a submission calls their gradients much the same.
        wanted: the functions and methods that the problem asks for.
        """
        self.wanted = frozenset(wanted)
        self.spelled = tuple(weights)
        plain = {plainly(w) for w in weights}
        self.weights = sorted(plain, key=lambda w: (-len(w), w))
        text = importlib.util.decode_source(source)
        self.text = COOKIE.sub(r"\1c0ding\2", text)  # from here on it is UTF-8
        self.source = self.text.encode()
        self.tree = ast.parse(self.text)
        lines = self.source.split(b"\n")
        self.lines = [line.decode() for line in lines]
        self.starts = [0, *itertools.accumulate(len(line) + 1 for line in lines)]
        self.nodes = cache(nodes_in)
        self.names = cache(self._names)
        self.entries = cache(self._entries)
        self.counters = cache(self._counters)
        self.memory: dict[object, object] = {}
        self.sound = False  # whether it ran to its end, and all shapes were as they should be
        self.asked: tuple[tuple[int, ...], ...] = ()  # shapes that results lack
        self.resized: tuple[tuple[int, int], ...] = ()  # a size of a result, and the one it lacks
        self.lacking: tuple[str, ...] = ()  # no numbers, such as keys that a dict lacks
        self.shapes: dict[Place, dict[str, tuple[int, ...] | None]] = {}  # as a run shows them
        self.lengths: dict[Place, dict[str, int]] = {}  # of lists and tuples, likewise
        self.without: dict[Place, frozenset[str]] = {}  # what cannot be evaluated there
        self.nameless: tuple[ast.stmt, str] | None = None  # what raised, and the name
        self.valueless = ""  # the name, or the attribute with its dot, that has no value
        self.lost: dict[Place, Sequence[str]] = {}  # what turned out to have no value, and where

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return where a node's text begins and ends, in bytes."""
        begin = self.starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]  # it has a place
        end = self.starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]  # as above
        return begin, end

    def code(self, node: ast.AST) -> str:
        """Return a node as it is written."""
        begin, end = self.span(node)
        return self.source[begin:end].decode()

    def keeps_lost(self, splices: Sequence[tuple[int, int, str]]) -> bool:
        """Return whether a change of the statement that lacks a name's value still has the name."""
        if self.nameless is None:
            return False
        node, name = self.nameless
        begin, end = self.span(node)
        if not all(begin <= a < b <= end for a, b, _ in splices):  # not one put before it
            return False
        word = re.compile(rf"(?<!\.)\b{name}\b".encode())
        text = self.spliced(splices, begin, end)
        return len(word.findall(text)) >= len(word.findall(self.source[begin:end]))

    def indent(self, node: ast.stmt) -> str:
        """Return what stands before a statement in its line."""
        return self.source[self.starts[node.lineno - 1] : self.span(node)[0]].decode()

    def spliced(
        self, splices: Sequence[tuple[int, int, str]], begin: int = 0, end: int | None = None
    ) -> bytes:
        """Return the source, or a part of it, with texts in place of spans that do not overlap."""
        parts, at = [], begin
        for first, last, text in sorted(splices):
            parts += [self.source[at:first], text.encode()]
            at = last
        return b"".join([*parts, self.source[at:end]])

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Return every statement that runs, but imports, docstrings and what only a script runs."""
        return tuple(places_in(self.tree.body, (), self.tree))

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        """Return what is taken of self anywhere, such as self.W_xh, but functions."""
        nodes = filter(is_of_self, self.nodes(self.tree))
        found = {text_of(n) for n in nodes} - {f"self.{name}" for name in self.methods}
        weights = {f"self.{w}" for w in self.spelled}
        return tuple(sorted(found | weights if found & weights else found))

    @cached_property
    def unused(self) -> frozenset[str]:
        """Return what is set on self and read in no other function."""
        stored: dict[str, set[int]] = {}
        loaded: dict[str, set[int]] = {}
        for function in ast.walk(self.tree):
            if isinstance(function, ast.FunctionDef):
                for node in filter(is_of_self, ast.walk(function)):
                    kind = stored if isinstance(node.ctx, ast.Store) else loaded  # type: ignore[attr-defined]  # it has one
                    kind.setdefault(text_of(node), set()).add(id(function))
        idle = {t for t, where in stored.items() if loaded.get(t, where) <= where}
        return frozenset(idle - {f"self.{name}" for name in self.methods})

    @cached_property
    def never_set(self) -> frozenset[str]:
        """Return the attributes that are read of self and set nowhere, each with its dot."""
        classes = [n for n in self.nodes(self.tree) if isinstance(n, ast.ClassDef)]
        own = {name for c in classes for s in c.body for name in names_with(s, ast.Store)}
        if "__dict__" in self.text or "setattr" in self.text:
            return frozenset()
        nodes = [n for n in self.nodes(self.tree) if isinstance(n, ast.Attribute) and is_of_self(n)]
        stored = {n.attr for n in nodes if isinstance(n.ctx, ast.Store)}
        read = {n.attr for n in nodes} - stored - own - self.methods
        return frozenset(f".{name}" for name in read)

    @cached_property
    def known(self) -> frozenset[str]:
        """Return the names that Python or the module itself gives a value."""
        found = {n.id for n in ast.walk(self.tree) if isinstance(n, ast.Name)}
        own = {s.name for s in self.tree.body if isinstance(s, SCOPES)}
        own |= self.imported
        for statement in self.tree.body:
            if isinstance(statement, ast.Assign):
                own |= {n.id for t in statement.targets for n in names_in(t)}
        return frozenset(found & (own | BUILT_IN))

    def weight_in(self, word: str) -> tuple[str, str]:
        """Return a name without the weight's name at its end, and that one; or "" for it."""
        name = plainly(word)
        weight = next((w for w in self.weights if name.endswith(w)), "")
        return (name[: len(name) - len(weight)] if weight else word), weight

    @cached_property
    def imported(self) -> frozenset[str]:
        """Return the names that imports give a value."""
        imports = [n for n in ast.walk(self.tree) if isinstance(n, (ast.Import, ast.ImportFrom))]
        return frozenset(a.asname or a.name.partition(".")[0] for n in imports for a in n.names)

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """Return what the program calls with one argument, what it defines itself first."""
        nodes = [n for n in ast.walk(self.tree) if isinstance(n, ast.Call)]
        own = {s.name for s in self.tree.body if isinstance(s, SCOPES)}
        calls = [n.func for n in nodes if len(n.args) == 1 or getattr(n.func, "id", "") in own]
        texts = Counter(text_of(f) for f in calls if isinstance(f, (ast.Name, ast.Attribute)))
        texts.update(dict.fromkeys(own | self.imported - MODULES - set(texts), 0))
        mine = [t for t in texts if t.partition(".")[0] in self.imported or "." not in t]
        return tuple(sorted(mine, key=lambda t: (t not in own, -texts[t], t)))

    @cached_property
    def suffixes(self) -> tuple[str, ...]:
        """Return what stands in brackets behind a value somewhere, the most frequent first."""
        nodes = [n.slice for n in ast.walk(self.tree) if isinstance(n, ast.Subscript)]
        texts = [text_of(n)[1:-1] if is_several(n) else text_of(n) for n in nodes]
        found = Counter(f"[{text}]" for text in texts)
        return tuple(text for text, _ in found.most_common())

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Return the numbers that are written in it, but 0 and 1."""
        found = (n.value for n in self.nodes(self.tree) if isinstance(n, ast.Constant))
        return tuple(
            dict.fromkeys(repr(v) for v in found if type(v) in (int, float) and v not in (0, 1))
        )

    @cached_property
    def functions(self) -> tuple[str, ...]:
        """Return the names of the functions of the module."""
        return tuple(n.name for n in self.tree.body if isinstance(n, ast.FunctionDef))

    @cached_property
    def classes(self) -> frozenset[str]:
        """Return the names of the classes that the program defines."""
        return frozenset(n.name for n in ast.walk(self.tree) if isinstance(n, ast.ClassDef))

    @cached_property
    def empty(self) -> frozenset[str]:
        """Return the names of the functions that return nothing, wherever they are defined."""
        gives: dict[str, bool] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef):
                some = gives_any(node)
                gives[node.name] = some or gives.get(node.name, False)
        return frozenset(name for name, some in gives.items() if not some)

    @cached_property
    def methods(self) -> frozenset[str]:
        """Return the names of all functions, wherever they are defined."""
        nodes = self.nodes(self.tree)
        return frozenset(n.name for n in nodes if isinstance(n, ast.FunctionDef))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Return the texts that index something."""
        nodes = self.nodes(self.tree)
        slices = [n.slice for n in nodes if isinstance(n, ast.Subscript)]
        slices += [k for n in nodes if isinstance(n, ast.Dict) for k in n.keys if k is not None]
        found = (s.value for s in slices if isinstance(s, ast.Constant))
        texts = {value for value in found if isinstance(value, str)}
        dicts = (n for n in nodes if isinstance(n, ast.Call) and text_of(n.func) == "dict")
        texts |= {k.arg for n in dicts for k in n.keywords if k.arg is not None}
        more = {w for w in self.spelled if texts & {*self.spelled}}
        return tuple(sorted(texts | more))

    @cached_property
    def looked_up(self) -> frozenset[str]:
        """Return what the program takes out of something under a text, such as found['z']."""
        nodes = (n for n in self.nodes(self.tree) if isinstance(n, ast.Subscript))
        return frozenset(text_of(n) for n in nodes if isinstance(n.slice, ast.Constant))

    def once(self, make: Callable[["Program", P], T], place: P) -> T:
        """Return what a function gives for a place, or the like; it is called once."""
        key = make, place
        if key not in self.memory:
            self.memory[key] = make(self, place)
        return self.memory[key]  # type: ignore[return-value]  # it was put there above

    def _entries(self, place: Place) -> list[str]:
        """Return what could be found under a text in what the function looks up by texts."""
        bases = {
            n.value.id
            for n in self.nodes(place.function)
            if isinstance(n, ast.Subscript)
            and isinstance(n.value, ast.Name)
            and isinstance(n.slice, ast.Constant)
            and n.slice.value in self.keys
        }
        return [f"{b}[{k!r}]" for b in sorted(bases & {*self.names(place)}) for k in self.keys]

    def _counters(self, place: Place) -> list[str]:
        """Return loop variables and what else indexes something in the function; it comes first."""
        local = self.names(place)
        loops = [n.id for p in place.parents if isinstance(p, ast.For) for n in names_in(p.target)]
        for node in ast.walk(place.node):
            if isinstance(node, ast.comprehension):
                loops += [n.id for n in names_in(node.target)]
        parts = [n.slice for n in self.nodes(place.function) if isinstance(n, ast.Subscript)]
        indexing = [n.id for p in parts for n in ast.walk(p) if isinstance(n, ast.Name)]
        found = [name for name in dict.fromkeys([*loops, *indexing]) if name in local]
        return sorted(found, key=lambda name: name not in indexing)

    def _names(self, place: Place) -> tuple[str, ...]:
        """Return the local names in reach of a statement; no loop's variable outside its loop."""
        inside = self.nodes(place.function)
        around = {*place.parents, *self.nodes(place.node)}
        bound, elsewhere = set(), set()
        for node in inside:
            if isinstance(node, (ast.For, ast.comprehension)):
                elsewhere |= set() if node in around else set(names_in(node.target))
        for node in inside:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                bound |= set() if node in elsewhere else {node.id}
        if isinstance(place.function, ast.FunctionDef):
            bound |= {*parameters_of(place.function), *functions_in(place.function)}
        for function in place.around:  # what a closure sees
            bound |= {*parameters_of(function), *stored_in(function)}
        return tuple(sorted(bound - {"self", "_"}))
