"""What of a notebook is the submission: one rule, which statements and README tell students.

Of all code cells, in order, the imports, functions, classes and assignments are taken that the
names asked for need, directly or through one another; also within an `if` or `try` of nothing else.
All else is left out: loops, plots, calls for their own sake, % and ! lines, and cells that are no
Python. Statements that share a line stand or fall together.
"""

import ast
import builtins
import difflib
import itertools
import symtable
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.errors import GraderError
from grader.model import LeftOut, Place, Problem, Source
from grader.notebook.cells import Cell, cells, is_notebook
from grader.notebook.magics import Python, Reader

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
ASSIGNMENTS = (ast.Assign, ast.AugAssign, ast.AnnAssign)
IMPORTS = (ast.Import, ast.ImportFrom)
ANYTHING, FUTURE = "*", "__future__"
GIVEN = {*dir(builtins), "__name__", "__file__"}
MOST_NAMES = 1000  # that are looked at for one that is meant


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """Statements that share lines: the names that they set and use."""

    lines: Sequence[str]
    places: Sequence[Place]
    defines: bool  # whether all are of the kinds that are taken
    future: bool
    sets: frozenset[str]
    uses: frozenset[str]


def source_of(data: bytes, problem: Problem) -> Source:
    """Return what is imported of a submission: the file, or what is taken of a notebook.

    SandboxError where something must be installed for that.
    """
    if not is_notebook(data):
        return Source(data)
    try:
        found = cells(data)
    except GraderError as error:
        return Source(b"", flaw=str(error))
    return taken(found, [part.name for part in problem.interface])


def taken(found: Iterable[Cell], wanted: Sequence[str]) -> Source:
    """Return what is taken of these cells for the names that are asked for."""
    units: list[Unit] = []
    left_out: list[LeftOut] = []
    reader = Reader()
    for cell in found:
        try:
            text = reader.python(cell.text)
            units += list(_units(cell.number, text)) if text else ()  # all of a cell, or none
            if text is None and any(name in cell.text for name in wanted):
                left_out.append(LeftOut(Place(1, cell.number), "magic"))
        except SyntaxError as error:
            place = Place(error.lineno or 1, cell.number)
            left_out.append(LeftOut(place, "no Python", str(error.msg)))
    chosen = _needed(units, wanted)
    missed = _missed(units, chosen, wanted)
    # Python wants these first.
    ordered = sorted((units[n] for n in sorted(chosen)), key=lambda u: not u.future)
    return Source(
        "".join(line for unit in ordered for line in unit.lines).encode(),
        tuple(place for unit in ordered for place in unit.places),
        tuple(sorted([*left_out, *missed], key=lambda one: (one.place.cell, one.place.line))),
    )


def _needed(units: Sequence[Unit], wanted: Sequence[str]) -> set[int]:
    """Return the units that set what is asked for, and what they use, and so on."""
    setting: dict[str, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        for name in unit.sets if unit.defines else ():
            setting[name].append(number)
    chosen = {number for number, unit in enumerate(units) if unit.future}
    known = {*wanted, *_meant(wanted, setting)}
    waiting = list(known)
    while waiting:
        for number in setting.pop(waiting.pop(), ()):
            if number not in chosen:
                chosen.add(number)
                waiting += units[number].uses - known
                known |= units[number].uses
    open_ = known - GIVEN - _set_by(units[n] for n in chosen)
    return chosen | set(setting[ANYTHING] if open_ else ())


def _set_by(units: Iterable[Unit]) -> set[str]:
    return {name for unit in units for name in unit.sets}


def _missed(units: Sequence[Unit], chosen: set[int], wanted: Sequence[str]) -> Iterator[LeftOut]:
    """Yield what was left out though it sets a name that is needed and that nothing else sets."""
    needed = {*wanted}.union(*(units[n].uses for n in chosen))
    needed -= GIVEN | _set_by(units[n] for n in chosen)
    for unit in units:
        if not unit.defines:
            for name in sorted(unit.sets & needed):
                yield LeftOut(unit.places[0], "statement", name)


def _meant(wanted: Sequence[str], setting: Mapping[str, object]) -> Iterator[str]:
    """Yield a name that is there for each that is not, so that it can be told to be renamed."""
    plain = {_plain(name): name for name in itertools.islice(setting, MOST_NAMES)}
    for name in wanted:
        if name not in setting:
            yield from (plain[n] for n in difflib.get_close_matches(_plain(name), plain, n=1))


def _plain(name: str) -> str:
    return name.lower().replace("_", "")


def _units(cell: int, text: Python) -> Iterator[Unit]:
    """Yield a cell's statements, those that share a line together."""
    for shared in _sharing(text.tree.body):
        begin, end = _begin(shared[0]) - 1, max(node.end_lineno or 0 for node in shared)
        lines, numbers = text.lines[begin:end], text.numbers[begin:end]
        try:
            table = _table(lines)
        except SyntaxError as error:
            at = numbers[min(error.lineno or 1, len(numbers)) - 1]
            raise SyntaxError(error.msg, (None, at, None, None)) from None
        except (ValueError, RecursionError, MemoryError) as error:
            raise SyntaxError(type(error).__name__, (None, numbers[0], None, None)) from None
        defines = all(map(_defines, shared)) and text.commands.isdisjoint(numbers)
        yield Unit(
            lines,
            [Place(number, cell) for number in numbers],
            defines,
            any(isinstance(s, ast.ImportFrom) and s.module == FUTURE for s in shared),
            frozenset(name for node in shared for name in _sets(node))
            if defines
            else _stored(table),
            frozenset(_uses(table)),
        )


def _sharing(body: Sequence[ast.stmt]) -> Iterator[list[ast.stmt]]:
    shared: list[ast.stmt] = []
    for node in body:
        if shared and _begin(node) > (shared[-1].end_lineno or 0):
            yield shared
            shared = []
        shared.append(node)
    if shared:
        yield shared


def _begin(node: ast.stmt) -> int:
    decorators = getattr(node, "decorator_list", ())
    return min(node.lineno, *(d.lineno for d in decorators)) if decorators else node.lineno


def _defines(node: ast.stmt) -> bool:
    """Return whether a statement is of the kinds that are taken."""
    if isinstance(node, ast.If):
        return all(map(_defines, (*node.body, *node.orelse)))
    if isinstance(node, ast.Try):
        handled = (s for handler in node.handlers for s in handler.body)
        return all(map(_defines, (*node.body, *handled, *node.orelse, *node.finalbody)))
    return isinstance(node, (*DEFINITIONS, *ASSIGNMENTS, *IMPORTS, ast.Pass))


def _sets(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement of those kinds sets, or changes something of."""
    if isinstance(node, IMPORTS):
        yield from (a.asname or a.name.partition(".")[0] for a in node.names)
    elif isinstance(node, DEFINITIONS):
        yield node.name
        # What is put into a class from outside: @add_to(SimpleRNN)
        calls = (d for d in node.decorator_list if isinstance(d, ast.Call))
        yield from (a.id for call in calls for a in call.args if isinstance(a, ast.Name))
    elif isinstance(node, ASSIGNMENTS):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (name for target in targets for name in _roots(target))
    else:
        yield from (name for part in ast.iter_child_nodes(node) for name in _sets(part))


def _roots(target: ast.expr) -> Iterator[str]:
    """Yield the names that an assignment's target begins with: those of a, b.c and d[0]."""
    if isinstance(target, ast.Tuple | ast.List):
        yield from (name for part in target.elts for name in _roots(part))
        return
    while isinstance(target, ast.Attribute | ast.Subscript | ast.Starred):
        target = target.value
    if isinstance(target, ast.Name):
        yield target.id


def _table(lines: Sequence[str]) -> symtable.SymbolTable:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return symtable.symtable("".join(lines), "notebook", "exec")


def _stored(table: symtable.SymbolTable) -> frozenset[str]:
    return frozenset(
        s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()
    )


def _uses(table: symtable.SymbolTable) -> Iterator[str]:
    """Yield the names of the module that a statement takes from elsewhere, in whatever it holds."""
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() if top else symbol.is_global():
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _uses(inner)
