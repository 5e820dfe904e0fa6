"""Every way in, for everybody: generated from the application's own table."""

import pytest

from grader.serve.people import STAFF, STUDENT
from tests import needs
from tests.serve.asgi import OWN
from tests.serve.conftest import hand_in, judge

pytestmark = pytest.mark.serve
web = needs.imported("serve", "grader.serve.web.app")
guard = needs.imported("serve", "grader.serve.web.guard")

# What changes who may sign in, or what is there, comes after the others.
LAST = sorted(web.DOORS, key=lambda d: d.method == "POST")
REFUSED = {"GET": 303, "POST": 403}  # of somebody who is not signed in


def filled(path, **values):
    """
    The path of a door, with something in its braces.
    """
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", value)
    assert "{" not in path, path
    return path


@pytest.fixture(scope="module")
def entered(visitors):
    """
    A course in which ada has handed in and was judged; what stands in the braces, and visitors.
    """
    course, database, known = visitors()
    hand_in(known["ada"], nonce="m")
    public = hand_in(known["ada"])
    for _ in range(2):
        judge(course, database)
    known["prof"].post("/staff/assignments/rnn/rejudge")
    values = {
        "file": "page.css",
        "assignment": "rnn",
        "public": public,
        "student:path": "ada",
        "rejudge:int": "1",
    }
    return values, known, database


def ask(visitor, door, path):
    """
    Take a door, and keep the cookies as they are.
    """
    before = dict(visitor.cookies)
    fields = {"assignment": "rnn", "text": "x"}
    answer = visitor.get(path) if door.method == "GET" else visitor.post(path, fields)
    visitor.cookies = before
    return answer


@pytest.mark.parametrize("door", LAST, ids=lambda d: f"{d.method} {d.path}")
def test_who_may_not_sees_what_is_not_there(entered, door):
    """
    Signed in or not, of the class or of staff: the page for who may, a refusal or 404 for others.
    """
    values, known, _ = entered
    path = filled(door.path, **values)
    missing = known["bob"].get("/no/such/page")
    for name, role in (("bob", STUDENT), ("prof", STAFF), ("nobody", "")):
        if door.path == "/sign-out" and role:
            continue
        answer = ask(known[name], door, path)

        if door.role == web.ANYONE or (door.role == web.SIGNED_IN and role):
            assert answer.status in (200, 204, 303, 403), (name, answer)  # 403: a wrong code
        elif not role:
            assert answer.status == REFUSED[door.method], (name, answer)
        elif door.role != role or (role == STUDENT and "{public}" in door.path):
            assert (answer.status, answer.body) == (404, missing.body), (name, answer)
        else:
            assert answer.status in (200, 303, 400, 409), (name, answer)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8000"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "same-origin", "origin": "http://evil.example"},
        {"origin": "https://127.0.0.1:8000"},
        {"origin": "http://127.0.0.1:8000", "Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:8000", "origin": "http://127.0.0.1:8000"},
        {"sec-fetch-site": "same-origin", "Sec-Fetch-Site": "cross-site"},
    ],
    ids=str,
)
def test_forms_of_other_sites_do_nothing(entered, headers):
    """
    At no door, whatever a browser says of them, and when it says nothing; the file stays as it is.
    """
    values, known, database = entered
    before = list(database.db.iterdump())
    for door in (d for d in web.DOORS if d.method == "POST"):
        for who in ("ada", "prof"):
            answer = known[who].post(filled(door.path, **values), {"text": "x"}, headers=headers)

            assert answer.status == 403, door.path
    assert list(database.db.iterdump()) == before


def test_who_asks_for_too_much_waits_at_every_door(entered, monkeypatch):
    """
    Whoever it is, and nothing is done; who is not signed in has no allowance to spend.
    """
    values, known, database = entered
    before = list(database.db.iterdump())
    monkeypatch.setattr(guard.Allowance, "wait_s", lambda *_: 1)
    for door in (d for d in web.DOORS if d.role != web.ANYONE):
        for who in ("bob", "prof"):
            answer = ask(known[who], door, filled(door.path, **values))

            assert answer.status == 429, door.path
            assert int(answer.headers["retry-after"]) > 0
    assert list(database.db.iterdump()) == before
    assert known["nobody"].get("/sign-in").status == 200


@pytest.mark.parametrize("door", web.DOORS, ids=lambda d: f"{d.method} {d.path}")
def test_other_methods_are_not_there(entered, door):
    """
    No door answers what it does not list; HEAD comes with GET.
    """
    values, known, _ = entered
    path = filled(door.path, **values)
    listed = {d.method for d in web.DOORS if d.path == door.path}
    for method in {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"} - listed:
        assert known["prof"].ask(method, path, headers=OWN).status == 404
    if "GET" not in listed:
        assert known["prof"].get(path).status == 404


def test_an_assignment_that_has_not_opened_is_not_there(visitors):
    """
    For students, whichever door of it they try, as if it did not exist.
    """
    _, _, known = visitors()
    doors = [d for d in web.DOORS if d.role == STUDENT and "{assignment}" in d.path]
    for door in doors:
        closed = ask(known["ada"], door, filled(door.path, assignment="later"))
        missing = ask(known["ada"], door, filled(door.path, assignment="nothing"))

        assert (closed.status, closed.body) == (404, missing.body)
    assert "later" not in known["ada"].get("/").text
