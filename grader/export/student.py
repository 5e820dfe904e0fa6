"""The bundle for students: statement, starter, samples, and the public part of the kit.

Its kit asks for what its problem needs, so that one `pip install` brings PyTorch along, too.
"""

import importlib.metadata
import re
from pathlib import Path

from grader.export import bundle, wheel
from grader.layout import KIT, PACKAGE
from grader.model import Problem

README = """# {en} / {zh}

1. Read `statement.en.md` or `statement.zh.md`.
2. Write your solution in `solution.py`; it already has the interface.
3. Check it (Python 3.11 or newer):

       python3 -m venv .venv
       .venv/bin/pip install ./kit
       .venv/bin/grader check solution.py --problem {id}

   On Windows:

       py -m venv .venv
       .venv\\Scripts\\pip install .\\kit
       .venv\\Scripts\\grader check solution.py --problem {id}

`samples/` holds cases with their answers. The check plays them and tries what needs no answer,
such as your gradients against differences of your own loss. Grading has hidden cases besides.
`--watch` checks whenever you save. With ipython installed `solution.ipynb` will do as well, with
pytest `pytest --submission solution.py`.

1. 阅读题面 `statement.zh.md`，在 `solution.py` 中完成代码，接口已经写好。
2. 用上面的三条命令自查：只用公开样例和自洽性检查；正式评分另有隐藏用例。
   加上 `--watch` 会在每次保存后自查；装有 ipython 时也可用 `solution.ipynb`，装有 pytest 时也可用
   `pytest --submission solution.py`。
"""
SMALL_TORCH = """
      PIP_EXTRA_INDEX_URL: https://download.pytorch.org/whl/cpu # PyTorch without CUDA"""
PYPROJECT = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "rnn-judge"
version = "{version}"
requires-python = ">=3.11"
dependencies = [
{dependencies}
]

[project.scripts]
grader = "grader.cli:main"

[project.entry-points.pytest11]
grader = "grader.pytest_plugin"

[tool.hatch.build.targets.wheel]
packages = ["grader", "problem"]
"""


def export(problem: Problem) -> bytes:
    """Return the bundle as a zip; nothing of the reference is read for it."""
    version = importlib.metadata.version(wheel.NAME)
    listed = "\n".join(f"  {_toml(d)}," for d in sorted(_needed(problem)))
    return bundle.pack(
        {
            "README.md": README.format(id=problem.id, **problem.name).encode(),
            "solution.py": (problem.root / "starter.py").read_bytes(),
            "kit/pyproject.toml": PYPROJECT.format(version=version, dependencies=listed).encode(),
            **{
                f"statement.{n}.md": (problem.root / f"statement.{n}.md").read_bytes()
                for n in problem.name
            },
            **bundle.folder(problem.root / "samples", "samples"),
            **_workflow(problem),
            **bundle.folder(problem.root, f"kit/problem/{problem.id}"),
            **bundle.folder(Path(PACKAGE), "kit/grader"),
        }
    )


def _needed(problem: Problem) -> list[str]:
    """Return what the kit requires, with the extras that are called like the problem's packages."""
    needed = []
    for requirement in importlib.metadata.requires(wheel.NAME) or ():
        extra = re.search(r"""\bextra == ["']([\w-]+)["']""", requirement)
        if extra is None or extra[1] in problem.packages:
            needed.append(requirement[: extra.start()].rstrip(" ;") if extra else requirement)
    return needed


def _workflow(problem: Problem) -> dict[str, bytes]:
    """Return the public checks as a workflow, so that the bundle is a repository to start from."""
    file = Path(KIT, ".github", "workflows", "grade.yml")  # in a checkout of the kit
    if not file.is_file():
        return {}
    environment = f"PROBLEM: {problem.id}" + (SMALL_TORCH if "torch" in problem.packages else "")
    text = file.read_text(encoding="utf-8").replace("PROBLEM: simple_rnn", environment)
    return {".github/workflows/grade.yml": text.encode()}


def _toml(text: str) -> str:
    return "'" + text.replace("'", '"') + "'"
