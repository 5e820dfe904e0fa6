"""Tests the tests: judges mutants of correct solutions; one that is accepted must be explained.

`tests/mutants/<id>.yaml` names the correct corpus files that are mutated and records every
mutant that the suite accepts: the changed line before and after, and why it is the same program
under the statement. A survivor that is not recorded is a hole in the suite, or a new record. A
recorded one counts as equivalent only if further cases of every regime support it.
"""

import itertools
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import yaml

from grader import layout
from grader.errors import GraderError
from grader.judge.judge import Judge
from grader.model import Limits, Problem, Suite, Verdict
from grader.problems.corpus import ACCEPTED, folder
from grader.sandbox.run import play_all
from grader.setting.equivalence import NOT_PLAYED, Equivalence, compare_further
from grader.setting.mutants import Mutant, mutants, raising

CASE_S, ALL_S, WALL = 0.6, 5.0, 2.5  # a hanging mutant costs this much, not a submission's limit
FILES = 5  # that are mutated where the record names none
FURTHER = 1000  # cases of each regime, which an accepted mutant gets right too
PART = 4  # a mutant is judged by one case of so many first

Key = tuple[str, str, str]  # file, line before, line after


@dataclass(frozen=True, slots=True)
class Survivor:
    """An accepted mutant, and why that is right, if it is recorded."""

    file: str
    line: int
    before: str
    after: str
    reason: str = ""
    equivalence: Equivalence = NOT_PLAYED

    @property
    def explained(self) -> bool:
        """Whether it is recorded as equivalent, and no further case says otherwise."""
        return bool(self.reason) and not self.equivalence.differs


@dataclass(frozen=True, slots=True)
class Mutation:
    """What became of all mutants of a problem."""

    problem: str
    seed: int
    made: Mapping[str, int]  # by file
    verdicts: Mapping[str, int]
    survivors: tuple[Survivor, ...]
    stale: tuple[Key, ...]  # recorded as equivalent, but refused or no longer made

    @property
    def total(self) -> int:
        """How many were judged."""
        return sum(self.made.values())

    @property
    def killed(self) -> int:
        """How many were not accepted."""
        return self.total - len(self.survivors)

    @property
    def equivalent(self) -> int:
        """How many were accepted for a recorded reason that further cases support."""
        return sum(s.explained for s in self.survivors)

    @property
    def kill_rate(self) -> float:
        """The share of killed mutants among those that are not equivalent."""
        return self.killed / max(1, self.total - self.equivalent)

    @property
    def fit(self) -> bool:
        """Every survivor is explained, and every explanation is of a survivor."""
        return not self.stale and all(s.explained for s in self.survivors)


def mutate(
    problem: Problem,
    seed: int,
    *,
    limit: int | None = None,
    first: int = 0,
    further: int = FURTHER,
    tell: Callable[[str], None] = lambda _: None,
) -> Mutation:
    """Judge the mutants of the problem's record, at most `limit`, spread evenly over all.

    first: with which of those that could begin, so that another one gives others. further: cases
    of each regime that those which are accepted must get right too. Raises GraderError if there is
    no correct corpus file to mutate.
    """
    right = folder(problem) / ACCEPTED
    files, recorded = read_record(problem)
    texts = {f: (right / f).read_text(encoding="utf-8") for f in files}
    made = [(f, m) for f in files for m in mutants(texts[f])]
    step = 1 if limit is None else max(1, -(-len(made) // max(1, limit)))
    chosen = made[first % step :: step]
    verdicts: Counter[str] = Counter()
    accepted: list[tuple[str, Mutant]] = []
    for file, some in itertools.groupby(enumerate(chosen), key=lambda item: item[1][0]):
        with _MutantJudge(problem, seed, texts[file].encode()) as judge:
            for number, (_, mutant) in some:
                tell(f"mutant {number + 1} of {len(chosen)}")
                verdict = judge.verdict(mutant.source.encode())
                verdicts[verdict] += 1
                accepted += [(file, mutant)] if verdict is Verdict.AC else []
    programs = {
        n: (m.source.encode(), (raising(texts[file], m) or "raise AssertionError").encode())
        for n, (file, m) in enumerate(accepted)
    }
    equivalence = compare_further(problem, seed, programs, further, tell)
    survivors = [
        Survivor(file, m.line, m.before, m.after, recorded.get((file, m.before, m.after), ""), a)
        for (file, m), a in zip(accepted, equivalence.values(), strict=True)
    ]
    alive = {(s.file, s.before, s.after) for s in survivors}
    stale = () if limit is not None else tuple(k for k in recorded if k not in alive)
    counts = dict(Counter(file for file, _ in chosen))
    return Mutation(problem.id, seed, counts, verdicts, tuple(survivors), stale)


class _MutantJudge:
    """Judges the mutants of one program, within limits that suit it."""

    def __init__(self, problem: Problem, seed: int, original: bytes) -> None:
        with Judge(problem, seed) as bench:
            used_s = play_all(bench.sandbox, original, bench.suite.cases).cpu_s
            suite = bench.suite
        shorter = replace(problem, limits=_shorter(problem.limits, used_s))
        self.whole = Judge(shorter, seed, suite=suite)
        self.part = Judge(shorter, seed, sandbox=self.whole.sandbox, suite=_part(suite))

    def verdict(self, source: bytes) -> Verdict:
        """Return how part of the suite kills a mutant; if it does not, the whole one's verdict."""
        report = self.part.judge(source, "", search=False)
        wrong = any(g.verdict not in (None, Verdict.AC) for g in report.groups)
        killed = bool(report.message) or wrong
        return report.verdict if killed else self.whole.judge(source, "", search=False).verdict

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.whole.close()


def _part(suite: Suite) -> Suite:
    """Return every fourth case of each group that has so many: they kill most mutants."""
    places: dict[str, list[int]] = {}
    for number, case in enumerate(suite.cases):
        places.setdefault(case.group, []).append(number)
    kept = [n for numbers in places.values() if len(numbers) >= PART for n in numbers[::PART]]
    cases = tuple(suite.cases[n] for n in kept)
    return replace(suite, cases=cases, expected=tuple(suite.expected[n] for n in kept))


def read_record(problem: Problem) -> tuple[list[str], dict[Key, str]]:
    """Return the files to mutate and the reasons of the recorded equivalent mutants.

    Raises GraderError if there is nothing to mutate, or the record is not as it must be.
    """
    there = sorted(p.name for p in (folder(problem) / ACCEPTED).glob("*.py"))
    if not there:
        raise GraderError(f"{problem.id} has no accepted corpus files to mutate")
    path = layout.tests(problem.root) / "mutants" / f"{problem.id}.yaml"
    if not path.is_file():
        return there[:: -(-len(there) // FILES)], {}
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        recorded = {
            (file, str(entry["before"]), str(entry["after"])): str(group["reason"])
            for group in data["equivalent"]
            for file, entries in group["mutants"].items()
            for entry in entries
        }
        files = list(data["files"])
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise GraderError(f"{path}: missing or malformed: {error!r}") from error
    if absent := sorted(set(files) - set(there)):
        raise GraderError(f"{path}: there is no accepted corpus file {absent[0]}")
    return files, recorded


def _shorter(limits: Limits, used_s: float) -> Limits:
    """Return limits under which a mutant that hangs costs about a second.

    used_s: the processor time of the program that is mutated, which no mutant needs twice.
    """
    case_s, all_s = max(CASE_S, used_s), max(ALL_S, 4 * used_s)
    return replace(
        limits,
        cpu_s=min(limits.cpu_s, all_s),
        wall_s=min(limits.wall_s, WALL * all_s),
        case_cpu_s=min(limits.case_cpu_s, case_s),
        case_wall_s=min(limits.case_wall_s, WALL * case_s),
        output_kib=min(limits.output_kib, 1024),
    )


def render(result: Mutation) -> str:
    """Return the figures, then every survivor that is not explained, as a diff."""
    new = [s for s in result.survivors if not s.explained]
    by_verdict = ", ".join(f"{v} {n}" for v, n in sorted(result.verdicts.items()))
    counts = f"killed {result.killed}, equivalent {result.equivalent}, not explained {len(new)}"
    lines = [
        f"{result.problem}: {result.total} mutants of {len(result.made)} files ({by_verdict})",
        *(f"  {count:5} of {file}" for file, count in result.made.items()),
        f"{counts}; kill rate {result.kill_rate:.2%} of those not equivalent",
    ]
    for s in new:
        known = "recorded as equivalent, but " if s.reason else ""
        said = f"{s.file}:{s.line} is accepted, {known}{s.equivalence}"
        lines += ["", said, *_diff(s.before, s.after)]
    for file, before, after in result.stale:
        lines += ["", f"{file}: recorded as equivalent, but not so", *_diff(before, after)]
    return "\n".join(lines)


def _diff(before: str, after: str) -> Sequence[str]:
    return [f"{sign} {line}" for sign, t in (("-", before), ("+", after)) for line in t.split("\n")]


def render_json(result: Mutation) -> str:
    """Return the same as one JSON object."""
    data: dict[str, Any] = {
        "problem": result.problem,
        "seed": result.seed,
        "fit": result.fit,
        "total": result.total,
        "killed": result.killed,
        "equivalent": result.equivalent,
        "kill_rate": result.kill_rate,
        "made": dict(result.made),
        "verdicts": dict(sorted(result.verdicts.items())),
        "survivors": [
            {
                "file": s.file,
                "line": s.line,
                "before": s.before,
                "after": s.after,
                "reason": s.reason or None,
                "further": str(s.equivalence),
                "explained": s.explained,
            }
            for s in result.survivors
        ],
        "stale": [dict(zip(("file", "before", "after"), k, strict=True)) for k in result.stale],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)
