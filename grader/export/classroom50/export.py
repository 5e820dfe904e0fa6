"""The folder of an assignment's autograder.

Classroom 50 publishes it, and runs it in the student's own repository: what lies in it is public.
So it holds no reference, and its checks are those that students have at home.
"""

from pathlib import Path

from grader.export import bundle, parts, wheel
from grader.model import Problem

AUTOGRADER = Path(__file__).with_name("autograder.py")


def export(problem: Problem) -> bytes:
    """Return a zip to unpack as CLASSROOM/autograders/ASSIGNMENT; nothing in it is secret."""
    name, packed = wheel.wheel()
    return bundle.pack(
        {
            "autograder.py": AUTOGRADER.read_bytes(),
            "extras.txt": parts.requirement(problem).encode(),
            name: packed,
            **bundle.folder(problem.root, f"problem/{problem.id}"),
        }
    )
