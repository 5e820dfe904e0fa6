"""Signing in and out."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from grader.serve import clock, people
from grader.serve.people import Account
from grader.serve.web.form import read_form
from grader.serve.web.page import page, words
from grader.serve.web.site import Site

WAIT_S = 600


async def ask_code(site: Site, request: Request, who: Account | None) -> Response:
    """Return the page that takes a code; a link's stands in its fragment, which no server sees."""
    del request
    return page("sign_in.html", course=site.course, who=who, said="")


async def sign_in(site: Site, request: Request, who: Account | None) -> Response:
    """Begin a session of a new id, whatever was there before."""
    address = request.client.host if request.client else ""
    if site.failures.too_many(address):
        said = words("too many tries")
        refused = page("sign_in.html", 429, course=site.course, who=who, said=said)
        refused.headers["retry-after"] = str(WAIT_S)
        return refused
    form = await read_form(request)
    secret = await site.change(people.sign_in, form.text("code"), clock.now())
    if secret is None:
        site.failures.add(address)
        said = words("no such code")
        return page("sign_in.html", 403, course=site.course, who=who, said=said)
    if before := request.cookies.get(site.cookie):
        await site.change(people.sign_out, before)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        site.cookie,
        secret,
        max_age=int(people.SESSION.total_seconds()),
        httponly=True,
        secure=site.secure,
        samesite="lax",
    )
    return answer


async def sign_out(site: Site, request: Request, who: Account | None) -> Response:
    """End the session."""
    del who
    if secret := request.cookies.get(site.cookie):
        await site.change(people.sign_out, secret)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(site.cookie, secure=site.secure, httponly=True, samesite="lax")
    return answer
