"""What staff see and do; what is done, or seen of one student, is noted."""

import base64
import binascii
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from grader.course import gradebook as book
from grader.course.database import Database
from grader.course.find.roster import Listed, read_roster
from grader.course.store import Store
from grader.errors import GraderError
from grader.model import Row
from grader.report.cells import lines
from grader.report.insight import insight
from grader.serve import clock, people, processes, rejudge, submissions
from grader.serve.backup import write_backup
from grader.serve.people import Account
from grader.serve.settings import in_utc
from grader.serve.web.form import read_form
from grader.serve.web.page import page
from grader.serve.web.site import Site, not_found
from grader.serve.web.student import attachment, own, submission_page

MOST_AUDIT = 500


async def home(site: Site, request: Request, who: Account) -> Response:
    """Return the page about the course: queue, machine, assignments."""
    del request
    waiting, playing, judge = await site.ask(_queue)
    return page(
        "staff_home.html",
        course=site.course,
        who=who,
        waiting=waiting,
        playing=playing,
        judge=judge,
        local=site.local,
    )


def _queue(database: Database) -> tuple[int, int, str | None]:
    """Return how many wait and are played, and since when the judge runs, if it does."""
    waiting, playing = database.db.execute(
        """SELECT count(*) FILTER (WHERE state = 'waiting'),
        count(*) FILTER (WHERE state = 'playing') FROM queue WHERE state <> 'done'"""
    ).fetchone()
    return waiting, playing, processes.since(database, "judge")


async def roster(site: Site, request: Request, who: Account) -> Response:
    """Return the page that takes a roster."""
    del request
    return page("staff_roster.html", course=site.course, who=who, changes=None, said="", text="")


async def look_at_roster(site: Site, request: Request, who: Account) -> Response:
    """Return what the import of a roster would do."""
    data = (await read_form(request)).file("file").data
    try:
        changes = await site.ask(people.preview, _listed(data))
        text = base64.b64encode(data).decode("ascii")  # so that the import gets the same bytes
    except GraderError as error:
        return page(
            "staff_roster.html", 400, course=site.course, who=who, changes=None, said=error, text=""
        )
    return page(
        "staff_roster.html", course=site.course, who=who, changes=changes, said="", text=text
    )


async def import_roster(site: Site, request: Request, who: Account) -> Response:
    """Import the roster that was looked at; return the links of those who are new."""
    text = (await read_form(request)).text("roster")
    try:
        listed = _listed(base64.b64decode(text.encode("ascii", "replace")))
        codes = await site.ask(people.import_roster, site.course, listed, clock.now())
    except (GraderError, binascii.Error) as error:
        return page(
            "staff_roster.html", 400, course=site.course, who=who, changes=None, said=error, text=""
        )
    await _note(site, who, "roster imported", f"{len(listed)} students")
    email = {one.student: next(iter(one.identity.emails), "") for one in listed}
    rows = [(s, email[s], link(site, code)) for s, code in codes.items()]
    table = lines([("student", "email", "link"), *rows])
    return attachment(table.encode(), "links.csv", "text/csv")


def _listed(data: bytes) -> list[Listed]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "roster.csv")
        file.write_bytes(data)
        try:
            return read_roster(file)
        except GraderError as error:
            raise GraderError(str(error).replace(str(file), "roster")) from error


def link(site: Site, code: str) -> str:
    """Return what signs somebody in; the code is in the fragment, which is sent to no server."""
    return f"{site.course.address}/sign-in#{code}"


async def _note(site: Site, who: Account, what: str, about: str) -> None:
    await site.ask(people.noted, who.account, what, about, clock.now())


async def students(site: Site, request: Request, who: Account) -> Response:
    """Return the class, and who was in it."""
    del request
    present = await site.ask(people.students)
    gone = await site.ask(people.students, gone=True)
    return page("staff_students.html", course=site.course, who=who, present=present, gone=gone)


async def _student(site: Site, request: Request) -> Account:
    name = request.path_params["student"]
    everybody = await site.ask(people.students) + await site.ask(people.students, gone=True)
    found = next((one for one in everybody if one.account == name), None)
    if found is None:
        raise not_found()
    return found


async def student(site: Site, request: Request, who: Account) -> Response:
    """Return what a student has handed in, and what can be done for that student."""
    found = await _student(site, request)
    await _note(site, who, "looked at a student", found.account)
    return await _student_page(site, found, who)


async def _student_page(
    site: Site, found: Account, who: Account, *, said: object = "", shown: str = ""
) -> Response:
    at = clock.now()
    all_own = [
        await site.ask(own, site.course, a, found.account, at)
        for a in site.course.assignments.values()
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
    found = await _student(site, request)
    try:
        code = await site.ask(people.new_code, found.account, clock.now())
    except GraderError as error:  # who is not in the class any more has none
        return await _student_page(site, found, who, said=error)
    await _note(site, who, "code made", found.account)
    return await _student_page(site, found, who, shown=link(site, code))


async def revoke(site: Site, request: Request, who: Account) -> Response:
    """End a student's code and sessions."""
    found = await _student(site, request)
    await site.ask(people.revoke, found.account)
    await _note(site, who, "code revoked", found.account)
    return RedirectResponse(f"/staff/students/{quote(found.account)}", 303)


async def extend(site: Site, request: Request, who: Account) -> Response:
    """Give a student another due time, or the course's again."""
    found = await _student(site, request)
    form = await read_form(request)
    given = site.assignment(form.text("assignment"))
    text = form.text("due").strip()
    try:
        due = in_utc(text, site.course.zone, fold=1) if text else None
    except ValueError as error:
        return await _student_page(site, found, who, said=error)
    await site.ask(submissions.extend, given, found.account, due)
    await _note(site, who, "extension", f"{found.account}, {given.id}: {text or 'none'}")
    return RedirectResponse(f"/staff/students/{quote(found.account)}", 303)


async def submission(site: Site, request: Request, who: Account) -> Response:
    """Return a student's submission, with all that there is to know."""
    found = await site.ask(submissions.by_public, request.path_params["public"])
    if found is None:
        raise not_found()
    await _note(site, who, "looked at a submission", f"{found.student}, {found.public}")
    return await submission_page(site, found, who, staff=True)


async def assignment(site: Site, request: Request, who: Account) -> Response:
    """Return how the class stands in an assignment."""
    given = site.assignment(request.path_params["assignment"])
    rows = await site.apart(lambda _: _rows(site, given.id))
    counting = await site.ask(_counting, given.id)
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
    await _note(site, who, "gradebook downloaded", given.id)
    return attachment(book.plain(rows).encode(), f"{given.id}.csv", "text/csv")


async def begin_rejudge(site: Site, request: Request, who: Account) -> Response:
    """Judge an assignment again; nothing changes before that is applied."""
    given = site.assignment(request.path_params["assignment"])
    number = await site.ask(rejudge.begin, given.id, clock.now())
    await _note(site, who, "rejudge begun", f"{given.id}, {number}")
    return RedirectResponse(f"/staff/rejudges/{number}", 303)


async def rejudging(site: Site, request: Request, who: Account) -> Response:
    """Return how far a rejudge is, and what it would change."""
    found = await _rejudge(site, request)
    return page("staff_rejudge.html", course=site.course, who=who, rejudge=found, local=site.local)


async def _rejudge(site: Site, request: Request) -> rejudge.Rejudge:
    found = await site.ask(rejudge.look_at, request.path_params["rejudge"])
    if found is None:
        raise not_found()
    return found


async def apply_rejudge(site: Site, request: Request, who: Account) -> Response:
    """Make the new verdicts those that count."""
    found = await _rejudge(site, request)
    given = site.assignment(found.assignment)
    try:
        await site.ask(rejudge.apply, given, found.id, clock.now())
    except GraderError as error:
        raise HTTPException(409) from error
    await _note(site, who, "rejudge applied", f"{found.assignment}, {found.id}")
    return RedirectResponse(f"/staff/rejudges/{found.id}", 303)


async def drop_rejudge(site: Site, request: Request, who: Account) -> Response:
    """Forget a rejudge."""
    found = await _rejudge(site, request)
    await site.ask(rejudge.drop, found.id)
    await _note(site, who, "rejudge dropped", f"{found.assignment}, {found.id}")
    return RedirectResponse(f"/staff/assignments/{found.assignment}", 303)


async def backup(site: Site, request: Request, who: Account) -> Response:
    """Return a copy of the database, whole and sound."""
    del request
    await _note(site, who, "backup downloaded", "")

    handle, name = tempfile.mkstemp(dir=site.course.folder, prefix=".backup-")
    os.close(handle)
    try:
        await site.apart(lambda database: write_backup(database, Path(name)))
    except GraderError:
        os.unlink(name)
        raise
    return FileResponse(
        name,
        filename="results.sqlite",
        media_type="application/octet-stream",
        background=BackgroundTask(os.unlink, name),
    )


async def audit(site: Site, request: Request, who: Account) -> Response:
    """Return what was done, the latest first."""
    del request

    def last(database: Database) -> list[tuple[str, str, str, str]]:
        found = database.db.execute(
            "SELECT at, account, what, about FROM audit ORDER BY id DESC LIMIT ?", (MOST_AUDIT,)
        )
        return [(at, account, what, about) for at, account, what, about in found]

    rows = await site.ask(last)
    return page("staff_audit.html", course=site.course, who=who, rows=rows, local=site.local)
