"""What of a wrong submission is to be explained, and how a line at fault comes into its report."""

from dataclasses import replace

from grader.messages.phrases import say
from grader.model import Explanation, GroupResult, Outcome, Report, Verdict

# What raised at the start and says all there is to say: not written yet, no package, no program.
NO_MISTAKE = ("NotImplementedError", "ModuleNotFoundError", "ImportError", "SyntaxError")


def raised_by_mistake(start: Outcome) -> bool:
    """Return whether a submission raised at the start, or could not be called, for a mistake."""
    called = start.message.startswith("TypeError") and start.verdict is Verdict.RTE
    mendable = start.line is not None or called
    return mendable and not any(word in start.message for word in NO_MISTAKE)


def all_wrong(groups: tuple[GroupResult, ...]) -> tuple[GroupResult, ...]:
    """Return the groups of a submission that raised before any case."""
    return tuple(replace(g, verdict=Verdict.RTE) for g in groups)


def judged_groups(report: Report) -> tuple[GroupResult, ...]:
    """Return the groups of a report on a submission that is to be explained."""
    groups = report.groups
    return groups if any(g.verdict for g in groups) else all_wrong(groups)


def with_found_line(report: Report, found: Explanation, seconds: float) -> Report:
    """Return a report in which a line was pending, with what the search for it found in a time."""
    return replace(
        report,
        diagnosis=(*found.diagnosis, *report.diagnosis),
        undone=_in_all(report.undone, found.undone["en"], "en"),
        undone_zh=_in_all(report.undone_zh, found.undone["zh"], "zh"),
        left_out=(*found.left_out, *report.left_out),
        pending=False,
        usage={**report.usage, "wall_s": round(report.usage["wall_s"] + seconds, 3)},
    )


def _in_all(first: str, then: str, lang: str) -> str:
    """Return what was left undone at first and then: what stands all the same is said once."""
    return first.removesuffix(say(lang, "stands")) + then if first and then else first or then
