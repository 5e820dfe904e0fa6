"""Notebooks as Jupyter writes them, made of texts, and what is taken of them."""

import ast
import importlib.util
import json
from pathlib import Path

from grader.notebook.cells import Cell
from grader.notebook.taken import taken


def notebook(*cells, **changes):
    """The bytes of a notebook with these code cells, each after a cell of words."""
    made = []
    for text in cells:
        made.append({"cell_type": "markdown", "metadata": {}, "source": ["def words(): ...\n"]})
        made.append(code_cell(text))
    whole = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(whole | changes, indent=1).encode()


def code_cell(text):
    """A code cell that has been run and plotted something."""
    output = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBORw0K"}}
    return {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {},
        "outputs": [output],
        "source": text.splitlines(keepends=True),
    }


def take(*texts, wanted=("Net",)):
    """What is taken of these cells for the names that are asked for."""
    return taken([Cell(n, text) for n, text in enumerate(texts, 1)], wanted)


def lines(source):
    """Cell, line and text of every line that is taken."""
    texts = source.text.decode().split("\n")[:-1]
    return [(p.cell, p.line, text) for p, text in zip(source.places, texts, strict=True)]


def as_homework(file):
    """A program as a student's notebook: a cell for each statement, among trials and plots."""
    text = importlib.util.decode_source(Path(file).read_bytes())
    rows, at = text.splitlines(keepends=True), 0
    cells = [
        "%matplotlib inline\n!pip install \\\n  tqdm\nimport matplotlib.pyplot as plt\n",
        "import numpy as np\nnp.random.seed(0)\n",
    ]
    for node in ast.parse(text).body:
        cells.append("%%time\n" + "".join(rows[at : node.end_lineno]))
        at = node.end_lineno
    cells += [
        "losses = []\nfor epoch in range(10**9):\n    losses.append(net.train())\n",
        "plt.plot(losses)\nplt.show()\nhelp?\n",
        "def unfinished(\n",
    ]
    return notebook(*cells)
