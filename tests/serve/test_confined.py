"""The web process cannot do what its pages never need, even if something in it is taken over."""

import subprocess
import sys

import pytest

from tests import needs
from tests.support import KIT

pytestmark = pytest.mark.serve
needs.imported("serve", "grader.serve.web.run")
TRIES = """
import os, socket, sys, threading
from pathlib import Path
from grader.course.database import Database
from grader.serve import clock, people
from grader.serve.settings import read_course
from grader.serve.web.app import make_app
from grader.serve.web.confine import confine
from grader.serve.web.site import Site
from tests.serve.asgi import ORIGIN, Visitor

folder, kit = Path(sys.argv[1]), Path(sys.argv[2])
listener = socket.create_server(("127.0.0.1", 0))
if not confine(folder):
    print("no Landlock")
    sys.exit()

def tried(what, *arguments):
    try:
        what(*arguments)
    except PermissionError:
        return "refused"
    return "possible"

def large_change(database):
    with database.transaction():
        for _ in range(200):
            people.note(database.db, "", "", "x" * 1000, clock.now())
        with database.transaction():  # what it would undo is put aside
            database.db.execute("UPDATE audit SET about = about || 'y'")

print("answer", tried(lambda: (kit / "reference" / "simple_rnn.py").read_text()))
print("test", tried(lambda: (kit / "tests" / "needs.py").read_text()))
print("password", tried(lambda: Path("/etc/passwd").read_text()))
print("write", tried(lambda: (kit / "grader" / "x.py").write_text("")))
print("run", tried(os.execv, "/bin/true", ["true"]))
print("connect", tried(socket.create_connection, listener.getsockname()))
print("signal", tried(os.kill, os.getppid(), 0))
with Database(folder) as reading, Database(folder, shared=True) as changing:
    visitor = Visitor(make_app(Site(read_course(folder), reading, changing), {ORIGIN}))
    print("page", visitor.get("/sign-in").status)
    code = sys.argv[3]
    print("assignment", visitor.sign_in(code).get("/assignments/rnn").status)
    print("starter", visitor.get("/assignments/rnn/starter").status)
    print("samples", visitor.get("/assignments/rnn/samples").status)
    print("submit", visitor.post("/assignments/rnn", {"text": "x"}).status)
    print("large change", tried(large_change, changing))
    staff = Visitor(visitor.app).sign_in(sys.argv[4])
    print("staff", staff.get("/staff").status, staff.post("/staff/backup").status)
"""
EXPECTED = [
    *(f"{what} refused" for what in ("answer", "test", "password", "write", "run", "connect")),
    *("signal refused", "page 200", "assignment 200", "starter 200", "samples 200", "submit 303"),
    *("large change possible", "staff 200 200"),
]


def test_the_web_process_keeps_what_its_pages_need_and_no_more(made):
    """
    No answer, no file of others, no program, no connection, no signal; every page still works.
    """
    from grader.serve import people  # noqa: PLC0415  # beside the others
    from tests.serve.conftest import NOW  # noqa: PLC0415

    course, database = made()
    codes = people.new_code(database, "ada", NOW), people.new_staff(database, "prof", NOW)
    done = subprocess.run(
        [sys.executable, "-c", TRIES, str(course.folder), str(KIT), *codes],
        capture_output=True,
        cwd=KIT,
        check=False,
    )
    said = done.stdout.decode().splitlines()
    if said == ["no Landlock"]:
        pytest.skip("the kernel grants no Landlock")

    assert said == EXPECTED, done.stderr.decode()
