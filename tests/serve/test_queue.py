"""The queue: leases that end with their owner only, one verdict for each receipt, whatever happens."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from grader.errors import GraderError
from grader.serve import processes, queue, rejudge, submissions
from grader.serve.owner import lives, owner
from grader.serve.submissions import Refused
from tests.serve.conftest import KEY, NOW, plain


def nobody_lives(_):
    return False


def submit(course, database, student, nonce, *, data=b"x", at=NOW):
    given = course.assignments["rnn"]
    return submissions.submit(
        database, course, given, student, name="s.py", data=data, nonce=nonce, at=at
    )


def take(course, database, who="judge", *, idle=True, last=False):
    return queue.take(database, who, course.assignments, idle=idle, last=last)


def finish(course, database, lease, verdict="AC", score=100):
    given = course.assignments["rnn"]
    return queue.finish(
        database, lease, given, KEY, began_at="then", report=plain(verdict, score), pages={}
    )


def test_a_double_click_is_one_submission(made):
    """
    The same form sent twice has one receipt, even when nothing more is taken; its bytes are kept.
    """
    course, database = made(attempts=1)
    first = submit(course, database, "ada", "n", data=b"mine")

    assert submit(course, database, "ada", "n", data=b"mine") == first
    assert submit(course, database, "ada", "m") == Refused("too many today")
    assert submit(course, database, "bob", "n") != first
    found = submissions.by_public(database, first)
    assert submissions.bytes_of(database, found.source) == b"mine"


def test_judge_errors_cost_no_attempt(made):
    """
    One attempt a day, and after a judge error there is still one.
    """
    course, database = made(attempts=1)
    submit(course, database, "ada", "1")
    finish(course, database, take(course, database), "JE", 0)

    assert isinstance(submit(course, database, "ada", "2"), str)
    assert submit(course, database, "ada", "3") == Refused("too many today")


def test_who_has_least_waiting_comes_first(made):
    """
    One student who hands in much does not keep the others waiting; rejudging comes last.
    """
    course, database = made()
    submit(course, database, "ada", "0")
    finish(course, database, take(course, database))
    rejudge.begin(database, "rnn", NOW)
    for nonce in "12":
        submit(course, database, "ada", nonce)
    submit(course, database, "bob", "1")
    taken = [take(course, database) for _ in range(4)]

    assert [(lease.student, lease.rejudge is None) for lease in taken] == [
        ("bob", True), ("ada", True), ("ada", True), ("ada", False)
    ]  # fmt: skip
    assert take(course, database) is None


def test_the_last_judge_is_not_for_who_floods(made):
    """
    Of two judges one at most plays for who has three waiting; the other is free for anybody else.
    """
    course, database = made()
    for nonce in "123":
        submit(course, database, "ada", nonce)
    first = take(course, database, last=False)
    assert take(course, database, idle=False, last=True) is None

    submit(course, database, "bob", "1")
    assert take(course, database, idle=False, last=True).student == "bob"
    finish(course, database, first)
    again = [take(course, database, idle=False, last=last) for last in (False, True)]
    assert [lease.student for lease in again] == ["ada", "ada"]


def test_nobody_has_more_than_three_waiting(made):
    """
    More are refused until one is judged.
    """
    course, database = made()
    for nonce in "123":
        submit(course, database, "ada", nonce)

    assert submit(course, database, "ada", "4") == Refused("too many waiting")
    finish(course, database, take(course, database))
    assert isinstance(submit(course, database, "ada", "4"), str)


def test_a_judge_that_comes_back_too_late_changes_nothing(made):
    """
    Its lease is another's; the verdict is the other's, and there is one.
    """
    course, database = made()
    public = submit(course, database, "ada", "1")
    old = take(course, database, "dead")
    assert queue.free_the_dead(database, lambda name: name != "dead", blamed=True) == 1
    new = take(course, database, "alive")

    assert not finish(course, database, old, "WA", 10)
    assert finish(course, database, new, "AC", 100)
    assert not finish(course, database, new, "WA", 10)
    assert submissions.by_public(database, public).verdict == "AC"
    assert database.db.execute("SELECT count(*) FROM attempts").fetchone()[0] == 1


def test_what_judges_die_of_is_played_alone_and_then_given_up(made):
    """
    What was beside it when one died is only played alone once; three deaths alone are the end.
    """
    course, database = made()
    for student in ("ada", "bob"):
        submit(course, database, student, "1")
    leases = [take(course, database), take(course, database, idle=False)]
    assert [lease.alone for lease in leases] == [False, False]
    queue.free_the_dead(database, nobody_lives, blamed=True)

    assert take(course, database, idle=False) is None
    first = take(course, database)
    assert first.alone
    assert finish(course, database, first)
    for tries in range(queue.MOST_TRIES + 1):
        lease = take(course, database)
        assert (lease.alone, lease.tries) == (True, tries)
        assert bool(lease.given_up) == (tries == queue.MOST_TRIES)
        queue.free_the_dead(database, nobody_lives, blamed=True)


def test_judges_that_somebody_kills_are_no_tries(made):
    """
    What they played waits behind what no judge was lost with, and is given up only very late.
    """
    course, database = made()
    submit(course, database, "ada", "1")
    for lost in range(queue.MOST_LOST):
        lease = take(course, database)
        assert (lease.student, lease.lost, lease.tries) == ("ada", lost, 0)
        assert not lease.given_up
        queue.free_the_dead(database, nobody_lives, blamed=False)
        if lost == 1:
            submit(course, database, "bob", "1")
            other = take(course, database)
            assert other.student == "bob"
            finish(course, database, other)

    last = take(course, database)
    assert "ended 30 times" in last.given_up
    assert not queue.put_back(database, last)
    assert finish(course, database, last, "JE", 0)


def test_what_the_judge_failed_at_is_played_again_alone(made):
    """
    Three times; then the failure is the verdict. A lease that is over puts nothing back.
    """
    course, database = made()
    submit(course, database, "ada", "1")
    for number in range(queue.MOST_TRIES):
        lease = take(course, database)
        assert (lease.alone, lease.tries) == (number > 0, max(0, number - 1))
        assert queue.put_back(database, lease)
        assert not queue.put_back(database, lease)
    lease = take(course, database)
    assert not queue.put_back(database, lease)
    assert finish(course, database, lease, "JE", 0)


def so_far(database):
    return [
        found["so_far"] for found in database.db.execute("SELECT so_far FROM queue ORDER BY id")
    ]


def test_groups_that_are_judged_are_noted_while_the_lease_lasts(made):
    """
    A judge that comes back too late notes nothing; whatever ends the lease takes them away.
    """
    course, database = made()
    submit(course, database, "ada", "1")
    for end in (
        lambda lease: queue.put_back(database, lease),
        lambda lease: queue.give_back(database, lease.owner),
        lambda _: queue.free_the_dead(database, nobody_lives, blamed=True),
        lambda lease: finish(course, database, lease),
    ):
        lease = take(course, database)
        queue.tell(database, [(lease, "some")])
        assert so_far(database) == ["some"]
        end(lease)
        assert so_far(database) == [""]
        queue.tell(database, [(lease, "late")])
        assert so_far(database) == [""]


def test_of_a_rejudge_no_group_is_told(made):
    """
    Before it is applied nothing of it is shown.
    """
    course, database = made()
    submit(course, database, "ada", "1")
    finish(course, database, take(course, database))
    rejudge.begin(database, "rnn", NOW)
    queue.tell(database, [(take(course, database), "some")])

    assert so_far(database) == ["", ""]


def test_what_is_given_back_was_never_taken(made):
    """
    A judge that is told to end leaves no trace.
    """
    course, database = made()
    submit(course, database, "ada", "1")
    take(course, database)
    queue.give_back(database, "judge")

    lease = take(course, database)
    assert (lease.alone, lease.tries) == (False, 0)


def test_owners_are_told_from_others_of_the_same_number():
    """
    This process lives; one that has ended does not, nor one of another start or boot.
    """
    boot, number, start = owner().split()
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                           capture_output=True, check=True)  # fmt: skip

    assert lives(owner())
    assert owner(int(ended.stdout)) == ""
    for other in ("", f"{boot} {number} {int(start) + 1}", f"x{boot} {number} {start}"):
        assert not lives(other)
    assert owner(os.getppid()) != owner()


def test_a_judge_that_says_nothing_hangs(made):
    """
    After so long by the clock of who watches; a sign of life, or another judge, begins anew.
    """
    _, database = made()
    at = [0.0]
    processes.begin(database, "judge")
    pulse = processes.Pulse("judge", lambda: at[0])
    for _ in range(3):
        assert not pulse.hangs(database)
        at[0] += processes.HANGS_S - 1
        assert not pulse.hangs(database)
        processes.beat(database, "judge")
        assert not pulse.hangs(database)
    at[0] += processes.HANGS_S + 1

    assert pulse.hangs(database)
    assert processes.since(database, "judge")
    assert processes.since(database, "web") is None


def test_a_rejudge_changes_nothing_before_it_is_applied(made):
    """
    Then it does so once; a judge error never takes the place of a verdict.
    """
    course, database = made()
    publics = [submit(course, database, s, "1") for s in ("ada", "bob")]
    for _ in publics:
        finish(course, database, take(course, database), "WA", 50)
    number = rejudge.begin(database, "rnn", NOW)
    assert rejudge.begin(database, "rnn", NOW) == number
    finish(course, database, take(course, database), "AC", 100)
    with pytest.raises(GraderError, match="1 submissions are not judged"):
        rejudge.apply(database, course.assignments["rnn"], number, NOW)
    finish(course, database, take(course, database), "JE", 0)

    assert [c.new_verdict for c in rejudge.look_at(database, number).changes] == ["AC", "JE"]
    assert [submissions.by_public(database, p).verdict for p in publics] == ["WA", "WA"]
    for _ in range(2):
        rejudge.apply(database, course.assignments["rnn"], number, NOW)
        assert [submissions.by_public(database, p).verdict for p in publics] == ["AC", "WA"]


def test_a_dropped_rejudge_is_gone(made):
    """
    Even what is being judged of it; a new one can be begun.
    """
    course, database = made()
    public = submit(course, database, "ada", "1")
    finish(course, database, take(course, database), "WA", 50)
    number = rejudge.begin(database, "rnn", NOW)
    lease = take(course, database)
    rejudge.drop(database, number)

    assert not finish(course, database, lease)
    assert rejudge.look_at(database, number) is None
    assert submissions.by_public(database, public).verdict == "WA"
    assert take(course, database) is None


def test_a_lease_of_a_dropped_rejudge_is_none_of_the_next_one(made):
    """
    What a judge still plays of it does not become the verdict of what is judged again after it.
    """
    course, database = made()
    submit(course, database, "ada", "1")
    finish(course, database, take(course, database), "WA", 50)
    dropped = rejudge.begin(database, "rnn", NOW)
    old = take(course, database)
    rejudge.drop(database, dropped)
    number = rejudge.begin(database, "rnn", NOW)
    new = take(course, database)

    assert number != dropped
    assert not finish(course, database, old, "AC", 100)
    assert finish(course, database, new, "WA", 50)
    assert rejudge.look_at(database, number).changes == ()


def test_an_extension_counts_anew(made):
    """
    What was late is not, as long as it lasts.
    """
    course, database = made()
    given = replace(
        course.assignments["rnn"], due=NOW - timedelta(hours=30), late="accept", percent_a_day=10
    )
    course = replace(course, assignments={"rnn": given})
    public = submit(course, database, "ada", "1")
    finish(course, database, take(course, database))
    assert submissions.by_public(database, public).late_points == 20

    submissions.extend(database, given, "ada", NOW + timedelta(hours=1))
    assert submissions.by_public(database, public).late_points == 0
    submissions.extend(database, given, "ada", None)
    assert submissions.by_public(database, public).late_points == 20


def test_a_clock_that_goes_back_is_noted(made):
    """
    Who was late may have been taken as in time: staff can see it.
    """
    course, database = made()
    submit(course, database, "ada", "1")
    submit(course, database, "ada", "2", at=NOW - timedelta(hours=1))

    whats = [what for (what,) in database.db.execute("SELECT what FROM audit")]
    assert whats == ["the clock went back"]
