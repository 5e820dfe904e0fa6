"""A YAML file as a node: plain data, of which nothing is constructed or run."""

from pathlib import Path
from typing import Any

import yaml

from grader.errors import ProblemError
from grader.problems.node import CORE, MERGE, Node, is_scalar

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TAGS = {MERGE, *(CORE + t for t in ("map", "seq", "str", "int", "float", "bool", "null"))}


def read(file: Path, before: str = "") -> Node:
    """Return what the file holds. Raises ProblemError if it is no YAML, or asks to run code.

    before: a key of the whole at which to stop, for who needs only what stands before it.
    """
    try:
        text = file.read_text(encoding="utf-8")
        if before:
            text = text.partition(f"\n{before}:")[0]
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ProblemError(f"{file}:{line}: cannot be read: {error.problem}") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        said = " ".join(str(error).split())
        raise ProblemError(f"{file}:1: cannot be read: {said}") from error
    if node is None:
        raise ProblemError(f"{file}:1: cannot be read: it is empty")
    _refuse_tags(file, node)
    return Node(file, "", node, 1)


def _refuse_tags(file: Path, node: Any) -> None:  # noqa: ANN401  # yaml's own
    """Raise ProblemError where a tag asks for anything but plain data."""
    todo, seen = [node], set()
    while todo:
        node = todo.pop()
        if node.tag not in TAGS:
            line = node.start_mark.line + 1
            raise ProblemError(f"{file}:{line}: cannot be read: the tag {node.tag} is not allowed")
        if not is_scalar(node) and id(node) not in seen:  # an alias is the same node again
            seen.add(id(node))
            todo += [n for part in node.value for n in (part if type(part) is tuple else [part])]
