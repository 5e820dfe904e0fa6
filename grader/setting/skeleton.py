"""A new problem to be filled in: small, sound, and marked wherever its setter has to think."""

import keyword
from importlib.resources import files
from pathlib import Path

from grader import layout
from grader.errors import GraderError
from grader.problems.load import PROBLEMS

NAME = "PROBLEM_ID"  # in the templates
PLACES = (  # where each of the templates goes
    ("problem.yaml", "{problems}/{id}/problem.yaml"),
    ("statement.en.md", "{problems}/{id}/statement.en.md"),
    ("statement.zh.md", "{problems}/{id}/statement.zh.md"),
    ("starter.py", "{problems}/{id}/starter.py"),
    ("driver.py", "{problems}/{id}/driver.py"),
    ("reference.py", "reference/{id}.py"),
    ("loss.py", "reference/losses/{id}.py"),
    ("right.py", "tests/corpus/{id}/accepted/as_the_statement_says.py"),
    ("wrong.py", "tests/corpus/{id}/wrong_answer/slope_left_out.py"),
)


def write(problem_id: str, root: Path = PROBLEMS) -> list[Path]:
    """Write a problem of that name beside those in root, its answers and its corpus.

    Returns the files. Raises GraderError, and has written nothing, if the name cannot be one, if
    any of the files is there already, or where the kit is installed without its answers.
    """
    if not problem_id.isidentifier() or keyword.iskeyword(problem_id):
        text = f"{problem_id!r} cannot be the name of a problem: letters, digits and _ can"
        raise GraderError(text)
    kit = layout.around(root / problem_id)
    if kit == Path(layout.KIT) and not (kit / "reference").is_dir():
        raise GraderError(
            "the kit is installed without references: take its checkout, "
            "or say with GRADER_PROBLEMS=FOLDER/problem where your problems are to lie"
        )
    wanted = {kit / place.format(problems=root.name, id=problem_id): n for n, place in PLACES}
    there = [str(file.relative_to(kit)) for file in wanted if file.exists()]
    if there:
        raise GraderError(f"{kit} already has {', '.join(there)}; nothing was written")
    try:
        for file, name in wanted.items():
            text = (files("grader.setting") / "templates" / name).read_text("utf-8")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.replace(NAME, problem_id), "utf-8", newline="\n")
    except OSError as error:
        raise GraderError(f"{error.filename} cannot be written: {error.strerror}") from error
    return list(wanted)
