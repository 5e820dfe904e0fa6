"""What staff see and do; what is done, or seen of one student, is noted."""

import os
import tempfile
from pathlib import Path
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from grader.course import gradebook as book
from grader.course.database import Database
from grader.course.store import Store
from grader.errors import GraderError
from grader.model import Row
from grader.report.insight import insight
from grader.serve import clock, machines, people, processes, submissions
from grader.serve.backup import write_backup
from grader.serve.people import Account
from grader.serve.settings import in_utc
from grader.serve.web.form import read_form
from grader.serve.web.noted import link, note
from grader.serve.web.page import attachment, page
from grader.serve.web.site import Site, not_found
from grader.serve.web.student import own

MOST_AUDIT = 500
PIECE = 2**18  # bytes of a backup at a time


async def home(site: Site, request: Request, who: Account) -> Response:
    """Return the page about the course: queue, machine, assignments."""
    del request
    waiting, playing, judge = site.look(_queue)
    found = site.look(machines.kept)
    return page(
        "staff_home.html",
        course=site.course,
        who=who,
        waiting=waiting,
        playing=playing,
        judge=judge,
        machines=found,
        local=site.local,
    )


def _queue(database: Database) -> tuple[int, int, str | None]:
    """Return how many wait and are played, and since when the judge runs, if it does."""
    waiting, playing = database.db.execute(
        """SELECT count(*) FILTER (WHERE state = 'waiting'),
        count(*) FILTER (WHERE state = 'playing') FROM queue WHERE state <> 'done'"""
    ).fetchone()
    return waiting, playing, processes.since(database, "judge")


async def machine_room(site: Site, request: Request, who: Account) -> Response:
    """Return what the machines that judge are fit for."""
    del request
    found = site.look(machines.kept)
    return page(
        "staff_machines.html", course=site.course, who=who, machines=found, local=site.local
    )


async def students(site: Site, request: Request, who: Account) -> Response:
    """Return the class, and who was in it."""
    del request
    present = site.look(people.students)
    gone = site.look(people.students, gone=True)
    return page("staff_students.html", course=site.course, who=who, present=present, gone=gone)


def _student(site: Site, request: Request) -> Account:
    name = request.path_params["student"]
    everybody = site.look(people.students) + site.look(people.students, gone=True)
    found = next((one for one in everybody if one.account == name), None)
    if found is None:
        raise not_found()
    return found


async def student(site: Site, request: Request, who: Account) -> Response:
    """Return what a student has handed in, and what can be done for that student."""
    found = _student(site, request)
    await note(site, who, "looked at a student", found.account)
    return _student_page(site, found, who)


def _student_page(
    site: Site, found: Account, who: Account, *, said: object = "", shown: str = ""
) -> Response:
    at = clock.now()
    all_own = [
        site.look(own, site.course, a, found.account, at) for a in site.course.assignments.values()
    ]
    status = 400 if said else 200
    return page(
        "staff_student.html",
        status,
        course=site.course,
        who=who,
        student=found,
        all=all_own,
        said=said,
        shown=shown,
        local=site.local,
    )


async def new_code(site: Site, request: Request, who: Account) -> Response:
    """Give a student a new code and show the link, once."""
    found = _student(site, request)
    try:
        code = await site.change(people.new_code, found.account, clock.now())
    except GraderError as error:  # who is not in the class any more has none
        return _student_page(site, found, who, said=error)
    await note(site, who, "code made", found.account)
    return _student_page(site, found, who, shown=link(site, code))


async def revoke(site: Site, request: Request, who: Account) -> Response:
    """End a student's code and sessions."""
    found = _student(site, request)
    await site.change(people.revoke, found.account)
    await note(site, who, "code revoked", found.account)
    return RedirectResponse(f"/staff/students/{quote(found.account)}", 303)


async def extend(site: Site, request: Request, who: Account) -> Response:
    """Give a student another due time, or the course's again."""
    found = _student(site, request)
    form = await read_form(request)
    given = site.assignment(form.text("assignment"))
    text = form.text("due").strip()
    try:
        due = in_utc(text, site.course.zone, fold=1) if text else None
    except ValueError as error:
        return _student_page(site, found, who, said=error)
    await site.change(submissions.extend, given, found.account, due)
    await note(site, who, "extension", f"{found.account}, {given.id}: {text or 'none'}")
    return RedirectResponse(f"/staff/students/{quote(found.account)}", 303)


async def assignment(site: Site, request: Request, who: Account) -> Response:
    """Return how the class stands in an assignment."""
    given = site.assignment(request.path_params["assignment"])
    rows = await site.apart(lambda _: _rows(site, given.id))
    counting = site.look(_counting, given.id)
    return page(
        "staff_assignment.html",
        course=site.course,
        who=who,
        assignment=given,
        rows=rows,
        figures=insight(rows, []),
        counting=counting,
        local=site.local,
    )


def _rows(site: Site, assignment: str) -> list[Row]:
    with Store(site.course.folder, assignment=assignment) as store:
        return store.rows()


def _counting(database: Database, assignment: str) -> dict[str, str]:
    """Return the public ids of what counts, by student."""
    found = database.db.execute(
        """SELECT m.student, s.public FROM members m
        JOIN submissions s ON s.attempt = m.counts WHERE m.assignment = ?""",
        (assignment,),
    )
    return dict(map(tuple, found))


async def gradebook(site: Site, request: Request, who: Account) -> Response:
    """Return the points of the class as a CSV."""
    given = site.assignment(request.path_params["assignment"])
    rows = await site.apart(lambda _: _rows(site, given.id))
    await note(site, who, "gradebook downloaded", given.id)
    return attachment(book.plain(rows).encode(), f"{given.id}.csv", "text/csv")


async def backup(site: Site, request: Request, who: Account) -> Response:
    """Return a copy of the database, whole and sound."""
    del request
    await note(site, who, "backup downloaded", "")
    handle, name = tempfile.mkstemp(dir=site.course.folder, prefix=".backup-")
    os.close(handle)
    try:
        await site.apart(lambda database: write_backup(database, Path(name)))
        copy = Path(name).open("rb")  # noqa: ASYNC230, SIM115  # closed once it is sent
    finally:
        os.unlink(name)  # whatever becomes of us, no copy is left behind
    return StreamingResponse(
        iter(lambda: copy.read(PIECE), b""),
        media_type="application/octet-stream",
        headers={
            "content-disposition": 'attachment; filename="results.sqlite"',
            "content-length": str(os.fstat(copy.fileno()).st_size),
        },
        background=BackgroundTask(copy.close),
    )


async def audit(site: Site, request: Request, who: Account) -> Response:
    """Return what was done, the latest first."""
    del request

    def last(database: Database) -> list[tuple[str, str, str, str]]:
        found = database.db.execute(
            "SELECT at, account, what, about FROM audit ORDER BY id DESC LIMIT ?", (MOST_AUDIT,)
        )
        return [(at, account, what, about) for at, account, what, about in found]

    rows = site.look(last)
    return page("staff_audit.html", course=site.course, who=who, rows=rows, local=site.local)
