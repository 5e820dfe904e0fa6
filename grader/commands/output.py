"""Reports on their way out: to standard output, to files, and to where a CI job looks for them."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from grader.commands.console import columns, echo, echo_bytes, paint
from grader.errors import GraderError
from grader.report import formats

if TYPE_CHECKING:
    from grader.model import Report

FORMATS = tuple(formats.RENDER)
FOR_PEOPLE = ("html", "junit")  # they name the submission, which is a student's in a class
IN_UTF_8 = ("html", "junit")  # they say so themselves, whatever the terminal has

Command = TypeVar("Command", bound=Callable[..., Any])


def options(command: Command) -> Command:
    """Give a command --format and --report, as format_ and reports."""
    how = click.option(
        "--format",
        "format_",
        type=click.Choice(FORMATS),
        default="text",
        show_default=True,
        help="How to print the report.",
        callback=lambda _, __, name: _available(name),
    )
    also = click.option(
        "--report",
        "reports",
        multiple=True,
        metavar="FORMAT=FILE",
        help="Also write the report to a file; may be given several times.",
    )
    return how(also(command))


def files(reports: Sequence[str]) -> list[tuple[str, Path]]:
    """Return format and file of every --report option."""
    return [_file(wanted) for wanted in reports]


def _file(wanted: str) -> tuple[str, Path]:
    name, _, path = wanted.partition("=")
    if name not in FORMATS or not path:
        raise GraderError(f"--report takes FORMAT=FILE with a format of {', '.join(FORMATS)}")
    return _available(name), Path(path)


def _available(name: str) -> str:
    """Return the name of a format that can be had here; asked before anything is judged."""
    if name == "html":
        formats.need_html()
    return name


def of_class(format_: str, wanted: Sequence[tuple[str, Path]]) -> list[Path]:
    """Return the files for a class's JUnit; UsageError for what there is of one submission only."""
    others = [name for name in (format_,) if name != "text"]
    others += [name for name, _ in wanted if name != "junit"]
    if others:
        raise click.UsageError(
            f"the format {others[0]} is for one submission; of a class there is "
            "--report junit=FILE, and `grader results` and `grader show` afterwards"
        )
    return [path for _, path in wanted]


def deliver(
    report: "Report", format_: str, wanted: Sequence[tuple[str, Path]], *, who: str = ""
) -> None:
    """Write the report to files and print it; nothing of it where one format cannot be had.

    who: the student, in what is for people; else they are told the file.
    """
    from grader.report import escape, text

    def rendered(name: str) -> str:
        named = replace(report, submission=who) if who and name in FOR_PEOPLE else report
        return formats.RENDER[name](named, os.environ)

    contents = [(path, rendered(name)) for name, path in wanted]
    if format_ == "text":
        shown = text.render(report, paint, columns=columns())
    else:
        shown = rendered(format_).rstrip("\n")
    if who and format_ == "text":
        shown = f"student: {' '.join(escape.terminal(who).split())}\n{shown}"
    for path, content in contents:
        write(path, content)
    if format_ == "github":
        tell_runner(report)
    if format_ in IN_UTF_8:
        echo_bytes(f"{shown}\n".encode())
    else:
        echo(shown)


def tell_runner(report: "Report") -> None:
    """Append the summary and the outputs of a step to the files that GitHub's runner names."""
    from grader.report import github, markdown

    texts = {"GITHUB_STEP_SUMMARY": markdown.render, "GITHUB_OUTPUT": github.outputs}
    for variable, render in texts.items():
        name = os.environ.get(variable)
        try:
            if name:
                with Path(name).open("a", encoding="utf-8") as file:
                    file.write(render(report))
        except OSError as error:
            raise GraderError(f"{name} ({variable}) cannot be written: {error.strerror}") from error


def write(path: Path, content: str) -> None:
    """Write text that ends in one line break."""
    save(path, (content.rstrip("\n") + "\n").encode())


def save(path: Path, data: bytes) -> None:
    """Write the file whole or not at all: a half-written result may be read as a score."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise GraderError(f"{path} cannot be written: {error.strerror}") from error
