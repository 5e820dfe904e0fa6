"""The only door to the reference: the modules of a problem's answers, loaded by their paths."""

import importlib.util
import sys
import types
from functools import lru_cache
from pathlib import Path

from grader import layout
from grader.errors import GraderError, ProblemError
from grader.model import Misconception, Problem
from grader.oracle.rounding import elementary


@lru_cache
def load_module(path: Path) -> types.ModuleType:
    """Return the module in that file, which needs no place on the path of imports."""
    name = "_".join(path.with_suffix("").parts[-2:])
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise GraderError(
            f"{path} is missing: grading needs the kit's checkout (the wheel holds no reference); "
            "`grader check` needs none"
        )
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise ProblemError(f"{path}: cannot be imported: {error!r}") from error
    return module


def reference(problem: Problem) -> types.ModuleType:
    """Return the problem's reference solution."""
    return _marked(load_module(layout.answers(problem.root) / f"{problem.id}.py"))


def driver(problem: Problem) -> types.ModuleType:
    """Return the problem's driver."""
    return load_module(problem.root / "driver.py")


def twin(problem: Problem) -> types.ModuleType | None:
    """Return the reference's computations in NumPy, where the reference has them elsewhere."""
    path = layout.answers(problem.root) / "twins" / f"{problem.id}.py"
    return _marked(load_module(path)) if path.exists() else None


def _marked(module: types.ModuleType) -> types.ModuleType:
    """Mark the functions that a reference names in ELEMENTARY, once."""
    for name in getattr(module, "ELEMENTARY", ()):
        function = getattr(module, name)
        if not hasattr(function, "__wrapped__"):
            setattr(module, name, elementary(function))
    return module


def misconceptions(problem: Problem) -> tuple[Misconception, ...]:
    """Return the problem's known mistakes; none if it names none."""
    path = layout.answers(problem.root) / "misconceptions" / f"{problem.id}.py"
    return tuple(load_module(path).MISCONCEPTIONS) if path.exists() else ()
