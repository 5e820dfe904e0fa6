"""How far a submission is: in words, and group by group while its report is still to come."""

import json
from typing import NamedTuple

from grader.course import so_far
from grader.course.database import Database
from grader.model import Group, Problem, Text, Verdict
from grader.serve import queue
from grader.serve.web.page import texts

PIECE = 500


class Line(NamedTuple):
    """A group that is judged, as the report will show it; no verdict: because another failed."""

    title: Text
    verdict: Verdict | None
    score: int
    max_score: int


class State(NamedTuple):
    """How far a submission is; ahead: how many are before it in the queue."""

    done: bool
    playing: bool = False
    ahead: int = 0
    groups: tuple[so_far.Part, ...] = ()  # that are judged so far

    def told(self, *, groups: bool) -> "State":
        """Return what of it may be told. groups: whether these may."""
        return self if groups else self._replace(groups=())

    def words(self, problem: Problem) -> Text:
        """Return it in words."""
        if self.done:
            return texts("judged")
        if not self.playing:
            return texts("ahead", count=self.ahead)
        lines = self.lines(problem)
        if not lines:
            return texts("playing")
        points = sum(line.score for line in lines)
        return texts("so far", done=len(lines), groups=len(problem.groups), points=points)

    def lines(self, problem: Problem) -> list[Line]:
        """Return the groups that are judged, in the problem's order."""
        found = {part.name: part for part in self.groups}
        return [_line(g, found[g.name]) for g in problem.groups if g.name in found]

    def as_json(self, problem: Problem) -> str:
        """Return it as a page's script takes it."""
        lines = [line._asdict() | {"title": dict(line.title)} for line in self.lines(problem)]
        told = {"done": self.done, "text": dict(self.words(problem)), "groups": lines}
        return json.dumps(told, ensure_ascii=False)


def _line(group: Group, part: so_far.Part) -> Line:
    return Line(group.title, part.verdict, part.score, group.max_score)


def states(database: Database, publics: list[str]) -> dict[str, State]:
    """Return how far submissions are."""
    found: dict[str, State] = {}
    order: dict[str, int] = {}
    for begin in range(0, len(publics), PIECE):
        part = publics[begin : begin + PIECE]
        rows = database.db.execute(
            f"""SELECT s.public, s.attempt, q.state, q.so_far FROM submissions s
            JOIN queue q ON q.submission = s.id AND q.rejudge IS NULL
            WHERE s.public IN ({",".join("?" * len(part))})""",  # noqa: S608  # question marks
            part,
        )
        for public, attempt, state, groups in rows:
            if state == "waiting" and not order:
                order = {name: n for n, name in enumerate(queue.waiting(database))}
            found[public] = State(
                done=attempt is not None,
                playing=state == "playing",
                ahead=order.get(public, 0),
                groups=so_far.from_text(groups),
            )
    return found
