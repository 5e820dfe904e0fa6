"""`grader serve`: the page of a course, and what is done to a course from the command line."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from grader.commands import output
from grader.commands.console import echo, typed
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.serve.settings import Course

DONE = 0
FOLDER = click.Path(path_type=Path)
NEEDS = ("starlette", "uvicorn", "python_multipart", "jinja2", "matplotlib")
LINKS = "links.csv"  # beside course.yaml


class Judging(NamedTuple):
    """By how many, how isolated and where submissions are judged."""

    jobs: int
    weak: bool
    scheduler: str  # of a Dask cluster; "": on this machine


@click.command()
@click.argument("course_dir", metavar="COURSE", type=FOLDER, required=False)
@click.option("--new", "new_dir", type=FOLDER, metavar="COURSE", help="Make a course, and stop.")
@click.option(
    "--roster",
    type=FOLDER,
    metavar="CSV",
    help="Make the class what this roster says, write links to sign in to links.csv, and stop.",
)
@click.option("--staff", metavar="NAME", help="Print a new link to sign in as staff, and stop.")
@click.option("--backup", type=FOLDER, metavar="FILE", help="Write a copy of the database; stop.")
@click.option(
    "--restore",
    type=FOLDER,
    metavar="FILE",
    help="Put such a copy in the database's place, and stop; nothing may be serving COURSE.",
)
@click.option(
    "--export",
    metavar="STUDENT=FILE",
    help="Write what is held of a student into this zip, and stop.",
)
@click.option("--forget", metavar="STUDENT", help="Delete all that is held of a student, and stop.")
@click.option(
    "--listen",
    default="127.0.0.1:8000",
    show_default=True,
    metavar="HOST:PORT",
    help="Where to listen for the proxy, or for a browser on this machine.",
)
@click.option(
    "--plain-http",
    is_flag=True,
    help="Listen where other machines can connect, though nothing encrypts what they send.",
)
@click.option("--jobs", type=click.IntRange(1, 1024), help="Default: the cores.")
@click.option("--web-user", metavar="NAME", help="As root: run the web process as this user.")
@click.option("--scheduler", metavar="ADDRESS", help="Judge on this Dask cluster.")
@click.option(
    "--isolation",
    type=click.Choice(["full", "weak"]),
    default="full",
    show_default=True,
    help="weak: judge even where files and system calls cannot be restricted.",
)
def serve(
    course_dir: Path | None,
    new_dir: Path | None,
    roster: Path | None,
    staff: str | None,
    backup: Path | None,
    restore: Path | None,
    export: str | None,
    forget: str | None,
    listen: str,
    web_user: str | None,
    jobs: int | None,
    scheduler: str | None,
    isolation: str,
    *,
    plain_http: bool,
) -> int:
    """Keep the page of COURSE up: people hand in on it and watch the verdict come.

    A course is a folder with course.yaml and one SQLite file, which `grader results`, `show` and
    `gradebook` read while it is served. SIGTERM or Ctrl-C finishes what is being judged.
    """
    asked: list[tuple[Callable[[Course, Any], int], Any]] = [
        (do, value)
        for do, value in (
            (_import, roster),
            (_staff, staff),
            (_backup, backup),
            (_restore, restore),
            (_export, export),
            (_forget, forget),
        )
        if value is not None
    ]
    if len(asked) + (new_dir is not None) > 1:
        raise click.UsageError("--new, --roster, --staff, --backup, ... : one at a time")
    if new_dir is not None:
        return _new(new_dir, course_dir)
    if course_dir is None:
        raise click.UsageError("name the COURSE to serve, or make one with --new COURSE")
    from grader.serve.settings import read_course

    course = read_course(course_dir)
    for do, value in asked:
        return do(course, value)
    judging = Judging(jobs or len(os.sched_getaffinity(0)), isolation == "weak", scheduler or "")
    return _serve(course, listen, judging, web_user, plain_http=plain_http)


def _new(folder: Path, other: Path | None) -> int:
    if other is not None:
        raise click.UsageError(f"--new {folder} is the COURSE to make: leave {other} out")
    from grader.course.database import Database
    from grader.serve.settings import make_course

    file = make_course(folder)
    with Database(folder, writing=True) as made:
        os.chmod(made.path, 0o600)
    echo(f"{file} is yours to fill in; then: {typed('serve', folder)} --roster ROSTER.csv")
    return DONE


def _import(course: "Course", roster: Path) -> int:
    """Import a roster; who has no code yet gets one, told nowhere but in links.csv."""
    from grader.course.database import Database
    from grader.course.find.roster import read_roster
    from grader.report.cells import lines
    from grader.serve import clock, people

    listed = read_roster(roster)
    with Database(course.folder) as database:
        changes = people.preview(database, listed)
        codes = people.import_roster(database, course, listed, clock.now())
        people.noted(
            database, "", "roster imported", f"{len(listed)} students, from a file", clock.now()
        )
    echo(f"{len(changes.new)} new, {len(changes.kept)} kept, {len(changes.gone)} gone")
    if codes:
        email = {one.student: next(iter(one.identity.emails), "") for one in listed}
        rows = [(s, email[s], _link(course, code)) for s, code in codes.items()]
        file = course.folder / LINKS
        file.touch(mode=0o600)
        output.save(file, lines([("student", "email", "link"), *rows]).encode())
        os.chmod(file, 0o600)
        echo(f"{file}: a link to sign in for {len(codes)}; send each to its student, and remove it")
        echo(f"then: {typed('serve', course.folder)} (--staff NAME prints a link for you)")
    return DONE


def _link(course: "Course", code: str) -> str:
    return f"{course.address}/sign-in#{code}"


def _staff(course: "Course", name: str) -> int:
    if not name.strip():
        raise click.UsageError("--staff wants the name of a person")
    from grader.course.database import Database
    from grader.serve import clock, people

    with Database(course.folder) as database:
        code = people.new_staff(database, name, clock.now())
        people.noted(database, "", "staff code made", name, clock.now())
    echo(_link(course, code))
    return DONE


def _backup(course: "Course", file: Path) -> int:
    from grader.course.database import Database
    from grader.serve.backup import write_backup

    with Database(course.folder) as database:
        write_backup(database, file)
    echo(f"{file}: complete and sound")
    return DONE


def _restore(course: "Course", file: Path) -> int:
    from grader.course.database import Database
    from grader.serve import backup, clock, people

    found = backup.restore(course.folder, file)
    with Database(course.folder) as database:
        people.noted(database, "", "backup restored", file.name, clock.now())
    echo(f"{found.students} students, {found.submissions} submissions, as in {file}")
    if found.before:
        echo(f"{found.before} is what was there before")
    echo("everybody signs in again; a code that was revoked since the backup is valid again")
    return DONE


def _export(course: "Course", wanted: str) -> int:
    from grader.course.database import Database
    from grader.serve import clock, people, privacy

    student, _, file = wanted.partition("=")
    if not file:
        raise click.UsageError("--export wants STUDENT=FILE")
    with Database(course.folder) as database:
        output.save(Path(file), privacy.export(database, student))
        people.noted(database, "", "data exported", student, clock.now())
    echo(f"{file}: what is held of {student}")
    return DONE


def _forget(course: "Course", student: str) -> int:
    from grader.course.database import Database
    from grader.serve import clock, people, privacy

    with Database(course.folder) as database:
        privacy.forget(database, student)
        people.noted(database, "", "a student forgotten", privacy.GONE, clock.now())
    echo(f"{student} is forgotten; older backups still hold what there was")
    return DONE


def _serve(
    course: "Course", listen: str, judging: Judging, web_user: str | None, *, plain_http: bool
) -> int:
    from grader.sandbox.packages import missing
    from grader.serve import supervisor
    from grader.serve.apart import user_of

    wanted = {a.id: a.problem.packages for a in course.assignments.values()}
    for what, packages in {"a course's page": NEEDS, **wanted}.items():
        if lacks := missing(packages):
            raise GraderError(f"{what} {lacks}")
    user = user_of(web_user) if web_user is not None else None
    host, _, port = listen.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise click.UsageError(f"--listen wants HOST:PORT, not {listen}")
    with supervisor.listening(host.strip("[]"), int(port)) as opened:
        if not supervisor.is_loopback(opened) and not plain_http:
            raise GraderError(
                f"{listen} can be reached from other machines, and codes would pass in the clear: "
                "listen on 127.0.0.1 behind a proxy that has TLS, or say --plain-http"
            )
        number = opened.getsockname()[1]
        echo(f"listening on {host}:{number} for {course.address}")
        supervisor.serve(course, opened, web_user=user, **judging._asdict())
    return DONE
