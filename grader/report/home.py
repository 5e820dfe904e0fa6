"""What `grader check` found, for a terminal."""

import html
import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import asdict

from grader.messages.phrases import say
from grader.model import Finding, Problem
from grader.report import escape
from grader.report.text import QUOTED, WIDTH, Page, Paint, column, nested

MOST_PRINTED = 8  # lines of what the submission printed
CUT_WORDS = 44  # characters that say how much of a line is cut, and the mark before it
HTML_COLOURS = {"green": "#00842f", "red": "#d6293a", "yellow": "#a86a00"}  # on light and dark
MARKED = re.compile("\x02([^\x03]*)\x03([^\x04]*)\x04")
COLOURS = {"ok": "green", "wrong": "red", "unwritten": "yellow", "waits": "yellow"}


def render_json(
    problem: Problem,
    start: str,
    findings: Sequence[Finding],
    printed: str,
    left_out: Sequence[str] = (),
) -> str:
    """Return the same as JSON; a check of samples has the points of its group."""
    points = {g.name: g.max_score for g in problem.groups}
    checks = [{**asdict(f), "ok": f.ok, "points": points.get(f.name, 0)} for f in findings]
    data = {"problem": problem.id, "start": start, "checks": checks, "printed": printed}
    data |= {"left_out": left_out} if left_out else {}
    return escape.json(json.dumps(data, ensure_ascii=False, indent=2))


def render(
    start: str,
    findings: Sequence[Finding],
    paint: Paint = lambda text, _: text,
    *,
    printed: str = "",
    left_out: Sequence[str] = (),
    lang: str = "en",
    shut_in: bool = True,
    columns: int = WIDTH,
) -> str:
    """Return one line for every check, the first flaw of each, and what was not checked."""
    page = Page(lang, columns)
    if start:
        plain = say(lang, "cannot start")
        head = paint(plain, "red")
        lines = _laid_out(_one_line(start), page, head=head, taken=len(plain))
    else:
        lines = _checks(findings, paint, page)
        good = sum(f.ok for f in findings)
        told = say(lang, "checks right", good=good, all=len(findings)).split("\n")
        lines += ["", *(line for part in told for line in _laid_out(part, page))]
    lines += [line for text in left_out for line in _laid_out(_one_line(text), page)]
    if not shut_in:
        lines += _laid_out(say(lang, "not shut in"), page)
    return escape.commands("\n".join([*lines, *_printed(printed, page)]))


def render_html(
    start: str,
    findings: Sequence[Finding],
    *,
    printed: str = "",
    left_out: Sequence[str] = (),
    lang: str = "en",
    shut_in: bool = True,
) -> str:
    """Return the same report for a notebook's page, with its colours."""
    report = render(
        start, findings, _marked, printed=printed, left_out=left_out, lang=lang, shut_in=shut_in
    )
    shown = MARKED.sub(r'<b style="color:\1">\2</b>', html.escape(report))
    return f'<pre style="white-space:pre-wrap">{shown}</pre>'


def _marked(words: str, colour: str) -> str:
    """Return words between characters that no report holds, since none is harmless."""
    return f"\x02{HTML_COLOURS[colour]}\x03{words}\x04"


def changed(before: Sequence[Finding], after: Sequence[Finding], lang: str = "en") -> str:
    """Return which checks are better or worse than they were."""
    was = {f.name: f for f in before}
    changes = []
    for f in after:
        old = was.get(f.name)
        if old is None or (old.ok, old.right) == (f.ok, f.right):
            continue
        if old.ok != f.ok:
            changes.append(say(lang, "right now" if f.ok else "wrong now", name=f.name))
        else:
            told = {"name": f.name, "before": old.right, "after": f.right}
            changes.append(say(lang, "more right", **told))
    said = ", ".join(changes) or say(lang, "nothing changed")
    return say(lang, "since last", changes=said)


def _checks(findings: Sequence[Finding], paint: Paint, page: Page) -> list[str]:
    lines, lang = [], page.lang
    name = column((f.name for f in findings), page.columns)
    inside = " " * 6
    for f in findings:
        state = _state(f)
        plain = say(lang, f"mark {state}")
        mark = paint(plain, COLOURS[state])
        head, taken = f"{mark} {f.name:<{name}}", len(plain) + 1 + max(name, len(f.name))
        if f.waits_for:
            lines += _laid_out(f.message, page, inside, head=head, taken=taken)
            continue
        of = say(lang, "of cases", right=f.right, played=f.played)
        lines += _laid_out(f"{of} {f.title}", page, inside, head=head, taken=taken)
        if f.message:
            said = escape.cut(_one_line(f.message), 3 * WIDTH)
            lines += _laid_out(said, page, inside + QUOTED, head=inside, taken=len(inside))
        if f.inputs or f.seed is not None:
            lines += textwrap.wrap(
                _inputs(f, lang), page.columns, initial_indent=inside, subsequent_indent=" " * 8
            )
    return lines


def _laid_out(
    text: str, page: Page, indent: str = "  ", *, head: str = "", taken: int = 0
) -> list[str]:
    """Return head, of so many columns, and text, in as many lines as a narrow page asks for.

    On any other a line goes over the end by itself.
    """
    if page.columns >= WIDTH:
        return [head + text]
    blank = " " * taken
    wrapped = textwrap.wrap(text, page.width, initial_indent=blank, subsequent_indent=indent)
    first, *rest = wrapped or [blank]
    return [head + first[taken:], *rest]


def words(f: Finding, lang: str = "en") -> str:
    """Return why a check is not right, and in which case."""
    case = f"\n{_inputs(f, lang)}" if f.inputs else ""
    return escape.commands(escape.cut(_one_line(f.message), 3 * WIDTH) + case)


def _inputs(f: Finding, lang: str) -> str:
    values = [f"{n} = {nested(v)}" for n, v in f.inputs.items()]
    told = ", ".join(values) or f"numpy.random.seed({f.seed})"
    return say(lang, "with inputs", inputs=told)


def _state(f: Finding) -> str:
    if f.ok:
        return "ok"
    return "waits" if f.waits_for else "unwritten" if f.unwritten else "wrong"


def _printed(printed: str, page: Page) -> list[str]:
    """Return the first lines that the submission printed, marked so that none looks like ours."""
    lang = page.lang
    shown = escape.terminal(printed).strip("\n").split("\n")
    if not printed.strip():
        return []
    lines = ["", say(lang, "your program printed")]
    room = WIDTH if page.columns >= WIDTH else page.columns - CUT_WORDS
    lines += [f"  | {escape.cut(line, room)}" for line in shown[:MOST_PRINTED]]
    if len(shown) > MOST_PRINTED:
        lines.append(f"  {say(lang, 'lines in all', lines=len(shown))}")
    return lines


def _one_line(text: str) -> str:
    return escape.terminal(" ".join(text.split()))
