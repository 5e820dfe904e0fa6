"""What a student sees and does."""

import secrets
from datetime import datetime
from pathlib import PurePosixPath, PureWindowsPath
from typing import NamedTuple

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)

from grader.course.database import Database
from grader.export.bundle import folder, pack
from grader.model import LANGUAGES, Verdict
from grader.serve import clock, queue, submissions
from grader.serve.people import STAFF, Account
from grader.serve.settings import Assignment, Course
from grader.serve.submissions import MOST_BYTES, Refused, Submission
from grader.serve.web.form import Form, read_form
from grader.serve.web.page import difference, left, page, source_lines, statement, words
from grader.serve.web.site import Site, not_found
from grader.serve.web.watch import State, states

MOST_NAME = 80
REFUSALS = {"closed": 409, "too many today": 429, "too many waiting": 429}
RETRY_S = 30


class Own(NamedTuple):
    """An assignment as it is for one student at a time."""

    assignment: Assignment
    extended: bool
    attempts: list[Submission]
    left_today: int | None
    shown: bool  # whether what came of it may be shown

    @property
    def best(self) -> Submission | None:
        """Return the attempt that counts."""
        return next((one for one in self.attempts if one.counts), None)


def own(
    database: Database, course: Course, assignment: Assignment, student: str, at: datetime
) -> Own:
    """Return an assignment as it is for a student."""
    due = submissions.extension(database.db, assignment.id, student)
    mine = assignment.with_due(due)
    return Own(
        mine,
        due is not None,
        submissions.of_student(database, assignment.id, student),
        submissions.left_today(database.db, course, assignment, student, at),
        is_shown(mine, at),
    )


def is_shown(assignment: Assignment, at: datetime) -> bool:
    """Return whether verdicts and reports may be shown by then."""
    return assignment.shown == "at_once" or assignment.due is None or at >= assignment.due


async def home(site: Site, request: Request, who: Account) -> Response:
    """Return the page with all assignments that have opened."""
    del request
    if who.role == STAFF:
        return RedirectResponse("/staff", 303)
    at = clock.now()
    opened = [a for a in site.course.assignments.values() if a.opens <= at]
    all_own = [site.look(own, site.course, a, who.account, at) for a in opened]
    return page(
        "home.html", course=site.course, who=who, all=all_own, local=site.local, left=left, at=at
    )


async def assignment(site: Site, request: Request, who: Account) -> Response:
    """Return the page of one assignment: what is wanted, a form, what was handed in."""
    found = site.assignment(request.path_params["assignment"], at=clock.now())
    return _assignment(site, found, who)


def _assignment(
    site: Site, found: Assignment, who: Account, *, said: str = "", status: int = 200
) -> HTMLResponse:
    at = clock.now()
    mine = site.look(own, site.course, found, who.account, at)
    return page(
        "assignment.html",
        status,
        course=site.course,
        who=who,
        own=mine,
        statements={lang: statement(found.problem, lang) for lang in LANGUAGES},
        nonce=secrets.token_urlsafe(),
        said=said,
        local=site.local,
        left=left,
        at=at,
    )


async def submit(site: Site, request: Request, who: Account) -> Response:
    """Take what was handed in, and show its receipt; or say why it was not taken."""
    found = site.assignment(request.path_params["assignment"], at=clock.now())
    form = await read_form(request)
    name, data = _handed_in(form)
    if not data.strip():
        return _assignment(site, found, who, said=words("empty"), status=400)
    if len(data) > MOST_BYTES:
        said = words("too large", size=MOST_BYTES // 1024)
        return _assignment(site, found, who, said=said, status=413)
    taken = await site.change(
        submissions.submit,
        site.course,
        found,
        who.account,
        name=name,
        data=data,
        nonce=form.text("nonce") or secrets.token_urlsafe(),
        at=clock.now(),
    )
    if isinstance(taken, Refused):
        said = words(taken.why, **({"zone": site.course.zone} if "today" in taken.why else {}))
        refused = _assignment(site, found, who, said=said, status=REFUSALS[taken.why])
        if refused.status_code == 429:
            refused.headers["retry-after"] = str(RETRY_S)
        return refused
    return RedirectResponse(f"/submissions/{taken}", 303)


def _handed_in(form: Form) -> tuple[str, bytes]:
    """Return name and bytes of what a form holds: the file, or else the text."""
    file = form.file("file")
    if file.data:
        return _name(file.name), file.data
    pasted = form.text("text").replace("\r\n", "\n")
    return "solution.py", pasted.encode("utf-8", "surrogatepass")


def _name(given: str) -> str:
    """Return the name that a file has for its student, as one line without folders."""
    last = PureWindowsPath(PurePosixPath(given).name).name
    return "".join(c for c in last if c.isprintable())[:MOST_NAME] or "solution.py"


async def starter(site: Site, request: Request, who: Account) -> Response:
    """Return the file to begin with."""
    del who
    found = site.assignment(request.path_params["assignment"], at=clock.now())
    data = (found.problem.root / "starter.py").read_bytes()
    return attachment(data, "solution.py", "text/x-python")


async def samples(site: Site, request: Request, who: Account) -> Response:
    """Return the published samples as a zip."""
    del who
    found = site.assignment(request.path_params["assignment"], at=clock.now())
    data = pack(folder(found.problem.root / "samples", "samples"))
    return attachment(data, f"{found.problem.id}-samples.zip", "application/zip")


def attachment(data: bytes, name: str, kind: str) -> Response:
    """Return a file to be saved, never to be shown by the browser. name: one of ours."""
    return Response(
        data,
        media_type=kind,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


async def submission(site: Site, request: Request, who: Account) -> Response:
    """Return the page of one submission: receipt, place in the queue, report, source."""
    return submission_page(site, _mine(site, request, who), who)


def _mine(site: Site, request: Request, who: Account) -> Submission:
    """Return the submission that is asked for; not found if it is another's."""
    found = site.look(submissions.by_public, request.path_params["public"])
    if found is None or found.student != who.account:
        raise not_found()
    site.assignment(found.assignment, at=clock.now())
    return found


def submission_page(
    site: Site, found: Submission, who: Account, *, staff: bool = False
) -> Response:
    """Return the page of a submission. staff: with all that there is to know."""
    at, given = clock.now(), site.assignment(found.assignment)
    mine = site.look(own, site.course, given, found.student, at)
    feedback = "staff" if staff else given.feedback
    report = None
    shown = staff or mine.shown
    if found.attempt is not None and shown and (staff or found.verdict is not Verdict.JE):
        made = site.look(queue.page_of, found.attempt, feedback)
        report = Markup(made or "")  # noqa: S704  # the judge escaped what it put in
    data = site.look(submissions.bytes_of, found.source)
    state = site.look(states, [found.public]).get(found.public, State(done=True))
    return page(
        "submission.html",
        course=site.course,
        who=who,
        own=mine,
        submission=found,
        shown=shown,
        state=state,
        waits=not state.done,
        report=report,
        lines=source_lines(data),
        before=_before(mine.attempts, found),
        staff=staff,
        local=site.local,
    )


def _before(attempts: list[Submission], found: Submission) -> Submission | None:
    return next((one for one in attempts if one.id < found.id), None)


async def source(site: Site, request: Request, who: Account) -> Response:
    """Return the bytes that were handed in, to be saved."""
    found = _mine(site, request, who)
    data = site.look(submissions.bytes_of, found.source)
    name = "solution.ipynb" if found.name.endswith(".ipynb") else "solution.py"
    return attachment(data, name, "application/octet-stream")


async def compared(site: Site, request: Request, who: Account) -> Response:
    """Return what differs between a submission and the one before it."""
    found = _mine(site, request, who)
    attempts = site.look(submissions.of_student, found.assignment, who.account)
    before = _before(attempts, found)
    if before is None:
        raise not_found()
    old = site.look(submissions.bytes_of, before.source)
    new = site.look(submissions.bytes_of, found.source)
    return page(
        "difference.html",
        course=site.course,
        who=who,
        submission=found,
        before=before,
        lines=difference(old, new),
        local=site.local,
    )


async def state(site: Site, request: Request, who: Account) -> Response:
    """Return how far a submission is, for pages that have lost their stream."""
    found = _mine(site, request, who)
    known = site.look(states, [found.public])
    return Response(known[found.public].as_json(), media_type="application/json")


async def events(site: Site, request: Request, who: Account) -> Response:
    """Return a stream of what becomes of a submission; it ends when that is judged."""
    found = _mine(site, request, who)
    if not site.watch.has_room(who.account):
        return Response(status_code=204)  # the page asks now and then instead
    stream = site.watch.stream(who.account, found.public)
    return StreamingResponse(
        stream, media_type="text/event-stream", headers={"x-accel-buffering": "no"}
    )
