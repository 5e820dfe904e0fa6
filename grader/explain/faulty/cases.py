"""The cases that candidates are tried on: small, of sizes that all differ, never scored."""

from collections.abc import Mapping, Sequence
from functools import cache

from grader.cases import generate
from grader.cases.expected import expect_all
from grader.explain.diagnose.probes import draw_probes
from grader.model import Case, Expected, Group, Problem, Suite

STEPS = 3  # a carried gradient shows from three steps on
FURTHER = 8
PROBES = "probes"  # as in diagnose.table, which keeps the same


class Tries:
    """The cases of a run on which candidates are tried, with their expected values.

    Each is made once: submissions that follow meet the same ones.
    """

    def __init__(self, suite: Suite, *, kept: bool = False) -> None:
        """kept: whether expected values may be kept in the user's cache, and taken from there."""
        self.problem, self.seed, self.kept = suite.problem, suite.seed, kept
        self.scored = dict(zip(suite.cases, suite.expected, strict=True))
        self.probes = cache(self._probes)
        self.cases = cache(self._cases)
        self.expected = cache(self._expected)
        self.places: dict[Case, tuple[str, str]] = {}  # which cases they are, and of which group

    def tiny(self, group: Group) -> Sequence[Case]:
        """Return one case of each regime that the group is scored in."""
        return self.cases("tiny", group.name)

    def further(self, group: Group) -> Sequence[Case]:
        """Return more cases of the first regimes, each of other sizes."""
        return self.cases("further", group.name)

    def expect(self, case: Case) -> Expected:
        """Return what is expected of one of these cases, or of a scored one."""
        place = self.places.get(case)
        return self.expected(*place)[case] if place else self.scored[case]

    def _cases(self, what: str, name: str) -> Sequence[Case]:
        group = self.problem.group(name)
        regimes = list(dict.fromkeys(d.regime for d in group.draws))
        if what == "tiny":
            cases = [self._case(group, regime, n, 0) for n, regime in enumerate(regimes)]
        elif what == "further":
            few = min(2, len(regimes))
            numbers = range(FURTHER)
            cases = [self._case(group, regimes[n % few], 100 + n, n % 4) for n in numbers]
        else:
            cases = [case for case in self.probes() if case.group == name]
        self.places |= dict.fromkeys(cases, (what, name))
        return cases

    def _case(self, group: Group, regime: str, number: int, more: int) -> Case:
        sizes = different_sizes(self.problem, group, more)
        place = self.problem.groups.index(group)
        fill = (self.seed, place, number, generate.LINE)
        return generate.make_case(self.problem, group, regime, sizes, fill=fill)

    def _probes(self) -> tuple[Case, ...]:
        cases = draw_probes(self.problem, self.seed)
        self.places |= {case: (PROBES, case.group) for case in cases}
        return cases

    def _expected(self, what: str, name: str) -> Mapping[Case, Expected]:
        cases = self.cases(what, name)
        kept_as = f"{what}-{name}"
        found = expect_all(self.problem, cases, kept_as, self.seed, kept=self.kept)
        return dict(zip(cases, found, strict=True))


def different_sizes(problem: Problem, group: Group, more: int = 0) -> Mapping[str, int]:
    """Return small sizes of which no two are equal, where their ranges allow it; three steps.

    more: how much larger the first of them is.
    """
    sizes: dict[str, int] = {}
    steps = {n for n in problem.reported if n in problem.steps}
    for name in sorted(group.symbols, key=lambda n: (n not in steps, n)):
        low, high = problem.sizes[name]
        start = STEPS if name in steps else 2 + more * (not sizes)
        choices = [s for s in range(max(low, start), high + 1) if s not in sizes.values()]
        sizes[name] = choices[0] if choices else high
    return sizes
