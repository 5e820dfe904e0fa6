"""The queue: leases that end with their owner only, one verdict for each receipt, whatever happens."""

import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from grader.course.database import Database
from grader.errors import GraderError
from grader.model import Verdict
from grader.serve import clock, people, processes, queue, rejudge, rules, submissions
from grader.serve.owner import lives, owner
from grader.serve.settings import read_course
from grader.serve.submissions import Refused
from tests.serve.conftest import COURSE, KEY, NOW, ORIGIN, SEED, listed, plain

ATTEMPTS = 4


def submit(course, database, student, nonce, *, data=b"x", at=NOW):
    given = course.assignments["rnn"]
    return submissions.submit(
        database, course, given, student, name="s.py", data=data, nonce=nonce, at=at
    )


def take(course, database, who="judge", *, idle=True):
    return queue.take(database, who, course.assignments, idle=idle)


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
    assert queue.free_the_dead(database, lambda name: name != "dead") == 1
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
    queue.free_the_dead(database, lambda _: False)

    assert take(course, database, idle=False) is None
    first = take(course, database)
    assert first.alone
    assert finish(course, database, first)
    for tries in range(queue.MOST_TRIES + 1):
        lease = take(course, database)
        assert (lease.alone, lease.tries) == (True, tries)
        queue.free_the_dead(database, lambda _: False)


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


class Course(RuleBasedStateMachine):
    """People, judges that live and die, and staff, in any order."""

    STUDENTS = st.sampled_from(["ada", "bob", "eve"])
    JUDGES = st.sampled_from(["one", "two"])

    @initialize()
    def make(self):
        self.kept = tempfile.TemporaryDirectory()
        folder = Path(self.kept.name)
        text = COURSE.format(address=ORIGIN, attempts=ATTEMPTS, feedback="full", shown="at_once",
                             seed=SEED)  # fmt: skip
        (folder / "course.yaml").write_text(text)
        self.database = Database(folder, writing=True)
        self.database.db.execute("PRAGMA synchronous = OFF")  # no power is cut here
        course = read_course(folder)
        due = NOW + timedelta(days=2)
        self.given = replace(course.assignments["rnn"], due=due, late="accept", percent_a_day=10)
        self.course = replace(course, assignments={"rnn": self.given})
        people.import_roster(self.database, self.course, listed("ada", "bob", "eve"), NOW)
        self.now, self.receipts, self.forms = NOW, {}, []
        self.leases, self.dead, self.verdicts, self.lives = [], [], {}, {"one": 0, "two": 0}

    def name(self, judge):
        return f"{judge} {self.lives[judge]}"

    def lives_now(self, name):
        return name in map(self.name, self.lives)

    @rule(student=STUDENTS, hours=st.integers(0, 30))
    def submit(self, student, hours):
        self.now += timedelta(hours=hours)
        nonce = str(len(self.forms))
        taken = submit(self.course, self.database, student, nonce, at=self.now)
        if isinstance(taken, str):
            self.receipts[taken] = student
            self.forms.append((student, nonce, taken))

    @precondition(lambda self: self.forms)
    @rule(data=st.data())
    def click_again(self, data):
        student, nonce, taken = data.draw(st.sampled_from(self.forms))
        assert submit(self.course, self.database, student, nonce, at=self.now) == taken

    @rule(judge=JUDGES)
    def take(self, judge):
        mine = [lease for lease in self.leases if lease.owner == self.name(judge)]
        if any(lease.alone for lease in mine):
            return
        lease = take(self.course, self.database, self.name(judge), idle=not mine)
        if lease is not None:
            assert not (lease.alone and mine)
            assert lease.id not in [other.id for other in self.leases]
            self.leases.append(lease)

    @precondition(lambda self: self.leases)
    @rule(data=st.data(), verdict=st.sampled_from(["AC", "WA", "JE"]), score=st.integers(0, 100))
    def finish(self, data, verdict, score):
        lease = data.draw(st.sampled_from(self.leases))
        self.leases.remove(lease)
        dropped = self.database.db.execute("SELECT 1 FROM queue WHERE id = ?", (lease.id,))
        there = dropped.fetchone() is not None
        assert finish(self.course, self.database, lease, verdict, score) is there

    @precondition(lambda self: self.leases)
    @rule(data=st.data())
    def fail(self, data):
        lease = data.draw(st.sampled_from(self.leases))
        if queue.put_back(self.database, lease):
            self.leases.remove(lease)
            self.dead.append(lease)

    @rule(judge=JUDGES)
    def die(self, judge):
        name = self.name(judge)
        self.lives[judge] += 1
        self.dead += [lease for lease in self.leases if lease.owner == name]
        self.leases = [lease for lease in self.leases if lease.owner != name]
        queue.free_the_dead(self.database, self.lives_now)

    @precondition(lambda self: self.dead)
    @rule(data=st.data())
    def finish_late(self, data):
        lease = data.draw(st.sampled_from(self.dead))
        assert not finish(self.course, self.database, lease, "WA", 1)

    @rule(judge=JUDGES)
    def give_back(self, judge):
        queue.give_back(self.database, self.name(judge))
        self.dead += [lease for lease in self.leases if lease.owner == self.name(judge)]
        self.leases = [lease for lease in self.leases if lease.owner != self.name(judge)]

    @rule()
    def begin_rejudge(self):
        rejudge.begin(self.database, "rnn", self.now)

    @rule(apply=st.booleans())
    def end_rejudge(self, apply):
        found = self.database.db.execute(
            "SELECT max(id) FROM rejudges WHERE applied_at IS NULL"
        ).fetchone()[0]
        if found is None:
            return
        before = self.present()
        if not apply:
            rejudge.drop(self.database, found)
            assert self.present() == before
            return
        try:
            rejudge.apply(self.database, self.given, found, self.now)
        except GraderError:
            assert self.present() == before

    @rule(student=STUDENTS, days=st.one_of(st.none(), st.integers(0, 5)))
    def extend(self, student, days):
        due = None if days is None else NOW + timedelta(days=days)
        submissions.extend(self.database, self.given, student, due)

    @rule(student=STUDENTS)
    def revoke(self, student):
        people.revoke(self.database, student)

    def present(self):
        return {p: submissions.by_public(self.database, p).attempt for p in self.receipts}

    @invariant()
    def every_receipt_has_one_place_and_at_most_one_verdict(self):
        if not hasattr(self, "receipts"):
            return
        rows = self.database.db.execute(
            """SELECT s.public, s.student, s.attempt IS NOT NULL, q.state = 'done', q.state, q.owner
            FROM submissions s LEFT JOIN queue q ON q.submission = s.id AND q.rejudge IS NULL"""
        ).fetchall()
        assert {row[0]: row[1] for row in rows} == self.receipts
        assert len(rows) == len(self.receipts)
        for _, _, judged, done, state, name in rows:
            assert judged == done
            assert (state == "playing") == bool(name)
        playing = self.database.db.execute("SELECT id, owner FROM queue WHERE state = 'playing'")
        mine = [(lease.id, lease.owner) for lease in self.leases]
        assert set(map(tuple, playing)) <= set(mine)

    @invariant()
    def what_counts_is_what_the_rules_say(self):
        if not hasattr(self, "receipts"):
            return
        for student in ("ada", "bob", "eve"):
            handed_in = submissions.of_student(self.database, "rnn", student)[::-1]
            due = submissions.extension(self.database.db, "rnn", student)
            judged = [
                rules.Judged(s.attempt, s.verdict, s.score, s.received_at)
                for s in handed_in
                if s.attempt is not None
            ]
            expected = rules.counted(self.given.with_due(due), judged)
            counts, lost = self.database.db.execute(
                "SELECT counts, late_points FROM members WHERE student = ?", (student,)
            ).fetchone()
            assert (counts, lost) == (expected or (None, 0))

    @invariant()
    def nobody_has_more_attempts_a_day_or_waiting_than_allowed(self):
        if not hasattr(self, "receipts"):
            return
        begin, end = map(clock.as_text, rules.day_of(self.now, self.course.zone))
        for student in ("ada", "bob", "eve"):
            handed_in = submissions.of_student(self.database, "rnn", student)
            today = [s for s in handed_in if begin <= clock.as_text(s.received_at) < end]
            # a rejudge may turn judge errors into verdicts afterwards
            first = [s for s in today if s.verdict is not Verdict.JE]
            again = self.database.db.execute(
                "SELECT count(*) FROM rejudges WHERE applied_at IS NOT NULL"
            ).fetchone()[0]
            assert again or len(first) <= ATTEMPTS
            assert len([s for s in handed_in if s.attempt is None]) <= submissions.MOST_WAITING

    def teardown(self):
        if hasattr(self, "database"):
            self.database.close()
            self.kept.cleanup()


class TestShort(Course.TestCase):
    settings = settings(max_examples=8, stateful_step_count=25, deadline=None)


@pytest.mark.slow
class TestLong(Course.TestCase):
    settings = settings(max_examples=100, stateful_step_count=50, deadline=None)
