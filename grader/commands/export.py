"""Commands that make something to hand out: to students, or to a platform that grades."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from grader.commands import options, output
from grader.commands.console import echo

Command = TypeVar("Command", bound=Callable[..., Any])
DONE = 0

_seed = options.seed("Fixes the cases; it goes into the zip.")


@click.group()
def export() -> None:
    """Make a zip for students, or for a platform."""


def _out(command: Command) -> Command:
    """Give a command the problem and the file to write."""
    problem = click.argument("problem_id", metavar="ID")
    out = click.option(
        "--out",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Where to write it; ID-NAME.zip otherwise.",
    )
    return problem(out(command))


def _written(path: Path, data: bytes) -> int:
    """Write the file, and say where it is."""
    output.save(path, data)
    echo(f"{path}")
    return DONE


@export.command("student")
@_out
def student(problem_id: str, out: Path | None) -> int:
    """For students: statement, starter, samples, and the kit without any reference."""
    import importlib.metadata

    from grader.export import student as bundle
    from grader.problems.load import load_problem

    needed = [d for d in importlib.metadata.requires("rnn-judge") or [] if "extra ==" not in d]
    version = importlib.metadata.version("rnn-judge")
    data = bundle.export(load_problem(problem_id), version=version, dependencies=needed)
    return _written(out or Path(f"{problem_id}-student.zip"), data)


@export.command("gradescope")
@_out
@_seed
def gradescope(problem_id: str, out: Path | None, seed: int) -> int:
    """For Gradescope: an autograder.zip. It holds the answers: never give it to students."""
    from grader.export import gradescope as autograder
    from grader.problems.load import load_problem

    data = autograder.export(load_problem(problem_id), seed)
    return _written(out or Path(f"{problem_id}-gradescope.zip"), data)


@export.command("kattis")
@_out
@_seed
@click.option(
    "--format",
    "format_",
    type=click.Choice(["legacy", "2025-09"]),
    default="legacy",
    show_default=True,
    help="The version of the problem package format.",
)
def kattis(problem_id: str, out: Path | None, seed: int, format_: str) -> int:
    """For Kattis: a problem package. It holds the answers: never give it to students."""
    from grader.export.kattis import package
    from grader.problems.load import load_problem

    data = package.export(load_problem(problem_id), seed, format_)
    return _written(out or Path(f"{problem_id}-kattis.zip"), data)


@export.command("prairielearn")
@_out
@_seed
@click.option(
    "--image",
    default="rnn-judge",
    show_default=True,
    metavar="NAME",
    help="What the image made of image/Dockerfile will be called.",
)
def prairielearn(problem_id: str, out: Path | None, seed: int, image: str) -> int:
    """For PrairieLearn: a question and its image. The question holds the answers."""
    from grader.export import prairielearn as question
    from grader.problems.load import load_problem

    data = question.export(load_problem(problem_id), seed, image)
    return _written(out or Path(f"{problem_id}-prairielearn.zip"), data)


@export.command("classroom50")
@_out
def classroom50(problem_id: str, out: Path | None) -> int:
    """For Classroom 50: an autograder with the public checks; all in it will be public."""
    from grader.export.classroom50 import export as autograder
    from grader.problems.load import load_problem

    data = autograder.export(load_problem(problem_id))
    return _written(out or Path(f"{problem_id}-classroom50.zip"), data)
