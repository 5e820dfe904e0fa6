"""A judged submission that was wrong -> what can be said for certain about why."""

from collections.abc import Mapping, Sequence

from grader.explain.diagnose.locate import locate
from grader.explain.diagnose.precision import imprecise
from grader.explain.diagnose.probes import OF_A_KIND
from grader.explain.diagnose.prove import Evidence, proved
from grader.explain.diagnose.scored import Scored
from grader.explain.diagnose.suspects import Bench, Suspect
from grader.explain.diagnose.sweep import Sweeps
from grader.explain.trial import Trial
from grader.model import (
    Claims,
    Diagnosis,
    Group,
    GroupResult,
    Misconception,
    Outcome,
    Problem,
    Verdict,
)
from grader.oracle import load

PLAYED = (Verdict.AC, Verdict.WA, None)


class Diagnoses:
    """The known mistakes of a problem, ready for one submission after the other."""

    def __init__(
        self,
        problem: Problem,
        seed: int,
        known: Sequence[Misconception] | None = None,
        *,
        kept: bool = False,
    ) -> None:
        """known: in place of the whole catalogue. kept: whether the user's cache may be used."""
        catalogue = load.misconceptions(problem) if known is None else known
        self.bench = Bench(problem, seed, catalogue, kept=kept and known is None)
        self.sweeps = Sweeps(problem, seed, kept=kept)

    def of(
        self, trial: Trial, results: Sequence[GroupResult], scored: Scored | None = None
    ) -> tuple[Diagnosis, ...]:
        """Return what explains the groups whose values were wrong, best first.

        Groups that have nothing to do with each other are explained each by itself. scored: the
        claims that counted, which a mistake must explain as well as those of the probes.
        """
        verdicts = {r.name: r.verdict for r in results}
        if Verdict.WA not in verdicts.values():
            return ()
        found: list[Diagnosis] = []
        for groups in _connected(self.bench.problem.groups):
            if any(verdicts[g.name] is Verdict.WA for g in groups):
                told = {d.id for d in found}
                causes = self._of_groups(trial, groups, verdicts, scored)
                found += [d for d in causes if d.id not in told]
        return tuple(found)

    def _of_groups(
        self,
        trial: Trial,
        groups: Sequence[Group],
        verdicts: Mapping[str, Verdict | None],
        scored: Scored | None,
    ) -> list[Diagnosis]:
        bench = self.bench
        numbers = [
            n for g in groups if verdicts[g.name] in PLAYED for n in bench.numbers_of(g.name)
        ]
        judged = [n for n in numbers if verdicts[bench.cases[n].group] is not None]
        claims = _claims(judged, trial.play_on(bench.table.batch(tuple(judged))))
        if len(claims) < len(judged):
            return []
        for group in groups:  # those that were not judged, as far as they do not raise
            more = [n for n in bench.numbers_of(group.name) if n in numbers and n not in claims]
            more = more[::OF_A_KIND]  # they are beside the point, and most of what it costs
            claims |= _claims(more, trial.play_on(bench.table.batch(tuple(more))) if more else [])
        if trial.hung:
            return []
        first = next(g for g in groups if verdicts[g.name] is Verdict.WA)
        later = [n for n in claims if n not in judged]
        evidence = Evidence(bench, claims, judged, later, trial.budget)
        suspects = proved(evidence)
        explained = [g for g in groups if verdicts[g.name] in (Verdict.AC, Verdict.WA)]
        if suspects:  # or else it behaves in one way here and in another where it counts
            fit = scored is None or scored.fit(bench, suspects, explained)
            return [d for s in suspects for d in self._worded(s, len(judged))] if fit else []
        inexact = imprecise(bench, claims, evidence.wrong)
        if inexact is not None:
            also_scored = scored is None or scored.nearly_right(explained)
            return [inexact] if also_scored else []
        if any(claims[n].faults for n in evidence.wrong):
            return []  # the group's own message says what is not an array of numbers
        return locate(bench, self.sweeps, trial, first, claims)

    def _worded(self, suspect: Suspect, count: int) -> list[Diagnosis]:
        """Return the messages of a proved suspect, one for each of its mistakes."""
        both = len(suspect.parts) > 1
        proof_en = f" (Checked on {count} fresh cases{', two mistakes together' if both else ''}.)"
        proof_zh = f"（已在 {count} 个新测例上核对{'，两个错误同时存在' if both else ''}。）"
        found = []
        for number, value in sorted(suspect.parts):
            known = self.bench.known[number]
            shown = "" if value is None else f"{value:.6g}"
            en, zh = (known.message[k].replace("{value}", shown) for k in ("en", "zh"))
            found.append(Diagnosis(known.id, en + proof_en, zh + proof_zh))
        return found


def _claims(numbers: Sequence[int], outcomes: Sequence[Outcome | None]) -> dict[int, Claims]:
    """Return the claims of probes that ran to their end."""
    found = zip(numbers, outcomes, strict=False)
    return {n: o.claims for n, o in found if o is not None and o.claims is not None}


def _connected(groups: Sequence[Group]) -> list[list[Group]]:
    """Return the groups in sets that no requirement connects, in the problem's order."""
    sets: list[list[Group]] = []
    for group in groups:
        joined = [s for s in sets if any(g.name in group.requires for g in s)]
        sets = [s for s in sets if s not in joined]
        sets.append([*(g for s in joined for g in s), group])
    return sets
