"""Commands for students: begin a solution, and check it at home."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.commands import options
from grader.commands.console import columns, echo, paint, typed
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.home.check import Checked
    from grader.model import Problem

OK, NOT_OK = 0, 1
POLL_S = 0.25


@click.command()
@click.argument(
    "submission", type=click.Path(readable=False, path_type=Path), default=Path("solution.py")
)
@options.problem
@options.lang
@click.option("--watch", is_flag=True, help="Check again whenever the file is saved, until Ctrl-C.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print what was found.",
)
def check(submission: Path, problem_id: str | None, lang: str, watch: bool, format_: str) -> int:
    """Check SUBMISSION (solution.py) at home: samples, and what needs no answer.

    Exit code 0: every check is right; 1: some are not; 2: the command could not be carried out.
    """
    if watch:
        return _watch(submission, problem_id, lang, format_)
    problem, checked, shut_in = _checked(submission, problem_id, lang)
    return _show(problem, checked, lang, format_, shut_in=shut_in)


def _checked(
    submission: Path, problem_id: str | None, lang: str
) -> "tuple[Problem, Checked, bool]":
    """Return the problem, what was found, and whether the submission was shut in meanwhile."""
    from grader.home.check import check as check_submission
    from grader.judge.submission import read_submission
    from grader.problems.load import load_problem
    from grader.sandbox.choose import own

    source = read_submission(submission)
    problem = load_problem(problem_id or options.problem_of(submission, source))
    with own(problem) as sandbox:
        return problem, check_submission(problem, sandbox, source, lang), sandbox.shut_in


def _show(problem: "Problem", checked: "Checked", lang: str, format_: str, *, shut_in: bool) -> int:
    from grader.report import home

    start, found, printed, left_out = checked
    if format_ == "json":
        echo(home.render_json(problem, start, found, printed, left_out))
    else:
        report = home.render(
            start,
            found,
            paint,
            printed=printed,
            left_out=left_out,
            lang=lang,
            shut_in=shut_in,
            columns=columns(),
        )
        echo(report)
    return OK if found and all(f.ok for f in found) else NOT_OK


def _watch(submission: Path, problem_id: str | None, lang: str, format_: str) -> int:
    """Check whenever the file is another than before; return the last code at Ctrl-C."""
    from grader.report import home

    code, before, seen = NOT_OK, None, None
    try:
        while True:
            seen = _saved_anew(submission, seen)
            if before is not None:
                click.clear()
            try:
                problem, checked, shut_in = _checked(submission, problem_id, lang)
            except GraderError as error:  # such as a file that is gone for longer: it may come
                echo(str(error), err=True)
                continue
            problem_id = problem.id
            code = _show(problem, checked, lang, format_, shut_in=shut_in)
            if before is not None and format_ == "text":
                echo(home.changed(before, checked.findings, lang))
            before = checked.findings
    except KeyboardInterrupt:
        echo(err=True)
        return code


def _saved_anew(submission: Path, seen: object) -> object:
    """Wait until the file is another than it was, and no longer changes; return what it is now."""
    last: object = seen
    while True:
        now = _state(submission)
        if now != seen and now == last:
            return now
        last = now
        time.sleep(POLL_S)


def _state(submission: Path) -> object:
    """Return what differs when a file was saved, whether it was written anew or replaced."""
    try:
        found = submission.stat()
    except OSError:  # editors remove it for a moment
        return "missing"
    return found.st_mtime_ns, found.st_size, found.st_ino


@click.command()
@click.argument("problem_id", metavar="ID")
@click.argument("directory", type=click.Path(path_type=Path), required=False)
def new(problem_id: str, directory: Path | None) -> int:
    """Write the starter (as solution.py) and the statement of the problem ID to DIRECTORY."""
    from grader.problems.load import load_problem

    problem = load_problem(problem_id)
    directory = directory or Path(problem_id)
    wanted = {
        "solution.py": "starter.py",
        **{f"statement.{n}.md": f"statement.{n}.md" for n in problem.name},
    }
    there = [name for name in wanted if (directory / name).exists()]
    if there:
        raise GraderError(f"{directory} already has {', '.join(there)}; nothing was written")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, source in wanted.items():
            (directory / name).write_bytes((problem.root / source).read_bytes())
    except OSError as error:
        raise GraderError(f"{directory} cannot be written: {error.strerror}") from error
    file = directory / "solution.py"
    echo(f"{file} is yours to fill in; then: {typed('check', file)}")
    return OK
