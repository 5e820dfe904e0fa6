"""Staff import a roster: first what it would do, then the class is what it says."""

import base64
import binascii
import tempfile
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from grader.course.find.roster import Listed, read_roster
from grader.errors import GraderError
from grader.report.cells import lines
from grader.serve import clock, people
from grader.serve.people import Account
from grader.serve.web.form import read_form
from grader.serve.web.noted import link, note
from grader.serve.web.page import attachment, page
from grader.serve.web.site import Site


async def roster(site: Site, request: Request, who: Account) -> Response:
    """Return the page that takes a roster."""
    del request
    return page("staff_roster.html", course=site.course, who=who, changes=None, said="", text="")


async def look_at_roster(site: Site, request: Request, who: Account) -> Response:
    """Return what the import of a roster would do."""
    data = (await read_form(request)).file("file").data
    try:
        changes = site.look(people.preview, _listed(data))
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
        codes = await site.change(people.import_roster, site.course, listed, clock.now())
    except (GraderError, binascii.Error) as error:
        return page(
            "staff_roster.html", 400, course=site.course, who=who, changes=None, said=error, text=""
        )
    await note(site, who, "roster imported", f"{len(listed)} students")
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
