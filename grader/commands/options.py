"""Options that several commands have alike."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from grader.cases import PUBLIC_SEED
from grader.commands.console import language

DEFAULT_PROBLEM = "simple_rnn"  # of what is graded and tells none
Command = TypeVar("Command", bound=Callable[..., Any])


def seed(help_text: str) -> Callable[[Command], Command]:
    """Give a command --seed, which GRADER_SEED sets where the option is not given."""
    return click.option(
        "--seed",
        type=click.IntRange(0, 2**63 - 1),
        default=PUBLIC_SEED,
        metavar="N",
        envvar="GRADER_SEED",
        show_default=True,
        show_envvar=True,
        help=help_text,
    )


problem = click.option(
    "--problem",
    "problem_id",
    metavar="ID",
    help="The problem that the file solves; default: as its text or folder tells.",
)
assignment = click.option(
    "--assignment", metavar="ID", help="Of a course with several: which of its assignments."
)
lang = click.option(
    "--lang",
    type=click.Choice(["en", "zh"]),
    default=language,
    show_default="that of your system",
    help="The language.",
)


def problem_of(submission: Path, source: bytes, otherwise: str = "") -> str:
    """Return the problem that a file solves; GraderError, which asks for it, if that is open."""
    from grader.problems.guess import problem_of as told_by

    return told_by(submission, source, otherwise)
