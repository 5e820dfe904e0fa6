"""A report as one HTML page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from grader.messages.phrases import VERDICTS, both, say
from grader.model import LANGUAGES, Attempt, Counterexample, Report, Text, Verdict
from grader.report import escape
from grader.report.html import grid, plot, snippet
from grader.report.html.overview import overview
from grader.report.html.page import drawn, in_languages, page, words
from grader.report.html.source import MOST_LINES, lines
from grader.report.html.words import WORDS

TABLE = (16, 12)  # rows and columns that a table shows at most
MAP = (24, 48)
MOST_QUANTITIES = 10
MOST_PRINTED = 4000
MOST_MESSAGE = 2000


@dataclass(frozen=True, slots=True)
class Compared:
    """A quantity: what it should be and what it is, both laid out, and a map of the errors."""

    name: str
    sizes: str
    expected: grid.Grid
    actual: grid.Grid | None
    fault: str
    wrong: int
    size: int
    map: Markup
    seen: grid.Window  # what part of it the map shows
    map_words: Markup


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The smallest failing case, ready to be shown; rest: names for which there is no room."""

    group: Text
    inputs: tuple[tuple[str, str, grid.Grid], ...]
    differing: tuple[Compared, ...]
    right: tuple[Compared, ...]
    rest: tuple[str, ...]
    played: bool
    overview: Markup
    program: str


def render(
    report: Report,
    *,
    index: str = "",
    source: bytes = b"",
    attempts: Sequence[Attempt] = (),
    lang: str = "",
) -> str:
    """Return the page.

    index: where the class's page is, if it has one. source: what was judged, to be shown beside
    it. attempts: all there were, this one last. lang: the language it opens in, if not the
    reader's own.
    """
    return _rendered(
        report,
        source,
        layout="base.html",
        seed_told=True,
        index=index,
        attempts=attempts,
        lang=lang,
        lay_out=lay_out,
    )


def parts(reports: Mapping[str, Report], source: bytes) -> dict[str, str]:
    """Return reports on one submission as parts of other pages, which do not tell the seed.

    What several show is laid out and drawn once: that takes longer than all the rest.
    """
    laid: dict[int, LaidOut] = {}

    def once(report: Report, smallest: Counterexample) -> LaidOut:
        if id(smallest) not in laid:
            laid[id(smallest)] = lay_out(report, smallest)
        return laid[id(smallest)]

    return {
        name: _rendered(report, source, layout="part.html", seed_told=False, lay_out=once)
        for name, report in reports.items()
    }


def _rendered(
    report: Report,
    source: bytes,
    *,
    layout: str,
    seed_told: bool,
    index: str = "",
    attempts: Sequence[Attempt] = (),
    lang: str = "",
    lay_out: Callable[[Report, Counterexample], LaidOut],
) -> str:
    smallest, left_out = report.counterexample, list(map(in_languages, report.left_out))
    laid = None
    try:
        laid = lay_out(report, smallest) if smallest else None
    except Exception as error:  # noqa: BLE001  # what a submission made of it costs this part only
        left_out.append(words("not laid out", why=type(error).__name__))
        smallest = None
    shown = lines(source, report) if source.strip() else []
    return page(
        "report.html",
        layout=layout,
        seed_told=seed_told,
        report=report,
        verdict=in_languages(VERDICTS[report.verdict]),
        passed=report.verdict is Verdict.AC,
        groups=report.groups,
        smallest=smallest,
        laid=laid,
        left_out=left_out,
        pending=in_languages(both(lambda lang: say(lang, "pending"))),
        printed=escape.cut(report.printed, MOST_PRINTED),
        shorten=lambda text: escape.cut(text, MOST_MESSAGE),
        index=index,
        lines=shown,
        lines_cut=len(shown) == MOST_LINES,
        attempts=attempts if len(attempts) > 1 else (),
        lang=lang,
    )


def lay_out(report: Report, c: Counterexample) -> LaidOut:
    """Return the arrays of a case in rows and columns, those that differ first."""
    names = sorted(c.expected, key=lambda n: not _differs(c, n))
    shown = [_compared(number, n, c) for number, n in enumerate(names[:MOST_QUANTITIES])]
    group = next((g for g in report.groups if g.name == c.group), None)
    title = {"en": group.title, "zh": group.title_zh} if group else {"en": "", "zh": ""}
    return LaidOut(
        title,
        tuple(_inputs(c)),
        tuple(q for q in shown if q.wrong or q.fault or not c.actual),
        tuple(q for q in shown if not q.wrong and not q.fault and c.actual),
        tuple(names[MOST_QUANTITIES:]),
        bool(c.actual),
        drawn(lambda: overview(c, {n: _wrong(c, n) for n in c.expected if _counts(c, n)})),
        snippet.program(report.problem, c),
    )


def _inputs(c: Counterexample) -> Iterator[tuple[str, str, grid.Grid]]:
    for name, value in c.inputs.items():
        array = grid.floats(value)
        yield name, str(array.shape), grid.grids(array, None, None, (), TABLE)[0]


def _differs(c: Counterexample, name: str) -> bool:
    return bool(_wrong(c, name).any()) if _counts(c, name) else name in c.actual


def _counts(c: Counterexample, name: str) -> bool:
    """Return whether there is a value that counts; else it is words where numbers are expected."""
    value = c.actual.get(name)
    if isinstance(value, str):
        return np.ndim(c.expected[name]) == 0 and value in ("nan", "inf", "-inf")
    return value is not None


def _wrong(c: Counterexample, name: str) -> grid.Bools:
    expected, actual = grid.floats(c.expected[name]), grid.floats(c.actual[name])
    return grid.wrong_cells(expected, actual, c.bounds.get(name))


def _compared(number: int, name: str, c: Counterexample) -> Compared:
    expected = grid.floats(c.expected[name])
    symbols = tuple(c.shapes.get(name, ()))
    actual = grid.floats(c.actual[name]) if _counts(c, name) else None
    fault = name in c.actual and actual is None
    wrong = _wrong(c, name) if actual is not None else None
    left, right = grid.grids(expected, actual, wrong, symbols, TABLE)
    heat = Markup()
    first = int(np.argmax(wrong)) if wrong is not None else 0
    seen = grid.window(expected.shape, symbols, MAP, first, steps=c.steps)
    if actual is not None and wrong is not None and wrong.any() and expected.size > 1:
        with np.errstate(invalid="ignore", over="ignore"):
            errors = np.abs(actual - expected).ravel()[seen.positions]
        title = f"|{name} - expected|"
        labels = plot.Labels(seen.rows, seen.columns, seen.rows_name, seen.columns_name)
        bad = wrong.ravel()[seen.positions]
        heat = drawn(lambda: plot.heat_map(f"map{number}", errors, bad, labels, title))
    return Compared(
        name,
        grid.sizes_of(symbols, expected.shape, c.sizes),
        left,
        right,
        str(c.actual[name]) if fault else "",
        int(wrong.sum()) if wrong is not None else 0,
        expected.size,
        heat,
        seen,
        in_languages({lang: _map_words(lang, name, seen, c.steps) for lang in LANGUAGES}),
    )


def _map_words(lang: str, name: str, seen: grid.Window, steps: Mapping[str, Text]) -> str:
    across, down = (_axis(lang, axis, steps) for axis in (seen.columns_name, seen.rows_name))
    return WORDS["map"][lang].format(name=name, across=across, down=down)


def _axis(lang: str, name: str, steps: Mapping[str, Text]) -> str:
    """Return what an axis is, in words where it is one of steps."""
    if not name:
        return WORDS["index"][lang]
    known = ((n, steps.get(n)) for n in name.split(", "))
    return ", ".join(f"{n} ({words[lang]})" if words else n for n, words in known)
