"""What an autograder takes along: the kit as a wheel, one problem, and its answers."""

from pathlib import Path

from grader import layout
from grader.errors import GraderError
from grader.export import bundle, wheel
from grader.model import Problem


def with_answers(problem: Problem, under: str) -> dict[str, bytes]:
    """Return wheel, problem and reference by their names below `under`; never for students.

    The reference lies beside the problem, as in the kit, and so in no folder that Python needs.
    """
    name, packed = wheel.wheel()
    answers = layout.answers(problem.root)
    if not (answers / f"{problem.id}.py").is_file():
        raise GraderError(
            f"{answers / problem.id}.py is missing: an autograder needs the kit's checkout"
        )
    return {
        f"{under}/{name}": packed,
        **bundle.folder(problem.root, f"{under}/problem/{problem.id}"),
        **{
            f"{under}/{file}": data
            for file, data in bundle.folder(answers, "reference").items()
            if problem.id in Path(file).with_suffix("").parts  # a file or a folder of that name
        },
    }


def requirement(problem: Problem) -> str:
    """Return what follows the wheel's name for pip to bring the problem's packages and IPython."""
    return "[notebook,torch]" if "torch" in problem.packages else "[notebook]"
