"""A class is fed to its judges: whoever is free gets the next submission.

A copy waits for the judge that is finding out what there is to say about the first: it then costs
no search.
"""

from collections import deque
from collections.abc import Callable, Iterator
from typing import Protocol, TypeAlias

from grader.course.judges.task import Task

OnGroups: TypeAlias = Callable[[Task, str], None]  # a task, and its groups as text of so_far.py

MOST_HELD = 100  # copies that wait


class Judges(Protocol):
    """Those who take submissions and give back reports."""

    @property
    def idle(self) -> bool:
        """Whether somebody has nothing to do."""

    @property
    def busy(self) -> bool:
        """Whether a report is still to come."""

    def should_wait(self, task: Task) -> bool:
        """Whether somebody who is at work now would be done with a task much faster."""

    def offer(self, task: Task) -> None:
        """Give a task to somebody who has nothing to do."""

    def collect(self, timeout_s: float = ...) -> Iterator[tuple[Task, str]]:
        """Yield every task that is done by now with its report as JSON; wait for one that long."""


def feed(judges: Judges, tasks: Iterator[Task]) -> Iterator[tuple[Task, str]]:
    """Yield every task with its report as JSON, in the order in which they are done.

    What was lost waits until there are no more tasks.
    """
    held: deque[Task] = deque()
    while True:
        while judges.idle and (task := _next(judges, held, tasks)) is not None:
            judges.offer(task)
        if not judges.busy:
            return
        yield from judges.collect()


def _next(judges: Judges, held: deque[Task], tasks: Iterator[Task]) -> Task | None:
    """Return the next task that should not wait, or whose wait would keep too many others."""
    for waiting in held:
        if not judges.should_wait(waiting):
            held.remove(waiting)
            return waiting
    while len(held) < MOST_HELD:
        task = next(tasks, None)
        if task is None or not judges.should_wait(task):
            return task
        held.append(task)
    return held.popleft()
