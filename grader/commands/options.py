"""Options that several commands have alike."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

DEFAULT_SEED = 20240607  # public, so that a student sees at home what the kit sees
Command = TypeVar("Command", bound=Callable[..., Any])


def seed(help_text: str) -> Callable[[Command], Command]:
    """Give a command --seed, which GRADER_SEED sets where the option is not given."""
    return click.option(
        "--seed",
        type=click.IntRange(0, 2**63 - 1),
        default=DEFAULT_SEED,
        metavar="N",
        envvar="GRADER_SEED",
        show_default=True,
        show_envvar=True,
        help=help_text,
    )
