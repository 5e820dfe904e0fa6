"""The command `grader`: each subcommand parses, calls one function, prints and returns its code."""

from grader.commands import start  # noqa: F401  # isort: skip  # first: it leaves the working directory

import difflib
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from grader.commands import (
    class_,
    export,
    feedback,
    options,
    output,
    results,
    serve,
    setter,
    student,
)
from grader.commands.console import columns, echo, prepare
from grader.errors import GraderError
from grader.report.escape import commands, terminal

ACCEPTED, NOT_ACCEPTED, NOT_CARRIED_OUT = 0, 1, 2
READERS = {  # whose command it is
    "Students": ("problems", "statement", "new", "check"),
    "Instructors, one file": ("doctor", "export", "grade", "schema"),
    "Instructors, a class": ("results", "show", "compare", "gradebook", "feedback", "serve"),
    "Problem setters": ("new-problem", "samples", "verify", "mutate"),
}


class _Commands(click.Group):
    """A group that names the nearest command when it is misspelt."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:  # noqa: ANN401  # click's own
        """Return the command of that name, or say which one may be meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            close = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            hint = f" (did you mean {close[0]}?)" if close else "; `grader --help` lists them"
            raise click.UsageError(f"there is no command {args[0]!r}{hint}") from None

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what every command does, by who needs it."""
        for reader, names in READERS.items():
            with formatter.section(reader):
                about = [self.commands[name].get_short_help_str(limit=200) for name in names]
                formatter.write_dl(list(zip(names, about, strict=True)))


def main() -> NoReturn:
    """Run the command line; one line on stderr and code 2 when it cannot be carried out."""
    prepare()
    try:
        code = cli.main(standalone_mode=False, prog_name="grader")
    except click.UsageError as error:
        code = _refused(error.format_message())
    except click.ClickException as error:
        code = _refused(error.format_message())
    except GraderError as error:
        code = _refused(str(error))
    except (click.Abort, KeyboardInterrupt):
        code = _refused("interrupted")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nobody reads: nothing left to flush
        code = NOT_CARRIED_OUT
    except SystemExit:
        code = NOT_CARRIED_OUT  # click's answer when nobody reads, which would be 1: not accepted
    except Exception as error:  # noqa: BLE001  # our own fault is told in one line too
        code = _refused(f"judge error: {type(error).__name__}: {error}")
    sys.exit(code if isinstance(code, int) else 0)


def _refused(message: str) -> int:
    one_line = commands(terminal(" ".join(message.split())))
    sys.stderr.write(f"grader: {one_line}\n")
    return NOT_CARRIED_OUT


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from grader.versions import installed  # only when asked

        echo(f"grader {installed('rnn-judge')}")
        ctx.exit()


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Print the version and stop.",
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Judge programs that implement recurrent networks from scratch.

    Students: `grader new simple_rnn` gives you a file to fill in, `grader check` says how far you
    are. Instructors: `grader grade FILE` judges one submission, with --out a whole class.
    """
    if ctx.invoked_subcommand is None:
        echo(ctx.get_help())


@cli.command()
@click.argument("submission", type=click.Path(readable=False, path_type=Path))
@options.problem
@options.seed("Fixes the cases. The default is public; an instructor sets another.")
@output.options
@click.option(
    "--isolation",
    type=click.Choice(["full", "weak", "none"]),
    default="full",
    show_default=True,
    help="weak: grade even where files and system calls cannot be restricted; none: on any "
    "machine, as a plain process, for your own trials of one file.",
)
@class_.options
def grade(
    submission: Path,
    problem_id: str | None,
    seed: int,
    format_: str,
    reports: tuple[str, ...],
    isolation: str,
    **of_class: Any,  # noqa: ANN401  # as click gives them
) -> int:
    """Judge the file SUBMISSION, or with --out every submission in a folder or zip.

    A file: exit code 0: accepted; 1: judged, not accepted; 2: the command could not be carried
    out. A class: 0: all judged, whatever the verdicts; 2: not all; 3: some with judge errors.
    """
    wanted = output.files(reports)
    if class_.is_class(submission, of_class["out"]):
        if isolation == "none":
            raise click.UsageError(
                "--isolation none is for one file of your own, never for a class"
            )
        junit = output.of_class(format_, wanted)
        how = class_.ClassOptions(force=not of_class.pop("resume"), junit=junit, **of_class)
        return class_.grade_class(submission, problem_id, seed, isolation == "weak", how)
    from grader.judge.submission import read_submission
    from grader.sandbox.spawn import early

    source = read_submission(submission)
    with early(isolation) as zygote:  # it warms up during the imports
        from grader.problems.load import load_problem
        from grader.sandbox.choose import chosen

        named = problem_id or options.problem_of(submission, source, options.DEFAULT_PROBLEM)
        problem = load_problem(named)
        with chosen(problem, isolation, zygote) as sandbox:
            from grader.judge.judge import Judge
            from grader.model import Verdict
            from grader.report import json

            with Judge(problem, seed, sandbox=sandbox) as judge:
                result = judge.judge(source, _readable(submission))
    if result.verdict is Verdict.JE:
        if format_ == "json":
            echo(json.render(result))
        if format_ == "github":
            output.tell_runner(result)
        raise GraderError(f"judge error: {result.message}")
    output.deliver(result, format_, wanted)
    return ACCEPTED if result.verdict is Verdict.AC else NOT_ACCEPTED


def _readable(path: Path) -> str:
    """Return the name of a file as text that can be encoded, whatever bytes it consists of."""
    return os.fsencode(path).decode("utf-8", "replace")


@cli.command()
def problems() -> int:
    """List the problems."""
    from grader.problems.load import problem_ids

    ids = problem_ids()
    width = max(map(len, ids), default=0) + 2
    for problem_id in ids:
        echo(f"{problem_id:<{width}}{_about(problem_id)}")
    return ACCEPTED


def _about(problem_id: str) -> str:
    """Return a problem's names, or why it cannot be used, and what it lacks."""
    from grader.problems.load import load_problem
    from grader.sandbox.packages import missing

    try:
        loaded = load_problem(problem_id)
    except GraderError as error:
        return f"cannot be used: {terminal(str(error))}"
    lacks = missing(loaded.packages)
    return " / ".join(loaded.name.values()) + (f" ({lacks})" if lacks else "")


@cli.command()
@click.argument("problem_id", metavar="ID")
@options.lang
def statement(problem_id: str, lang: str) -> int:
    """Print the statement of the problem ID."""
    from grader.problems.load import load_problem

    file = load_problem(problem_id).root / f"statement.{lang}.md"
    echo(file.read_text(encoding="utf-8"))
    return ACCEPTED


@cli.command()
def schema() -> int:
    """Print the JSON Schema (2020-12) of what `grade --format json` prints."""
    from importlib.resources import files

    echo((files("grader.report") / "report.schema.json").read_text("utf-8").rstrip("\n"))
    return ACCEPTED


@cli.command()
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print what was found.",
)
def doctor(format_: str) -> int:
    """Say what this machine can be trusted with, proved by trying.

    Exit code 0: fit for untrusted code; 1: for trusted code only.
    """
    from grader.sandbox.doctor.examine import examine

    text, code = examine(format_, columns())
    echo(text)
    return code


for command in (
    *results.COMMANDS,
    feedback.feedback,
    student.check,
    student.new,
    export.export,
    serve.serve,
    setter.new_problem,
    setter.verify,
    setter.mutate,
    setter.samples,
):
    cli.add_command(command)
