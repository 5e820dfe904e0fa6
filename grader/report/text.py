"""The report for a terminal: at most 25 lines, most important first."""

import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from grader.messages.phrases import VERDICTS
from grader.model import Counterexample, Diagnosis, GroupResult, Report, Verdict
from grader.report import escape

WIDTH = 100
NAMES_WIDTH = 15  # of a column of names that are short
MOST_LINES = 25
LEAST_BODY = 6  # lines of a smallest case that are worth shortening what groups say
MOST_INPUTS = 40  # numbers of a smallest case that are worth printing
NAMES = {verdict: name["en"] for verdict, name in VERDICTS.items()}
QUOTED = "| "  # before what goes on from the line above, which may be the submission's own words
GREEN, RED, YELLOW = "green", "red", "yellow"

Paint = Callable[[str, str], str]


def render(report: Report, paint: Paint = lambda text, _: text) -> str:
    """Return the text; paint(text, colour) adds colour where there is a terminal."""
    lines = [headline(report, paint)]
    if report.message:
        lines += quoted(report.message)
    lines += [line for text in report.left_out for line in _wrapped(text["en"])]
    end = _footer(report)
    body = _evidence(report)
    if report.printed and report.verdict is not Verdict.AC:
        shown = escape.terminal(report.printed).strip().splitlines()
        body += ["", f"Printed: {_cut(shown[0] if shown else '', WIDTH - 20)}"]
        if len(shown) > 1:
            body[-1] += f" ... ({len(shown)} lines)"
    return escape.commands("\n".join(_fitted(lines, report.groups, body, end, paint)))


def headline(report: Report, paint: Paint = lambda text, _: text) -> str:
    """Return verdict and points in one line."""
    colour = GREEN if report.verdict is Verdict.AC else RED
    name = f"{report.verdict}: {NAMES[report.verdict]}"
    return f"{paint(name, colour)}, {report.score} of {report.max_score} points"


def failure(report: Report, group: GroupResult) -> str:
    """Return why a group failed, and with the first that did what is known about it besides."""
    failed = [g.name for g in report.groups if g.verdict not in (None, Verdict.AC)]
    message = group.message if group.verdict else report.message
    lines = [escape.terminal(escape.cut(" ".join(message.split())))]
    if failed[:1] == [group.name]:
        lines += _evidence(report)
    return escape.commands("\n".join(lines))


def _evidence(report: Report) -> list[str]:
    """Return the smallest failing case and the mistakes that were proved."""
    lines = ["", *smallest(report.counterexample)] if report.counterexample else []
    for diagnosis in report.diagnosis[:2]:
        lines += ["", *quoted(f"{label(diagnosis)} ({diagnosis.id}): {diagnosis.message}")]
        lines += excerpt(diagnosis)
    return [*lines, "", *_wrapped(report.undone)] if report.undone else lines


def label(found: Diagnosis) -> str:
    """Return what comes before a diagnosis: it says a place, or a mistake."""
    return "Where" if found.id.startswith("where-") else "Likely cause"


def excerpt(found: Diagnosis) -> list[str]:
    """Return the line at fault with one before and one after; what mends it where it is told."""
    near = [(n, text) for n, text in found.excerpt if found.line and abs(n - found.line) <= 1]
    rows = [f"{'->' if n == found.line else '  '} {n:4}  {text}" for n, text in near]
    changes = found.change.splitlines() if found.told else []
    rows += [line for line in changes if line[:1] in "+-"]
    return [_cut(f"  {QUOTED}{escape.terminal(row)}", WIDTH) for row in rows]


def _fitted(
    lines: list[str],
    results: Sequence[GroupResult],
    body: list[str],
    end: list[str],
    paint: Paint,
) -> list[str]:
    """Return all lines, what groups say and then the body shortened to MOST_LINES."""
    name = column(g.name for g in results)
    for most in (3, 2, 1):
        groups = "\n".join(_group(g, paint, most, name) for g in results).splitlines()
        room = MOST_LINES - len(lines) - len(groups) - len(end)
        if room >= min(len(body), LEAST_BODY):
            break
    if len(body) > room:
        body = [*body[: max(room - 1, 0)], "... (--format json has all of it)"]
    return [*lines, *groups, *body, *end]


def column(names: Iterable[str]) -> int:
    """Return how wide a column of names is: as the longest, and at most half of the line."""
    return min(max([NAMES_WIDTH, *(len(n) + 1 for n in names)]), WIDTH // 2)


def _group(g: GroupResult, paint: Paint, most: int, name: int) -> str:
    mark, colour = {Verdict.AC: ("AC", GREEN), None: ("--", YELLOW)}.get(
        g.verdict, (str(g.verdict), RED)
    )
    points = f"{g.score}/{g.max_score}"
    text = _cut(escape.terminal(" ".join(g.message.split())), 3 * WIDTH)
    first = f"  {paint(f'{mark:3}', colour)} {_cut(g.name, name - 1):<{name}}{points:>7}  "
    margin = " " * (name + 13) + QUOTED
    return first + textwrap.fill(
        text, WIDTH, initial_indent=margin, subsequent_indent=margin, max_lines=most
    ).removeprefix(margin)


def smallest(c: Counterexample) -> list[str]:
    """Return the smallest failing case, its inputs where they are few."""
    lines = quoted(f"Smallest failing case found for {c.group}: {c.message}")
    count = sum(_size(v) for v in c.inputs.values())
    if count == 0:
        lines.append(f"  numpy.random.seed({c.seed})")
    elif count <= MOST_INPUTS:
        text = ", ".join(f"{n} = {nested(v)}" for n, v in c.inputs.items())
        lines += textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="  ")
    if c.first_difference is not None and c.first_difference["kind"] == "value":
        name = c.first_difference["quantity"]
        if name in c.actual and _size(c.expected[name]) <= MOST_INPUTS // 4:
            for label, values in (("expected", c.expected), ("yours", c.actual)):
                lines.append(_cut(f"  {name}, {label}: {nested(values[name])}", WIDTH))
    return lines


def _footer(report: Report) -> list[str]:
    digest = report.suite["digest"][:12]
    lines = [""]
    if report.missing_isolation:
        lines += _wrapped(f"Not in force here: {', '.join(report.missing_isolation)}.")
    versions = ", ".join(f"{n} {v}" for n, v in report.versions.items())
    return [*lines, f"{report.problem}, seed {report.seed}, suite {digest}; {versions}"]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, max_lines=4, subsequent_indent="  ")


def quoted(text: str) -> list[str]:
    """Return lines of a text that holds words of a submission: none begins as ours do."""
    one_line = escape.terminal(" ".join(text.split()))
    return textwrap.wrap(one_line, WIDTH, max_lines=4, subsequent_indent=f"  {QUOTED}")


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 3] + "..."


def _size(value: Any) -> int:
    return sum(map(_size, value)) if isinstance(value, list) else 1


def nested(value: Any) -> str:
    """Return nested lists of numbers as they are written."""
    if isinstance(value, list):
        return f"[{', '.join(map(nested, value))}]"
    return f"{value:.6g}" if isinstance(value, int | float) else escape.terminal(str(value))
