"""The report as text, in either language: at most 25 lines, most important first."""

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from grader.messages.phrases import VERDICTS, say
from grader.model import Counterexample, Diagnosis, GroupResult, Report, Verdict
from grader.report import escape

WIDTH = 100  # columns, where no terminal has fewer
NAMES_WIDTH = 15  # of a column of names that are short
MOST_LINES = 25
LEAST_BODY = 6  # lines of a smallest case that are worth shortening what groups say
LEAST_CASE = 3  # lines of a smallest case that stay before what is said of the cause is cut
MOST_INPUTS = 40  # numbers of a smallest case that are worth printing
MANY_INPUTS = 8  # of more, those that are zero are only counted
NAMES = {verdict: name["en"] for verdict, name in VERDICTS.items()}
QUOTED = "| "  # before what goes on from the line above, which may be the submission's own words
GREEN, RED, YELLOW = "green", "red", "yellow"

Paint = Callable[[str, str], str]


class Page(NamedTuple):
    """What a text is for."""

    lang: str = "en"
    columns: int = WIDTH

    @property
    def width(self) -> int:
        """Return the most characters of a line; those of Chinese are twice as wide."""
        return self.columns * 64 // 100 if self.lang == "zh" else self.columns


PLAIN = Page()


def render(
    report: Report,
    paint: Paint = lambda text, _: text,
    *,
    lang: str = "en",
    most_lines: int = MOST_LINES,
    columns: int = WIDTH,
) -> str:
    """Return the text; paint(text, colour) adds colour where there is a terminal."""
    page = Page(lang, columns)
    lines = headline(report, paint, page).split("\n")
    if report.message:
        lines += quoted(_said(lang, report.message, report.message_zh), page)
    lines += [line for text in report.left_out for line in _wrapped(text[lang], page)]
    end = _footer(report, page)
    case, body = _case(report, page), _causes(report, page)
    if report.printed and report.verdict is not Verdict.AC:
        shown = escape.terminal(report.printed).strip().splitlines()
        first = _cut(shown[0] if shown else "", page.width - 20)
        key = "printed lines" if len(shown) > 1 else "printed"
        body += ["", say(lang, key, first=first, lines=len(shown))]
    most_lines = most_lines * WIDTH // columns  # as much text, on a narrow page in more lines
    fitted = _fitted(lines, report.groups, case, body, end, paint, page, most_lines)
    return escape.commands("\n".join(fitted))


def headline(report: Report, paint: Paint = lambda text, _: text, page: Page = PLAIN) -> str:
    """Return verdict and points in one line, or on a narrow page in two."""
    colour = GREEN if report.verdict is Verdict.AC else RED
    name = f"{report.verdict}: {VERDICTS[report.verdict][page.lang]}"
    points = say(page.lang, "points", score=report.score, most=report.max_score)
    if len(name + points) > page.columns:
        points = f"{points[0]}\n  {points[1:].lstrip()}"
    return paint(name, colour) + points


def failure(report: Report, group: GroupResult) -> str:
    """Return why a group failed, and with the first that did what is known about it besides."""
    failed = [g.name for g in report.groups if g.verdict not in (None, Verdict.AC)]
    message = group.message if group.verdict else report.message
    lines = [escape.terminal(escape.cut(" ".join(message.split())))]
    if failed[:1] == [group.name]:
        lines += _case(report, PLAIN) + _causes(report, PLAIN)
    return escape.commands("\n".join(lines))


def _said(lang: str, english: str, chinese: str) -> str:
    """Return a message in a language; reports of old may have it in English only."""
    return chinese if lang == "zh" and chinese else english


def _case(report: Report, page: Page) -> list[str]:
    """Return the smallest failing case, if there is one."""
    return ["", *smallest(report.counterexample, page)] if report.counterexample else []


def _causes(report: Report, page: Page) -> list[str]:
    """Return the mistakes that were proved, and what was left undone."""
    lang = page.lang
    lines: list[str] = []
    for diagnosis in report.diagnosis[:2]:
        said = _said(lang, diagnosis.message, diagnosis.message_zh)
        told = say(lang, "diagnosed", label=label(diagnosis, lang), id=diagnosis.id, said=said)
        lines += ["", *quoted(told, page)]
        lines += excerpt(diagnosis, page.columns)
    undone = [_said(lang, report.undone, report.undone_zh)] if report.undone else []
    undone += [say(lang, "pending")] if report.pending else []
    return [*lines, "", *_wrapped(" ".join(undone), page)] if undone else lines


def label(found: Diagnosis, lang: str = "en") -> str:
    """Return what comes before a diagnosis: it says a place, or a mistake."""
    return say(lang, "where" if found.id.startswith("where-") else "likely cause")


def excerpt(found: Diagnosis, columns: int = WIDTH) -> list[str]:
    """Return each line at fault with one before and one after; what mends it where it is told."""
    near = [(n, text) for n, text in found.excerpt if any(abs(n - at) <= 1 for at in found.lines)]
    rows = [f"{'->' if n in found.lines else '  '} {n:4}  {text}" for n, text in near]
    changes = found.change.splitlines() if found.told else []
    rows += [line for line in changes if line[:1] in "+-"]
    return [_cut(f"  {QUOTED}{escape.terminal(row)}", columns) for row in rows]


def _fitted(
    lines: list[str],
    results: Sequence[GroupResult],
    case: list[str],
    body: list[str],
    end: list[str],
    paint: Paint,
    page: Page,
    most_lines: int,
) -> list[str]:
    """Return all lines, shortened to most_lines: what groups say, the case, and last the rest."""
    name = column((g.name for g in results), page.columns)
    for most in range(max(3, most_lines // 8), 0, -1):
        groups = "\n".join(_group(g, paint, most, name, page) for g in results).splitlines()
        room = most_lines - len(lines) - len(groups) - len(end)
        if room >= min(len(case) + len(body), LEAST_BODY):
            break
    if len(case) + len(body) > room:
        cut = say(page.lang, "shortened")
        case = case[: max(room - len(body) - 1, LEAST_CASE)]
        if len(case) + 1 + len(body) <= room:
            return [*lines, *groups, *case, cut, *body, *end]
        return [*lines, *groups, *[*case, *body][: max(room - 1, 0)], cut, *end]
    return [*lines, *groups, *case, *body, *end]


def column(names: Iterable[str], columns: int = WIDTH) -> int:
    """Return how wide a column of names is: as the longest, and at most half of the line."""
    return min(max([NAMES_WIDTH, *(len(n) + 1 for n in names)]), columns // 2)


def _group(g: GroupResult, paint: Paint, most: int, name: int, page: Page) -> str:
    mark, colour = {Verdict.AC: ("AC", GREEN), None: ("--", YELLOW)}.get(
        g.verdict, (str(g.verdict), RED)
    )
    points = f"{g.score}/{g.max_score}"
    width, said = page.width, _said(page.lang, g.message, g.message_zh)
    text = _cut(escape.terminal(" ".join(said.split())), max(3, most) * width)
    first = f"  {paint(f'{mark:3}', colour)} {_cut(g.name, name - 1):<{name}}{points:>7}  "
    margin = " " * (name + 13) + QUOTED
    return first + textwrap.fill(
        text, width, initial_indent=margin, subsequent_indent=margin, max_lines=most
    ).removeprefix(margin)


def smallest(c: Counterexample, page: Page = PLAIN) -> list[str]:
    """Return the smallest failing case, its inputs where they are few."""
    lang, width = page.lang, page.width
    said = _said(lang, c.message, c.message_zh)
    lines = quoted(say(lang, "smallest", group=c.group, said=said), page)
    count = sum(_size(v) for v in c.inputs.values())
    if count == 0:
        lines.append(f"  numpy.random.seed({c.seed})")
    elif count <= MOST_INPUTS:
        lines += textwrap.wrap(
            _inputs(c.inputs, lang), width, initial_indent="  ", subsequent_indent="  "
        )
    if c.first_difference is not None and c.first_difference["kind"] == "value":
        name = c.first_difference["quantity"]
        if name in c.actual and _size(c.expected[name]) <= MOST_INPUTS // 4:
            for key, values in (("expected", c.expected), ("yours", c.actual)):
                shown = say(lang, key, name=name, values=nested(values[name]))
                lines.append(_cut(f"  {shown}", width))
    return lines


def _inputs(inputs: Mapping[str, Any], lang: str) -> str:
    """Return the inputs of a case; of many only those that are not all zero, and how many are."""
    many = len(inputs) > MANY_INPUTS
    shown = {n: v for n, v in inputs.items() if not many or _any(v)}
    text = ", ".join(f"{n} = {nested(v)}" for n, v in shown.items())
    zero = len(inputs) - len(shown)
    if not zero:
        return text
    return say(lang, "inputs zero" if text else "all zero", shown=text, n=zero)


def _footer(report: Report, page: Page) -> list[str]:
    lines = [""]
    if report.missing_isolation:
        layers = ", ".join(report.missing_isolation)
        lines += _wrapped(say(page.lang, "not in force", layers=layers), page)
    versions = ", ".join(f"{n} {v}" for n, v in report.versions.items())
    told = {"problem": report.problem, "seed": report.seed, "digest": report.suite["digest"][:12]}
    last = f"{say(page.lang, 'judged by', **told)}; {versions}"
    return [*lines, *(_wrapped(last, page) if page.columns < WIDTH else [last])]


def _wrapped(text: str, page: Page) -> list[str]:
    return textwrap.wrap(text, page.width, max_lines=4, subsequent_indent="  ")


def quoted(text: str, page: Page = PLAIN) -> list[str]:
    """Return lines of a text that holds words of a submission: none begins as ours do."""
    one_line = escape.terminal(" ".join(text.split()))
    return textwrap.wrap(one_line, page.width, max_lines=4, subsequent_indent=f"  {QUOTED}")


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 3] + "..."


def _size(value: Any) -> int:
    return sum(map(_size, value)) if isinstance(value, list) else 1


def _any(value: Any) -> bool:
    return any(map(_any, value)) if isinstance(value, list) else value != 0


def nested(value: Any) -> str:
    """Return nested lists of numbers as they are written."""
    if isinstance(value, list):
        return f"[{', '.join(map(nested, value))}]"
    return f"{value:.6g}" if isinstance(value, int | float) else escape.terminal(str(value))
