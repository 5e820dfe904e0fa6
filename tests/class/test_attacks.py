"""What a student can put into a folder moves nobody's points: hostile folders, made here."""

import subprocess
import sys
import time
import zipfile

import pytest

from grader.course.find import tree as trees
from grader.course.find.discover import find
from grader.course.find.roster import read_roster
from grader.course.find.tree import open_tree
from grader.errors import GraderError
from tests.support import clean_environment

HONEST = ("ada/solution.py", "bob/solution.py")
METADATA = "submission_metadata.yml"
LISTED = """---
submission_1:
  :submitters:
  - :name: Ada
    :sid: '11'
    :email: ada@x.org
  :results:
    :output: |
      submission_2:
        :submitters:
        - :name: Ada
submission_2:
  :submitters:
{}
submission_3:
  :submitters:
  - :name: Cleo
    :sid: 0013
"""
BOMB = "    :a: &a [x, x]\n" + "".join(
    f"    :{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n"
    for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


def write(root, *names, text=None):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}" if text is None else text)
    return root


def found_in(path, *, roster=None, below=None, pattern=None):
    listed = read_roster(roster) if roster else ()
    return find(open_tree(path), pattern, roster=listed, below=below)


def taken(found):
    return {e.student: e.path for e in found.entries}


@pytest.mark.parametrize(
    "inside",
    [
        ("submission_metadata.yml", "submission_1/solution.py", "submission_2/solution.py"),
        (
            "Ada_4711_assignsubmission_file_/solution.py",
            "Bob_4712_assignsubmission_file/solution.py",
        ),
        ("ada_77_9001_solution.py", "lab_3_1_try.py", "cleo_LATE_78_9002_solution.py"),
        tuple(f"{n}/solution.py" for n in range(500)),
        ("ada/solution.py", "bob/solution.py", "ada/submission_metadata.yml"),
        ("hw5/starter/solution.py", "old/solution.py", "results.sqlite"),
    ],
)
def test_nothing_in_a_folder_makes_or_renames_a_student(tmp_path, inside):
    """Names of every platform, lists, a roster's names, five hundred folders: one student."""
    write(tmp_path / "class", *HONEST)
    write(tmp_path / "class" / "mallory", *inside)
    listing = "submission_1:\n  :submitters:\n  - {:name: ada, :sid: ada}\n"
    for path in (tmp_path / "class" / "mallory").rglob(METADATA):
        path.write_text(listing)
    (tmp_path / "r.csv").write_text("id,name\nada,Ada\nbob,Bob\nmallory,Mallory\n")

    for roster in (None, tmp_path / "r.csv"):
        found = found_in(tmp_path / "class", roster=roster)
        students = {*taken(found), *dict(found.missing)}
        assert students == {"ada", "bob", "mallory"}
        assert taken(found)["ada"] == "ada/solution.py"
        assert all(e.path.startswith(f"{e.student}/") for e in found.entries)


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (("hw5/solution.py",), "hw5/solution.py"),
        (("solution.py", "old/solution.py", "a/solution.py"), "solution.py"),
        (("Solution.py", "sub/solution.py"), "Solution.py"),
        (("SOLUTION.PY", "solution.py", "Solution.py"), "solution.py"),
        (("solution (1).py", "solution (12).py", "solution-2.py"), "solution (12).py"),
        (("solution-2.py", "solution_final.py", "solution.py.txt"), "solution-2.py"),
        (("solution - Copy.py", "solution copy 2.py", "x/solution.py"), "solution copy 2.py"),
        (("Solution.py", "solution (3).py", "solution - 副本.py"), "Solution.py"),
        (("z/solution.py", "b/solution.py", "solution.txt"), None),
        (("main.py", "solution.txt"), None),
    ],
)
def test_of_one_students_files_one_is_taken_by_the_rule(tmp_path, names, wanted):
    """Fewest folders, plain name, highest copy; all others are told, none is another student."""
    write(tmp_path, *HONEST)
    write(tmp_path / "eve", *names)
    found = found_in(tmp_path)
    told = {what for what, _ in found.skipped}
    chosen = taken(found).get("eve", "").removeprefix("eve/")

    if names[0].startswith("z/"):
        wanted = "b/solution.py"
    assert (chosen or None) == wanted
    assert set(taken(found)) - {"eve"} == {"ada", "bob"}
    if wanted:
        others = [n for n in names if n != wanted and n.lower().endswith("solution.py")]
        assert {f"eve/{n}" for n in others} <= told


@pytest.mark.parametrize(
    "broken",
    [
        "  - :name: [Ada]\n    :sid: {x: 11}",
        "  - :sid: ~",
        "  - :sid: true",
        "  : : :\n -",
        "  - *a",
        BOMB.replace("    :", "  - :", 1) + "    :sid: '11'",
        "  - :sid: !!python/object/apply:os.system ['x']",
        "  - ? [a]\n    : 3",
        '  - "' + "x" * 70_000,
        "  " + "[" * 100_000,
    ],
)
@pytest.mark.parametrize("wrapper", ["", "assignment_1_export/"])
def test_broken_list_of_gradescope_costs_one_student(tmp_path, broken, wrapper):
    """Aliases, objects, depth, no text: said of that submission; the others have their names."""
    for n in (1, 2, 3):
        write(tmp_path, f"{wrapper}submission_{n}/solution.py")
    write(tmp_path, f"{wrapper}{METADATA}", text=LISTED.format(broken))
    began = time.process_time()
    found = found_in(tmp_path)

    assert time.process_time() - began < 5
    assert set(taken(found)) == {"11", "submission_2", "0013"}
    assert taken(found)["11"] == f"{wrapper}submission_1/solution.py"
    assert [what for what, _ in found.skipped] == ["submission_2"]
    assert found.identities["submission_2"].ids == ()


def test_gradescopes_list_is_read_at_the_root_only(tmp_path):
    """Neither beside a student's files nor where the root is no export."""
    text = LISTED.format("  - :sid: '11'")
    write(tmp_path / "a", *HONEST, "submission_2/solution.py")
    write(tmp_path / "a", METADATA, text=text)
    write(tmp_path / "b", "submission_1/solution.py", "submission_2/solution.py")
    write(tmp_path / "b", f"submission_2/{METADATA}", text=text)

    assert set(taken(found_in(tmp_path / "a"))) == {"ada", "bob", "submission_2"}
    assert set(taken(found_in(tmp_path / "b"))) == {"submission_1", "submission_2"}


def test_one_id_on_two_submissions_of_gradescope_is_nobodys(tmp_path):
    """Who enters another's number at Gradescope takes neither the name nor the place."""
    for n in (1, 2, 3):
        write(tmp_path, f"submission_{n}/solution.py")
    write(tmp_path, METADATA, text=LISTED.format("  - :sid: '11'\n    :email: eve@x.org"))
    (tmp_path / "r.csv").write_text("id,email\n11,ada@x.org\n12,eve@x.org\n0013,c@x.org\n")
    found = found_in(tmp_path, roster=tmp_path / "r.csv")

    assert set(taken(found)) == {"11 (submission_1)", "11 (submission_2)", "0013"}
    assert dict(found.missing)["11"].startswith("on the roster; ")
    assert dict(found.missing)["12"] == "on the roster, nothing handed in"


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (600 * 2**20,) * 2)
from pathlib import Path
from grader.course.find.discover import find
from grader.course.find.tree import open_tree
print(sorted(e.student for e in find(open_tree(Path(sys.argv[1]))).entries))
"""


def test_alias_bomb_takes_no_memory(tmp_path):
    """An export's list that would be gigabytes is refused while it is read, in 600 MiB."""
    for n in (1, 2, 3):
        write(tmp_path, f"submission_{n}/solution.py")
    more = "".join(f"    :x{n}: [{', '.join(['*i'] * 9)}]\n" for n in range(50))
    text = LISTED.format(BOMB.replace("    :", "  - :", 1) + more)
    write(tmp_path, METADATA, text=text)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, tmp_path],
        env=clean_environment(),
        cwd=trees.__file__.rpartition("/grader/")[0],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "['0013', '11', 'submission_2']\n", done.stderr


def test_many_empty_folders_take_linear_time(tmp_path):
    """Twice the folders take about twice the steps, and no more than a fixed number is looked at."""
    counted = []
    for number in (1000, 2000):
        path = tmp_path / f"{number}.zip"
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("ada/solution.py", "")
            for n in range(number):
                file.writestr(f"eve/{n}/x/", "")
        counted.append(_steps(lambda path=path: found_in(path)))

    assert counted[1] < 2.5 * counted[0]


def _steps(action):
    """How many calls an action makes: the same on every machine."""
    calls = 0

    def count(*_):
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(None)
    return calls


def test_endless_folder_is_looked_at_in_part(tmp_path, monkeypatch):
    """What lies deep in a huge folder is not looked at, and that is said."""
    monkeypatch.setattr(trees, "MOST_BELOW", 50)
    write(tmp_path, *HONEST, "eve/solution.py", *(f"eve/{n}/x" for n in range(100)))
    found = found_in(tmp_path)

    assert set(taken(found)) == {"ada", "bob", "eve"}
    assert ("eve", trees.CUT) in found.skipped


def named(path, names):
    """A zip whose members have these bytes for names."""
    marks = {f"{n:06}": name for n, name in enumerate(names)}
    with zipfile.ZipFile(path, "w") as file:
        for mark, name in marks.items():
            file.writestr(mark + "x" * (len(name) - 6), "x = 1")
    data = path.read_bytes()
    for mark, name in marks.items():
        data = data.replace((mark + "x" * (len(name) - 6)).encode(), name)
    path.write_bytes(data)
    return path


CHINESE = ("王芳", "李伟", "张娜", "联通")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "big5", "shift_jis"])
def test_zip_names_without_a_flag_are_read_as_the_roster_says(tmp_path, encoding):
    """Each reading that is on the roster is certain; a byte of 0x5C splits no name."""
    people = ("王芳", "表功", "能美") if encoding != "gbk" else CHINESE
    people = [p for p in people if _can(p, encoding)]
    path = named(tmp_path / "c.zip", [f"{p}/solution.py".encode(encoding) for p in people])
    (tmp_path / "r.csv").write_text(
        "id,name\n" + "".join(f"s{n},{p}\n" for n, p in enumerate(people))
    )
    found = found_in(path, roster=tmp_path / "r.csv")

    assert set(taken(found)) == {f"s{n}" for n in range(len(people))}
    assert not found.missing


def _can(text, encoding):
    try:
        text.encode(encoding)
    except UnicodeError:
        return False
    return True


def test_zip_names_that_nothing_confirms_are_refused_by_name(tmp_path):
    """Without a roster, or with two readings on it: nobody's, never gibberish, never empty."""
    raw = "王芳".encode("gbk")
    path = named(tmp_path / "c.zip", [raw + b"/solution.py", b"ada/solution.py"])
    other = raw.decode("cp1252")
    (tmp_path / "r.csv").write_text(f"id,name\n1,王芳\n2,{other}\n3,ada\n")

    for roster in (None, tmp_path / "r.csv"):
        found = found_in(path, roster=roster)
        refused = [(s, why) for s, why in found.missing if "its name" in why]
        assert set(taken(found)) == {"3" if roster else "ada"}
        assert len(refused) == 1
        assert refused[0][0].startswith("\\")


def test_one_name_in_two_forms_is_two_students(tmp_path):
    """Composed and decomposed letters: both are judged, and neither is the roster's for certain."""
    write(tmp_path / "class", "Jos\u00e9/solution.py", "Jose\u0301/solution.py")
    (tmp_path / "r.csv").write_text("id,name\n1,JOSÉ\n")
    alone = found_in(tmp_path / "class")
    found = found_in(tmp_path / "class", roster=tmp_path / "r.csv")

    assert len(alone.entries) == len(found.entries) == 2
    assert "1" not in taken(found)
    assert dict(found.missing)["1"].startswith("on the roster; ")


def test_wrapper_is_passed_if_the_roster_or_root_confirms_it(tmp_path):
    """A folder that everything shares is a student unless something says otherwise."""
    write(tmp_path / "class", "hw5/ada/solution.py", "hw5/bob/solution.py")
    (tmp_path / "r.csv").write_text("id\nada\nbob\n")

    assert set(taken(found_in(tmp_path / "class", roster=tmp_path / "r.csv"))) == {"ada", "bob"}
    assert set(taken(found_in(tmp_path / "class", below="hw5"))) == {"ada", "bob"}
    assert set(taken(found_in(tmp_path / "class", below="."))) == {"hw5"}
    with pytest.raises(GraderError, match="--root 'hw5'"):
        found_in(tmp_path / "class")
    with pytest.raises(GraderError, match="no folder hw6"):
        found_in(tmp_path / "class", below="hw6")


def test_names_that_canvas_could_have_written_in_two_ways_have_no_number(tmp_path):
    """A name or a file with numbers in it takes no other user's."""
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as file:
        for name in (
            "ada_11_9001_solution.py",
            "x_11_77_9002_solution.py",  # of user 77, who is called x_11; or of 11, called x
            "bob_12_9003_1_2_3.py",
            "bob_12_9004_solution.py",
            "LATE_anon_aB1c2_9005_solution.py",
        ):
            file.writestr(name, "")
    found = found_in(tmp_path / "c.zip")
    numbers = {s: found.identities[s].canvas for s in taken(found)}

    assert numbers["ada_11"] == ("11",)
    assert numbers["bob_12"] == ("12",)
    assert taken(found)["bob_12"] == "bob_12_9004_solution.py"
    assert sorted(n for s, n in numbers.items() if s not in ("ada_11", "bob_12")) == [(), ()]


def test_late_flags_are_told(tmp_path):
    """Canvas writes LATE before the number; the student is the same, and it is noted."""
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as file:
        file.writestr("bob_LATE_78_9002_solution-1.py", "")
    (entry,) = found_in(tmp_path / "c.zip").entries

    assert (entry.student, entry.note) == ("bob_78", "handed in late")


@pytest.mark.parametrize("form", ["{}_{}_assignsubmission_file_/", "{}_{}_assignsubmission_file/"])
def test_moodles_folders_of_old_and_new_versions(tmp_path, form):
    """With an underscore behind or not; a student's text beside the files is no second student."""
    write(tmp_path, form.format("Ada Lovelace", 11) + "solution.py")
    write(tmp_path, form.format("Ada Lovelace", 12) + "sub/Solution.py")
    write(tmp_path, "Ada Lovelace_11_assignsubmission_onlinetext/onlinetext.html")
    found = found_in(tmp_path)

    assert set(taken(found)) == {"Ada Lovelace_11", "Ada Lovelace_12"}
    assert not found.missing


def test_github_classrooms_prefix_is_no_part_of_a_name(tmp_path):
    """`hw-5-USER` is found by Classroom's own roster."""
    write(tmp_path / "class", "hw-5-ada-l/solution.py", "hw-5-adam/solution.py", "hw-5-eve/x.py")
    (tmp_path / "r.csv").write_text(
        "identifier,github_username,github_id,name\n"
        "1,ada-l,7,Ada\n2,Adam,8,Adam\n3,eve,9,Eve\n4,zoe,10,\n"
    )
    found = found_in(tmp_path / "class", roster=tmp_path / "r.csv")

    assert set(taken(found)) == {"1", "2"}
    assert {s for s, _ in found.missing} == {"3", "4"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("title", ["id", "ID", " Id "])
def test_rosters_as_spreadsheets_write_them(tmp_path, encoding, separator, title):
    """Any case of the titles, three separators, four encodings, cells too many at the end."""
    lines = [(title, "Name", "E-Mail", ""), ("s1", "Zoë", "z@x.org", ""), ("s2", "Bo", "", "")]
    text = "\r\n".join(separator.join(line) for line in lines)
    (tmp_path / "r.csv").write_bytes(f"{text}\r\n{separator * 3}\r\n".encode(encoding))
    listed = read_roster(tmp_path / "r.csv")

    assert [one.student for one in listed] == ["s1", "s2"]
    assert "Zoë" in listed[0].identity.names
    assert listed[0].identity.emails == ("z@x.org",)


def test_results_beside_the_submissions_are_no_student(tmp_path):
    """A run's own folder among Canvas's files changes nothing, and is named."""
    for name in ("ada_11_9001_solution.py", "bob_12_9002_solution.py"):
        write(tmp_path, name)
    write(tmp_path, "results/results.sqlite", "results/found.csv", "results/site/ada.html")
    found = found_in(tmp_path)

    assert set(taken(found)) == {"ada_11", "bob_12"}
    assert found.skipped == (("results", "the results of a class"),)


def test_thousands_of_copies_drown_nobody_elses_line(tmp_path):
    """What is left of one student is named up to a limit, and counted."""
    names = [f"eve/solution ({n}).py" for n in range(1000)]
    found = found_in(write(tmp_path, *HONEST, *names))

    assert taken(found)["eve"] == "eve/solution (999).py"
    assert len(found.skipped) == 11
    assert found.skipped[-1] == ("eve", "has 989 more")


def test_endless_names_in_a_zip_are_refused(tmp_path):
    """A name that no disk holds is nobody's, or one file of one student; none takes long."""
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as file:
        file.writestr("ada_11_9001_solution.py", "")
        file.writestr("_1_2" * 16_000 + "_solution.py", "")
        file.writestr("a/" * 16_000 + "solution.py", "")
    began = time.process_time()
    found = found_in(tmp_path / "c.zip")

    assert time.process_time() - began < 5
    assert "solution.py" not in {*taken(found)}
    assert any("too long" in why for _, why in found.skipped)


@pytest.mark.parametrize("encoding", ["gbk", "big5"])
@pytest.mark.parametrize("form", ["{}_{}_assignsubmission_file/", "{}_{}_assignsubmission_file_"])
def test_platforms_names_without_a_flag_are_read_as_the_roster_says(tmp_path, encoding, form):
    """Moodle's folders and flat files whose names are in another encoding."""
    people = [("王芳", "11"), ("李國", "12")]
    raw = [
        (form.format(*p) + "solution.py").encode(encoding) for p in people if _can(p[0], encoding)
    ]
    path = named(tmp_path / "c.zip", raw)
    (tmp_path / "r.csv").write_text("id,name\ns1,王芳\ns2,李國\n")
    found = found_in(path, roster=tmp_path / "r.csv")

    assert set(taken(found)) == {"s1", "s2"}
    assert found.identities["s1"].moodle == ("11",)


def test_labels_that_would_be_one_are_kept_apart(tmp_path):
    """Whatever Gradescope's list calls people, each has a line of their own."""
    people = ["11", "11", "11 (submission_1)", "submission_4", "x"]
    text = "".join(
        f"submission_{n}:\n  :submitters:\n  - :name: '{p}'\n" for n, p in enumerate(people, 1)
    )
    write(tmp_path, METADATA, text=text.replace("'x'", "[]"))
    for n in range(1, 8):
        write(tmp_path, f"submission_{n}/solution.py")
    found = found_in(tmp_path)

    assert len({e.student for e in found.entries}) == len(found.entries) == 7


def test_digits_of_other_scripts_are_no_numbers_of_a_platform(tmp_path):
    """Moodle, Canvas and Gradescope write 0 to 9; what else looks like a number is a name."""
    write(tmp_path / "a", "Ada_\u0661\u0662_assignsubmission_file/solution.py")
    write(tmp_path / "b", "x_\u0661_\u0662_y_77_9001_solution.py")
    one, two = found_in(tmp_path / "a"), found_in(tmp_path / "b")

    assert [i.moodle for i in one.identities.values()] == [()]
    assert [i.canvas for i in two.identities.values()] == [("77",)]
