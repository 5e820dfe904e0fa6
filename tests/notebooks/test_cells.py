"""A notebook's bytes are read within bounds: what is none costs one message."""

import json

import pytest

from grader.errors import GraderError
from grader.notebook.cells import MOST_NOTEBOOK, cells, code, is_notebook
from grader.notebook.taken import source_of
from tests.notebooks.make import code_cell, notebook
from tests.support import SIMPLE_RNN

HEAD = b'{"nbformat": 4, "cells": '


def test_code_cells_are_numbered_among_themselves():
    """
    As they stand in the file, words apart.
    """
    assert cells(notebook("a = 1\nb = 2", "c")) == ((1, "a = 1\nb = 2"), (2, "c"))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_source_is_one_text_or_a_list_of_lines(newline):
    """
    Both are in the format.
    """
    cell = code_cell("") | {"source": f"a{newline}b"}

    assert cells(notebook(cells=[cell]))[0].text == f"a{newline}b"


def test_an_old_notebook_is_read():
    """
    nbformat 3 has sheets, and calls the text input.
    """
    cell = {"cell_type": "code", "input": ["a\n", "b"], "outputs": [], "language": "python"}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [cell]}]}

    assert cells(json.dumps(old).encode()) == ((1, "a\nb"),)


@pytest.mark.kernel
@pytest.mark.parametrize("version", [3, 4])
def test_jupyters_own_reader_finds_the_same(version):
    """
    Their nbformat is the judge of what stands in a notebook that it has written.
    """
    import nbformat  # noqa: PLC0415  # of an extra

    told = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(t) for t in ("a = 1\nb", "", "é = 1\n\n")]
    )
    written = nbformat.writes(told, version=version)

    theirs = [c.source for c in nbformat.reads(written, as_version=4).cells]
    assert [c.text for c in cells(written.encode())] == theirs


@pytest.mark.parametrize(
    "data",
    [
        HEAD,
        HEAD + b"[" * 10**6,
        HEAD + b'[{"a":' * 10**5,
        HEAD + b"1" * 10**5 + b"}",
        HEAD + b'"\xff"}',
        HEAD + b"[]}" + b" " * MOST_NOTEBOOK,
        HEAD + b"[" + b'{"cell_type": "code"},' * 100_000 + b"0]}",
        HEAD + b'[{"cell_type": "code", "source": "' + b"x" * 2**21 + b'"}]}',
    ],
    ids=["cut", "deep", "deeper", "long number", "no UTF-8", "huge", "100,000 cells", "long"],
)
def test_what_cannot_be_read_is_told_in_a_line(data):
    """
    Whatever it is, and not its end.
    """
    assert is_notebook(data)

    flaw = source_of(data, SIMPLE_RNN).flaw

    assert flaw.startswith("the notebook ")
    assert len(flaw) < 200
    assert code(data) == b""


@pytest.mark.parametrize(
    "held",
    [
        "0",
        "[0, null, [], {}]",
        '{"cell_type": "code"}',
        '[{"cell_type": "code", "source": 7}]',
        '[{"cell_type": "code", "source": [1, ["a"], "b"]}]',
        '[{"cell_type": ["code"]}]',
    ],
)
def test_what_is_no_cell_is_passed_over(held):
    """
    Other types than the format has.
    """
    found = cells(HEAD + held.encode() + b"}")

    assert "".join(cell.text for cell in found) in ("", "b")


@pytest.mark.notebook
def test_half_a_character_costs_its_cell():
    """
    JSON can hold what no text can.
    """
    source = source_of(notebook("x = '\ud800'", "class SimpleRNN: ..."), SIMPLE_RNN)

    assert source.text == b"class SimpleRNN: ...\n"
    assert source.left_out[0].place == (1, 1)


@pytest.mark.parametrize("data", [b"", b"{}", b"x = 1", b'# "nbformat"', b'"nbformat"'])
def test_a_program_is_no_notebook(data):
    """
    What a file holds says it, not its name.
    """
    assert not is_notebook(data)
    assert source_of(data, SIMPLE_RNN).text == data


def test_refused_where_it_is_asked_for():
    """
    The reader of cells raises; a submission has a flaw.
    """
    with pytest.raises(GraderError):
        cells(HEAD)
