"""Whether something may be handed in, how late it is, and which attempt counts; all pure."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from grader.model import Verdict
from grader.serve.settings import Assignment

DAY = timedelta(days=1)


class Judged(NamedTuple):
    """A submission with its present verdict, as far as counting needs to know."""

    attempt: int
    verdict: Verdict
    score: int
    received_at: datetime


class Counted(NamedTuple):
    """The attempt that counts, and what it loses for being late."""

    attempt: int
    late_points: int


def is_late(assignment: Assignment, at: datetime) -> bool:
    """Return whether what came at that time came after the due time and its grace."""
    return assignment.due is not None and at > assignment.due + assignment.grace


def is_closed(assignment: Assignment, at: datetime) -> bool:
    """Return whether nothing is taken any more."""
    return assignment.late == "refuse" and is_late(assignment, at)


def is_shown(assignment: Assignment, at: datetime) -> bool:
    """Return whether verdicts and reports may be shown by then."""
    return assignment.shown == "at_once" or assignment.due is None or at >= assignment.due


def late_points(assignment: Assignment, score: int, received_at: datetime) -> int:
    """Return how many of the points are lost, rounded down: a part for every day begun."""
    if assignment.due is None or not is_late(assignment, received_at):
        return 0
    days = -((assignment.due - received_at) // DAY)
    return min(score, score * assignment.percent_a_day * days // 100)


def counted(assignment: Assignment, judged: Sequence[Judged]) -> Counted | None:
    """Return what counts of somebody's submissions, in their order; a judge error only if alone.

    Of several equally good ones the first counts.
    """
    fair = [j for j in judged if j.verdict is not Verdict.JE] or judged[-1:]
    all_counted = [
        (j.score, Counted(j.attempt, late_points(assignment, j.score, j.received_at))) for j in fair
    ]
    if not all_counted:
        return None
    if assignment.counts == "last":
        return all_counted[-1][1]
    return max(all_counted, key=lambda one: one[0] - one[1].late_points)[1]


def day_of(at: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when the local day of a time begins and the next one does, in UTC."""
    today = at.astimezone(zone).date()
    return _midnight(today, zone), _midnight(today + DAY, zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
