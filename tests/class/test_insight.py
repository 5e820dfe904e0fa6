"""What a class has in common, and what a regrade changed."""

import pytest

from grader.course.fingerprint import fingerprint, same
from grader.model import Row, Verdict
from grader.report import table
from grader.report.insight import compare, insight

SOURCE = b"import numpy as np\ndef f(a, b):\n    c = np.dot(a, b)  # say\n    return c\n"
RENAMED = (
    b'import numpy\nimport numpy as n\n\n\ndef g(x,y):\n    "doc"\n    z=n.dot(x,y)\n    return z'
)


def row(student, verdict, score=0, diagnosis=(), groups=(), said=None):
    found = [{"id": d, "message": f"about {d}"} for d in diagnosis]
    report = {
        "message": "",
        "groups": [{"name": n, "verdict": v, "message": ""} for n, v in groups],
        "diagnosis": [{"message_zh": "", **d} for d in said or found],
    }
    found = Verdict(verdict) if verdict else None
    return Row(student, "", "", found, score, 100, "", 1, report)


def test_comments_spacing_and_names_do_not_count():
    """A copy under other names has the same fingerprint; another operation has not."""
    assert fingerprint(SOURCE) == fingerprint(RENAMED.replace(b"import numpy\n", b"", 1))
    assert fingerprint(SOURCE) != fingerprint(SOURCE.replace(b"dot", b"add"))
    assert fingerprint(SOURCE) != fingerprint(SOURCE.replace(b"(a, b)", b"(b, a)", 1))


BOMBS = {
    "brackets": b"(" * 10**5,
    "signs": b"-" * 2 * 10**5 + b"1",
    "NUL": b"\0",
    "lists": b"x = [" * 5000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_sources_that_break_the_parser_harm_nobody(bomb):
    """What cannot be parsed equals only itself; the others are still compared."""
    found = same([("a", SOURCE), ("x", bomb), ("b", SOURCE + b"# more"), ("y", bomb)])

    assert found == [("a", "b"), ("x", "y")]


def test_mistakes_and_groups_are_counted():
    """Most frequent mistake first, hardest group first; judge errors count for neither."""
    rows = [
        row("a", "WA", 40, ["one", "two"], [("g", "AC"), ("h", "WA")]),
        row("b", "WA", 40, ["two"], [("g", "AC"), ("h", "WA")]),
        row("c", "AC", 100, [], [("g", "AC"), ("h", "AC")]),
        row("d", "JE"),
        row("e", None),
    ]
    found = insight(rows, [("a", "b")])

    assert [(m.id, m.students) for m in found.mistakes] == [("two", ("a", "b")), ("one", ("a",))]
    assert [(g.name, g.right, g.wrong) for g in found.groups] == [("h", 1, 2), ("g", 3, 0)]
    assert found.scores["40-49"] == 2
    assert found.scores["100"] == 1
    assert "a = b" in table.insight_text(found)


def said(id_, message, **more):
    return [{"id": id_, "message": message, **more}]


def test_a_place_is_no_mistake_in_common():
    """Nor is a line of one's own; both are told of whom they are true."""
    rows = [
        row("a", "WA", said=said("where-forward", "Right with T <= 1.")),
        row("b", "WA", said=said("where-forward", "Right with T <= 1.")),
        row("c", "WA", said=said("faulty-line", "Line 7.", line=7)),
        row("d", "RTE", said=said("where-raised", "Line 3.", line=3)),
        row("e", "WA"),
    ]
    found = insight(rows, [])

    assert found.mistakes == ()
    assert found.located == ("c", "d")
    assert found.undiagnosed == ("a", "b", "e")


def test_one_sentence_is_true_of_all_who_made_a_mistake():
    """Numbers that differ are left out of it; what differs in words is not together."""
    rows = [
        row("a", "WA", said=said("clip", "Clipped to [-5, 5]. (72 cases.)", message_zh="5，72 个")),
        row("b", "WA", said=said("clip", "Clipped to [-1, 1]. (72 cases.)", message_zh="1，72 个")),
        row("c", "WA", said=said("clip", "Something else of float32.")),
    ]
    found = insight(rows, [])

    told = [(m.message, m.message_zh, m.students) for m in found.mistakes]
    assert told == [
        ("Clipped to [-…, …]. (72 cases.)", "…，72 个", ("a", "b")),
        ("Something else of float32.", "", ("c",)),
    ]


def test_example_is_the_plainest():
    """Of those who made a mistake, one with the fewest others."""
    rows = [row("a", "WA", diagnosis=["one", "two"]), row("b", "WA", diagnosis=["two"])]

    assert [(m.id, m.example) for m in insight(rows, []).mistakes] == [("two", "b"), ("one", "a")]


@pytest.mark.parametrize(
    ("scores", "told"),
    [((), None), ((40,), (40, 40, 40, 40)), ((0, 50, 60, 100), (52.5, 55, 37.5, 70))],
)
def test_middle_and_spread(scores, told):
    """Mean, median and quarters of those with points; judge errors have none."""
    rows = [row(str(n), "WA", score) for n, score in enumerate(scores)] + [row("x", "JE")]
    found = insight(rows, []).points

    assert (
        found is None
        if told is None
        else told == (found.mean, found.median, found.lower, found.upper)
    )
    assert ("mean" in table.insight_text(insight(rows, []))) == bool(scores)


def test_regrade_says_what_changed():
    """Counts by kind of change, and every student who changed."""
    before = [row("a", "WA", 10), row("b", "AC", 100), row("c", "WA", 10), row("old", "AC")]
    after = [row("a", "AC", 100), row("b", "AC", 100), row("c", "WA", 20), row("new", "AC")]
    text = table.comparison_text(compare(before, after))

    assert text.splitlines()[0] == (
        "1 verdicts changed: 1 WA -> AC; 1 more changed in points only; 1 are as before"
    )
    assert "old: only in the first" in text
    assert "new: only in the second" in text


def test_table_holds_hostile_names():
    """A name with terminal codes or line breaks stays on its line, and is no formula in CSV."""
    rows = [row("\x1b[31mred\n=1", "AC"), row("=cmd()", None), row("王芳", "WA", 5)]

    assert "\x1b" not in table.text(rows)
    assert len(table.text(rows).splitlines()) == 5
    assert "'=cmd()" in table.as_csv(rows)
