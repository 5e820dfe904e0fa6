"""A source without its comments, spacing and names: equal fingerprints mean equal programs.

Students' text is parsed in a process of its own, within limits: a hostile file may crash or
exhaust a parser.
"""

import ast
import builtins
import contextlib
import hashlib
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from typing import IO, Any, Self

from grader import layout
from grader.notebook.cells import code

LENGTH = struct.Struct("<I")
SIZE = 32
NONE = b"\0" * SIZE
SECONDS = 5.0
MEMORY = 2**30
UNTOLD = ("ctx", "type_comment", "returns", "annotation")
LARGEST = 2**18  # bytes; what is longer is not program text written by hand


def fingerprint(source: bytes) -> bytes:
    """Return the digest of the syntax tree with its own names replaced by the order they come in.

    SyntaxError, ValueError, MemoryError or RecursionError if there is no tree.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        _without_docstring(node)
    own = set(_own_names(tree)) - set(dir(builtins))
    told = "\0".join(_told(tree, own, {}))
    return hashlib.sha256(told.encode("utf-8", "backslashreplace")).digest()


def _told(value: Any, own: set[str], numbers: dict[str, int]) -> Iterator[str]:
    """Yield the tree in words; numbers grows with every name of its own that is met."""
    if isinstance(value, ast.AST):
        yield type(value).__name__
        for field, part in ast.iter_fields(value):
            if field not in UNTOLD:
                yield from _told(part, own, numbers)
    elif isinstance(value, list):
        yield f"[{len(value)}"
        for part in value:
            yield from _told(part, own, numbers)
    elif isinstance(value, str) and value in own:
        yield f"#{numbers.setdefault(value, len(numbers))}"
    else:
        yield repr(value)


def _without_docstring(node: ast.AST) -> None:
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        first = node.body[0] if node.body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            node.body = node.body[1:]


def _own_names(tree: ast.AST) -> Iterator[str]:
    """Yield the names that the file itself gives: what it imports keeps its name."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case ast.arg(arg=name) | ast.alias(asname=str(name)):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name


def same(sources: Iterable[tuple[str, bytes]]) -> list[tuple[str, ...]]:
    """Return the groups of students whose sources are equal but for comments, spacing and names."""
    groups: dict[bytes, list[str]] = {}
    with _Reader() as reader:
        for student, source in sources:
            if source.strip():
                mark = reader.fingerprint(code(source)) or hashlib.sha256(source).digest()
                groups.setdefault(mark, []).append(student)
    return [tuple(students) for students in groups.values() if len(students) > 1]


class _Reader:
    """The process that parses; a new one where a source has ended the last."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def fingerprint(self, source: bytes) -> bytes | None:
        """Return the fingerprint; None if the source has none, or takes too long."""
        if len(source) > LARGEST:
            return None
        if self.process is None:
            self.process = _start()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        mark = b""
        late = threading.Timer(SECONDS, self.process.kill)
        late.start()
        with contextlib.suppress(OSError):
            self.process.stdin.write(LENGTH.pack(len(source)) + source)
            self.process.stdin.flush()
            mark = self.process.stdout.read(SIZE)
        late.cancel()
        if len(mark) < SIZE:
            self.__exit__()
            return None
        return None if mark == NONE else mark

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  # our own interpreter and module
        [sys.executable, "-P", "-W", "ignore", "-c", f"from {__name__} import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": layout.python_path()},
    )


def main() -> None:
    """Answer each source on standard input with its fingerprint, until there is no more."""
    with contextlib.suppress(ImportError):  # not on Windows
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    source_in: IO[bytes] = sys.stdin.buffer
    while head := source_in.read(LENGTH.size):
        source = source_in.read(*LENGTH.unpack(head))
        try:
            mark = fingerprint(source)
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            mark = NONE
        sys.stdout.buffer.write(mark)
        sys.stdout.buffer.flush()
