"""What a student sees and does."""

import secrets
from datetime import datetime
from pathlib import PurePosixPath, PureWindowsPath
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from grader.course.database import Database
from grader.export.bundle import folder, pack
from grader.model import LANGUAGES
from grader.serve import clock, rules, submissions
from grader.serve.people import STAFF, Account
from grader.serve.settings import Assignment, Course
from grader.serve.submissions import MOST_BYTES, Refused, Submission
from grader.serve.web.form import Form, read_form
from grader.serve.web.page import attachment, left, page, statement, texts, words
from grader.serve.web.site import Site

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
        rules.is_shown(mine, at),
    )


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
        closed=rules.is_closed(mine.assignment, at),
        statements={lang: statement(found.problem, lang) for lang in LANGUAGES},
        nonce=secrets.token_urlsafe(),
        most_bytes=MOST_BYTES,
        too_large=" / ".join(texts("too large", size=MOST_BYTES // 1024).values()),
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
        nonce=form.text("nonce")[:MOST_NAME] or secrets.token_urlsafe(),
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
