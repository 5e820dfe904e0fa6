"""A class is fed to its judges: whoever is free gets the next submission."""

from collections.abc import Callable, Iterator
from typing import Protocol, TypeAlias

from grader.course.judges.task import Task

OnGroups: TypeAlias = Callable[[Task, str], None]  # a task, and its groups as text of so_far.py


class Judges(Protocol):
    """Those who take submissions and give back reports."""

    @property
    def idle(self) -> bool:
        """Whether somebody has nothing to do."""

    @property
    def busy(self) -> bool:
        """Whether a report is still to come."""

    def offer(self, task: Task) -> None:
        """Give a task to somebody who has nothing to do."""

    def collect(self, timeout_s: float = ...) -> Iterator[tuple[Task, str]]:
        """Yield every task that is done by now with its report as JSON; wait for one that long."""


def feed(judges: Judges, tasks: Iterator[Task]) -> Iterator[tuple[Task, str]]:
    """Yield every task with its report as JSON, in the order in which they are done.

    What was lost waits until there are no more tasks.
    """
    more = True
    while True:
        while more and judges.idle:
            task = next(tasks, None)
            more = task is not None
            if task is not None:
                judges.offer(task)
        if not judges.busy:
            return
        yield from judges.collect()
