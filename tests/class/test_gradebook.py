"""A learning platform's own CSV comes back with scores in it and every other byte as it was."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import gradebook
from grader.course.gradebook import numbers
from grader.errors import GraderError
from grader.model import Identity, Row, Verdict
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

    assert [line[0:3:2] for line in table[1:]] == [
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


def worksheet(*lines, most="100.00", separator=","):
    """Moodle's table of participants: number, name, grade; quoted where that is needed."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator)
    writer.writerow(["Identifier", "Full name", "Email address", "Grade", "Maximum Grade"])
    for number, name, grade in lines:
        writer.writerow([f"Participant {number}", name, f"{number}@x.org", grade, most])
    return file.getvalue().encode()


def graded(filled, separator=","):
    text = filled.data.decode("utf-8-sig")
    return [line[3] for line in csv.reader(io.StringIO(text), delimiter=separator)][1:]


def test_namesakes_are_told_apart_by_number():
    """Of two students of one name the one who handed in has the points."""
    table = worksheet(("1", "Li Wei", ""), ("2", "Li Wei", ""))
    filled = gradebook.fill(table, [moodle("Li Wei", "2", "AC", 100)])

    assert graded(filled) == ["", "100"]
    assert not filled.unsure


@pytest.mark.parametrize("name", ["Li Wei", "LI  WEI", "li wei"])
def test_who_could_be_two_people_is_left_and_named(name):
    """A name that two have is nobody's, and neither line is filled."""
    table = worksheet(("1", "Li Wei", ""), ("2", "Li Wei", ""), ("3", "Bo", ""))
    filled = gradebook.fill(table, [row(name, "AC", 100, label=name), row("bo", "AC", 50)])

    assert graded(filled) == ["", "", "50"]
    who = dict(filled.unsure)[name]
    assert who == "could be Li Wei (Participant 1) or Li Wei (Participant 2)"
    assert len(filled.unsure) == 3


def test_one_result_fills_one_line_and_one_line_takes_one_result():
    """Two results for one line are nobody's; a stronger one takes it alone."""
    table = worksheet(("1", "Li Wei", ""), ("2", "Bo", ""))
    two = [row("a", "AC", 100, emails=("1@x.org",)), row("b", "AC", 50, emails=("1@X.org",))]
    strong = [moodle("Li Wei", "1", "AC", 100), row("li wei", "AC", 50)]

    assert graded(gradebook.fill(table, two)) == ["", ""]
    assert graded(gradebook.fill(table, strong)) == ["100", ""]
    assert dict(gradebook.fill(table, strong).unsure)["li wei"].endswith("who is Li Wei_1")


def test_numbers_are_those_of_whom_wrote_them():
    """A number in a name, of another platform, or of a group is no participant's."""
    table = worksheet(("1", "Ada", ""), ("2", "Bo", "")).replace(b"Full name", b"Group")
    for other in (
        row("x_1", "AC", 100),
        row("1", "AC", 100),
        row("user1", "AC", 100),
        canvas("x", "1", "AC", 100),
        moodle("Ada", "2", "AC", 100),
    ):
        filled = gradebook.fill(table, [other])
        assert graded(filled) == ["", ""]
    assert "group" in dict(filled.unsure)["Ada_2"]


def test_stronger_identity_that_differs_is_never_mended_by_a_weaker_one():
    """Another number, id or address beside the same name is another person."""
    table = worksheet(("1", "Ada", ""))
    for other in (
        moodle("Ada", "2", "AC", 100),
        row("x", "AC", 9, emails=("2@x.org",), names=("Ada",)),
    ):
        filled = gradebook.fill(table, [other])
        assert graded(filled) == [""]
        assert filled.not_in_template == (other.student,)


def test_renamed_and_gone_students_are_said():
    """A number with another name is entered, and told; an earlier run's result gives way."""
    table = worksheet(("1", "Ada King", ""), ("2", "Bo", ""))
    old = moodle("Ada Lovelace", "1", "WA", 10, gone=True)
    new = moodle("Ada Byron", "1", "AC", 100)
    filled = gradebook.fill(table, [old, new, moodle("Cy", "3", "AC", 100, gone=True)])

    assert graded(filled) == ["100", ""]
    assert filled.renamed == (("Ada Byron_1", "Ada King (Participant 1)"),)
    assert dict(filled.left) == {"Ada Lovelace_1": "of an earlier run; now Ada Byron_1"}
    assert filled.not_in_template == ("Cy_3",)


def test_same_files_under_a_rosters_id_are_one_student():
    """Graded first without a roster and then with one: the last run's result is entered."""
    path = "Bo/solution.py"
    old = replace(row("Bo", "WA", 10, label="Bo", gone=True), name=path)
    new = replace(row("s2", "AC", 50, emails=("2@x.org",), names=("Bo",)), name=path)
    filled = gradebook.fill(worksheet(("2", "Bo", "")), [old, new])

    assert graded(filled) == ["50"]
    assert dict(filled.left) == {"Bo": "of an earlier run; now s2"}


@pytest.mark.parametrize(
    ("grade", "left"), [("", 0), ("-", 0), ("35", 0), ("35.00", 0), ("36", 1), ("35 ok", 1)]
)
def test_what_somebody_entered_stays(grade, left):
    """Another grade is left, and told, unless --overwrite; the same one keeps its bytes."""
    table = worksheet(("1", "Ada", grade))
    rows = [moodle("Ada", "1", "WA", 35)]
    filled = gradebook.fill(table, rows)

    assert len(filled.left) == left
    assert graded(filled) == [grade if grade.strip("-") else "35"]
    assert graded(gradebook.fill(table, rows, overwrite=True)) == ["35"]


@pytest.mark.parametrize(
    ("most", "separator", "expected"),
    [
        ("20,00", ";", "7"),
        ("20,00", ",", "7"),
        ("50,0", ";", "17,5"),
        ("50.0", ";", "17.5"),
        ("50", ";", "17,5"),
        ("50", ",", "17.5"),
        ("1.500,00", ";", "525"),
        ("1,510.00", ",", "528.5"),
        ("1 510,00", "\t", "528,5"),
        ("1'510.00", ",", "528.5"),
        ("1,510,000.5", ",", "528500.18"),
        ("0.1", ",", "0.04"),
        ("10.001", ",", None),
        ("1,000", ";", None),
    ],
)
def test_numbers_are_read_and_written_as_the_table_writes_them(most, separator, expected):
    """Decimal commas, points and thousands; what can be read in two ways is refused."""
    table = worksheet(("1", "Ada", ""), most=most, separator=separator)
    rows = [moodle("Ada", "1", "WA", 35)]
    if expected is None:
        with pytest.raises(GraderError, match=r"line 2, column Maximum Grade: .* two ways"):
            gradebook.fill(table, rows)
        return

    assert graded(gradebook.fill(table, rows), separator) == [expected]


@pytest.mark.parametrize(
    "most", ["", "0", "-5", "NaN", "inf", "1e3", "５", "A-F", "0,00", "1" * 40]
)
def test_no_number_of_points_is_refused_with_its_place(most):
    """Only a finite positive number is a scale; nobody is graded on another."""
    rows = [moodle("Ada", "1", "WA", 35)]
    with pytest.raises(GraderError, match="line 4, column Maximum Grade"):
        gradebook.fill(worksheet(("9", "a\nb", ""), ("1", "Ada", ""), most=most)[:-1], rows)
    canvas_ = CANVAS.replace(",,,,10,20,", f",,,,10,{most},")
    with pytest.raises(GraderError, match=r"line 2, column RNN \(34\)"):
        gradebook.fill(canvas_.encode(), [canvas("x", "77", "AC", 100)], "RNN")


TEXT_NUMBERS = st.decimals(0, 10**6, places=2, allow_nan=False)


@given(TEXT_NUMBERS, st.sampled_from(".,"), st.sampled_from(["", ",", ".", " ", "'", "\u202f"]))
def test_what_is_written_is_read_as_the_same_number(value, sign, group):
    """Any number, with either sign and any groups, is read for what it is, or not at all."""
    if group == sign:
        group = ""
    text = f"{value:,.2f}".replace(",", "G").replace(".", sign).replace("G", group)

    assert numbers.read(text, sign) == value
    assert numbers.read(numbers.written(value, sign), sign) == value
    assert numbers.decimal_sign([text]) == sign
