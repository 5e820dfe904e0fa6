"""`grader feedback`: the report of every student, packed as a platform takes it back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.commands import options, output
from grader.commands.console import echo
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.course.feedback import HandedBack, Where
    from grader.model import Row

ALL, NOT_ALL = 0, 2
FILE = click.Path(path_type=Path)
CANVAS_NAMES = (
    "Canvas shows every file under the name of the one that was handed in: the HTML has to be "
    "renamed before it opens (--only text leaves it out)"
)


@click.command()
@click.argument("results_dir", metavar="RESULTS", type=FILE)
@options.assignment
@click.option(
    "--moodle",
    type=FILE,
    metavar="FILE",
    help='A zip for "Upload multiple feedback files in a zip".',
)
@click.option("--canvas", type=FILE, metavar="FILE", help='A zip for "Upload submissions".')
@click.option("--folder", type=FILE, metavar="DIR", help="A folder for each student.")
@click.option(
    "--template",
    type=FILE,
    metavar="CSV",
    help="With --moodle: its grading worksheet, which says who has which number. Needed where "
    "groups hand in, or what was graded did not come from Moodle.",
)
@options.lang
@click.option("--only", type=click.Choice(["html", "text"]), help="One file a student, not both.")
@click.option("--partial", is_flag=True, help="Exit code 0 even if some get nothing.")
@click.option("--force", is_flag=True, help="Write over what is there.")
def feedback(
    results_dir: Path,
    assignment: str | None,
    moodle: Path | None,
    canvas: Path | None,
    folder: Path | None,
    template: Path | None,
    lang: str,
    only: str | None,
    partial: bool,
    force: bool,
) -> int:
    """Hand every student the report on what they handed in, as HTML and as text.

    It is in the language that the roster's column `language` names, else in --lang. A student whom
    the platform does not name beyond doubt gets nothing and is named here; then the exit code is 2
    unless --partial says that this is known.
    """
    place = _only_one(moodle, canvas, folder)
    if template and not moodle:
        raise click.UsageError("--template goes with --moodle")
    _refuse_what_is_there(place, is_folder=bool(folder), force=force)
    if only != "text":
        from grader.report import formats

        formats.need_html()
    from grader.course import feedback as back
    from grader.course.store import Store

    with Store(results_dir, assignment=assignment) as store:
        rows, sources = store.rows(), dict(store.sources())
    other = back.canvas if canvas else back.folders(rows)
    where = _of_moodle(template, rows) if moodle else other
    kinds = (only,) if only else back.KINDS
    made = back.hand_back(rows, where, sources, lang=lang, kinds=kinds)
    if made.files:
        _write(made, place, is_folder=bool(folder))
        echo(f"{place}: {made.students} students, {len(made.files)} files")
        if canvas and only != "text":
            _say(CANVAS_NAMES)
    _tell(made)
    if not made.files:
        raise GraderError("there is nobody to hand anything back to")
    if made.unknown and not partial:
        _say(f"{len(made.unknown)} students get nothing; --partial says that this is known")
        return NOT_ALL
    return ALL


def _only_one(*places: Path | None) -> Path:
    given = [place for place in places if place]
    if len(given) != 1:
        raise click.UsageError("say one of --moodle FILE, --canvas FILE and --folder DIR")
    return given[0]


def _of_moodle(template: Path | None, rows: "list[Row]") -> "Where":
    from grader.course import feedback as back

    if template is None:
        return back.moodle
    try:
        return back.moodle_by(template.read_bytes(), rows)
    except OSError as error:
        raise GraderError(f"{template} cannot be read: {error.strerror}") from error


def _refuse_what_is_there(place: Path, *, is_folder: bool, force: bool) -> None:
    """GraderError for what would be lost, or is no place for it; asked before anything is made."""
    try:
        if is_folder != place.is_dir() and place.exists():
            raise GraderError(f"{place} is {'no folder' if is_folder else 'a folder'}")
        taken = any(place.iterdir()) if place.is_dir() else place.exists()
    except OSError as error:
        raise GraderError(f"{place} cannot be read: {error.strerror}") from error
    if taken and not force:
        held = "holds something" if is_folder else "is there"
        raise GraderError(f"{place} {held} already; --force writes over it")


def _write(made: "HandedBack", place: Path, *, is_folder: bool) -> None:
    from grader.export.bundle import pack

    if not is_folder:
        output.save(place, pack(made.files))
        return
    try:
        for name, data in made.files.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            output.save(place / name, data)
    except OSError as error:
        raise GraderError(f"{place} cannot be written: {error.strerror}") from error


def _tell(made: "HandedBack") -> None:
    """Say who gets nothing, and why."""
    for student, why in made.left:
        _say(f"nothing to hand back: {student}: {why}")
    for student, why in made.unknown:
        _say(f"not handed back: {student}: {why}")


def _say(line: str) -> None:
    from grader.report.escape import terminal

    echo(terminal(line).replace("\n", " "), err=True)
