"""A report of which less is told: only the cause, or only verdict and points."""

from dataclasses import replace

from grader.model import GroupResult, Report, Verdict


def reduced(report: Report, feedback: str) -> Report:
    """Return what is told of a report. feedback: full, cause or verdict.

    What the judge says of its own errors is for the instructor.
    """
    if report.verdict is Verdict.JE:
        return replace(_verdict_only(report), left_out=())
    if feedback == "full":
        return report
    if feedback == "cause":
        return replace(
            report, groups=tuple(map(_points_only, report.groups)), counterexample=None, printed=""
        )
    return _verdict_only(report)


def _points_only(group: GroupResult) -> GroupResult:
    return replace(group, message="", message_zh="")


def _verdict_only(report: Report) -> Report:
    return replace(
        report,
        message="",
        message_zh="",
        groups=(),
        diagnosis=(),
        counterexample=None,
        printed="",
        undone="",
        undone_zh="",
        pending=False,
        line=None,
    )
