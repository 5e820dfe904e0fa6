"""The commands about what came of a class: its table, one report, a comparison, a gradebook."""

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.commands import options, output
from grader.commands.console import columns, echo, echo_bytes
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.course.store import Store
    from grader.model import Row
    from grader.report.insight import Insight

SHOWN, NOT_ALL = 0, 2
FOLDER = click.Path(path_type=Path)
FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="How to print it.",
)


@click.command()
@click.argument("results_dir", metavar="RESULTS", type=FOLDER)
@options.assignment
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
    assignment: str | None,
    verdict: tuple[str, ...],
    group: str | None,
    diagnosis: str | None,
    sort: str,
    by: str | None,
    format_: str,
    html: Path | None,
) -> int:
    """Show the table of a class that was graded into RESULTS."""
    from grader.course.store import Store
    from grader.model import Verdict
    from grader.report import table

    for unknown in {v.upper() for v in verdict}.difference(Verdict, ["--"]):
        raise GraderError(f"there is no verdict {unknown}: {', '.join(Verdict)}, or -- for none")
    with Store(results_dir, assignment=assignment) as store:
        rows = [r for r in store.rows() if _wanted(r, verdict, group, diagnosis)]
        if html:
            return _write_site(store, rows, html)
        if by:
            echo(_as(_figures(store, rows), format_), nl=format_ != "csv")
            return SHOWN
    keys: dict[str, Any] = {
        "student": lambda r: r.student,
        "score": lambda r: (-r.score, r.student),
        "verdict": lambda r: (str(r.verdict or "--"), r.student),
        "time": lambda r: (r.judged_at, r.student),
    }
    rows.sort(key=keys[sort])
    if format_ == "text":
        echo(table.text(rows, columns()))
    else:
        echo((table.as_json if format_ == "json" else table.as_csv)(rows), nl=format_ != "csv")
    return SHOWN


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
    from grader.course.fingerprint import same
    from grader.report.insight import insight

    shown = {r.student for r in rows}
    equal = same((student, source) for student, source in store.sources() if student in shown)
    return insight(rows, equal)


def _as(figures: "Insight", format_: str) -> str:
    from grader.report import table

    if format_ == "text":
        return table.insight_text(figures, columns())
    return (table.insight_json if format_ == "json" else table.insight_csv)(figures)


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
        for name, content in course.pages(rows, _figures(store, rows), dict(store.sources())):
            output.write(folder / name, content)
            written.add(folder / name)
        for old in set(students.glob("*.html")) - written:
            old.unlink()
    except OSError as error:
        raise GraderError(f"{folder} cannot be written: {error.strerror}") from error
    echo(f"{folder / course.INDEX}: {len(written) - 1} reports")
    return SHOWN


@click.command()
@click.argument("results_dir", metavar="RESULTS", type=FOLDER)
@click.argument("student")
@options.assignment
@output.options
@click.option("--solution", is_flag=True, help="Also the change that mends a faulty line.")
def show(
    results_dir: Path,
    student: str,
    assignment: str | None,
    format_: str,
    reports: tuple[str, ...],
    *,
    solution: bool,
) -> int:
    """Show the report of one STUDENT."""
    from grader.course.store import Store
    from grader.report import json

    wanted = output.files(reports)
    with Store(results_dir, assignment=assignment) as store:
        row = store.row(student) or _named(store, student, results_dir)
        attempts = store.attempts(row.student)
    if row.verdict is None:
        raise GraderError(f"{row.shown} has no verdict: {row.note or 'not judged yet'}")
    output.deliver(json.parse(row.report), format_, wanted, who=row.shown)
    changes = [d["change"] for d in row.report["diagnosis"] if d.get("change")]
    if solution:
        _say_lines(changes or ["There is no change of one line that mends it."])
    if format_ == "text" and len(attempts) > 1:
        told = ", ".join(f"{verdict} {score} ({at})" for at, verdict, score in attempts)
        echo(f"{len(attempts)} attempts: {told}")
    return SHOWN


def _named(store: "Store", name: str, results_dir: Path) -> "Row":
    """Return the only student of that name, number or address; GraderError if there is not one."""
    from grader.course.identity import key

    rows = store.rows()
    called = [r for r in rows if key(name) in map(key, (r.shown, *r.identity.all()))]
    if len(called) == 1:
        return called[0]
    if called:
        several = " or ".join(r.student for r in called)
        raise GraderError(f"{name} may be {several}: say which")
    known = {key(text): r.shown for r in rows for text in (r.student, r.identity.called) if text}
    close = difflib.get_close_matches(key(name), known, n=1, cutoff=0.4)
    hint = f" (did you mean {known[close[0]]}?)" if close else ""
    raise GraderError(f"there is no student {name!r} in {results_dir}{hint}")


@click.command()
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@options.assignment
def compare(old: Path, new: Path, assignment: str | None) -> int:
    """Show what the grading in NEW changed against the one in OLD."""
    from grader.course.store import Store
    from grader.report import insight, table

    with (
        Store(old, assignment=assignment, or_class=True) as before,
        Store(new, assignment=assignment, or_class=True) as after,
    ):
        if assignment and not (before.assignment or after.assignment):
            raise GraderError(
                "both are classes that were judged from a folder, which have no assignments: "
                "leave out --assignment"
            )
        echo(table.comparison_text(insight.compare(before.rows(), after.rows())))
    return SHOWN


@click.command()
@click.argument("results_dir", metavar="RESULTS", type=FOLDER)
@options.assignment
@click.option(
    "--template",
    type=FOLDER,
    metavar="FILE",
    help="A CSV exported from Canvas or Moodle, to be filled; else a plain table is written.",
)
@click.option("--column", help="The assignment's column, where the template has several.")
@click.option("--output", "-o", type=FOLDER, help="Write here and not to standard output.")
@click.option("--overwrite", is_flag=True, help="Replace even grades that somebody entered.")
@click.option("--partial", is_flag=True, help="Exit code 0 even if some could be two people.")
def gradebook(
    results_dir: Path,
    assignment: str | None,
    template: Path | None,
    column: str | None,
    output: Path,
    overwrite: bool,
    partial: bool,
) -> int:
    """Write the points of a class for Canvas, Moodle or a spreadsheet.

    Who has no verdict, or a judge error, stays blank, and so does who could be two people: they
    are named, and the exit code is 2 unless --partial says that this is known.
    """
    from grader.course import gradebook as book
    from grader.course.store import Store

    with Store(results_dir, assignment=assignment) as store:
        rows = store.rows()
    if template is None:
        _write(book.plain(rows).encode(), output)
        return SHOWN
    try:
        exported = template.read_bytes()
    except OSError as error:
        raise GraderError(f"{template} cannot be read: {error.strerror}") from error
    filled = book.fill(exported, rows, column, overwrite=overwrite)
    _write(filled.data, output)
    _say(f"{filled.entered} entered")
    for line in filled.told():
        _say(line)
    if filled.unsure and not partial:
        _say("who could be two people was left blank; --partial says that this is known")
        return NOT_ALL
    return SHOWN


def _say_lines(texts: list[str]) -> None:
    from grader.report.escape import terminal

    for text in texts:
        echo("\n" + terminal(text))


def _say(line: str) -> None:
    from grader.report.escape import terminal

    echo(terminal(line).replace("\n", " "), err=True)


def _write(data: bytes, file: Path | None) -> None:
    """Write all of it or nothing; to standard output without a file."""
    if file is not None:
        output.save(file, data)
        return
    echo_bytes(data)


COMMANDS = (results, show, compare, gradebook)
