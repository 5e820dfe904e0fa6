"""The folder of an assignment's autograder.

Classroom 50 publishes it, and runs it in the student's own repository: what lies in it is public.
So it holds no reference, and its checks are those that students have at home.
"""

from pathlib import Path

from grader.export import bundle, parts, wheel
from grader.model import Problem

README = """# {name}: autograder for Classroom 50

1. Unpack it as `CLASSROOM/autograders/ASSIGNMENT` in the organisation's repository `classroom50`,
   with the short names of yours, and push.
2. The runner starts `autograder.py` in each student's checkout, which installs the kit, checks
   `solution.py`, else `solution.ipynb`, and writes `result.json`: one test for each check, 100
   points in all.
3. Python 3.11 or newer; the kit's requirements come from PyPI.

All of it is public, so it has the public checks only, those of `grader check`, and no answers and
no seed. For points that count, clone the repositories and grade them yourself:
`grader grade FOLDER --out RESULTS --roster roster.csv`.
"""
AUTOGRADER = Path(__file__).with_name("autograder.py")


def export(problem: Problem) -> bytes:
    """Return a zip to unpack as CLASSROOM/autograders/ASSIGNMENT; nothing in it is secret."""
    name, packed = wheel.wheel()
    return bundle.pack(
        {
            "README.md": README.format(name=problem.name["en"]).encode(),
            "autograder.py": AUTOGRADER.read_bytes(),
            "extras.txt": parts.requirement(problem).encode(),
            name: packed,
            **bundle.folder(problem.root, f"problem/{problem.id}"),
        }
    )
