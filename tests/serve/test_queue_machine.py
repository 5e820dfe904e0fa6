"""People, judges and staff in any order: each receipt one place, one verdict, and what counts."""

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
from grader.serve import clock, people, queue, rejudge, rules, submissions
from grader.serve.settings import read_course
from tests.serve.conftest import COURSE, NOW, ORIGIN, SEED, listed
from tests.serve.test_queue import finish, submit, take

ATTEMPTS = 4


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

    @rule(judge=JUDGES, last=st.booleans())
    def take(self, judge, last):
        mine = [lease for lease in self.leases if lease.owner == self.name(judge)]
        if any(lease.alone for lease in mine):
            return
        lease = take(self.course, self.database, self.name(judge), idle=not mine, last=last)
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

    @precondition(lambda self: self.leases or self.dead)
    @rule(data=st.data())
    def tell(self, data):
        lease = data.draw(st.sampled_from(self.leases + self.dead))
        queue.tell(self.database, [(lease, f"{lease.epoch}")])

    @precondition(lambda self: self.leases)
    @rule(data=st.data())
    def fail(self, data):
        lease = data.draw(st.sampled_from(self.leases))
        if queue.put_back(self.database, lease):
            self.leases.remove(lease)
            self.dead.append(lease)

    @rule(judge=JUDGES, blamed=st.booleans())
    def die(self, judge, blamed):
        name = self.name(judge)
        self.lives[judge] += 1
        self.dead += [lease for lease in self.leases if lease.owner == name]
        self.leases = [lease for lease in self.leases if lease.owner != name]
        queue.free_the_dead(self.database, self.lives_now, blamed=blamed)

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
    def groups_are_told_by_who_has_the_lease_alone(self):
        if hasattr(self, "receipts"):
            told = self.database.db.execute(
                "SELECT state, epoch, so_far, rejudge FROM queue WHERE so_far <> ''"
            )
            for state, epoch, groups, again in told:
                assert (state, groups, again) == ("playing", str(epoch), None)

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
    settings = settings(max_examples=500, stateful_step_count=50, deadline=None)
