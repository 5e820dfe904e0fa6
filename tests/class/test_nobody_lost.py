"""Whatever a class consists of: everybody in it is taken, left or missing, under one name each."""

import json
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course.find.discover import find
from grader.course.find.roster import Listed
from grader.course.find.tree import open_tree
from grader.course.identity import as_data, from_data, of_table
from grader.errors import GraderError
from grader.report import handed_in as tables

PARTS = st.sampled_from(
    [
        *(
            "ada",
            "Ada",
            "b\u00f6b",
            "bo\u0308b",
            "王芳",
            "hw-5-x",
            "hw-5-y",
            "submission_1",
            "submission_2",
        ),
        *(
            "Li_4_assignsubmission_file",
            "Li_4_assignsubmission_file_",
            "Li_4_assignsubmission_onlinetext",
        ),
        *("_assignsubmission_file", "a_b_4_assignsubmission_file_solution.py", "results.sqlite"),
        *(
            "x_1_2_solution.py",
            "x_LATE_1_2_s.py",
            "1_2_3_4_5.py",
            "anon_aaaaa_1_s.py",
            "lab_3_1_try.py",
        ),
        *("solution.py", "Solution.py", "solution (2).py", "submission_metadata.yml", ".hidden"),
        *("__MACOSX", "..", ".", "", "a\nb", "a\\b", "=1", " ", "\x00", "\udcff\udcfe", "x" * 300),
    ]
)
PATHS = st.lists(PARTS, min_size=1, max_size=4).map("/".join)
METADATA = "submission_1:\n  :submitters:\n  - :name: Ada\n  - :name: Ada\nsubmission_2:\n  x: *y\n"
PEOPLE = st.sampled_from(["ada", "Li", "王芳", "x", "bob", "1", "4"])


def listed(people):
    return [Listed(p, of_table(moodle=p, canvas=p, ids=[p], names=[p])) for p in people]


class Raw(zipfile.ZipInfo):
    """A member whose name is written as it is, said to be UTF-8 or not."""

    def _encodeFilenameFlags(self):  # noqa: N802
        name = self.filename.encode("utf-8", "surrogateescape")
        return name, 0x800 if self.comment == b"utf-8" and self.filename.isprintable() else 0


def packed(path, names, comment):
    """A zip with these names, whatever they are."""
    with zipfile.ZipFile(path, "w") as file:
        for name in names:
            info = Raw("x")
            info.filename, info.comment = name, comment
            file.writestr(info, METADATA if name.endswith("metadata.yml") else "# x")
    return path


@settings(max_examples=100, deadline=None)
@given(
    st.lists(PATHS, unique=True, max_size=8),
    st.lists(PEOPLE, unique=True, max_size=3),
    st.sampled_from([None, "*.py", "*/solution.py", "**/*.py"]),
    st.sampled_from([None, ".", "*", "ada"]),
    st.sampled_from([b"", b"utf-8"]),
)
def test_everybody_is_somewhere_once(tmp_path_factory, names, people, pattern, root, said):
    """No two under one name, no file of one under another, nothing that cannot be written down."""
    path = packed(tmp_path_factory.mktemp("c") / "c.zip", names, said)
    try:
        found = find(open_tree(path), pattern, roster=listed(people), below=root)
    except GraderError as refused:
        error = str(refused)
    else:
        error = ""
    assert error == "" or "--root" in error
    if error:
        return
    students = [e.student for e in found.entries] + [s for s, _ in found.missing]
    told = [*students, *(what for what, _ in found.skipped)]

    assert len(set(students)) == len(students)
    assert set(found.identities) >= set(students)
    assert set(people) <= set(students)
    assert all(student.encode() for student in told)
    for identity in found.identities.values():
        assert from_data(json.loads(json.dumps(as_data(identity)))) == identity
    lines = [tables.Line("left", what, why) for what, why in found.skipped]
    assert tables.text(lines, 20).count("\n") < 20
    assert tables.as_csv(lines)
