"""The commands about a class: grade a folder, and look at what came of it."""

import contextlib
import difflib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from grader.commands import output
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.batch.discover import Found
    from grader.batch.run import Plan
    from grader.batch.tree import Tree
    from grader.insight import Insight
    from grader.model import Problem, Row
    from grader.store import Store

ALL_JUDGED, NOT_CARRIED_OUT, JUDGE_ERRORS = 0, 2, 3
FOLDER = click.Path(path_type=Path)
FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
MOST_SHOWN = 20  # lines of one kind before a run starts


Command = TypeVar("Command", bound=Callable[..., Any])


class ClassOptions(NamedTuple):
    """How to grade a class; `grader grade --help` says what each is."""

    out: Path | None
    pattern: str | None
    roster: Path | None
    jobs: int | None
    force: bool
    scheduler: str | None
    junit: list[Path]


def options(command: Command) -> Command:
    """Give a command the options that a class needs, all None or False where not given."""
    for option in reversed(
        (
            click.option(
                "--out",
                type=FOLDER,
                metavar="RESULTS",
                help="Of a folder or zip: judge every submission into this folder of results.",
            ),
            click.option(
                "--pattern", help="Which files are submissions; default NAME/solution.py."
            ),
            click.option(
                "--roster",
                type=FOLDER,
                metavar="CSV",
                help="Who is in the class: a column id, and name if folders are named otherwise.",
            ),
            click.option("--jobs", type=click.IntRange(1, 1024), help="Default: the cores."),
            click.option(
                "--resume/--force",
                "resume",
                default=True,
                help="Keep what was judged under the same conditions (default), or judge again.",
            ),
            click.option("--scheduler", metavar="ADDRESS", help="Judge on this Dask cluster."),
        )
    ):
        command = option(command)
    return command


def is_class(path: Path, out: Path | None) -> bool:
    """Return whether a path is to be graded as a class; UsageError if --out and it disagree."""
    many = path.is_dir() or path.suffix.lower() == ".zip"
    if many and out is None:
        raise click.UsageError(
            f"{path} is a directory or zip: to judge every submission in it, say where the "
            f"results go (--out RESULTS); to judge one, name the file, such as {path}/solution.py"
        )
    if out is not None and not many:
        raise click.UsageError(f"--out is for a folder or a zip of submissions, not for {path}")
    return many


def grade_class(submissions: Path, problem_id: str, seed: int, weak: bool, o: ClassOptions) -> int:
    """Judge every submission below a folder or in a zip, into o.out; return the exit code."""
    from grader.batch.discover import find, with_roster
    from grader.batch.tree import open_tree
    from grader.problem import load_problem
    from grader.store import Store

    assert o.out is not None
    problem, tree = load_problem(problem_id), open_tree(submissions)
    found = find(tree, o.pattern)
    if o.roster:
        found = with_roster(found, o.roster)
    _tell_found(found)
    if not found.entries:
        raise GraderError(
            f"no submissions in {submissions}: each is NAME/solution.py, or give --pattern"
        )
    with Store(o.out, writing=True) as store, _interruptible():
        planned, left = _run(store, tree, found, problem, seed, weak, o)
        for file in o.junit:
            _write_junit(store, planned, file)
        return _tell_end(store, planned, len(found.entries), left)


def _run(
    store: "Store",
    tree: "Tree",
    found: "Found",
    problem: "Problem",
    seed: int,
    weak: bool,
    o: ClassOptions,
) -> tuple["Plan", list[str]]:
    from grader.batch.pool import Pool
    from grader.batch.progress import progress
    from grader.batch.run import judge_class, make_suite, plan, run_key

    jobs = min(o.jobs or _cores(), len(found.entries))
    with contextlib.ExitStack() as stack:
        pool = None if o.scheduler else stack.enter_context(Pool(problem, seed, jobs, weak=weak))
        suite = make_suite(problem, seed)
        planned = plan(store, tree, found, run_key(suite, weak=weak), force=o.force)
        if planned.kept:
            click.echo(f"kept: {planned.kept} judged before, under the same conditions")
        if not planned.todo:
            return planned, store.unjudged(planned.run)
        if pool is not None:
            pool.set_suite(suite)
            judges = pool.judge_all
        else:
            from grader.cluster import Cluster

            cluster = stack.enter_context(Cluster(o.scheduler or "", problem, seed, weak=weak))
            cluster.set_digest(suite.digest)
            judges = cluster.judge_all
        watched = progress(len(planned.todo))
        try:
            with watched:
                return planned, judge_class(store, tree, planned, judges, watched.told)
        except KeyboardInterrupt:
            rest = len(planned.todo) - watched.done
            raise GraderError(
                f"interrupted: {watched.done} judged and kept, {rest} left; the same command "
                "goes on from there"
            ) from None


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """End on SIGTERM as on Ctrl-C."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell_found(found: "Found") -> None:
    from grader.report.escape import terminal

    click.echo(f"found: {len(found.entries)} submissions")
    for title, pairs in (("skipped", found.skipped), ("not handed in", found.missing)):
        for name, why in pairs[:MOST_SHOWN]:
            click.echo(terminal(f"{title}: {name}: {why}").replace("\n", " "))
        if len(pairs) > MOST_SHOWN:
            click.echo(f"{title}: and {len(pairs) - MOST_SHOWN} more")


def _write_junit(store: "Store", planned: "Plan", file: Path) -> None:
    """Write all that was judged as JUnit XML, one suite for each student."""
    from grader.report import json, junit

    judged = (r for r in store.rows(planned.run) if r.verdict)
    reports = [replace(json.parse(r.report), submission=r.student) for r in judged]
    output.write(file, junit.render_all(reports))


def _tell_end(store: "Store", planned: "Plan", submissions: int, left: list[str]) -> int:
    """Say how it ended; every submission is counted under exactly one verdict, or named."""
    verdicts = store.verdicts(planned.run)
    judged = sum(verdicts.values())
    assert judged + len(left) == submissions, (judged, left, submissions)
    counted = ", ".join(f"{n} {v}" for v, n in verdicts.items())
    click.echo(f"{judged} of {submissions} submissions judged: {counted}")
    if left:
        click.echo(f"without a verdict: {', '.join(left)}")
        return NOT_CARRIED_OUT
    return JUDGE_ERRORS if verdicts.get("JE") else ALL_JUDGED


@click.command()
@click.argument("results_dir", metavar="RESULTS", type=FOLDER)
@click.option("--verdict", multiple=True, help="Only these verdicts; -- for those without one.")
@click.option("--group", help="Only those for whom this test group is not right.")
@click.option("--diagnosis", help="Only those who made this mistake; - for none proved.")
@click.option(
    "--sort",
    type=click.Choice(["student", "score", "verdict", "time"]),
    default="student",
    show_default=True,
    help="The order.",
)
@click.option("--by", type=click.Choice(["diagnosis"]), help="The class in figures instead.")
@FORMAT
@click.option(
    "--html",
    type=FOLDER,
    metavar="FOLDER",
    help="Write the class into this folder instead, as index.html and a page for each student.",
)
def results(
    results_dir: Path,
    verdict: tuple[str, ...],
    group: str | None,
    diagnosis: str | None,
    sort: str,
    by: str | None,
    format_: str,
    html: Path | None,
) -> int:
    """Show the table of a class that was graded into RESULTS."""
    from grader.report import table
    from grader.store import Store

    with Store(results_dir) as store:
        rows = [r for r in store.rows() if _wanted(r, verdict, group, diagnosis)]
        if html:
            return _write_site(store, rows, html)
        if by:
            click.echo(_as(_figures(store, rows), format_), nl=format_ != "csv")
            return ALL_JUDGED
    keys: dict[str, Any] = {
        "student": lambda r: r.student,
        "score": lambda r: (-r.score, r.student),
        "verdict": lambda r: (str(r.verdict or "--"), r.student),
        "time": lambda r: (r.judged_at, r.student),
    }
    rows.sort(key=keys[sort])
    render = {"text": table.text, "json": table.as_json, "csv": table.as_csv}[format_]
    click.echo(render(rows), nl=format_ != "csv")
    return ALL_JUDGED


def _wanted(
    row: "Row", verdicts: tuple[str, ...], group: str | None, diagnosis: str | None
) -> bool:
    if verdicts and str(row.verdict or "--") not in {v.upper() for v in verdicts}:
        return False
    if diagnosis and diagnosis not in (row.diagnosis or ("-",)):
        return False
    if group is None:
        return True
    return any(g["name"] == group and g["verdict"] != "AC" for g in row.report.get("groups", ()))


def _figures(store: "Store", rows: "list[Row]") -> "Insight":
    from grader.fingerprint import same
    from grader.insight import insight

    shown = {r.student for r in rows}
    equal = same((student, source) for student, source in store.sources() if student in shown)
    return insight(rows, equal)


def _as(figures: "Insight", format_: str) -> str:
    from grader.report import table

    renders = {"text": table.insight_text, "json": table.insight_json, "csv": table.insight_csv}
    return renders[format_](figures)


def _write_site(store: "Store", rows: "list[Row]", folder: Path) -> int:
    """Write the pages of a class, and take away those of an earlier report that are not in it."""
    from grader.report import formats

    formats.need_html()
    from grader.report.html import course

    students = folder / course.FOLDER
    try:
        if folder.exists() and any(folder.iterdir()) and not (folder / course.INDEX).is_file():
            raise GraderError(f"{folder} holds something else; name a new or empty folder")
        students.mkdir(parents=True, exist_ok=True)
        written = set()
        for name, content in course.pages(rows, _figures(store, rows)):
            output.write(folder / name, content)
            written.add(folder / name)
        for old in set(students.glob("*.html")) - written:
            old.unlink()
    except OSError as error:
        raise GraderError(f"{folder} cannot be written: {error.strerror}") from error
    click.echo(f"{folder / course.INDEX}: {len(written) - 1} reports")
    return ALL_JUDGED


@click.command()
@click.argument("results_dir", metavar="RESULTS", type=FOLDER)
@click.argument("student")
@output.options
def show(results_dir: Path, student: str, format_: str, reports: tuple[str, ...]) -> int:
    """Show the report of one STUDENT."""
    from grader.report import json
    from grader.store import Store

    wanted = output.files(reports)
    with Store(results_dir) as store:
        row = store.row(student)
        if row is None:
            close = difflib.get_close_matches(student, store.students(), n=1, cutoff=0.4)
            hint = f" (did you mean {close[0]}?)" if close else ""
            raise GraderError(f"there is no student {student!r} in {results_dir}{hint}")
        attempts = store.attempts(student)
    if row.verdict is None:
        raise GraderError(f"{student} has no verdict: {row.note or 'not judged yet'}")
    output.deliver(json.parse(row.report), format_, wanted)
    if format_ == "text" and len(attempts) > 1:
        told = ", ".join(f"{verdict} {score} ({at})" for at, verdict, score in attempts)
        click.echo(f"{len(attempts)} attempts: {told}")
    return ALL_JUDGED


@click.command()
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
def compare(old: Path, new: Path) -> int:
    """Show what the grading in NEW changed against the one in OLD."""
    from grader import insight
    from grader.report import table
    from grader.store import Store

    with Store(old) as before, Store(new) as after:
        click.echo(table.comparison_text(insight.compare(before.rows(), after.rows())))
    return ALL_JUDGED


@click.command()
@click.argument("results_dir", metavar="RESULTS", type=FOLDER)
@click.option(
    "--template",
    type=FOLDER,
    metavar="FILE",
    help="A CSV exported from Canvas or Moodle, to be filled; else a plain table is written.",
)
@click.option("--column", help="The assignment's column, where the template has several.")
@click.option("--output", "-o", type=FOLDER, help="Write here and not to standard output.")
def gradebook(results_dir: Path, template: Path | None, column: str | None, output: Path) -> int:
    """Write the points of a class for Canvas, Moodle or a spreadsheet.

    Who has no verdict, or a judge error, stays blank.
    """
    from grader import gradebook as book
    from grader.store import Store

    with Store(results_dir) as store:
        rows = store.rows()
    if template is None:
        _write(book.plain(rows).encode(), output)
        return ALL_JUDGED
    try:
        exported = template.read_bytes()
    except OSError as error:
        raise GraderError(f"{template} cannot be read: {error.strerror}") from error
    filled = book.fill(exported, rows, column)
    _write(filled.data, output)
    _say(f"{filled.entered} entered")
    for student, why in filled.left:
        _say(f"left as it was: {student}: {why}")
    for student in filled.not_in_template:
        _say(f"not in the template: {student}")
    for student in filled.not_in_results:
        _say(f"not in the results: {student}")
    return ALL_JUDGED


def _say(line: str) -> None:
    from grader.report.escape import terminal

    click.echo(terminal(line).replace("\n", " "), err=True)


def _write(data: bytes, output: Path | None) -> None:
    """Write all of it or nothing."""
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    beside = output.with_name(f".{output.name}.new")
    try:
        beside.write_bytes(data)
        beside.replace(output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise GraderError(f"{output} cannot be written: {error.strerror}") from error


COMMANDS = (results, show, compare, gradebook)
