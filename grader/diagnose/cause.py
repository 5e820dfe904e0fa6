"""A judged submission that was wrong -> what can be said for certain about why."""

from collections.abc import Mapping, Sequence

from grader import oracle
from grader.diagnose.locate import locate
from grader.diagnose.precision import imprecise
from grader.diagnose.prove import Evidence, proved
from grader.diagnose.scored import Scored
from grader.diagnose.suspects import Bench, Suspect
from grader.model import Diagnosis, Group, GroupResult, Misconception, Problem, Verdict
from grader.trial import Trial

PLAYED = (Verdict.AC, Verdict.WA, None)


class Diagnoses:
    """The known mistakes of a problem, ready for one submission after the other."""

    def __init__(
        self, problem: Problem, seed: int, known: Sequence[Misconception] | None = None
    ) -> None:
        catalogue = oracle.misconceptions(problem) if known is None else known
        self.bench = Bench(problem, seed, catalogue)

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
        played = [g.name for g in groups if verdicts[g.name] in PLAYED]
        numbers = [n for g in played for n in bench.numbers_of(g)]
        outcomes = trial.play([bench.cases[n] for n in numbers])
        claims = {
            n: o.claims
            for n, o in zip(numbers, outcomes, strict=True)
            if o and o.claims is not None
        }
        first = next(g for g in groups if verdicts[g.name] is Verdict.WA)
        judged = [n for n in numbers if verdicts[bench.cases[n].group] is not None]
        if trial.hung or not all(n in claims for n in judged):
            return []
        later = [n for n in numbers if n not in set(judged) and n in claims]
        evidence = Evidence(bench, claims, judged, later)
        suspects = proved(evidence)
        explained = [g for g in groups if verdicts[g.name] in (Verdict.AC, Verdict.WA)]
        if suspects and scored is not None and not scored.fit(bench, suspects, explained):
            return []  # it behaves in one way here and in another where it counts
        if suspects:
            return [d for s in suspects for d in self._worded(s, len(judged))]
        inexact = imprecise(bench, claims, evidence.wrong)
        if inexact is not None:
            honest = scored is None or scored.nearly_right(explained)
            return [inexact] if honest else []
        if any(claims[n].faults for n in evidence.wrong):
            return []  # the group's own message says what is not an array of numbers
        return locate(bench, trial, first, claims)

    def _worded(self, suspect: Suspect, count: int) -> list[Diagnosis]:
        """Return the messages of a proved suspect, one for each of its mistakes."""
        both = len(suspect.parts) > 1
        proof = f" (Checked on {count} fresh cases{', two mistakes together' if both else ''}.)"
        beleg = f"（已在 {count} 个新测例上核对{'，两个错误同时存在' if both else ''}。）"
        found = []
        for number, value in sorted(suspect.parts):
            known = self.bench.known[number]
            shown = "" if value is None else f"{value:.6g}"
            en, zh = (known.message[k].replace("{value}", shown) for k in ("en", "zh"))
            found.append(Diagnosis(known.id, en + proof, zh + beleg))
        return found


def _connected(groups: Sequence[Group]) -> list[list[Group]]:
    """Return the groups in sets that no requirement connects, in the problem's order."""
    sets: list[list[Group]] = []
    for group in groups:
        joined = [s for s in sets if any(g.name in group.requires for g in s)]
        sets = [s for s in sets if s not in joined]
        sets.append([*(g for s in joined for g in s), group])
    return sets
