"""Commands that make something to hand out: to students, or to a platform that grades."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from grader.commands import options, output
from grader.commands.console import echo
from grader.errors import GraderError

Command = TypeVar("Command", bound=Callable[..., Any])
DONE = 0

_seed = options.seed("Fixes the cases; it goes into the zip.")


@click.group()
def export() -> None:
    """Make a zip for students, or for a platform."""


def _out(command: Command) -> Command:
    """Give a command the problem and the file to write, as `place` that nothing is lost at."""
    for option in (
        click.option("--force", is_flag=True, help="Replace a file that is there already."),
        click.option(
            "--out",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Where to write it; ID-NAME.zip otherwise.",
        ),
        click.argument("problem_id", metavar="ID"),
    ):
        command = option(command)
    return command


def _place(out: Path | None, usual: str, *, force: bool) -> Path:
    """Return where to write; GraderError, before anything is made, for what stays as it is."""
    place = out or Path(usual)
    if place.is_dir():
        raise GraderError(f"{place} is a folder; name a file, such as {place / usual}")
    if place.exists() and not force:
        raise GraderError(f"{place} is there already; --force replaces it")
    return place


def _written(place: Path, data: bytes, seed: int | None = None) -> int:
    """Write the file, say where it is, and warn of cases that everybody can have."""
    from grader.cases import PUBLIC_SEED
    from grader.export.readme import about

    output.save(place, data)
    echo(f"{place}")
    if seed == PUBLIC_SEED:
        echo(f"{place}: {about(seed)}", err=True)
    return DONE


@export.command("student")
@_out
def student(problem_id: str, out: Path | None, force: bool) -> int:
    """For students: statement, starter, samples, and the kit without any reference."""
    from grader.export import student as bundle
    from grader.problems.load import load_problem

    place = _place(out, f"{problem_id}-student.zip", force=force)
    return _written(place, bundle.export(load_problem(problem_id)))


@export.command("gradescope")
@_out
@_seed
def gradescope(problem_id: str, out: Path | None, force: bool, seed: int) -> int:
    """For Gradescope: an autograder.zip. It holds the answers: never give it to students."""
    from grader.export import gradescope as autograder
    from grader.problems.load import load_problem

    place = _place(out, f"{problem_id}-gradescope.zip", force=force)
    data = autograder.export(load_problem(problem_id), seed)
    return _written(place, data, seed)


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
def kattis(problem_id: str, out: Path | None, force: bool, seed: int, format_: str) -> int:
    """For Kattis: a problem package. It holds the answers: never give it to students."""
    from grader.export.kattis import package
    from grader.problems.load import load_problem

    place = _place(out, f"{problem_id}-kattis.zip", force=force)
    data = package.export(load_problem(problem_id), seed, format_)
    return _written(place, data, seed)


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
def prairielearn(problem_id: str, out: Path | None, force: bool, seed: int, image: str) -> int:
    """For PrairieLearn: a question and its image. The question holds the answers."""
    from grader.export import prairielearn as question
    from grader.problems.load import load_problem

    place = _place(out, f"{problem_id}-prairielearn.zip", force=force)
    data = question.export(load_problem(problem_id), seed, image)
    return _written(place, data, seed)


@export.command("classroom50")
@_out
def classroom50(problem_id: str, out: Path | None, force: bool) -> int:
    """For Classroom 50: an autograder with the public checks; all in it will be public."""
    from grader.export.classroom50 import export as autograder
    from grader.problems.load import load_problem

    place = _place(out, f"{problem_id}-classroom50.zip", force=force)
    data = autograder.export(load_problem(problem_id))
    return _written(place, data)
