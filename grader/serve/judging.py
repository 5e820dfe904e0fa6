"""The process that judges: takes what waits into the judges of a class, and keeps the reports.

It listens to nobody, and speaks to nobody but a cluster's scheduler if there is one. On SIGTERM it
takes nothing more and finishes what it has.
"""

import contextlib
import json
import signal
import sys
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from grader.cases.suite import kept_suite, make_suite
from grader.course.attempts import RunKey, now
from grader.course.database import Database
from grader.course.grade import run_key
from grader.course.judges.pool import Pool
from grader.course.judges.task import Task
from grader.errors import GraderError, ProblemError, SandboxError
from grader.model import Verdict
from grader.report import json as report_json
from grader.report.html import student
from grader.report.reduced import reduced
from grader.serve import clock, processes, queue
from grader.serve.doctor import begin_to_look, look_here
from grader.serve.machines import Looked
from grader.serve.owner import lives, owner
from grader.serve.rules import is_closed
from grader.serve.settings import FEEDBACK, Assignment, Course, read_course

if TYPE_CHECKING:
    from grader.course.judges.cluster import Cluster

Judges: TypeAlias = "Pool | Cluster"

STAFF_PAGE = "staff"  # beside what students may be told
BEAT_S = 10.0  # between two signs that it is at work
POLL_S = 0.1  # between two looks at the queue
FULL_S = 2.0  # before another try to write
TELL_S = 0.5  # between two notes of groups that are judged: each is a commit
LOOK_S = 24 * 3600.0  # between two looks at the machines
MOST_POOLS = 3  # assignments whose judges stay; the one not used for longest goes
DRAIN_S = 300.0  # after SIGTERM, for what is being judged


class Judging:
    """The judges of a course, and what each of them has been given."""

    def __init__(
        self, course: Course, database: Database, jobs: int, *, weak: bool, scheduler: str = ""
    ) -> None:
        """jobs: how many are judged at a time here. scheduler: of a cluster that judges instead."""
        self.course, self.database, self.jobs, self.weak = course, database, jobs, weak
        self.scheduler = scheduler
        self.owner = owner()
        self.pools: OrderedDict[str, tuple[Judges, RunKey]] = OrderedDict()
        self.leases: dict[str, queue.Lease] = {}
        self.unsaved: deque[tuple[Task, str]] = deque()
        self.so_far: dict[str, str] = {}  # groups that are judged, by task
        self.told = time.monotonic()
        self.beaten = time.monotonic()
        self.looked: float | None = None

    def warm_up(self) -> None:
        """Start the judges of what is handed in now, so that the first verdict is no slower."""
        at = clock.now()
        for assignment in list(self.course.assignments.values()):
            opened = assignment.opens <= at and not is_closed(assignment, at)
            if opened and len(self.pools) < MOST_POOLS:
                self._pool(assignment)

    def step(self, *, taking: bool) -> None:
        """Take what can be taken and keep what is done; wait a moment where there is neither."""
        if taking and not self.unsaved:
            self._take()
        pools = [pool for pool, _ in self.pools.values() if pool.busy]
        for pool in pools:
            for task, report in pool.collect(POLL_S / len(pools)):
                self.unsaved.append((task, report))
        self._save()
        self._tell()
        if time.monotonic() - self.beaten > BEAT_S:
            self.beaten = time.monotonic()
            processes.beat(self.database, "judge")
            self._look_at_machines()
        if not pools:
            time.sleep(POLL_S)

    def _look_at_machines(self) -> None:
        """Look now and then at what the machines that judge are fit for, beside judging."""
        if self.looked is None or time.monotonic() - self.looked > LOOK_S:
            self.looked = time.monotonic()
            begin_to_look(self.course.folder, self._looks)

    def _looks(self) -> list[Looked]:
        if not self.scheduler:
            return [look_here()]
        with self._cluster(next(iter(self.course.assignments.values()))) as cluster:
            found = cluster.on_each_machine(look_here)
        return [looked._replace(name=name) for name, looked in found.items()]

    def _cluster(self, assignment: Assignment) -> "Cluster":
        from grader.course.judges.cluster import Cluster  # noqa: PLC0415  # an extra

        problem, seed = assignment.problem, assignment.seed
        return Cluster(self.scheduler, problem, seed, weak=self.weak, told=self._hear)

    @property
    def most(self) -> int:
        """How many submissions are judged at a time."""
        sizes = [pool.size for pool, _ in self.pools.values()] if self.scheduler else []
        return max(sizes, default=self.jobs)

    def _save(self) -> None:
        """Keep what is done; what cannot be kept now is tried again the next time."""
        while self.unsaved:
            self._keep(*self.unsaved[0])
            self.unsaved.popleft()

    def _hear(self, task: Task, groups: str) -> None:
        self.so_far[task.student] = groups

    def _tell(self) -> None:
        """Note now and then which groups are judged of what is not done; a full disk costs that."""
        if self.so_far and time.monotonic() - self.told > TELL_S:
            self.told = time.monotonic()
            told = [(self.leases[task], groups) for task, groups in self.so_far.items()]
            self.so_far.clear()
            with contextlib.suppress(GraderError):
                queue.tell(self.database, told)

    def _take(self) -> None:
        while len(self.leases) < self.most and not any(one.alone for one in self.leases.values()):
            if any(not pool.room for pool, _ in self.pools.values()):
                return  # one of them judges something alone
            lease = queue.take(
                self.database,
                self.owner,
                self.course.assignments,
                idle=not self.leases,
                last=len(self.leases) + 1 >= self.most,
            )
            if lease is None:
                return
            self.leases[str(lease.id)] = lease
            pool, _ = self._pool(self.course.assignments[lease.assignment])
            why = lease.given_up
            verdict = Verdict.JE if why else Verdict.CE
            pool.offer(
                Task(str(lease.id), lease.name, lease.data, why, str(verdict), began_at=now())
            )

    def _pool(self, assignment: Assignment) -> tuple[Judges, RunKey]:
        if assignment.id not in self.pools:
            idle = [name for name, (pool, _) in self.pools.items() if not pool.busy]
            for name in idle[: max(0, len(self.pools) - MOST_POOLS + 1)]:
                self.pools.pop(name)[0].close()
            pool: Judges = (
                self._cluster(assignment)
                if self.scheduler
                else Pool(
                    assignment.problem, assignment.seed, self.jobs, weak=self.weak, told=self._hear
                )
            )
            try:
                made = (make_suite if self.weak else kept_suite)(
                    assignment.problem, assignment.seed
                )
            except BaseException:
                pool.close()
                raise
            pool.set_suite(made)
            self.pools[assignment.id] = pool, run_key(made, weak=self.weak)
        self.pools.move_to_end(assignment.id)
        return self.pools[assignment.id]

    def _keep(self, task: Task, report: str) -> None:
        self.so_far.pop(task.student, None)
        lease = self.leases[task.student]
        failed = json.loads(report)["verdict"] == Verdict.JE
        if failed and queue.put_back(self.database, lease):
            del self.leases[task.student]
            return
        assignment = self.course.assignments[lease.assignment]
        _, key = self.pools[lease.assignment]
        queue.finish(
            self.database,
            lease,
            assignment,
            key,
            began_at=task.began_at,
            report=report,
            pages=rendered(report, lease.data),
        )
        del self.leases[task.student]

    def close(self) -> None:
        """End every judge, and let others have what is not finished."""
        for pool, _ in self.pools.values():
            pool.close()
        queue.give_back(self.database, self.owner)


def rendered(report: str, source: bytes) -> dict[str, str]:
    """Return the report, which is JSON, as parts of pages: by feedback, and for staff."""
    said = report_json.parse(json.loads(report))
    told = replace(said, diagnosis=tuple(replace(d, told=True) for d in said.diagnosis))
    reports = {feedback: reduced(said, feedback) for feedback in FEEDBACK}
    return student.parts(reports | {STAFF_PAGE: told}, source)


def run(
    course: Course, jobs: int, *, weak: bool, stop: threading.Event, scheduler: str = ""
) -> None:
    """Judge until told to stop, and then what has been taken."""
    with contextlib.ExitStack() as stack:
        database = stack.enter_context(Database(course.folder))
        judging = Judging(course, database, jobs, weak=weak, scheduler=scheduler)
        stack.callback(judging.close)
        processes.begin(database, "judge")
        judging.warm_up()
        while not stop.is_set():
            with _full_disk():
                queue.free_the_dead(database, lives, blamed=False)  # gone with their supervisor
                judging.step(taking=True)
        until = time.monotonic() + DRAIN_S
        while judging.leases and time.monotonic() < until:
            with _full_disk():
                judging.step(taking=False)


@contextlib.contextmanager
def _full_disk() -> Iterator[None]:
    """Say that the database cannot be written, and go on later: nothing is lost meanwhile."""
    try:
        yield
    except (SandboxError, ProblemError):
        raise
    except GraderError as error:
        sys.stderr.write(f"{error}\n")
        time.sleep(FULL_S)


def main() -> None:
    """Judge for the course in the first argument until SIGTERM."""
    folder, jobs, isolation, scheduler = sys.argv[1:5]
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    course = read_course(Path(folder))
    run(course, int(jobs), weak=isolation == "weak", stop=stop, scheduler=scheduler)
