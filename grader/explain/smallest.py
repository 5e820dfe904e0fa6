"""A failed group -> its smallest failing case, found by a search of its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from grader import compare
from grader.cases import generate
from grader.cases.deck import Deck, Part
from grader.explain import search
from grader.explain.budget import OutOfBudgetError
from grader.explain.counterexample import described
from grader.explain.trial import Trial
from grader.model import Case, Claims, Counterexample, Group, Mismatch, Outcome, Source, Verdict
from grader.notebook.places import placed
from grader.oracle import bounds
from grader.problems.uses import READABLE

MOST, MOST_AGAIN = 240, 400  # cases of the deck; the last for all regimes together
LIKE = 8  # kinds of scored cases that fresh ones are made like
Wrong = Callable[[int, Sequence[Claims]], int | None]  # the first of the claims that is wrong


class Search:
    """The search for one submission.

    undone: why it could not go on, if it could not. right_alone: whether a case that failed among
    others was right as the only one.
    """

    def __init__(self, deck: Deck, trial: Trial, group: Group, source: Source) -> None:
        self.deck, self.trial, self.group, self.source = deck, trial, group, source
        self.problem = deck.problem
        self.undone = ""
        self.right_alone = False

    def smallest(self, failed: Sequence[Case]) -> Counterexample | None:
        """Return the smallest case of the group that fails, or None if none is found.

        failed: the scored cases that failed; only their regimes and sizes are used, so that what
        is shown was never scored.
        """
        try:
            for case, simpler in self._found(failed):
                best = self._last(case, simpler)
                shown = self._shown(best) or (self._shown(case) if best is not case else None)
                if shown is not None:
                    return shown
        except OutOfBudgetError as error:
            self.undone = error.why
        return None

    def _found(self, failed: Sequence[Case]) -> Iterator[tuple[Case, Iterator[Case]]]:
        """Yield cases that fail, the most readable first, each with what can be made of it."""
        if READABLE in self.problem.regimes:
            for case in self._in_deck(READABLE, MOST):
                yield case, search.simplify_values(case, self._first)
        regimes = dict.fromkeys(c.regime for c in failed)
        for regime in regimes:
            for case in self._in_deck(regime, MOST_AGAIN // max(5, len(regimes))):
                yield case, iter(())
        yield from self._like(failed)

    def _in_deck(self, regime: str, most: int) -> Iterator[Case]:
        """Yield the first case of that part of the deck that fails, if one does."""
        part = Part(self.group.name, regime, most)
        for begin, cases in self.deck.batches(part):

            def wrong(at: int, claims: Sequence[Claims], begin: int = begin) -> int | None:
                found = self.deck.first_wrong(part, begin + at, claims)
                return None if found is None else found - begin

            at = self._failing(cases, wrong)
            if at is not None:
                yield cases[at]
                return

    def _like(self, failed: Sequence[Case]) -> Iterator[tuple[Case, Iterator[Case]]]:
        """Yield fresh cases that fail of the size and regime of failed ones, to be cut down."""
        smallest = {n: low for n, (low, _) in self.problem.sizes.items()}
        kinds = {(c.regime, tuple(c.sizes.items())): c for c in failed}
        for number, like in enumerate(list(kinds.values())[:LIKE]):

            def fresh(sizes: Mapping[str, int], number: int = number, like: Case = like) -> Case:
                fill = (self.deck.seed, number, generate.SEARCH, 1)
                return generate.make_case(self.problem, self.group, like.regime, sizes, fill=fill)

            case = fresh(like.sizes)
            if self._first([case]) is not None:
                yield case, search.cut_down(case, self._shapes, smallest, self._first, fresh)

    def _shapes(self, sizes: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
        return {q.name: q.shape_in(sizes) for q in self.group.inputs}

    def _last(self, case: Case, simpler: Iterator[Case]) -> Case:
        """Return the last of ever simpler cases, as far as the budget goes."""
        try:
            for following in simpler:
                case = following
        except OutOfBudgetError as error:
            self.undone = error.why
        return case

    def _first(self, cases: Sequence[Case]) -> int | None:
        """Return the first of any cases that clearly fails; all are played at once."""

        def wrong(at: int, claims: Sequence[Claims]) -> int | None:
            return next(
                (at + n for n, c in enumerate(claims) if self._clearly(cases[at + n], c)), None
            )

        return self._failing(cases, wrong)

    def _clearly(self, case: Case, claims: Claims) -> bool:
        """Return whether claims are further from the reference than rounding could explain."""
        if claims.faults:
            return True
        expected = bounds.sketch(self.problem, case)
        return not compare.right(claims.values, expected.value, expected.bound).all()

    def _failing(self, cases: Sequence[Case], wrong: Wrong) -> int | None:
        """Return the place of the first case that raises or has wrong claims."""
        at = 0
        while at < len(cases):
            outcomes = self.trial.play_on(cases[at:] if at else cases)
            claims = [o.claims for o in outcomes if o.claims is not None]
            found = wrong(at, claims) if claims else None
            if found is not None or not outcomes:
                return found
            at += len(outcomes)
            if outcomes[-1].verdict is Verdict.RTE:
                return at - 1
        return None

    def _shown(self, case: Case) -> Counterexample | None:
        """Return the case with what it gives in a process of its own, if it fails there too."""
        self.trial.renew()
        for raw in self.trial.play_on([case]):
            outcome = placed(raw, self.source)
            found: Mismatch | Outcome | None = outcome if outcome.verdict is Verdict.RTE else None
            expected = bounds.expect(self.problem, case)
            if outcome.claims is not None:
                found = compare.first_mismatch(self.group, case, expected, outcome.claims)
            if found is not None:
                return described(self.problem, case, found, outcome, expected)
            self.right_alone = outcome.claims is not None
        return None
