"""Rosters as spreadsheets save them and platforms write them, and what is told of a wrong one."""

import csv
import io

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grader.course.find.roster import CHINESE, read_roster
from grader.errors import GraderError

ENCODINGS = {
    **dict.fromkeys(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"), "aéß王芳Σ;,'"),
    "cp1252": "aéßñóü€",
    "gbk": "王芳李伟张娜欧阳",
}


@st.composite
def rosters(draw):
    """An encoding, a separator, and who is on the roster."""
    encoding = draw(st.sampled_from(list(ENCODINGS)))
    few = 2 if encoding == "gbk" else 1  # one character alone may be two letters in cp1252
    letters = st.sampled_from(ENCODINGS[encoding])
    names = draw(st.lists(st.text(letters, min_size=few, max_size=6), min_size=1, max_size=5))
    data = ";".join(names).encode(
        encoding
    )  # some pairs of letters are also one of another encoding
    assume(encoding not in ("cp1252", "gbk") or data.isascii() or not _is_utf_8(data))
    assume(encoding != "cp1252" or not CHINESE.fullmatch(data))
    return encoding, draw(st.sampled_from(",;\t")), names


def _is_utf_8(data):
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@settings(max_examples=100, deadline=None)
@given(rosters(), st.sampled_from(["id", "ID", " Id"]), st.integers(0, 2), st.booleans())
def test_names_are_read_in_every_encoding_and_with_every_separator(
    tmp_path_factory, drawn, title, more, stated
):
    """
    Any case of `id`, cells that hold nothing at the end, and `sep=;` as Excel writes it.
    """
    encoding, separator, names = drawn
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator)
    writer.writerows([[title, "Name", *[""] * more]])
    writer.writerows([f"s{n}", name, *[""] * more] for n, name in enumerate(names))
    text = f"sep={separator}\r\n" * stated + file.getvalue()
    path = tmp_path_factory.getbasetemp() / "r.csv"
    path.write_bytes(text.encode(encoding))

    listed = read_roster(path)

    assert [one.student for one in listed] == [f"s{n}" for n in range(len(names))]
    assert [one.identity.called for one in listed] == [name.strip() for name in names]


def read(tmp_path, text):
    (tmp_path / "r.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_roster(tmp_path / "r.csv")


PLATFORMS = {
    "moodle": (
        (
            "Identifier,Full name,Email address,Status,Grade,Maximum Grade\n"
            "Participant 4711,Ada Lovelace,ada@x.org,No submission,,20.00\n"
        ),
        ("ada@x.org", "Ada Lovelace", ("4711",), ()),
    ),
    "canvas": (
        (
            "Student,ID,SIS User ID,SIS Login ID,Section,RNN (2)\n    Points Possible,,,,,100\n"
            '"Lovelace, Ada",77,s1,ada,A,\n'
        ),
        ("s1", "Lovelace, Ada", (), ("77",)),
    ),
    "gradescope": (
        "First Name,Last Name,SID,Email,Role\nAda,Lovelace,s1,ada@x.org,Student\n",
        ("s1", "Ada Lovelace", (), ()),
    ),
    "GitHub Classroom": (
        'identifier,github_username,github_id,name\n"s1","ada-l","5","Ada Lovelace"\n',
        ("s1", "Ada Lovelace", (), ()),
    ),
    "Classroom 50": (
        (
            "username,first_name,last_name,email,section,github_id,role\n"
            "ada-l,Ada,Lovelace,ada@x.org,A,5,student\n"
        ),
        ("ada-l", "Ada Lovelace", (), ()),
    ),
}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_platforms_own_list_is_a_roster(tmp_path, platform):
    """
    The institution's id comes first; a number of Moodle or Canvas is known as theirs.
    """
    text, (student, called, moodle, canvas) = PLATFORMS[platform]

    (one,) = read(tmp_path, text)

    identity = one.identity
    assert (one.student, identity.called) == (student, called)
    assert (identity.moodle, identity.canvas) == (moodle, canvas)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,mark\nAda,1\n", "line 1: call one column id, that which tells students apart; "),
        ("\n\nid,ID\n1,2\n", "line 3: call one column id"),
        ("", "line 1: call one column id"),
        ("id,name\n1,Ada\n2,Bo,x\n", "line 3: 3 cells, but the first line has 2"),
        ("id;name\n1;Ada\n2,Bo\n", "line 3: its cells are parted otherwise"),
        ('id,name\n1,"Ada\nL"\n1,Bo\n', "line 4: 1 stands in line 2 too; keep one"),
        ("id,name\n1,Ada\n,Bo\n", "line 3: the id is empty; fill it in"),
        ('id,name\n1,Ada\n2,"Bo\n3,Cy\n', "line 3: no CSV"),
        ("id,name\n", "there is nobody below the first line"),
        (b"PK\x03\x04 xlsx", "is a workbook; save it as CSV (UTF-8)"),
        (b"id,name\n1,\x81\n", "is in no known encoding; save it as UTF-8"),
    ],
)
def test_what_is_no_roster_is_told_with_its_line_and_what_to_do(tmp_path, text, told):
    """
    One line, so that it can be mended without a second look.
    """
    with pytest.raises(GraderError) as error:
        read(tmp_path, text)

    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_roster_that_is_not_there_is_told(tmp_path):
    """
    The system's reason, in words.
    """
    with pytest.raises(GraderError, match=r"none\.csv cannot be read: No such file"):
        read_roster(tmp_path / "none.csv")
