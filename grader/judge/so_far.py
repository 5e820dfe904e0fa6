"""Tells which groups of a submission are judged while the rest of it, or its report, is to come."""

import time
from collections.abc import Callable

from grader.judge import score
from grader.judge.compared import Compared
from grader.model import GroupResult, Run, Verdict

PAUSE_S = 0.3  # before the first and between two: what is quick is told with its report alone


class SoFar:
    """Tells of one submission, not at once and not too often."""

    def __init__(
        self,
        tell: Callable[[tuple[GroupResult, ...]], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """tell: called with the results that are certain by now, in the problem's order."""
        self.tell, self.clock = tell, clock
        self.due = clock() + PAUSE_S

    def played(self, compared: Compared, run: Run) -> None:
        """Tell what is judged of what has been played so far, if that is due."""
        if self.clock() >= self.due:
            self.tell(score.settled(compared.suite, run, compared.mismatches(run)))
            self.due = self.clock() + PAUSE_S

    def all_played(self, groups: tuple[GroupResult, ...]) -> None:
        """Tell all, unless the report is next: of what is right there is nothing to explain."""
        if any(g.verdict is not Verdict.AC for g in groups):
            self.tell(groups)
