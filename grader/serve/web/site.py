"""What every page needs: the course, its database, and who is asking."""

from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from grader.course.database import Database
from grader.serve import clock, people
from grader.serve.people import Account
from grader.serve.settings import Assignment, Course
from grader.serve.web.changes import Changes
from grader.serve.web.guard import Allowance, Failures
from grader.serve.web.watch import Watch

Given = ParamSpec("Given")
Found = TypeVar("Found")


class Site:
    """A course on the web."""

    def __init__(self, course: Course, reading: Database, changing: Database) -> None:
        """reading: sees only what is kept. changing: another, which several threads may share."""
        self.course, self.reading = course, reading
        self.change = Changes(changing).make
        self.failures, self.allowance = Failures(), Allowance()
        self.watch = Watch(course.folder)
        self.secure = course.address.startswith("https:")
        self.cookie = "__Host-session" if self.secure else "session"

    def look(
        self,
        question: Callable[Concatenate[Database, Given], Found],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Found:
        """Return what the database says to a short question: reading waits for nobody."""
        return question(self.reading, *args, **kwargs)

    async def apart(self, question: Callable[[Database], Found]) -> Found:
        """Return what a question of some length comes to, while others are answered."""

        def asked() -> Found:
            with Database(self.course.folder) as database:
                return question(database)

        return await run_in_threadpool(asked)

    def who(self, request: Request) -> Account | None:
        """Return who is signed in."""
        secret = request.cookies.get(self.cookie)
        return self.look(people.signed_in, secret, clock.now()) if secret else None

    def assignment(self, name: str, *, at: datetime | None = None) -> Assignment:
        """Return the assignment of that name; not found before it opens, if a time is given."""
        found = self.course.assignments.get(name)
        if found is None or (at is not None and at < found.opens):
            raise not_found()
        return found

    def local(self, at: datetime | str) -> str:
        """Return a time as the course's zone shows it, with the zone's name."""
        when = clock.from_text(at) if isinstance(at, str) else at
        return when.astimezone(self.course.zone).strftime("%Y-%m-%d %H:%M:%S %Z")


def not_found() -> HTTPException:
    """Return what another's, a missing and an unreleased page have in common."""
    return HTTPException(404)
