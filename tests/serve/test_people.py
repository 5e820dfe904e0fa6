"""Codes and sessions are hashes, end at once, and a roster says who is in the class."""

from datetime import timedelta

import pytest

from grader.course.store import Store
from grader.errors import GraderError
from grader.serve import people
from tests.serve.conftest import NOW, listed


def test_neither_codes_nor_sessions_stand_in_the_file(made):
    """
    Whoever reads the database, or a backup, cannot sign in.
    """
    _, database = made()
    code = people.new_code(database, "ada", NOW)
    secret = people.sign_in(database, code, NOW)
    text = "\n".join(database.db.iterdump())
    bits = people.hashed(code)

    assert code not in text
    assert secret not in text
    assert bits.hex().upper() in text.upper()


def test_a_code_may_be_typed_with_spaces_and_in_capitals(made):
    """
    As people read it out; anything else is nobody's.
    """
    _, database = made()
    code = people.new_code(database, "ada", NOW)
    typed = f" {code[:5].upper()} {code[5:]}\n"

    assert people.sign_in(database, typed, NOW)
    for wrong in ("", "x", code[:-2], code + "a", "é" * 26, people.made_code(), "\ud800"):
        assert people.sign_in(database, wrong, NOW) is None


def test_an_account_has_a_few_sessions_at_a_time(made):
    """
    Signing in again and again ends older ones; nobody else's.
    """
    _, database = made()
    bob = people.sign_in(database, people.new_code(database, "bob", NOW), NOW)
    code = people.new_code(database, "ada", NOW)
    late = timedelta(seconds=1)
    secrets = [people.sign_in(database, code, NOW + n * late) for n in range(25)]
    alive = [s for s in secrets if people.signed_in(database, s, NOW)]

    assert alive == secrets[-people.MOST_SESSIONS :]
    assert people.signed_in(database, bob, NOW)


def test_a_new_code_ends_the_old_one_and_its_sessions(made):
    """
    So does revoking, and the end of a session's time.
    """
    _, database = made()
    old = people.new_code(database, "ada", NOW)
    secret = people.sign_in(database, old, NOW)
    assert people.signed_in(database, secret, NOW).account == "ada"
    assert people.signed_in(database, secret, NOW + people.SESSION) is None

    new = people.new_code(database, "ada", NOW)
    assert people.signed_in(database, secret, NOW) is None
    assert people.sign_in(database, old, NOW) is None

    other = people.sign_in(database, new, NOW)
    people.revoke(database, "ada")
    assert people.signed_in(database, other, NOW) is None
    assert people.sign_in(database, new, NOW) is None


def test_who_is_not_on_the_roster_any_more_is_signed_out(made):
    """
    And comes back with a new code; who stays keeps the old one. Results tell who is gone.
    """
    course, database = made()
    secrets = {
        n: people.sign_in(database, people.new_code(database, n, NOW), NOW) for n in ("ada", "bob")
    }

    assert people.preview(database, listed("ada", "eve")) == (("eve",), ("ada",), ("bob",))
    codes = people.import_roster(database, course, listed("ada", "eve"), NOW)

    assert list(codes) == ["eve"]
    assert people.signed_in(database, secrets["ada"], NOW)
    assert people.signed_in(database, secrets["bob"], NOW) is None
    with pytest.raises(GraderError, match="no account"):
        people.new_code(database, "bob", NOW)
    with Store(course.folder, assignment="rnn") as store:
        assert {row.student: row.gone for row in store.rows()} == {
            "ada": False, "bob": True, "eve": False
        }  # fmt: skip
    assert list(people.import_roster(database, course, listed("ada", "bob"), NOW)) == ["bob"]
    assert people.import_roster(database, course, listed("ada", "bob"), NOW) == {}


def test_nobody_is_staff_and_student(made):
    """
    In either order.
    """
    course, database = made()
    with pytest.raises(GraderError, match="is a student"):
        people.new_staff(database, "ada", NOW)
    people.new_staff(database, "prof", NOW)
    with pytest.raises(GraderError, match="staff of this course and on the roster"):
        people.import_roster(database, course, listed("ada", "prof"), NOW)
    assert [one.account for one in people.students(database)] == ["ada", "bob"]


def test_sessions_that_are_over_are_forgotten(made):
    """
    Whenever somebody signs in.
    """
    _, database = made()
    code = people.new_code(database, "ada", NOW)
    people.sign_in(database, code, NOW)
    people.sign_in(database, code, NOW + people.SESSION + timedelta(seconds=1))

    assert database.db.execute("SELECT count(*) FROM sessions").fetchone()[0] == 1
