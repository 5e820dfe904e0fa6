"""Commands for those who set problems: is a problem fit, and do its tests find mistakes."""

import contextlib
import os
import sys
import time
from collections.abc import Callable

import click

from grader.commands import options
from grader.commands.console import echo

FIT, NOT_FIT = 0, 1
EVERY_S = 30.0  # between two lines that tell how far it is

_seed = options.seed("Fixes the cases, as for grade.")
_format = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the result.",
)


@click.command("new-problem")
@click.argument("problem_id", metavar="PROBLEM")
def new_problem(problem_id: str) -> int:
    """Write a small problem to be filled in, of which `grader verify` says what is missing."""
    from grader.setting import skeleton

    for path in skeleton.write(problem_id):
        echo(path)
    echo(f"fill in what `grader verify {problem_id}` says")
    return FIT


@click.command()
@click.argument("problem_ids", metavar="[PROBLEM]...", nargs=-1)
@click.option("--quick", is_flag=True, help="Leave out the wrong and the hostile corpus files.")
@_seed
@_format
def verify(problem_ids: tuple[str, ...], quick: bool, seed: int, format_: str) -> int:
    """Say whether each PROBLEM (default: all) is fit to be set.

    Checks problem.yaml, statements, samples, driver, starter, the reference's gradients, the
    misconceptions and the corpus. Exit code 0: fit; 1: some error was found.
    """
    from grader.problems.load import problem_ids as all_problems
    from grader.setting.verify import families, render

    results = []
    _leave_memory()
    for problem_id in problem_ids or all_problems():
        results.append(families.verify(problem_id, seed, quick=quick, tell=_progress(problem_id)))
        _clear()
        if format_ == "text":
            echo(render.render(results[-1]) + "\n")
    if format_ == "json":
        echo(render.render_json(results))
    return FIT if all(r.fit for r in results) else NOT_FIT


@click.command()
@click.argument("problem_id", metavar="PROBLEM")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Judge only N, spread evenly.")
@click.option(
    "--further",
    type=click.IntRange(0),
    default=1000,
    show_default=True,
    metavar="N",
    help="Play N further cases of each regime on those that are accepted.",
)
@_seed
@_format
def mutate(problem_id: str, limit: int | None, further: int, seed: int, format_: str) -> int:
    """Judge mutants of correct solutions of PROBLEM, which the suite should find.

    Each differs from a correct corpus file by one token or statement. Exit code 0: all are
    killed, or recorded in tests/mutants as equivalent and right in all further cases; 1: not so.
    """
    from grader.problems.load import load_problem
    from grader.setting import mutate as mutation

    result = mutation.mutate(
        load_problem(problem_id), seed, limit=limit, further=further, tell=_progress(problem_id)
    )
    _clear()
    echo(mutation.render(result) if format_ == "text" else mutation.render_json(result))
    return FIT if result.fit else NOT_FIT


@click.command()
@click.argument("problem_id", metavar="PROBLEM")
def samples(problem_id: str) -> int:
    """Write the sample cases of PROBLEM from its reference."""
    from grader.problems.load import load_problem
    from grader.setting import publish

    _leave_memory()
    for path in publish.write(load_problem(problem_id)):
        echo(path)
    return FIT


def _leave_memory() -> None:
    """Have a driver or reference that wants half the machine's memory raise MemoryError instead."""
    with contextlib.suppress(ImportError):  # not on Windows
        import resource

        half = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        most = half if hard == resource.RLIM_INFINITY else min(half, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _progress(problem_id: str, every_s: float = EVERY_S) -> Callable[[str], None]:
    """Return what shows on a terminal what is being done, elsewhere as a line now and then."""
    if sys.stderr.isatty():
        return lambda doing: echo(f"\r\x1b[K{problem_id}: {doing}", nl=False, err=True)
    said = time.monotonic()

    def say(doing: str) -> None:
        nonlocal said
        if time.monotonic() - said >= every_s:
            said = time.monotonic()
            echo(f"{problem_id}: {doing}", err=True)

    return say


def _clear() -> None:
    if sys.stderr.isatty():
        echo("\r\x1b[K", nl=False, err=True)
