"""A submission that was judged wrong -> its smallest failing case and its mistake, in a budget.

In two parts: what is found at once, and the line at fault, for which many changes are tried. A
class gets the second one when everybody has a verdict.
"""

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from grader.cases.deck import Deck
from grader.explain.bare import as_written, bare
from grader.explain.budget import CANDIDATES, CHANGES, PLAYS, OutOfBudgetError
from grader.explain.diagnose.cause import Diagnoses
from grader.explain.diagnose.precision import HINTS
from grader.explain.diagnose.scored import Scored
from grader.explain.faulty.find import CPU_S, FaultyLines
from grader.explain.smallest import Search
from grader.explain.trial import Trial
from grader.messages.phrases import both, say
from grader.model import (
    Case,
    Diagnosis,
    Explanation,
    GroupResult,
    Problem,
    Source,
    Suite,
    Text,
    Verdict,
)
from grader.sandbox.base import Host

SEARCHED = (Verdict.WA, Verdict.RTE)
KEPT = 500  # explanations, for submissions that are the same program


class Explainer:
    """What the reference and known mistakes give in small cases, for one submission after another.

    Made when they are first asked for.
    """

    def __init__(self, problem: Problem, seed: int, *, kept: bool) -> None:
        """kept: whether what is computed may be kept in the user's cache, and taken from there."""
        self.problem, self.seed, self.kept = problem, seed, kept
        self.deck = Deck(problem, seed, kept=kept)
        self.diagnoses: Diagnoses | None = None
        self.lines: FaultyLines | None = None
        self.told: dict[bytes, Explanation] = {}  # by program and what it did

    def explain(
        self,
        sandbox: Host,
        source: Source,
        groups: Sequence[GroupResult],
        failed: Sequence[Case],
        *,
        scored: Scored,
        diagnose: bool,
    ) -> Explanation:
        """Return what there is to say about a submission of which no case ran out of a limit.

        failed: the scored cases that raised or were wrong. What differs from an earlier submission
        only in comments, and did the same to the last bit where it is scored, is told the same.
        Where no mistake is named, the line at fault is pending: line() looks for it.
        """
        plain = bare(source)
        did = scored.digest() + repr(diagnose).encode()
        return self._once(
            *(did, plain, source),
            lambda: self._explained(sandbox, plain, groups, failed, scored, diagnose=diagnose),
        )

    def line(
        self, sandbox: Host, suite: Suite, source: Source, groups: Sequence[GroupResult]
    ) -> Explanation:
        """Return the line at fault of a submission whose explanation leaves it pending.

        groups: how it was judged, by the cases of the suite.
        """
        plain = bare(source)
        did = repr([(g.name, g.verdict) for g in groups]).encode()
        return self._once(did, plain, source, lambda: self._line(sandbox, suite, plain, groups))

    def _once(
        self, did: bytes, plain: Source, source: Source, explained: Callable[[], Explanation]
    ) -> Explanation:
        """Return what is said about a program, found out the first time that it is asked for."""
        seen = hashlib.sha256(did + repr(plain).encode()).digest()
        found = self.told.get(seen)
        if found is None:
            found = explained()
            if not found.left_out:
                if len(self.told) >= KEPT:
                    self.told.pop(next(iter(self.told)))
                self.told[seen] = found
        return found if plain is source else as_written(found, source)

    def _explained(
        self,
        sandbox: Host,
        source: Source,
        groups: Sequence[GroupResult],
        failed: Sequence[Case],
        scored: Scored,
        *,
        diagnose: bool,
    ) -> Explanation:
        """Return what there is to say; the smallest case is of the first group that failed."""
        first = next((g.name for g in groups if g.verdict in SEARCHED), None)
        if first is None:
            return Explanation()
        undone: dict[str, str] = {}
        left_out: list[Text] = []
        causes: tuple[Diagnosis, ...] = ()
        smallest = None
        with Trial(sandbox, source.text) as trial:
            if diagnose:
                with only_a_part("diagnosis", left_out):
                    causes, undone["mistake"] = self._causes(trial, groups, scored)
            if failed:  # else it could not be started, and no case would be different
                with only_a_part("search", left_out):
                    trial.start_over()
                    search = Search(self.deck, trial, self.problem.group(first), source)
                    smallest = search.smallest([c for c in failed if c.group == first])
                    undone["smallest"] = search.undone
                    if smallest is None and search.right_alone and _unnamed(causes):
                        said = both(lambda lang: say(lang, "kept"))
                        causes = (Diagnosis("where-kept", said["en"], said["zh"]),)
        said = both(lambda lang: self._worded(undone, lang))
        pending = diagnose and sandbox.plays_variants and _unnamed(causes)
        return Explanation(smallest, causes, said, tuple(left_out), pending)

    def _line(
        self, sandbox: Host, suite: Suite, source: Source, groups: Sequence[GroupResult]
    ) -> Explanation:
        left_out: list[Text] = []
        undone: dict[str, str] = {}
        told: tuple[Diagnosis, ...] = ()
        with only_a_part("diagnosis", left_out):
            self.lines = self.lines or FaultyLines(suite, sandbox, kept=self.kept)
            told = self.lines.of(source.text, groups, source.place)
            undone["line"] = self.lines.used_up
        said = both(lambda lang: self._worded(undone, lang))
        return Explanation(None, told, said, tuple(left_out))

    def _causes(
        self, trial: Trial, groups: Sequence[GroupResult], scored: Scored
    ) -> tuple[tuple[Diagnosis, ...], str]:
        """Return why values were wrong, and what kept it from being found out, if anything did."""
        if not any(g.verdict is Verdict.WA for g in groups):
            return (), ""
        self.diagnoses = self.diagnoses or Diagnoses(self.problem, self.seed, kept=self.kept)
        try:
            return self.diagnoses.of(trial, groups, scored), ""
        except OutOfBudgetError as error:
            return (), error.why

    def _worded(self, undone: Mapping[str, str], lang: str) -> str:
        """Return in words what was not done, and why; nothing if all was done."""
        effort = self.problem.effort
        allowed = {PLAYS: effort.plays, CANDIDATES: effort.candidates, CHANGES: effort.changes}
        seconds = dict.fromkeys(undone, self.problem.limits.cpu_s) | {"line": CPU_S}
        parts = [
            say(lang, f"undone {what}", why=say(lang, f"used up {why}", n=number))
            for what, why in undone.items()
            if why
            for number in [allowed.get(why, seconds[what])]
        ]
        return " ".join([*parts, say(lang, "stands")] if parts else [])


def _unnamed(causes: Sequence[Diagnosis]) -> bool:
    """Return whether no mistake is named: what there is says only where and how it shows."""
    return all(d.id.startswith("where-") or d.id in HINTS for d in causes)


@contextlib.contextmanager
def only_a_part(part: str, left_out: list[Text]) -> Iterator[None]:
    """Let what fails beside judging cost that part of the report only, and say so in it."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  # whatever a submission makes of it
        why = type(error).__name__
        left_out.append(both(lambda lang: say(lang, f"no {part}", why=why)))
