"""Every point and every file handed back lands at its own person or nowhere.

Classes, rosters and gradebooks of every platform are drawn: namesakes, numbers in names, nested and
extra files, encodings, separators, decimal signs, people who left. Who a file and a line belong to
is known by how they are made, and is compared with where the points went, and where each platform
would put what is handed back.
"""

import csv
import io
import json
import re
import tempfile
import unicodedata
import zipfile
from collections import Counter
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course import feedback as back
from grader.course import gradebook
from grader.course.find.discover import find
from grader.course.find.roster import read_roster
from grader.course.find.tree import open_tree
from grader.course.identity import key
from grader.model import Row, Verdict
from grader.report.json import render
from tests.html.pages import report

NAMES = (
    *("Ada Lovelace", "ADA LOVELACE", "Ada Lovelace", "Bob 4", "Bob 1 2", "Participant 3"),
    *("李伟", "李伟", "王芳", "José Núñez", unicodedata.normalize("NFD", "José Núñez"), "Strauß"),
    *("lab 3 1", "x_2_3", "x__3__4", "ada__4__5", "=cmd", "solution.py", "Group 1"),
    "eve__4__9002",  # in Canvas's file, the numbers of the second student and of their attachment,
)
MOST = {
    "20": 20,
    "20.00": 20,
    "20,00": 20,
    "1,000.00": 1000,
    "1.000,00": 1000,
    "7": 7,
    "50,5": 50.5,
}
TRAPS = (
    *("solution.py", "Solution.py", "solution (1).py", "old/solution.py", "starter/solution.py"),
    *("solution copy 3.py", "solution - Copy.py", "scores.csv", "result.json", "roster.csv"),
    *("submission_metadata.yml", "results.sqlite", "lab_3_1_try.py", "a/b/c/solution.py"),
)


@dataclass(frozen=True)
class Person:
    """Somebody, with every number and name that platforms know them by."""

    n: int
    name: str
    namesakes: int = 0

    @property
    def score(self):
        return self.n * 7 % 101

    @property
    def moodle(self):
        return str(self.n + 1)

    @property
    def canvas(self):
        return str(self.n + 2)  # another's number of Moodle

    @property
    def sid(self):
        return f"s{self.n:03}"

    @property
    def login(self):
        return f"user{self.n}"

    @property
    def email(self):
        return f"User{self.n}@x.org"


def of_moodle(p, choose):
    """Moodle's folder or flat file."""
    name = p.name.replace("_", " ")
    behind = choose(["/", "_/", "_"])
    return f"{name}_{p.moodle}_assignsubmission_file{behind}"


def of_canvas(p, choose):
    """Canvas's file."""
    squeezed = re.sub(r"\W", "", re.sub(r"_(\d+)_", r"\1", p.name)).lower()
    return f"{squeezed}_{choose(['', 'LATE_'])}{p.canvas}_{9000 + p.n}_"


def of_gradescope(p, _):
    return f"submission_{500 + p.n}/"


def plain(p, choose):
    """A folder called by the login, or by a name that nobody shares."""
    return f"{p.name if p.namesakes == 1 and choose([True, False]) else p.login}/"


def numbered(p, _):
    """A folder with another's number in it: no platform wrote that."""
    return f"{p.login}_{int(p.moodle) + 1}/"


def of_github(p, _):
    return f"hw-5-{p.login}/"


def of_classroom50(p, _):
    return f"rnn-2026-hw-5-{p.login}/"


PLATFORMS = (of_moodle, of_canvas, of_gradescope, plain, numbered, of_github, of_classroom50)
TAKEN = ("solution.py", "Solution.py", "solution-3.py", "SOLUTION (2).PY", "solution copy.py")


def files_of(p, platform, people, choose):
    """What a student handed in, with what is there to mislead: path -> content."""
    prefix, mine = platform(p, choose), f"# {p.n}\n"
    other = choose(people)
    traps = [*TRAPS, platform(other, choose) + "solution.py", f"{other.login}/solution.py"]
    wanted = choose(TAKEN)
    loose = not prefix.endswith("/")
    if loose:
        traps = [t for t in traps if "/" not in t]
    nested = "" if loose else choose(["", "", "hw5/"])
    return {f"{prefix}{t}": mine for t in {nested + wanted, *(choose(traps) for _ in range(2))}}


def listing(people):
    """Gradescope's own list of who handed in."""
    text = "---\n"
    for p in people:
        name = p.name.replace("'", "''")
        text += f"submission_{500 + p.n}:\n  :submitters:\n  - :name: '{name}'\n"
        text += f"    :sid: '{p.sid}'\n    :email: {p.email}\n  :results: {{}}\n"
    return text


def pack(path, files, packed):
    """Write files into a folder or a zip."""
    if packed:
        with zipfile.ZipFile(path, "w") as file:
            for name, content in files.items():
                file.writestr(name, content)
        return
    for name, content in files.items():
        if (path / name).is_dir() or (path / name).parent.is_file():
            continue
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(content)


def listed_by(people, choose):
    """A roster as a platform writes it: Moodle's and Canvas's tables, Classroom 50's roster."""
    kind = choose(["moodle", "canvas", "classroom50"])
    if kind != "classroom50":
        return table_of(kind, people, choose)[0]
    lines = ["username,first_name,last_name,email,section,github_id,role"]
    lines += [f"{p.login},,{p.login},{p.email},,{p.n},student" for p in people]
    return "\n".join(lines).encode()


def saved(text, choose):
    """A text in one of the encodings that spreadsheets save in and that can hold it."""
    encodings = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
    encodings += [e for e in ("cp1252", "gbk") if _can(text, e)]
    return text.encode(choose(encodings))


def _can(text, encoding):
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def roster_of(people, choose):
    """A roster as a spreadsheet would save it; always with what tells namesakes apart."""
    if choose([True, False, False]):
        return listed_by(people, choose)
    columns = [(choose(["ID", "id", " Id "]), "sid"), ("login", "login")]
    columns += [("Moodle", "moodle"), ("canvas", "canvas")]
    columns += [("Email", "email")] if choose([True, False]) else []
    columns += [("Name", "name")] if choose([True, False]) else []
    separator = choose([",", ";", "\t"])
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, lineterminator=choose(["\r\n", "\n", "\r"]))
    if choose([True, False, False]):
        file.write(f"sep={separator}\n")
    more = [""] * choose([0, 1])
    writer.writerow([title for title, _ in columns] + more)
    for p in people:
        writer.writerow([getattr(p, field) for _, field in columns] + more)
    return saved(file.getvalue(), choose)


def table_of(kind, people, choose):
    """An export with some of the columns it may have, and who stands in which line."""
    most = choose(list(MOST))
    separator = choose([",", ";", "\t"])
    optional = choose([True, False])
    if kind == "canvas":
        head = ["Student", "ID", *(["SIS User ID"] if optional else []), "SIS Login ID", "Section"]
        lines = [
            [*head, "Lab (1)", "RNN (2)"],
            ["    Points Possible", *[""] * (len(head) - 1), "3", most],
        ]
        for p in people:
            ids = [p.sid] if optional else []
            lines.append([p.name, p.canvas, *ids, p.login, "A", "1", ""])
    else:
        more = [("Email address", "email")] if optional else []
        more += [("ID number", "sid")] if choose([True, False]) else []
        head = ["Identifier", "Full name", *(t for t, _ in more), "Grade", "Maximum Grade"]
        lines = [[*head, "Feedback comments"]]
        for p in people:
            about = [getattr(p, field) for _, field in more]
            lines.append([f"Participant {p.moodle}", p.name, *about, choose(["", "-"]), most, ""])
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(lines)
    return file.getvalue().encode(choose(["utf-8", "utf-8-sig"])), separator, most


def without_some(people, choose, *, anybody=False):
    """The people but for some, whom nobody else is called like where only names may tell."""
    some = [p for p in people if p.namesakes == 1 or anybody]
    left = {p for p in some if choose([True, True, False])}
    return [p for p in people if p in left or p not in some] or people


def grades(data, separator, kind):
    """The grade cells of a filled table, by the number in each line."""
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))
    score = lines[0].index("RNN (2)" if kind == "canvas" else "Grade")
    who = lines[0].index("ID" if kind == "canvas" else "Identifier")
    body = lines[2:] if kind == "canvas" else lines[1:]
    return {line[who].rpartition(" ")[2]: line[score] for line in body}


def number(text):
    """The number in a cell that we wrote: at most one sign, and no groups."""
    assert re.fullmatch(r"\d+(?:[.,]\d{1,2})?", text), text
    return Decimal(text.replace(",", "."))


def judged(tree, found, people):
    """The results of a class, each with the points of whoever wrote the file that was taken."""
    by_n = {str(p.n): p for p in people}
    rows = []
    for e in found.entries:
        author = by_n[tree.read(e.path).decode()[2:].strip()]
        told = {"message": "", "groups": [], "diagnosis": []}
        identity = found.identities[e.student]
        rows.append(
            Row(e.student, e.path, e.note, Verdict.WA, author.score, 100, "", 1, told, identity)
        )
    for student, why in found.missing:
        rows.append(Row(student, "", why, None, 0, 0, "", 0, {}, found.identities[student]))
    return rows


def drawn(random):
    """A class, from names to the filled table."""
    choose = random.choice
    few = [choose(NAMES) for _ in range(3)]
    names = [choose(few) for _ in range(random.randrange(1, 9))]
    count = Counter(key(name) for name in names)
    people = [Person(n, name, count[key(name)]) for n, name in enumerate(names, 1)]
    platform = choose(PLATFORMS)
    handed = [p for p in people if choose([True, True, False])]
    return people, handed, platform, choose


KINDS = pytest.mark.parametrize("kind", ["moodle", "canvas"])
CLASSES = given(random=st.randoms(use_true_random=False))


@KINDS
@settings(max_examples=30, deadline=None)
@CLASSES
def test_every_point_lands_at_its_own_person_or_nowhere(kind, random):
    """The grade in a line is what its person's own file earned, on the table's own scale."""
    lands(kind, random)


@pytest.mark.slow
@KINDS
@settings(max_examples=150, deadline=None)
@CLASSES
def test_every_point_of_many_classes_lands_at_its_own_person_or_nowhere(kind, random):
    """The same, for many more."""
    lands(kind, random)


def graded(random):
    """Draw a class and a roster, and judge what is found of it."""
    people, handed, platform, choose = drawn(random)
    files = {}
    for p in handed:
        files |= files_of(p, platform, people, choose)
    if platform is of_gradescope:
        files["submission_metadata.yml"] = listing(handed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "class.zip"
        packed = choose([True, False])
        wrapper = choose(["", "", "export 1/"])
        if not packed:
            path = Path(folder) / "class"
            path.mkdir()
        pack(path, {wrapper + name: content for name, content in files.items()}, packed)
        (Path(folder) / "r.csv").write_bytes(roster_of(without_some(people, choose), choose))
        listed = read_roster(Path(folder) / "r.csv") if choose([True, False]) and people else ()
        tree = open_tree(path)
        found = find(tree, roster=listed, below=wrapper if files else ".")
        rows = judged(tree, found, people)
    return people, handed, platform, choose, listed, rows


def lands(kind, random):
    """Draw a class, a roster and a table; find, fill, and compare."""
    people, handed, platform, choose, listed, rows = graded(random)
    sure = platform is (of_canvas if kind == "canvas" else of_moodle)
    here = without_some(people, choose, anybody=sure or bool(listed))
    template, separator, most = table_of(kind, here, choose)
    filled = gradebook.fill(template, rows, "RNN" if kind == "canvas" else None)
    entered = grades(filled.data, separator, kind)

    for p in here:
        cell = entered[p.canvas if kind == "canvas" else p.moodle]
        scaled = Decimal(p.score) * Decimal(str(MOST[most])) / 100
        if cell not in ("", "-"):
            assert p in handed
            assert number(cell) == scaled.quantize(Decimal("0.01"), ROUND_HALF_UP)
        elif sure and p in handed and not re.search(r"\d|^solution.py$", p.name):
            pytest.fail(f"{p} handed in and is not graded")
    everybody = {r.shown for r in rows}
    told = {*filled.not_in_template, *dict(filled.left), *dict(filled.unsure)}
    assert len(everybody) == len(rows)
    assert len({*everybody} - told) == filled.entered


def moodle_takes(name, participants):
    """Whose feedback Moodle makes of a file, as its importer does."""
    for part in name.split("/"):
        told = part.split("_", 4)
        if len(told) >= 4 and told[1].isdecimal() and told[1] in participants:
            assert told[2:4] == ["assignsubmission", "file"]
            return participants[told[1]]
    return None


def canvas_takes(name, users):
    """Whose comment Canvas makes of a file: an attachment of that user's own, or none."""
    numbers = [part for part in name.split("_") if re.fullmatch("[0-9]+", part)]
    user = users.get(numbers[0]) if len(numbers) > 1 else None
    return user if user and numbers[1] == str(9000 + user.n) else None


PLACES = pytest.mark.parametrize("kind", ["moodle", "worksheet", "canvas", "folder"])


@PLACES
@settings(max_examples=20, deadline=None)
@CLASSES
def test_every_file_handed_back_lands_at_its_own_person_or_nowhere(kind, random):
    """The platform gives each file to whoever wrote what it reports on; all others are named."""
    is_handed_back(kind, random)


@pytest.mark.slow
@PLACES
@settings(max_examples=150, deadline=None)
@CLASSES
def test_every_file_of_many_classes_lands_at_its_own_person_or_nowhere(kind, random):
    """The same, for many more."""
    is_handed_back(kind, random)


def is_handed_back(kind, random):
    """Draw a class and a roster; hand back, and put each file where the platform would."""
    people, handed, platform, choose, listed, rows = graded(random)
    author = {p.score: p for p in people}
    told = {score: json.loads(render(report(message=f"by {p.n}."))) for score, p in author.items()}
    rows = [replace(row, report=told[row.score]) if row.verdict else row for row in rows]
    sure = platform is (of_canvas if kind == "canvas" else of_moodle)
    here = people
    if kind == "worksheet":
        here = without_some(people, choose, anybody=sure or bool(listed))
        where = back.moodle_by(table_of("moodle", here, choose)[0], rows)
    else:
        where = {"moodle": back.moodle, "canvas": back.canvas}.get(kind) or back.folders(rows)

    made = back.hand_back(rows, where, {}, lang="en", kinds=("text",))

    got = []
    for name, text in made.files.items():
        if kind == "folder":
            assert key(name) not in map(key, got)
            got.append(name)
            continue
        if kind == "canvas":
            person = canvas_takes(name, {p.canvas: p for p in here})
        else:
            person = moodle_takes(name, {p.moodle: p for p in here})
        if person is not None:
            assert text.decode().splitlines()[1] == f"by {person.n}."
            got.append(person)
    named = {student for student, _ in (*made.left, *made.unknown)}
    assert len(named) + made.students == len(rows)
    assert len(set(got)) == len(got)
    if kind == "folder":
        assert len(got) == sum(row.verdict is not None for row in rows)
    elif sure and kind != "worksheet":
        certain = {p for p in handed if not re.search(r"\d|^solution.py$", p.name)}
        assert certain <= set(got)
