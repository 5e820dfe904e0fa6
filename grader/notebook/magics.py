"""A cell as Python: without prompts, %magics, !commands and help?, each line with its number.

What is no Python is found by IPython's own transformer, which works on tokens and runs nothing; so
a % in a text or a formula stays what it is. It is needed only for cells that are no Python as they
stand.
"""

import ast
import importlib
import re
import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

from grader.errors import SandboxError

MOST_CELL = 40_000  # characters; what is longer was not written by hand
MOST_READ = 2**19  # characters of a notebook; a cell is read again for each command in it
RUNS_BODY = ("time", "capture", "prun", "check")  # cell magics that run the rest of the cell
CELL_MAGIC = re.compile(r"\s*%%(\w+)[^\n]*\n?")
PROMPTS = ("leading_indent", "classic_prompt", "ipython_prompt")
INSTALL = "reading % and ! lines of notebooks needs IPython: pip install ipython"


class Python(NamedTuple):
    """A cell's statements, its lines, and which line of the cell each of these is.

    commands: lines that are no Python but a % or ! line; in the tree a call stands there.
    """

    tree: ast.Module
    lines: Sequence[str]
    numbers: Sequence[int]
    commands: frozenset[int]


class Reader:
    """Reads the cells of one notebook, with bounds for all of them together."""

    def __init__(self) -> None:
        self.left = MOST_READ

    def python(self, text: str) -> Python | None:
        """Return a cell as Python, None if a cell magic takes it; SyntaxError if it is no Python.

        SandboxError, which says what to install, where that takes IPython and it is not there.
        """
        if len(text) > MOST_CELL:
            raise SyntaxError(f"more than {MOST_CELL} characters in one cell")
        lines = _lines(text)
        skipped = 0
        while (found := CELL_MAGIC.match("".join(lines[skipped:]))) and found[1] in RUNS_BODY:
            skipped += found[0].count("\n")
        if found:
            return None
        lines[:skipped] = ["\n"] * skipped
        try:
            return Python(_parsed(lines), lines, range(1, len(lines) + 1), frozenset())
        except SyntaxError:
            return self._transformed(lines)

    def _transformed(self, lines: list[str]) -> Python:
        """Return the cell with a call in the place of everything that only IPython understands."""
        transformer = _transformer()
        for name in PROMPTS:
            stripped = getattr(transformer, name)(lines)
            lines = stripped if len(stripped) == len(lines) else lines
        manager = transformer.TransformerManager()
        numbers, commands = list(range(1, len(lines) + 1)), set()
        while new := self._step(manager, lines):
            at = next(n for n, (a, b) in enumerate(zip(lines, new, strict=False)) if a != b)
            commands.add(numbers[at])
            del numbers[at + 1 : at + 1 + len(lines) - len(new)]
            lines = new
        try:
            return Python(_parsed(lines), lines, numbers, frozenset(commands))
        except SyntaxError as error:
            if error.lineno and error.lineno <= len(numbers):
                error.lineno = numbers[error.lineno - 1]
            raise

    def _step(self, manager: Any, lines: list[str]) -> list[str]:  # noqa: ANN401  # IPython's
        """Return the lines with a call in the place of one more command; nothing after the last."""
        self.left -= sum(map(len, lines))
        if self.left < 0:
            raise SyntaxError(f"more % and ! lines than are read ({MOST_READ} characters)")
        try:
            changed, new = manager.do_one_token_transform(lines)
        except Exception as error:  # noqa: BLE001  # whatever it makes of a stranger's text
            raise SyntaxError(f"it cannot be read: {type(error).__name__}") from None
        return new if changed and new != lines else []


def _lines(text: str) -> list[str]:
    """Return lines as Python counts them, each with its end."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return [f"{line}\n" for line in plain.split("\n")]


def _parsed(lines: Sequence[str]) -> ast.Module:
    """Return the tree; SyntaxError for whatever Python makes none of."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as an escape that is none
            return ast.parse("".join(lines))
    except (ValueError, RecursionError, MemoryError) as error:
        raise SyntaxError(str(error) or type(error).__name__) from None


def _transformer() -> Any:  # noqa: ANN401  # a module that may not be there
    try:
        return importlib.import_module("IPython.core.inputtransformer2")
    except ImportError:
        raise SandboxError(INSTALL) from None
