"""All pages with who may see them: what is not in this table is nowhere."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from grader.errors import GraderError
from grader.serve.people import STAFF, STUDENT, Account
from grader.serve.web import rejudging, roster, signing, staff, student, submission
from grader.serve.web.guard import MOST_BODY, Guard
from grader.serve.web.page import page, static, words
from grader.serve.web.site import Site, not_found

ANYONE, SIGNED_IN = "anyone", "signed in"
HIDDEN = (404, 405)


class Door(NamedTuple):
    """A way in: who may take it, and what then answers; cost: see Allowance."""

    method: str
    path: str
    role: str
    answer: Callable[[Site, Request, Account], Awaitable[Response]]
    cost: int = 1


async def _static(site: Site, request: Request, who: object) -> Response:
    del site, who
    kind, data = static().get(request.path_params["file"], ("", b""))
    if not kind:
        raise not_found()
    return Response(data, media_type=kind, headers={"cache-control": "max-age=300"})


async def _alive(site: Site, request: Request, who: object) -> Response:
    del site, request, who
    return PlainTextResponse("ok")


async def _nothing(site: Site, request: Request, who: object) -> Response:
    del site, request, who
    return Response(status_code=204, headers={"cache-control": "max-age=300"})


DOORS = (
    Door("GET", "/alive", ANYONE, _alive),
    Door("GET", "/favicon.ico", ANYONE, _nothing),
    Door("GET", "/static/{file}", ANYONE, _static),
    Door("GET", "/sign-in", ANYONE, signing.ask_code),
    Door("POST", "/sign-in", ANYONE, signing.sign_in),
    Door("POST", "/sign-out", SIGNED_IN, signing.sign_out),
    Door("GET", "/", SIGNED_IN, student.home),
    Door("GET", "/assignments/{assignment}", STUDENT, student.assignment),
    Door("POST", "/assignments/{assignment}", STUDENT, student.submit, 3),
    Door("GET", "/assignments/{assignment}/starter", STUDENT, student.starter),
    Door("GET", "/assignments/{assignment}/samples", STUDENT, student.samples, 5),
    Door("GET", "/submissions/{public}", STUDENT, submission.whole),
    Door("GET", "/submissions/{public}/state", STUDENT, submission.state),
    Door("GET", "/submissions/{public}/events", STUDENT, submission.events),
    Door("GET", "/submissions/{public}/source", STUDENT, submission.source),
    Door("GET", "/submissions/{public}/report.html", STUDENT, submission.report_page, 5),
    Door("GET", "/submissions/{public}/report.json", STUDENT, submission.report_data, 5),
    Door("GET", "/submissions/{public}/difference", STUDENT, submission.compared, 20),
    Door("GET", "/staff", STAFF, staff.home),
    Door("GET", "/staff/machines", STAFF, staff.machine_room),
    Door("GET", "/staff/roster", STAFF, roster.roster),
    Door("POST", "/staff/roster", STAFF, roster.look_at_roster, 10),
    Door("POST", "/staff/roster/import", STAFF, roster.import_roster, 30),
    Door("GET", "/staff/students", STAFF, staff.students),
    Door("GET", "/staff/students/{student:path}", STAFF, staff.student),
    Door("POST", "/staff/students/{student:path}/code", STAFF, staff.new_code),
    Door("POST", "/staff/students/{student:path}/revoke", STAFF, staff.revoke),
    Door("POST", "/staff/students/{student:path}/extension", STAFF, staff.extend),
    Door("GET", "/staff/submissions/{public}", STAFF, submission.whole),
    Door("GET", "/staff/submissions/{public}/source", STAFF, submission.source),
    Door("GET", "/staff/submissions/{public}/report.html", STAFF, submission.report_page, 5),
    Door("GET", "/staff/submissions/{public}/report.json", STAFF, submission.report_data, 5),
    Door("GET", "/staff/submissions/{public}/difference", STAFF, submission.compared, 20),
    Door("GET", "/staff/assignments/{assignment}", STAFF, staff.assignment, 10),
    Door("GET", "/staff/assignments/{assignment}/gradebook", STAFF, staff.gradebook, 10),
    Door("POST", "/staff/assignments/{assignment}/rejudge", STAFF, rejudging.begin_rejudge, 30),
    Door("GET", "/staff/rejudges/{rejudge:int}", STAFF, rejudging.rejudging),
    Door("POST", "/staff/rejudges/{rejudge:int}/apply", STAFF, rejudging.apply_rejudge, 30),
    Door("POST", "/staff/rejudges/{rejudge:int}/drop", STAFF, rejudging.drop_rejudge),
    Door("POST", "/staff/backup", STAFF, staff.backup, 60),
    Door("GET", "/staff/audit", STAFF, staff.audit),
)


def make_app(site: Site, origins: Collection[str]) -> ASGIApp:
    """Return the application. origins: by which people reach it."""

    @contextlib.asynccontextmanager
    async def watching(_: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(site.watch.run())
        yield
        task.cancel()

    def refused(_: Request, error: Exception) -> Response:
        """Return a page that tells nothing: what is hidden and what is not there look the same."""
        status = error.status_code if isinstance(error, HTTPException) else 503
        if status in HIDDEN:
            return page("error.html", 404, course=site.course, said=words("not found"))
        said = words("failed" if status >= 500 else "too much" if status == 429 else "refused")
        answer = page("error.html", status, course=site.course, said=said)
        answer.headers.update(getattr(error, "headers", None) or {})
        return answer

    def unwritten(request: Request, error: Exception) -> Response:
        """Say that nothing was kept, such as on a full disk; staff read why in the log."""
        sys.stderr.write(f"{error}\n")
        return refused(request, error)

    app = Starlette(
        routes=[
            Route(door.path, _answer(site, door), methods=[door.method], name=f"{n}")
            for n, door in enumerate(DOORS)
        ],
        exception_handlers={HTTPException: refused, GraderError: unwritten, Exception: refused},
        lifespan=watching,
        max_body_size=MOST_BODY,
    )
    return Guard(app, origins)  # around everything, a page about our own failure included


def _answer(site: Site, door: Door) -> Callable[[Request], Awaitable[Response]]:
    """Return the answer behind a door, for those who may take it."""

    async def answer(request: Request) -> Response:
        who = site.who(request)
        if door.role == ANYONE:
            return await door.answer(site, request, who or NOBODY)
        if who is None:
            if request.method == "GET":
                return RedirectResponse("/sign-in", 303)
            raise HTTPException(403)
        may = door.role in (SIGNED_IN, who.role)
        if wait_s := site.allowance.wait_s(who.account, door.cost if may else 1):
            raise HTTPException(429, headers={"retry-after": str(wait_s)})
        if not may:
            raise not_found()
        return await door.answer(site, request, who)

    return answer


NOBODY = Account("", "", "")
