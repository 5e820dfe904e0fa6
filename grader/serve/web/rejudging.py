"""Staff judge an assignment again: they look at what would change, and apply or drop it."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from grader.errors import GraderError
from grader.serve import clock, rejudge
from grader.serve.people import Account
from grader.serve.web.noted import note
from grader.serve.web.page import page
from grader.serve.web.site import Site, not_found

MOST_NUMBER = 2**63  # that the database can be asked for


async def begin_rejudge(site: Site, request: Request, who: Account) -> Response:
    """Judge an assignment again; nothing changes before that is applied."""
    given = site.assignment(request.path_params["assignment"])
    number = await site.change(rejudge.begin, given.id, clock.now())
    await note(site, who, "rejudge begun", f"{given.id}, {number}")
    return RedirectResponse(f"/staff/rejudges/{number}", 303)


async def rejudging(site: Site, request: Request, who: Account) -> Response:
    """Return how far a rejudge is, and what it would change."""
    found = _rejudge(site, request)
    return page("staff_rejudge.html", course=site.course, who=who, rejudge=found, local=site.local)


def _rejudge(site: Site, request: Request) -> rejudge.Rejudge:
    number = request.path_params["rejudge"]
    found = site.look(rejudge.look_at, number) if number < MOST_NUMBER else None
    if found is None:
        raise not_found()
    return found


async def apply_rejudge(site: Site, request: Request, who: Account) -> Response:
    """Make the new verdicts those that count."""
    found = _rejudge(site, request)
    given = site.assignment(found.assignment)
    try:
        await site.change(rejudge.apply, given, found.id, clock.now())
    except GraderError as error:
        raise HTTPException(409) from error
    await note(site, who, "rejudge applied", f"{found.assignment}, {found.id}")
    return RedirectResponse(f"/staff/rejudges/{found.id}", 303)


async def drop_rejudge(site: Site, request: Request, who: Account) -> Response:
    """Forget a rejudge."""
    found = _rejudge(site, request)
    await site.change(rejudge.drop, found.id)
    await note(site, who, "rejudge dropped", f"{found.assignment}, {found.id}")
    return RedirectResponse(f"/staff/assignments/{found.assignment}", 303)
