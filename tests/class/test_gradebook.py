"""A learning platform's own CSV comes back with scores in it and every other byte as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import gradebook
from grader.errors import GraderError
from grader.identity import Identity
from grader.model import Row, Verdict
from grader.report.cells import text_cell

CANVAS = (
    "Student,ID,SIS Login ID,Section,Lab (12),RNN (34),Total\r\n"
    "    Points Possible,,,,10,20,(read only)\r\n"
    '"Lovelace, Ada",77,ada1,"A, B",3,,\r\n'
    '"Byron, ""Bob""",78,bob1,A,,,9\r\n'
    "Excused,79,ex1,A,,EX,\r\n"
    "Stranger,80,st1,A,,,\r\n"
)
MOODLE = (
    "\ufeffIdentifier,Full name,Email address,Status,Grade,Maximum Grade,"
    "Last modified (grade),Feedback comments\n"
    'Participant 4711,Ada,ada@x.org,"Submitted, late",,100.00,-,\n'
    "Participant 4712,Bob,bob@x.org,Submitted,,50.00,-,\n"
)


def row(student, verdict, score=0, message="", **identity):
    told = {"message": message, "groups": [], "diagnosis": []}
    found = Verdict(verdict) if verdict else None
    gone = identity.pop("gone", False)
    return Row(student, "", "", found, score, 100, "", 1, told, Identity(**identity), gone)


def moodle(name, number, verdict, *more, **about):
    """The result of a folder that Moodle named."""
    return row(f"{name}_{number}", verdict, *more, moodle=(number,), names=(name,), **about)


def canvas(name, number, verdict, *more, **about):
    """The result of a file that Canvas named."""
    return row(f"{name}_{number}", verdict, *more, canvas=(number,), names=(name,), **about)


def cells(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_canvas_is_filled_by_number_on_its_own_scale():
    """Only the cells of the one column change, and only of those who have a verdict."""
    rows = [canvas("lovelaceada", "77", "AC", 100), canvas("byronbob", "78", "JE")]
    rows += [canvas("excused", "79", "AC", 100), canvas("gone", "5", "WA", 3)]
    filled = gradebook.fill(CANVAS.encode(), rows, "RNN")

    assert filled.data.decode() == CANVAS.replace('"A, B",3,,', '"A, B",3,20,')
    assert filled.not_in_template == ("gone_5",)
    assert filled.not_in_results == ("Stranger",)
    assert dict(filled.left) == {"byronbob_78": "judge error", "excused_79": "excused"}
    assert not filled.unsure


def test_canvas_names_and_logins_are_known_too():
    """A student folder may be called by login or by name."""
    for name in ("ADA1", "Ada Lovelace", "lovelace, ada"):
        filled = gradebook.fill(CANVAS.encode(), [row(name, "WA", 35)], "RNN")

        assert b'"A, B",3,7,' in filled.data


def test_moodle_is_filled_with_feedback():
    """Participants are found by number; feedback is quoted and no formula."""
    rows = [moodle("Ada", "4711", "WA", 35, '=cmd|"x"'), row("bob", "AC", 75)]
    filled = gradebook.fill(MOODLE.encode(), rows)
    table = cells(filled.data)

    assert (table[1][4], table[1][7]) == ("35", 'WA: =cmd|"x"')
    assert table[2][4] == "37.5"
    assert filled.entered == 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\uff1d1"])
def test_no_cell_is_a_formula(text):
    """A spreadsheet takes what we write as text."""
    assert text_cell(text).startswith("'")


def test_plain_gradebook_leaves_judge_errors_and_missing_blank():
    """Never a 0 for what is not the student's fault."""
    rows = [row("=evil", "WA", 0), row("je", "JE"), row("none", None), row("王芳", "AC", 100)]
    table = list(csv.reader(io.StringIO(gradebook.plain(rows))))

    assert [line[:2] for line in table[1:]] == [
        ["'=evil", "0"],
        ["je", ""],
        ["none", ""],
        ["王芳", "100"],
    ]


@pytest.mark.parametrize("template", ["", "a,b\n1,2\n", 'Student,ID\n"open,1\n', CANVAS])
def test_what_is_no_template_is_refused(template):
    """Neither Canvas nor Moodle, cut short, or with two assignments and none named."""
    with pytest.raises(GraderError):
        gradebook.fill(template.encode(), [row("ada", "AC", 1)])


def test_other_encodings_are_refused():
    """UTF-16 or Latin-1 is said, not guessed."""
    with pytest.raises(GraderError):
        gradebook.fill(MOODLE.encode("utf-16"), [])
    with pytest.raises(GraderError, match="UTF-8"):
        gradebook.fill(MOODLE.replace("Ada", "\xc4da").encode("latin-1", "replace"), [])


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6) | st.sampled_from(
    ['"', ",", "\n", "\r\n", ";", "", " "]
)
ENDS = st.sampled_from(["\n", "\r\n"])


@given(st.lists(st.lists(CELL, min_size=4, max_size=4), max_size=6), ENDS, st.booleans(), st.data())
def test_everything_else_is_left_byte_for_byte(lines, end, bom, data):
    """Whatever the other cells hold and however they are quoted, only ours change."""
    file = io.StringIO(newline="")
    quoting = data.draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
    writer = csv.writer(file, lineterminator=end, quoting=quoting)
    writer.writerow(["Identifier", "Status", "Grade", "Other", "Feedback comments"])
    for number, (a, b, c, d) in enumerate(lines):
        writer.writerow([f"Participant {number}", a, b, c, d])
    template = (b"\xef\xbb\xbf" if bom else b"") + file.getvalue().encode()
    graded = [n for n in range(len(lines)) if n % 2]
    before = cells(template)
    rows = [moodle("x", str(n), "AC", 100) for n in graded]
    filled = gradebook.fill(template, rows, overwrite=True)
    after = cells(filled.data)

    for number, (old, new) in enumerate(zip(before, after, strict=True), -1):
        if number in graded and old[2].strip().upper() != "EX":
            assert new == [*old[:2], "100", old[3], "AC: accepted"]
        else:
            assert new == old
    if not graded:
        assert filled.data == template
