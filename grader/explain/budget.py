"""How much may be done to explain one wrong submission, counted the same on every machine."""

from collections.abc import Callable

from grader.model import Effort

PLAYS, CANDIDATES, CHANGES, TIME = "plays", "candidates", "changes", "time"


class OutOfBudgetError(Exception):
    """What was allowed has been used up; why: PLAYS, CANDIDATES or TIME."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Budget:
    """What is left: plays, candidates and, as the last resort, seconds.

    The numbers decide in practice, so that the same bytes get the same report on every machine.
    clock: the seconds that have been used so far.
    """

    def __init__(self, effort: Effort, seconds: float, clock: Callable[[], float]) -> None:
        self.plays, self.candidates = effort.plays, effort.candidates
        self.seconds, self.clock = seconds, clock

    def play(self, cases: int) -> None:
        """Count cases that are about to be played on the submission, if so many are left."""
        self._check(PLAYS, self.plays, cases)
        self.plays -= cases

    def give_back(self, cases: int) -> None:
        """Take back cases that were counted and not played after all."""
        self.plays += cases

    def compare(self, candidates: int) -> None:
        """Count plays of known mistakes that are about to be held against claims."""
        self._check(CANDIDATES, self.candidates, candidates)
        self.candidates -= candidates

    def left_s(self) -> float:
        """Return the seconds that are left."""
        return self.seconds - self.clock()

    def _check(self, what: str, left: int, wanted: int) -> None:
        if wanted > left:
            raise OutOfBudgetError(what)
        if self.left_s() < 0:
            raise OutOfBudgetError(TIME)
