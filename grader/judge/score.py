"""Outcomes and mismatches of cases -> groups -> the submission: verdict, points and words."""

from collections.abc import Mapping, Sequence

from grader.messages.phrases import both, say
from grader.messages.wording import ended_text, mismatch_text
from grader.model import (
    Group,
    GroupResult,
    Mismatch,
    Outcome,
    Problem,
    Run,
    Suite,
    Text,
    Verdict,
)

OF_NUMBERS = ("value", "nonfinite")  # kinds of mismatch
AT_RUN_TIME = (Verdict.TLE, Verdict.MLE, Verdict.OLE, Verdict.RTE)


def group_results(
    suite: Suite, run: Run, mismatches: Mapping[int, Mismatch]
) -> tuple[GroupResult, ...]:
    """Return a result for every group of the problem; points only where every case was right."""
    results: dict[str, GroupResult] = {}
    for group in suite.problem.groups:
        numbers = [n for n, case in enumerate(suite.cases) if case.group == group.name]
        results[group.name] = _group(suite, group, numbers, run, mismatches, results)
    return tuple(results.values())


def settled(suite: Suite, run: Run, mismatches: Mapping[int, Mismatch]) -> tuple[GroupResult, ...]:
    """Return the results of which nothing that is still to be played can change one."""
    found: dict[str, GroupResult] = {}
    for group, result in zip(
        suite.problem.groups, group_results(suite, run, mismatches), strict=True
    ):
        failed = any(r in found and found[r].verdict is not Verdict.AC for r in group.requires)
        if result.verdict is not None or failed:
            found[group.name] = result
    return tuple(found.values())


def _group(
    suite: Suite,
    group: Group,
    numbers: Sequence[int],
    run: Run,
    mismatches: Mapping[int, Mismatch],
    before: Mapping[str, GroupResult],
) -> GroupResult:
    """Return one group's result, knowing those of the groups before it.

    A group whose requirement failed is not judged, whatever happened in it: that may be a
    consequence.
    """
    if run.start is not None:
        return skipped(group, "not started")
    failed = [r for r in group.requires if before[r].verdict is not Verdict.AC]
    if failed:
        return skipped(group, "another fails", _root(failed[0], before))
    ended = next((n for n in numbers if n in run.outcomes and run.outcomes[n].verdict), None)
    played = [n for n in numbers if n in run.outcomes]
    wrong = [n for n in played if n in mismatches]
    if ended is not None:
        outcome = run.outcomes[ended]
        message = both(lambda lang: ended_text(suite.cases[ended], outcome, lang))
        return _result(group, outcome.verdict, message, len(numbers), len(wrong) + 1, outcome)
    if len(played) < len(numbers) or not numbers:
        return skipped(group, "not reached")
    if wrong:
        message = both(lambda lang: _wrong(suite, numbers, wrong, mismatches, lang))
        return _result(group, Verdict.WA, message, len(numbers), len(wrong), None)
    message = both(lambda lang: say(lang, "all right", cases=len(numbers)))
    return _result(group, Verdict.AC, message, len(numbers), 0, None)


def _wrong(
    suite: Suite,
    numbers: Sequence[int],
    wrong: Sequence[int],
    mismatches: Mapping[int, Mismatch],
    lang: str,
) -> str:
    """Return what is wrong in the first wrong case, and in how many cases something is.

    A wrong shape is told before wrong values, which it may have brought about; where sizes differ
    it says most.
    """
    first = min(wrong, key=lambda n: _late(mismatches[n]))
    said = mismatch_text(suite.cases[first], mismatches[first], lang)
    if len(numbers) == 1:
        return said
    return say(lang, "some wrong", said=said, wrong=len(wrong), cases=len(numbers))


def _late(mismatch: Mismatch) -> tuple[bool, int]:
    """Return how late a mismatch is told: numbers last, of shapes those with equal sizes."""
    of_numbers, shape = mismatch.kind in OF_NUMBERS, mismatch.shape
    return of_numbers, 0 if of_numbers else len(shape) - len({*shape})


def _result(
    group: Group,
    verdict: Verdict | None,
    message: Text,
    cases: int,
    failed: int,
    outcome: Outcome | None,
) -> GroupResult:
    return GroupResult(
        name=group.name,
        verdict=verdict,
        score=group.max_score if verdict is Verdict.AC else 0,
        max_score=group.max_score,
        message=message["en"],
        message_zh=message["zh"],
        title=group.title["en"],
        title_zh=group.title["zh"],
        cases=cases,
        failed=failed,
        line=outcome.line if outcome else None,
        cell=outcome.cell if outcome else None,
    )


def skipped(group: Group, why: str, other: str = "") -> GroupResult:
    """Return the result of a group that was not judged; why: a phrase, which may name another."""
    message = both(lambda lang: say(lang, why, group=other))
    return _result(group, None, message, 0, 0, None)


def _root(name: str, before: Mapping[str, GroupResult]) -> str:
    """Return the group that failed itself, where `name` was only skipped because of another."""
    if before[name].verdict is None:
        failed = (n for n, r in before.items() if r.verdict not in (None, Verdict.AC))
        return next(failed, name)
    return name


def verdict_of(run: Run, groups: Sequence[GroupResult]) -> Verdict:
    """Return the submission's verdict.

    How it failed to start, if it did; else what first happened at run time, since WA means that
    everything ran; else WA; and AC only if every group is AC.
    """
    if run.start is not None and run.start.verdict is not None:
        return run.start.verdict
    at_run_time = [g.verdict for g in groups if g.verdict in AT_RUN_TIME]
    if at_run_time and at_run_time[0] is not None:
        return at_run_time[0]
    return Verdict.AC if all(g.verdict is Verdict.AC for g in groups) else Verdict.WA


def total(problem: Problem, groups: Sequence[GroupResult]) -> tuple[int, int]:
    """Return points and the most there are."""
    return sum(g.score for g in groups), sum(g.max_score for g in problem.groups)
