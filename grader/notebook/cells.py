"""A notebook's bytes -> the texts of its code cells: data that is read and never run.

A notebook is told by what it holds, not by its name: the same bytes are the same submission,
whatever the file is called. Only the two forms that programs write are read, nbformat 4 and 3; the
outputs, which nobody needs here, are never looked at.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from grader.errors import GraderError

SUFFIX = ".ipynb"
MOST_NOTEBOOK = 2**23  # bytes, with all outputs
MOST_CELLS = 2000
MOST_CODE = 2**18  # characters in all cells


class Cell(NamedTuple):
    """A code cell; number: its position among the code cells, from 1."""

    number: int
    text: str


def is_notebook(data: bytes) -> bool:
    """Return whether a file is one of Jupyter's, whole or not."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" and b'"nbformat"' in data


def code(data: bytes) -> bytes:
    """Return the text of a submission to be searched: all cells of a notebook, or the file."""
    if not is_notebook(data):
        return data
    try:
        return code_of(cells(data))
    except GraderError:
        return b""


def code_of(found: Iterable[Cell]) -> bytes:
    """Return the texts of cells one after the other."""
    return "\n".join(cell.text for cell in found).encode("utf-8", "replace")


def cells(data: bytes) -> tuple[Cell, ...]:
    """Return the code cells in order; GraderError, worded for the student, for what has none."""
    if len(data) > MOST_NOTEBOOK:
        size = MOST_NOTEBOOK // 2**20
        raise GraderError(f"the notebook is larger than {size} MiB; clear its outputs")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:  # in UnicodeDecodeError there are all the bytes
        why = str(error).replace(":", "") if isinstance(error, json.JSONDecodeError) else "no JSON"
        raise GraderError(f"the notebook cannot be read ({why})") from None
    texts = list(_texts(found))
    if len(texts) > MOST_CELLS or sum(map(len, texts)) > MOST_CODE:
        size = MOST_CODE // 2**10
        raise GraderError(
            f"the notebook has more than {MOST_CELLS} code cells or {size} KiB of code"
        )
    return tuple(Cell(number, text) for number, text in enumerate(texts, 1))


def _texts(notebook: Any) -> Iterator[str]:  # noqa: ANN401  # whatever JSON holds
    """Yield the text of every code cell; what is no cell is passed over."""
    sheets = [notebook, *_list(notebook, "worksheets")]
    for cell in (cell for sheet in sheets for cell in _list(sheet, "cells")):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            yield (
                _joined(cell["source"], "")
                if "source" in cell
                else _joined(cell.get("input"), "\n")
            )


def _joined(text: Any, without_ends: str) -> str:  # noqa: ANN401  # as above
    """Return a text, or one given in lines; without_ends: what parts those that have no end."""
    parts = [part for part in (text if isinstance(text, list) else [text]) if isinstance(part, str)]
    return ("" if parts and parts[0].endswith(("\n", "\r")) else without_ends).join(parts)


def _list(holder: Any, name: str) -> list[Any]:  # noqa: ANN401  # as above
    found = holder.get(name) if isinstance(holder, dict) else None
    return found if isinstance(found, list) else []
