"""A kit with one small problem, the GRU cell of gru_cell/, to break."""

import shutil
from pathlib import Path

from grader.problems.load import load_problem
from grader.setting import publish

ID = "gru_cell"
DATA = Path(__file__).with_name(ID)


def gru_kit(root):
    """The problem in a kit of its own below root: sound, and with its samples."""
    put_gru(root)
    problem = load_problem(ID, root / "problem")
    publish.write(problem)
    return problem


def put_gru(root):
    """Put the problem's files into a kit, where a setter would."""
    beside = shutil.ignore_patterns("__pycache__", "gru_cell.py", "losses", "corpus")
    shutil.copytree(DATA, root / "problem" / ID, ignore=beside)
    (root / "reference" / "losses").mkdir(parents=True, exist_ok=True)
    shutil.copy(DATA / "gru_cell.py", root / "reference")
    shutil.copy(DATA / "losses" / "gru_cell.py", root / "reference" / "losses")
    leavings = shutil.ignore_patterns("__pycache__")
    shutil.copytree(DATA / "corpus", root / "tests" / "corpus" / ID, ignore=leavings)
