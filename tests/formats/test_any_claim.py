"""No format of a report fails on any claim, and none shows what a terminal or a runner obeys."""

import csv
import dataclasses
import io
import json
import re
import unicodedata
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from grader import compare
from grader.cases import generate
from grader.explain.counterexample import described
from grader.messages import phrases
from grader.model import Claims, Diagnosis, Fault, Outcome, Row, Run, Verdict
from grader.oracle import bounds
from grader.report import formats, junit, table
from grader.report import json as json_report
from grader.report.insight import insight
from grader.sandbox import ended, wire
from tests.formats.test_readers import ENVIRONMENT, strictly
from tests.support import ROUND

EVERYDAY, MANY = 3, 30  # reports; each has a dozen drawn claims, so 36 and 360
FINFO = [np.finfo(t) for t in (np.float16, np.float32, np.float64)]
EXTREMES = np.array(
    [
        *(0.0, -0.0, 1.0, -1.0, np.nan, np.inf, -np.inf, 5e-324, -5e-324, 1e308, -1e308, 1.5e308),
        *(sign * float(x) for f in FINFO for x in (f.max, f.tiny, f.eps) for sign in (1, -1)),
        *(sign * float(f.smallest_subnormal) for f in FINFO for sign in (1, -1)),
        *(float(x) for n in (8, 16, 32, 64) for x in (np.iinfo(f"int{n}").min, 2**n - 1)),
        *(10.0**n for n in range(-320, 309, 37)),
    ]
)
HOSTILE = [
    *(
        "::error file=x::y",
        "  ::stop-commands::t",
        "a ##[error]b",
        "##vso[task.complete]",
        "%0A::x::",
    ),
    *(
        "\x1b[2J",
        "\x9b31m",
        "\x90q\x9c",
        "\u202eAC\u202c",
        "\u2066x\u2069",
        "\u200f",
        "\ufeff",
        "\x00",
    ),
    *("\u2028", "\u2029", "\r", "\r\n", "\n\n", "\t", "\x7f", "\x85", "\ufffe", "\ud800", "\udfff"),
    *(
        "<script>",
        "</pre>",
        "&lt;",
        "]]>",
        "```",
        "`",
        "|",
        "\\|",
        "www.example.org",
        "a@b.org",
        "@all",
    ),
    *(
        "![x](http://x)",
        "[x](y)",
        "# x",
        "=1+1",
        ";=1+1",
        "\t=1",
        "'=1",
        "+1",
        "-1",
        "@SUM(1)",
        '"',
        "'",
    ),
    *("AC: accepted, 100 of 100 points", "  AC  forward  25/25  all 38 cases are right", "学" * 90),
    *(
        "Likely cause (x): y",
        "x" * 3000,
        "a b " * 500,
        "0x" + "f" * 40,
        "{value}",
        "%s",
        "{0}",
        "$(id)",
    ),
]
DTYPES = wire.DTYPES
OBEYED = ("Cc", "Cf", "Cs", "Zl", "Zp")  # categories that may not reach a terminal or a page as is


def obeyed(shown):
    """The characters of a text that a terminal or a page would obey."""
    return {c for c in set(shown) - {"\n", "\t", "\u00ad"} if unicodedata.category(c) in OBEYED}


def text(draw):
    """A few hostile pieces, one after the other."""
    return "".join(draw.choice(HOSTILE) for _ in range(draw.integers(0, 5)))


def claims_of(draw, group, case, right):
    """Claims of a case: right, but for what is drawn from the extremes, or does not count."""
    values = right.copy()
    chosen = draw.random(values.size) < draw.choice([0.02, 0.5, 1.0])
    values[chosen] = draw.choice(EXTREMES, chosen.sum())
    dtypes = {q.name: str(draw.choice(DTYPES)) for q in group.observes}
    faults, at = {}, 0
    for q in group.observes:
        size = int(np.prod(q.shape_in(case.sizes)))
        if draw.random() < 0.15:
            faults[q.name] = Fault(str(draw.choice(["shape", "type"])), ended.one_line(text(draw)))
            values[at : at + size] = np.nan
        at += size
    return Claims(values, dtypes, faults)


def failure_of(draw):
    """How a play ended, told by the worker, or by the judge's own watch."""
    if draw.random() < 0.3:
        verdict = draw.choice([Verdict.TLE, Verdict.MLE, Verdict.OLE, Verdict.RTE])
        return Outcome(Verdict(verdict), message="more than 4 s of processor time")
    said = [text(draw) for _ in range(3)]
    line = int(draw.choice([0, 1, 10**7 - 1]))
    payload = wire.pack_failure(int(draw.choice([wire.EXCEPTION, wire.MEMORY])), line, said)
    return ended.failure(payload, at_import=False)


def outcome_of(draw, group, case, right):
    if draw.random() < 0.15:
        return failure_of(draw)
    return Outcome(None, claims_of(draw, group, case, right))


def small_cases(problem, seed):
    """The first small cases of every group, by its name."""
    return {
        group.name: list(
            generate.growing_cases(problem, group, "readable", seed, largest=3, most=30)
        )
        for group in problem.groups
    }


def drawn_report(judge, small, number):
    """A report of claims that are drawn, as the judge makes it, and a smallest case of its own."""
    draw = np.random.default_rng(number)
    suite, problem = judge.suite, judge.problem
    outcomes = {}
    for n, (case, expected) in enumerate(zip(suite.cases, suite.expected, strict=True)):
        group = problem.group(case.group)
        right = Outcome(
            None, Claims(expected.value, {q.name: "float64" for q in group.observes}, {})
        )
        odd = draw.random() < 0.1
        outcomes[n] = outcome_of(draw, group, case, expected.value) if odd else right
        if draw.random() < 0.005:
            del outcomes[n]
    start = failure_of(draw) if draw.random() < 0.05 else None
    run = Run(outcomes, ("seccomp",), {}, text(draw), 0.1, 0.1, 1.0, start)
    report = judge.judge(b"x = 1\n" * int(draw.integers(0, 3)), text(draw), search=False, run=run)
    assert report.verdict is not Verdict.JE, report.message
    group = problem.groups[draw.integers(len(problem.groups))]
    case = draw.choice(np.array(small[group.name], dtype=object))
    expected = bounds.expect(problem, case)
    first, second = (outcome_of(draw, group, case, expected.value) for _ in range(2))
    first = second if draw.random() < 0.9 else first  # else it behaves at random
    found = first
    if first.claims is not None:
        found = compare.first_mismatch(group, case, expected, first.claims)
    smallest = described(problem, case, found, second, expected) if found else None
    said = phrases.both(lambda lang: phrases.say(lang, "no search", why="KeyError"))
    diagnosis = tuple(
        Diagnosis(
            "where-x", text(draw), text(draw), 1, ((1, text(draw)),), text(draw), number % 2 == 0
        )
        for _ in range(number % 3)
    )
    parts = {"counterexample": smallest, "diagnosis": diagnosis}
    return dataclasses.replace(report, **parts, left_out=(said,) * (number % 2))


def row_of(report, student):
    data = json.loads(json_report.render(report))
    facts = (report.verdict, report.score, report.max_score, "2026-01-01", 1, data)
    return Row(student, report.submission, "", *facts)


def assert_harmless(shown, name):
    """Neither controls nor marks of direction, and no line that a runner takes for a command."""
    ours = re.sub(r"[\ud800-\udfff]", "", shown)
    assert not obeyed(ours), name
    assert shown.encode()
    if name == "github":
        shown = re.sub(
            r"^::(error|warning|notice) [^\n]*$|^::stop-commands::.*",
            "",
            shown,
            flags=re.MULTILINE | re.DOTALL,
        )
    assert not re.search(r"^\s*::|##\[", shown, re.MULTILINE), name


def check(judge, numbers):
    """Render a report for each number in every format, and a class of them all."""
    small, rows = small_cases(judge.problem, judge.seed), []
    for number in numbers:
        report = drawn_report(judge, small, number)
        shown = {name: make(report, ENVIRONMENT) for name, make in formats.RENDER.items()}
        for name, content in shown.items():
            assert_harmless(content, name)
            if name != "html":
                assert content == formats.RENDER[name](report, ENVIRONMENT), name
        for name in ("json", "gradescope", "prairielearn", "classroom50"):
            strictly(shown[name])
        ET.fromstring(shown["junit"])
        assert "could not be drawn" not in shown["html"]
        assert "cannot be shown as a page" not in shown["html"]
        assert json_report.render(json_report.parse(json.loads(shown["json"]))) == shown["json"]
        rows.append(row_of(report, f"{number}{text(np.random.default_rng(number))}"))
    check_class(rows)


def check_class(rows):
    from grader.report.html import course

    figures = insight(rows, ())
    tables = [table.text(rows), table.as_json(rows), table.insight_text(figures)]
    tables += [
        table.insight_json(figures),
        junit.render_all([json_report.parse(r.report) for r in rows]),
    ]
    for number, shown in enumerate(tables):
        assert_harmless(shown, f"table {number}")
    for _, page in course.pages(rows, figures):
        assert_harmless(page, "page")
    for content in (table.as_csv(rows), table.insight_csv(figures)):
        assert not obeyed(content)
        cells = [c for line in csv.reader(io.StringIO(content)) for c in line]
        for part in (p for cell in cells for p in re.split("[;\n]", cell)):
            assert not re.match(r"[\s\"]*([=@|%]|[+-](?!\d*$))", part), part


def test_reports_of_any_claims(judges):
    """
    Some claims in reports of a hundred cases each, in every format.
    """
    check(judges("simple_rnn"), range(EVERYDAY))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(2))
def test_reports_of_any_claims_many(judges, part):
    """
    Hundreds of claims, in parts; others in each round.
    """
    size = MANY // 2
    first = EVERYDAY + MANY * ROUND + part * size
    check(judges("simple_rnn"), range(first, first + size))
