"""A course with two students and one of staff, its application, and a judge that is told what to say."""

import json
import math
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from grader.course.attempts import RunKey
from grader.course.database import FILE, Database
from grader.course.find.roster import Listed
from grader.model import Identity
from grader.report import json as report_json
from grader.serve import people, queue
from grader.serve.settings import read_course
from tests.html import pages
from tests.serve.asgi import ORIGIN, Visitor
from tests.serve.served import Served

SEED = 8540538613746116
KEY = RunKey("simple_rnn", "suite", SEED, "{}")
NOW = datetime.now(UTC)
COURSE = """
name: "A course"
zone: "Europe/Berlin"
address: "{address}"
assignments:
  rnn:
    problem: simple_rnn
    opens: "2020-01-01 08:00"
    due: "2199-01-01 08:00"
    attempts_a_day: {attempts}
    feedback: {feedback}
    shown: {shown}
    seed: {seed}
  later:
    problem: gru
    opens: "2198-01-01 08:00"
    seed: {seed}
"""


def listed(*names):
    return [Listed(n, Identity(ids=(n,), names=(f"Name of {n}",))) for n in names]


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """
    The folder of a course with its class, to be copied.
    """
    folder = tmp_path_factory.mktemp("template")
    write_settings(folder)
    with Database(folder, writing=True) as database:
        people.import_roster(database, read_course(folder), listed("ada", "bob"), NOW)
    return folder


def write_settings(folder, *, address=ORIGIN, attempts=0, feedback="full", shown="at_once"):
    """
    Write the course.yaml of a course.
    """
    text = COURSE.format(
        address=address, attempts=attempts, feedback=feedback, shown=shown, seed=SEED
    )
    (folder / "course.yaml").write_text(text)


@pytest.fixture(scope="session")
def made(template, tmp_path_factory):
    """
    A function that makes the course, with settings of its own, and gives (course, database).
    """
    opened = []

    def make(**settings):
        folder = tmp_path_factory.mktemp("course")
        shutil.copy(template / FILE, folder)
        write_settings(folder, **settings)
        opened.append(Database(folder, shared=True))
        opened[-1].db.execute("PRAGMA synchronous = OFF")  # no power is cut here
        return read_course(folder), opened[-1]

    yield make
    for database in opened:
        database.close()


@pytest.fixture(scope="session")
def visitors(made):
    """
    A function from the settings of a course to it, its database and a visitor of each kind.
    """
    from grader.serve.web.app import make_app  # noqa: PLC0415  # an extra
    from grader.serve.web.site import Site  # noqa: PLC0415

    opened = []

    def enter(**settings):
        course, database = made(**settings)
        opened.append(Database(course.folder))
        site = Site(course, opened[-1], database)
        site.allowance.AT_ONCE = math.inf  # a test asks in one second what takes others an hour
        app = make_app(site, {ORIGIN, course.address})
        codes = {n: people.new_code(database, n, NOW) for n in ("ada", "bob")}
        codes["prof"] = people.new_staff(database, "prof", NOW)
        known = {name: Visitor(app).sign_in(code) for name, code in codes.items()}
        return course, database, {**known, "nobody": Visitor(app)}

    yield enter
    for database in opened:
        database.close()


def hand_in(visitor, text="x = 1\n", nonce="n", assignment="rnn"):
    """
    The public id of what was handed in.
    """
    answer = visitor.post(f"/assignments/{assignment}", {"text": text, "nonce": nonce})
    assert answer.status == 303, answer.text
    return answer.headers["location"].rpartition("/")[2]


def judge(course, database, report=None, owner="judge"):
    """
    Judge what is next as a report says, and keep it as the judge process does.
    """
    from grader.serve.judging import rendered  # noqa: PLC0415

    lease = queue.take(database, owner, course.assignments, idle=True, last=False)
    text = report_json.render(report or pages.report(), solution=True)
    return queue.finish(
        database,
        lease,
        course.assignments[lease.assignment],
        KEY,
        began_at="then",
        report=text,
        pages=rendered(text, lease.data),
    )


def plain(verdict, score):
    """
    A report of which only verdict and points matter.
    """
    return json.dumps(
        {"verdict": verdict, "score": score, "max_score": 100, "groups": [], "diagnosis": []}
    )


def soon(**delta):
    return datetime.now(UTC) + timedelta(**delta)


@pytest.fixture
def served(tmp_path):
    """
    A function that serves a course with these students.
    """
    made = []

    def serve(*students, options=()):
        made.append(Served(tmp_path / f"course{len(made)}", students or ("ada", "bob")))
        return made[-1].start(*options)

    yield serve
    for one in made:
        if one.process.poll() is None:
            one.kill()
