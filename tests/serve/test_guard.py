"""What every request has to pass, and what every answer says."""

import pytest

from grader.serve import people
from tests import needs
from tests.serve.asgi import OWN, Visitor
from tests.serve.conftest import NOW, hand_in

pytestmark = pytest.mark.serve
guard = needs.imported("serve", "grader.serve.web.guard")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1:8001", "127.0.0.1", "", "127.0.0.1:8000.evil.example"]
)
def test_an_unknown_host_is_refused(visitors, host):
    """
    So that no other name, made to lead here, is the page's origin.
    """
    _, _, known = visitors()

    assert known["ada"].ask("GET", "/", host=host).status == 400


def test_every_answer_forbids_what_no_page_needs(visitors):
    """
    Pages, refusals, files and failures alike: nothing inline, nothing framed, nothing kept.
    """
    _, database, known = visitors()
    answers = [
        known["ada"].get("/"),
        known["ada"].get("/none"),
        known["ada"].post("/sign-out", headers={}),
        known["nobody"].get("/static/page.css"),
        known["ada"].ask("GET", "/", host="evil"),
    ]
    database.close()
    with pytest.raises(Exception, match="closed"):  # it is logged; the page is there before
        known["ada"].post("/sign-out")

    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] in ("no-store", "max-age=300")


@pytest.mark.parametrize("length", [True, False])
def test_a_large_body_is_refused(visitors, length):
    """
    Whether or not it says how large it is, and whatever it is said to be.
    """
    _, database, known = visitors()
    begin = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
    parts = [begin, *[b"x" * 65536] * 5]
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=b"):
        headers = {**OWN, "content-type": kind, "content-encoding": "gzip"}
        answer = known["ada"].ask(
            "POST", "/assignments/rnn", headers=headers, body=parts, length=length
        )

        assert answer.status == 413
    assert database.db.execute("SELECT count(*) FROM submissions").fetchone()[0] == 0


def test_a_body_that_does_not_arrive_ends(visitors, monkeypatch):
    """
    After the time that a body has.
    """
    _, _, known = visitors()
    monkeypatch.setattr(guard, "BODY_S", 0.05)
    headers = {**OWN, "content-type": "application/x-www-form-urlencoded"}
    answer = known["ada"].ask(
        "POST", "/assignments/rnn", headers=headers, body=[b"text=", None], length=False
    )

    assert answer.status == 408


@pytest.mark.parametrize(
    "body", [b"--b\r\nbroken", b"\xff" * 99, b"--b\r\n" * 2000, b"--b--\r\n", b""]
)
def test_a_broken_form_is_refused_and_no_failure(visitors, body):
    """
    Whatever is sent as a form.
    """
    _, _, known = visitors()
    headers = {**OWN, "content-type": "multipart/form-data; boundary=b"}
    answer = known["ada"].ask("POST", "/assignments/rnn", headers=headers, body=[body])

    assert answer.status == 400


def test_many_wrong_codes_from_one_address_have_to_wait(visitors):
    """
    A campus shares one, so there are many; who is signed in notices nothing.
    """
    _, database, known = visitors()
    for _ in range(guard.Failures.MOST):
        assert known["nobody"].post("/sign-in", {"code": "wrong"}).status == 403
    code = people.new_code(database, "bob", NOW)
    answer = known["nobody"].post("/sign-in", {"code": code})

    assert (answer.status, answer.headers["retry-after"]) == (429, "600")
    assert known["ada"].get("/").status == 200


def test_an_allowance_is_an_accounts_and_comes_back():
    """
    So much at once, whatever others ask for; what is refused costs nothing.
    """
    at = [0.0]
    allowance = guard.Allowance(lambda: at[0])
    most = int(allowance.AT_ONCE)
    assert allowance.wait_s("ada", most) == 0
    assert allowance.wait_s("ada", 10) == 10 / allowance.A_SECOND
    assert allowance.wait_s("bob", most) == 0
    at[0] += 10 / allowance.A_SECOND

    assert allowance.wait_s("ada", 10) == 0
    assert allowance.wait_s("ada", 1) == 1
    at[0] += 1e6
    assert (allowance.wait_s("ada", most), allowance.wait_s("ada", 1)) == (0, 1)


def test_signing_in_begins_another_session(visitors):
    """
    What was in the cookie before is worth nothing afterwards; scripts cannot read it.
    """
    _, database, known = visitors()
    before = dict(known["ada"].cookies)
    answer = known["ada"].post("/sign-in", {"code": people.new_code(database, "bob", NOW)})

    assert known["ada"].cookies != before
    assert "Bob" in known["ada"].get("/").text or "bob" in known["ada"].get("/").text
    old = Visitor(known["ada"].app)
    old.cookies = before
    assert old.get("/").status == 303
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "samesite=lax" in answer.headers["set-cookie"].lower()


def test_over_https_the_cookie_is_for_this_host_alone(visitors):
    """
    And never sent without TLS.
    """
    _, database, known = visitors(address="https://judge.example")
    code = people.new_code(database, "bob", NOW)
    answer = known["nobody"].post("/sign-in", {"code": code})

    assert answer.headers["set-cookie"].startswith("__Host-session=")
    assert "secure" in answer.headers["set-cookie"].lower()


def test_signing_out_and_revoking_end_at_once(visitors):
    """
    The next request is refused, wherever the cookie is.
    """
    _, database, known = visitors()
    again = Visitor(known["ada"].app)
    again.cookies = dict(known["ada"].cookies)
    assert known["ada"].post("/sign-out").status == 303
    assert again.get("/").status == 303

    people.revoke(database, "bob")
    assert known["bob"].get("/").status == 303
    assert known["bob"].post("/assignments/rnn", {"text": "x"}).status == 403


def test_another_course_of_the_same_name_is_another(visitors):
    """
    A session opens one course only.
    """
    _, _, known = visitors()
    _, _, other = visitors()
    hand_in(known["ada"])
    stranger = Visitor(other["ada"].app)
    stranger.cookies = dict(known["ada"].cookies)

    assert stranger.get("/").status == 303
