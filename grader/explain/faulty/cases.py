"""The cases that candidates are tried on: small, of sizes that all differ, never scored."""

from collections.abc import Iterator, Mapping
from functools import cache

from grader.cases import generate
from grader.explain.diagnose.probes import draw_probes
from grader.model import Case, Expected, Group, Problem
from grader.oracle import bounds

STEPS = 3  # a carried gradient shows from three steps on
FURTHER = 8


class Tries:
    """The cases of a run on which candidates are tried, with their expected values."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem, self.seed = problem, seed
        self.expect = cache(self._expect)
        self.probes = cache(self._probes)

    def tiny(self, group: Group) -> Iterator[Case]:
        """Yield one case of each regime that the group is scored in."""
        for number, regime in enumerate(dict.fromkeys(d.regime for d in group.draws)):
            yield self._case(group, regime, number, 0)

    def further(self, group: Group) -> list[Case]:
        """Return more cases of the first regimes, each of other sizes."""
        regimes = list(dict.fromkeys(d.regime for d in group.draws))
        return [
            self._case(group, regimes[n % min(2, len(regimes))], 100 + n, n % 4)
            for n in range(FURTHER)
        ]

    def _case(self, group: Group, regime: str, number: int, more: int) -> Case:
        sizes = different_sizes(self.problem, group, more)
        place = self.problem.groups.index(group)
        fill = (self.seed, place, number, generate.LINE)
        return generate.make_case(self.problem, group, regime, sizes, fill=fill)

    def _probes(self) -> tuple[Case, ...]:
        return draw_probes(self.problem, self.seed)

    def _expect(self, case: Case) -> Expected:
        return bounds.expect(self.problem, case)


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
