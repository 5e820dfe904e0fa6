"""What is found in a folder or a zip, under whose name, and what is told about the rest."""

import os
import stat
import zipfile

import pytest

from grader.course.find.discover import NOT_ON_ROSTER, find
from grader.course.find.roster import read_roster
from grader.course.find.tree import open_tree
from grader.errors import GraderError
from grader.messages.phrases import relayed


def found_in(path, pattern=None, roster=None, below=None):
    listed = read_roster(roster) if roster else ()
    return find(open_tree(path), pattern, roster=listed, below=below)


def students(found):
    return {e.student: e.path for e in found.entries}


def write(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}")
    return root


def zipped(path, *names):
    with zipfile.ZipFile(path, "w") as file:
        for name in names:
            file.writestr(name, f"# {name}")
    return path


def test_folders_are_students(tmp_path):
    """Each folder with a solution.py is a student; a folder without one is named."""
    found = found_in(write(tmp_path, "ada/solution.py", "bob/main.py", "王芳/solution.py"))

    assert students(found) == {"ada": "ada/solution.py", "王芳": "王芳/solution.py"}
    assert found.missing == (("bob", "no solution.py in it; there is bob/main.py"),)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.py", {"ada": "ada.py", "bob": "bob.py"}),
        ("*/hw/main.py", {"cleo": "cleo/hw/main.py"}),
        ("cleo/hw/main.py", {"cleo": "cleo/hw/main.py"}),
        ("ada.py", {"ada": "ada.py"}),
        ("**/extra.py", {"some": "some/where/deep/extra.py"}),
    ],
)
def test_pattern_says_which_files(tmp_path, pattern, expected):
    """The student is what the first * stands for."""
    write(tmp_path, "ada.py", "bob.py", "cleo/hw/main.py", "some/where/deep/extra.py")

    assert students(found_in(tmp_path, pattern)) == expected


def test_why_nothing_is_judged_is_said_in_chinese_too(tmp_path):
    """Every reason has its words in both languages."""
    write(tmp_path, "ada/solution.py", "bob/main.py", "huge/x/y")
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "ada")
    (tmp_path / "r.csv").write_text("id\nada\nzoe\n")
    missing = found_in(tmp_path, roster=tmp_path / "r.csv").missing

    assert len(missing) == 5
    assert all(relayed("zh", why) != why for _, why in missing)


def test_moodle_names_are_kept(tmp_path):
    """Moodle's zip has a folder for each student, or the file's name behind the student's."""
    found = found_in(
        zipped(
            tmp_path / "m.zip",
            "Ada Lovelace_4711_assignsubmission_file_/solution.py",
            "Bob_4712_assignsubmission_file_solution.py",
            "Cleo_4713_assignsubmission_file_/notes.txt",
        )
    )

    assert set(students(found)) == {"Ada Lovelace_4711", "Bob_4712"}
    assert [student for student, _ in found.missing] == ["Cleo_4713"]


def test_canvas_names_are_kept(tmp_path):
    """Canvas's zip has the user's number in the file name, and LATE where it was."""
    found = found_in(
        zipped(
            tmp_path / "c.zip",
            "lovelaceada_77_9001_solution.py",
            "bob_LATE_78_9002_solution-1.py",
        )
    )

    assert set(students(found)) == {"lovelaceada_77", "bob_78"}


def test_gradescope_submitters_are_found(tmp_path):
    """Gradescope's metadata says who handed in; a group's submission counts for each of them."""
    path = zipped(tmp_path / "g.zip", "export/submission_1/solution.py", "export/submission_2/x.py")
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(
            "export/submission_metadata.yml",
            "submission_1:\n  :submitters:\n  - :name: Ada\n    :sid: '11'\n"
            "  - :name: Bob\n    :email: bob@x.org\n"
            "submission_2:\n  :submitters:\n  - :name: Cleo\n    :sid: '12'\n",
        )
    found = found_in(path)

    assert set(students(found)) == {"11", "bob@x.org"}
    assert [student for student, _ in found.missing] == ["12"]


def test_zip_never_leads_out(tmp_path):
    """Members that point outside, links and bombs are found, but are not read as submissions."""
    path = zipped(tmp_path / "z.zip", "../evil/solution.py", "/abs/solution.py", "ok/solution.py")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
        link = zipfile.ZipInfo("link/solution.py")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
        file.writestr("bomb/solution.py", b"#" * 2**26)
    tree = open_tree(path)
    found = find(tree)
    flaws = {e.student: e.flaw for e in found.entries}

    assert flaws["ok"] == ""
    assert {n for n, why in found.skipped if "leads out" in why} == {
        "../evil/solution.py",
        "/abs/solution.py",
    }
    assert "symbolic link" in flaws["link"]
    assert len(tree.read("bomb/solution.py")) == 2**20 + 1


def test_what_is_no_file_is_an_entry_with_a_reason(tmp_path):
    """Links, pipes and folders called solution.py lose nobody and hang nobody."""
    write(tmp_path, "ok/solution.py", "folder/solution.py/x")
    for name in ("link", "pipe"):
        (tmp_path / name).mkdir()
    (tmp_path / "link/solution.py").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe/solution.py")
    (tmp_path / "whole").symlink_to(tmp_path / "ok")
    found = found_in(tmp_path)

    assert {e.student: bool(e.flaw) for e in found.entries} == {
        "folder": True,
        "link": True,
        "ok": False,
        "pipe": True,
    }
    assert [student for student, _ in found.missing] == ["whole"]


def test_of_several_one_is_judged(tmp_path):
    """A student stands once; what else matched is told."""
    found = found_in(write(tmp_path, "ada/solution.py", "ada/old/ada/solution.py"))

    assert students(found) == {"ada": "ada/solution.py"}
    assert [name for name, _ in found.skipped] == ["ada/old/ada/solution.py"]


def test_same_folder_name_in_two_places_is_two_students(tmp_path):
    """Sections may both have an ada; where the students are is said by --root."""
    write(
        tmp_path, "a/ada/solution.py", "b/ada/solution.py", "a/bob/solution.py", "b/cy/solution.py"
    )
    found = found_in(tmp_path, below="*")

    assert set(students(found)) == {"a/ada", "a/bob", "b/ada", "b/cy"}
    assert set(students(found_in(tmp_path, below="."))) == {"a", "b"}
    with pytest.raises(GraderError, match="--root"):
        found_in(tmp_path)


def test_names_in_any_encoding(tmp_path):
    """A file name that is not UTF-8 becomes a readable student, and two stay two."""
    for name in (b"m\xfcller", b"m\xfdller"):
        os.makedirs(os.path.join(os.fsencode(tmp_path), name))
        with open(os.path.join(os.fsencode(tmp_path), name, b"solution.py"), "wb"):
            pass
    found = found_in(tmp_path)

    assert len(students(found)) == 2
    assert all(e.student.encode() for e in found.entries)


def test_roster_gives_ids_and_names_the_missing(tmp_path):
    """Folder names become ids; who is on the roster without a submission is told."""
    write(tmp_path / "class", "ada/solution.py", "eve/solution.py")
    roster = tmp_path / "r.csv"
    roster.write_text("id,name\ns1,Ada\ns2,bob\n", encoding="utf-8-sig")
    found = found_in(tmp_path / "class", roster=roster)

    assert {e.student for e in found.entries} == {"s1", "eve"}
    assert found.missing == (("s2", "on the roster, nothing handed in"),)
    notes = {e.student: e.note for e in found.entries}
    assert notes == {"s1": "", "eve": NOT_ON_ROSTER}
    assert found.skipped == ()


GITHUB = (
    "identifier,github_username,github_id,name\ns1,ada-l,5,Ada Lovelace\ns2,bo,6,Bo\ns3,,,Cy\n",
    "hw-5-submissions/hw-5-{}/",
)
CLASSROOM50 = (
    (
        "username,first_name,last_name,email,section,github_id,role\n"
        "ada-l,Ada,Lovelace,,,5,student\nbo,Bo,,,,6,student\ncy,Cy,,,,7,student\n"
    ),
    "2026-06-01/rnn-2026-hw-5-{}/",
)


@pytest.mark.parametrize("platform", [GITHUB, CLASSROOM50], ids=["github", "classroom50"])
@pytest.mark.parametrize("packed", [False, True])
def test_cloned_repositories_are_known_by_the_roster(tmp_path, platform, packed):
    """What stands before every user's name is the assignment's, below a folder that all share."""
    listed, form = platform
    (tmp_path / "r.csv").write_text(listed)
    inside = ("src/Solution (1).py", "README.md", "result.json", ".github/workflows/x.yml")
    names = [form.format(user) + name for user in ("ada-l", "bo") for name in inside]
    names.append(form.partition("/")[0] + "/scores.csv")
    packed_in = tmp_path / "c.zip"
    path = zipped(packed_in, *names) if packed else write(tmp_path / "class", *names)
    found = found_in(path, roster=tmp_path / "r.csv")

    ids = ["s1", "s2", "s3"] if platform is GITHUB else ["ada-l", "bo", "cy"]
    assert list(students(found)) == ids[:2]
    assert [student for student, _ in found.missing] == ids[2:]
    assert found.identities[ids[0]].called == "Ada Lovelace"
    assert all(path.endswith("src/Solution (1).py") for path in students(found).values())
