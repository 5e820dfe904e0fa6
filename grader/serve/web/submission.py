"""One submission: its page, what becomes of it, and what of it can be saved.

A student sees what is the student's own and as much of the report as the course tells; staff see
everything, and that they did is noted.
"""

import json

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from grader.course.database import Database
from grader.model import Verdict
from grader.report import json as report_json
from grader.report.html import page as reports
from grader.report.html.source import MOST_LINES
from grader.report.reduced import reduced
from grader.serve import clock, queue, rules, submissions
from grader.serve.people import STAFF, Account
from grader.serve.privacy import SECRET
from grader.serve.submissions import Submission
from grader.serve.web.noted import note
from grader.serve.web.page import attachment, difference, page, source_lines
from grader.serve.web.site import Site, not_found
from grader.serve.web.state import State, states

GROUPS_TOLD = ("full", STAFF)  # feedback by which groups are told as each is judged


async def _found(site: Site, request: Request, who: Account) -> Submission:
    """Return the submission that is asked for; not found if it is not for them to see."""
    found = site.look(submissions.by_public, request.path_params["public"])
    staff = who.role == STAFF
    if found is None or not (staff or found.student == who.account):
        raise not_found()
    site.assignment(found.assignment, at=None if staff else clock.now())
    if staff:
        await note(site, who, "looked at a submission", f"{found.student}, {found.public}")
    return found


def _told(site: Site, found: Submission, who: Account) -> str:
    """Return how much may be told by now: a feedback, "staff" for everything, "" for nothing."""
    if who.role == STAFF:
        return STAFF
    given = site.assignment(found.assignment)
    due = site.look(lambda d: submissions.extension(d.db, given.id, found.student))
    return given.feedback if rules.is_shown(given.with_due(due), clock.now()) else ""


def _has_report(found: Submission, told: str) -> bool:
    """Return whether there is a report to be told; what the judge failed at is for staff alone."""
    mine = found.verdict is not Verdict.JE or told == STAFF
    return found.attempt is not None and told != "" and mine


def _part(site: Site, found: Submission, told: str) -> Markup | None:
    """Return the report as a part of a page, if there is one that may be read."""
    attempt = found.attempt if _has_report(found, told) else None
    made = site.look(queue.page_of, attempt, told) if attempt is not None else None
    return Markup(made) if made else None  # noqa: S704  # the judge escaped what it put in


async def whole(site: Site, request: Request, who: Account) -> Response:
    """Return the page of a submission: receipt, place in the queue, report, source."""
    found = await _found(site, request, who)
    told = _told(site, found, who)
    lines = source_lines(site.look(submissions.bytes_of, found.source))
    return page(
        "submission.html",
        course=site.course,
        who=who,
        submission=found,
        place=_place(found, who),
        shown=bool(told),
        state=_state(site, found, told),
        problem=site.assignment(found.assignment).problem,
        has_report=_has_report(found, told),
        report=_part(site, found, told),
        lines=lines[:MOST_LINES],
        lines_cut=len(lines) > MOST_LINES,
        before=site.look(_before, found),
        staff=who.role == STAFF,
        local=site.local,
    )


def _state(site: Site, found: Submission, told: str) -> State:
    """Return how far it is, with the groups that are judged only where the whole report is told."""
    state = site.look(states, [found.public]).get(found.public, State(done=True))
    return state.told(groups=told in GROUPS_TOLD)


def _place(found: Submission, who: Account) -> str:
    return f"{'/staff' if who.role == STAFF else ''}/submissions/{found.public}"


def _before(database: Database, found: Submission) -> Submission | None:
    handed_in = submissions.of_student(database, found.assignment, found.student)
    return next((one for one in handed_in if one.id < found.id), None)


async def report_page(site: Site, request: Request, who: Account) -> Response:
    """Return the report as a page that needs no other file, to be saved."""
    found = await _found(site, request, who)
    part = _part(site, found, _told(site, found, who))
    if part is None:
        raise not_found()
    title = f"{found.assignment} {found.public}"
    text = reports.page("whole.html", index="", title=title, part=part)
    return attachment(text.encode(), f"{found.public}.html", "text/html")


async def report_data(site: Site, request: Request, who: Account) -> Response:
    """Return the report as one JSON object, without what would tell the cases."""
    found = await _found(site, request, who)
    told = _told(site, found, who)
    if not _has_report(found, told):
        raise not_found()
    said = report_json.parse(json.loads(site.look(queue.report_of, found.attempt or 0)))
    text = report_json.render(
        said if told == STAFF else reduced(said, told), solution=told == STAFF
    )
    left = {key: value for key, value in json.loads(text).items() if key not in SECRET}
    text = json.dumps(left, ensure_ascii=False, indent=2)
    return attachment(text.encode(), f"{found.public}.json", "application/json")


async def source(site: Site, request: Request, who: Account) -> Response:
    """Return the bytes that were handed in, to be saved."""
    found = await _found(site, request, who)
    data = site.look(submissions.bytes_of, found.source)
    name = "solution.ipynb" if found.name.endswith(".ipynb") else "solution.py"
    return attachment(data, name, "application/octet-stream")


async def compared(site: Site, request: Request, who: Account) -> Response:
    """Return what differs between a submission and another, by itself the one before it."""
    found = await _found(site, request, who)
    handed_in = site.look(submissions.of_student, found.assignment, found.student)
    others = [one for one in handed_in if one.id != found.id]
    asked = request.query_params.get("with")
    other = next((o for o in others if (o.public == asked if asked else o.id < found.id)), None)
    if other is None:
        raise not_found()
    old, new = sorted((other, found), key=lambda one: one.id)
    return page(
        "difference.html",
        course=site.course,
        who=who,
        submission=found,
        place=_place(found, who),
        old=old,
        new=new,
        others=[one for one in others if one.id != other.id],
        lines=difference(*(site.look(submissions.bytes_of, one.source) for one in (old, new))),
        local=site.local,
    )


async def state(site: Site, request: Request, who: Account) -> Response:
    """Return how far a submission is, for pages that have lost their stream."""
    found = await _found(site, request, who)
    given = site.assignment(found.assignment)
    said = _state(site, found, _told(site, found, who)).as_json(given.problem)
    return Response(said, media_type="application/json")


async def events(site: Site, request: Request, who: Account) -> Response:
    """Return a stream of what becomes of a submission; it ends when that is judged."""
    found = await _found(site, request, who)
    if not site.watch.has_room(who.account):
        return Response(status_code=204)  # the page asks now and then instead
    problem = site.assignment(found.assignment).problem
    groups = _told(site, found, who) in GROUPS_TOLD
    stream = site.watch.stream(who.account, found.public, problem, groups=groups)
    return StreamingResponse(
        stream, media_type="text/event-stream", headers={"x-accel-buffering": "no"}
    )
