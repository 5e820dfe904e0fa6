"""Where a submission goes wrong, in facts that were counted and nothing else."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from grader import compare
from grader.explain.diagnose.suspects import Bench
from grader.explain.diagnose.sweep import Sweeps, Swept
from grader.explain.diagnose.table import Probe
from grader.explain.trial import Trial
from grader.model import Case, Claims, Diagnosis, Group, Text

SHOWN = 6  # quantities named one by one
EXPLAINED = 2  # beginnings of names whose meaning is said
LEAST_CASES = 3  # cases that make a statement worth its words
Say = Callable[[int, int, int], tuple[str, str]]  # how many are right; wrong, and of how many


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A case, and for every quantity which of its elements are wrong; zeroed is an input's name."""

    case: Case
    wrong: Mapping[str, NDArray[np.bool_]]
    finite: bool
    failed: bool  # whether anything is wrong
    zeroed: str = ""
    idle: frozenset[str] = frozenset()  # quantities that are zero, or that nothing updates, here


def locate(
    bench: Bench, sweeps: Sweeps, trial: Trial, group: Group, claims: Mapping[int, Claims]
) -> list[Diagnosis]:
    """Return what can be said for certain about when and where the group's claims are wrong.

    Nothing, if none of the cases tried here is wrong.
    """
    probes = [_seen(bench.probe(n), claims[n]) for n in bench.numbers_of(group.name) if n in claims]
    swept = list(_swept(sweeps, trial, group))
    if not any(s.failed for s in (*probes, *swept)):
        return []
    facts = [
        *_quantities(group, [*probes, *swept]),
        *_first_step(bench.problem.steps, group, [*probes, *swept]),
        *_not_finite(probes, swept),
        *_rule(bench.problem.regime_words, probes, swept),
    ]
    en, zh = " ".join(f[0] for f in facts), "".join(f[1] for f in facts)
    return [Diagnosis(f"where-{group.name}", en, zh)]


def _swept(sweeps: Sweeps, trial: Trial, group: Group) -> Iterator[Seen]:
    """Yield what the submission gave in the cases that vary one thing at a time."""
    outcomes = trial.play(sweeps.cases(group.name))
    for swept, outcome in zip(sweeps.of(group.name), outcomes, strict=True):
        if outcome is not None and outcome.claims is not None:
            yield replace(
                _seen(swept, outcome.claims), zeroed=swept.zeroed, idle=_idle(group, swept)
            )


def _idle(group: Group, swept: Swept) -> frozenset[str]:
    """Return the quantities that are zero here, that nothing updates, or that no step changes."""
    found = set()
    for q in group.observes:
        value = swept.expected.value[swept.where[q.name]].reshape(swept.shapes[q.name])
        start = compare.loaded_before(value, swept.case.inputs[q.update_of]) if q.update_of else 0
        still = q.update_of is None and value.size > 1 and (value == value[:1]).all()
        found |= {q.name} if still or (value == start).all() else set()
    return frozenset(found)


def _seen(played: Probe | Swept, claims: Claims) -> Seen:
    expected = played.expected
    wrong = ~compare.right(claims.values, expected.value, expected.bound)
    by_name = {n: wrong[part].reshape(played.shapes[n]) for n, part in played.where.items()}
    finite = bool(claims.faults) or bool(np.isfinite(claims.values).all())
    return Seen(played.case, by_name, finite, bool(wrong.any()))


def _quantities(group: Group, seen: list[Seen]) -> Iterator[tuple[str, str]]:
    """Yield which quantities are ever wrong and which never."""
    names = [q.name for q in group.observes]
    bad = [n for n in names if any(s.wrong[n].any() for s in seen)]
    good = [n for n in names if n not in bad]
    failed = sum(s.failed for s in seen)
    yield (
        f"Wrong in {failed} of {len(seen)} fresh cases: {_listed(bad)}.",
        f"在 {len(seen)} 个新测例中有 {failed} 个出错：{_listed(bad)}。",
    )
    for beginning in list(dict.fromkeys(filter(None, map(group.beginning, bad))))[:EXPLAINED]:
        said = group.means[beginning]
        yield (f"{beginning}: {said['en']}.", f"{beginning}：{said['zh']}。")
    if good and bad:
        yield (f"Right in all of them: {_listed(good)}.", f"始终正确：{_listed(good)}。")


def _listed(names: list[str]) -> str:
    more = f" ... ({len(names)})" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _not_finite(probes: list[Seen], swept: list[Seen]) -> Iterator[tuple[str, str]]:
    failed = [s for s in [*probes, *swept] if s.failed]
    strange = sum(not s.finite for s in failed)
    if strange:
        yield (
            f"{strange} of the {len(failed)} wrong cases hold nan or inf: overflow, or no value.",
            f"{len(failed)} 个出错的测例中有 {strange} 个含 nan 或 inf：某处溢出或从未赋值。",
        )


def _first_step(
    steps: Mapping[str, Text], group: Group, seen: list[Seen]
) -> Iterator[tuple[str, str]]:
    """Yield the earliest step at which anything is wrong, where that is never the first."""
    for symbol, words in steps.items():
        along = [q.name for q in group.observes if q.shape[:1] == (symbol,)]
        first = [
            int(np.argmax(w.reshape(len(w), -1).any(axis=1)))
            for s in seen
            for n in along
            for w in [s.wrong[n]]
            if w.any()
        ]
        if first and min(first) > 0:
            yield (
                f"The first {words['en']} that is ever wrong is number {min(first) + 1}.",
                f"最早出错的是第 {min(first) + 1} 个{words['zh']}。",
            )


def _rule(
    regimes: Mapping[str, Text], probes: list[Seen], swept: list[Seen]
) -> Iterator[tuple[str, str]]:
    """Yield the condition under which every case is right, if one covers several cases."""
    seen = [*probes, *swept]
    best, most = None, LEAST_CASES - 1
    for say, holds in [*_of_sizes(seen), *_of_regimes(regimes)]:
        inside = [s for s in seen if holds(s)]
        outside = [s for s in seen if not holds(s)]
        failed = sum(s.failed for s in outside)
        covers = not any(s.failed for s in inside) and 2 * failed >= len(outside) and failed
        if covers and len(inside) > most:
            best, most = say(len(inside), failed, len(outside)), len(inside)
    if best:
        yield best
    for zeroed in (s for s in swept if s.zeroed and not s.failed):
        typical = [s for s in swept if not s.zeroed and s.case.sizes == zeroed.case.sizes]
        bad = {n for s in typical for n, wrong in s.wrong.items() if wrong.any()}
        name = zeroed.zeroed
        if typical and all(s.failed for s in typical) and not bad <= zeroed.idle:
            yield (f"Right as soon as {name} is all zero.", f"{name} 全为零时就正确。")


def _of_sizes(seen: list[Seen]) -> Iterator[tuple[Say, Callable[[Seen], bool]]]:
    """Yield conditions on sizes: what to say of one, and which cases it holds in."""
    names = sorted({n for s in seen for n in s.case.named_sizes})
    for name in names:
        for size in sorted({s.case.sizes[name] for s in seen}):
            yield _right(f"with {name} <= {size}", f"{name} <= {size} "), _at_most(name, size)
        for size in sorted({s.case.sizes[name] for s in seen}):
            yield _right(f"with {name} >= {size}", f"{name} >= {size} "), _at_least(name, size)
    for a, b in itertools.combinations(names, 2):
        yield _right(f"where {a} differs from {b}", f"{a} 与 {b} 不同"), _unlike(a, b)


def _of_regimes(regimes: Mapping[str, Text]) -> Iterator[tuple[Say, Callable[[Seen], bool]]]:
    """Yield for every regime that has words that a case is not of it."""
    for regime, words in regimes.items():
        yield _only(words), lambda s, r=regime: s.case.regime != r  # type: ignore[misc]


def _right(en: str, zh: str) -> Say:
    return lambda count, failed, others: (
        f"Right in all {count} cases {en}, wrong in {failed} of {others} others.",
        f"{zh}的 {count} 个测例全部正确，其余 {others} 个中有 {failed} 个出错。",
    )


def _only(words: Text) -> Say:
    return lambda count, failed, others: (
        (
            f"Only cases with {words['en']} are wrong: {failed} of {others}; "
            f"all {count} others are right."
        ),
        f"只有{words['zh']}的测例出错（{others} 个中有 {failed} 个），其余 {count} 个全部正确。",
    )


def _at_most(name: str, size: int) -> Callable[[Seen], bool]:
    return lambda s: s.case.sizes[name] <= size


def _at_least(name: str, size: int) -> Callable[[Seen], bool]:
    return lambda s: s.case.sizes[name] >= size


def _unlike(a: str, b: str) -> Callable[[Seen], bool]:
    return lambda s: s.case.sizes[a] != s.case.sizes[b]
