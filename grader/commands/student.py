"""Commands for students, and for handing the public part of the kit to them."""

import time
from pathlib import Path

import click

from grader.commands import options
from grader.commands.console import echo, paint, typed
from grader.errors import GraderError

OK, NOT_OK = 0, 1
POLL_S = 0.5


@click.command()
@click.argument(
    "submission", type=click.Path(readable=False, path_type=Path), default=Path("solution.py")
)
@options.problem
@click.option("--watch", is_flag=True, help="Check again whenever the file is saved.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print what was found.",
)
def check(submission: Path, problem_id: str | None, watch: bool, format_: str) -> int:
    """Check SUBMISSION (solution.py) at home: samples, and what needs no answer.

    Exit code 0: every check is right; 1: some are not; 2: the command could not be carried out.
    """
    code = _check_once(submission, problem_id, format_)
    while watch:
        seen = _saved(submission)
        while _saved(submission) == seen:
            time.sleep(POLL_S)
        click.clear()
        code = _check_once(submission, problem_id, format_)
    return code


def _check_once(submission: Path, problem_id: str | None, format_: str) -> int:
    from grader.home.check import check as check_submission
    from grader.judge.submission import read_submission
    from grader.problems.load import load_problem
    from grader.report import findings
    from grader.sandbox.choose import own

    source = read_submission(submission)
    problem = load_problem(problem_id or options.problem_of(submission, source))
    with own(problem) as sandbox:
        start, found = check_submission(problem, sandbox, source)
    if format_ == "json":
        echo(findings.render_json(problem, start, found))
    else:
        echo(findings.render(start, found, paint, shut_in=sandbox.shut_in))
    return OK if found and all(f.ok for f in found) else NOT_OK


def _saved(submission: Path) -> float:
    """Return when the file was saved; editors remove it for a moment while they save."""
    try:
        return submission.stat().st_mtime
    except FileNotFoundError:
        return 0.0


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
