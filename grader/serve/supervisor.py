"""The process that keeps a course's page up: it holds the lock and starts again what ends.

The two others have nothing in common but the database. The socket is opened here, so that who
comes while the web process is started again waits a moment and is not refused.
"""

import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import FrameType

from grader import layout
from grader.course.database import Database
from grader.errors import GraderError
from grader.sandbox.outside import ended_for_memory, was_killed
from grader.serve import clock, queue
from grader.serve.apart import User, share
from grader.serve.owner import lives
from grader.serve.people import enter_class
from grader.serve.privacy import drop_old_sources
from grader.serve.processes import Pulse
from grader.serve.settings import Course
from grader.serve.submissions import count_all

LOOK_S = 0.1
SOON_S, LATER_S = 0.2, 1.0  # before something is started again; it doubles while it ends early
EARLY_S = 10.0
JUDGE, WEB = "judge", "web"
PATIENCE_S = {WEB: 10.0, JUDGE: 310.0}  # after SIGTERM
HUNG = 1  # in the place of a code, of one that hung: what it played may be to blame
PORT_S = 5.0  # to wait for a port that is taken
BACKLOG = 1024


@dataclass(slots=True)
class Child:
    """A process that is to run all the time."""

    name: str
    arguments: tuple[str, ...]
    descriptors: tuple[int, ...] = ()
    user: User | None = None  # None: ours
    process: "subprocess.Popen[bytes] | None" = None
    began: float = 0.0
    pause: float = SOON_S
    due: float = field(default=0.0)  # when to start it
    out_of_memory: int | None = None  # how often somebody had been when it was started

    def start(self) -> None:
        """Start it; it ends with this process."""
        one_thread = {f"{t}_NUM_THREADS": "1" for t in ("OPENBLAS", "OMP", "MKL")}
        bound = f"from grader.serve.child import end_with; end_with({os.getpid()})"
        start = f"{bound}; from grader.serve.{self.arguments[0]} import main; main()"
        self.out_of_memory = ended_for_memory()
        self.process = subprocess.Popen(  # noqa: S603  # our own interpreter and modules
            [sys.executable, "-P", "-c", start, *self.arguments[1:]],
            stdin=subprocess.DEVNULL,
            pass_fds=self.descriptors,
            start_new_session=True,  # Ctrl-C is for us
            user=self.user.uid if self.user else None,
            group=self.user.gid if self.user else None,
            extra_groups=[] if self.user else None,
            env={**os.environ, **one_thread, "PYTHONPATH": layout.python_path()},
        )
        self.began = time.monotonic()

    def look(self) -> int | None:
        """Start it, or see when to start it again; return with which code it ended, if it did."""
        present = time.monotonic()
        if self.process is None:
            if present >= self.due:
                self.start()
        elif (code := self.process.poll()) is not None:
            early = present - self.began < EARLY_S
            self.pause = min(LATER_S, 2 * self.pause) if early else SOON_S
            sys.stderr.write(f"the {self.name} process ended with code {code}; starting again\n")
            self.close()
            self.due = present + self.pause
            return code
        return None

    def close(self) -> None:
        """End it, at once if it still runs."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def drain(self) -> int | None:
        """Ask it to finish what it has begun, and wait; return with which code it ended, if so."""
        if self.process is None:
            return None
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE_S[self.name])
        code = self.process.poll()
        self.close()
        return code


class _Stop:
    """Whether somebody asked to end."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt  # a second time: at once
        self.asked = True


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that people can connect to; GraderError if that cannot be.

    Where the last supervisor was killed, its web process needs a moment to notice.
    """
    until = time.monotonic() + PORT_S
    while True:
        try:
            return _listening(host, port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > until:
                raise GraderError(f"cannot listen on {host}:{port}: {error.strerror}") from error
        time.sleep(LOOK_S)


def _listening(host: str, port: int) -> socket.socket:
    family, kind, proto, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    opened = socket.socket(family, kind, proto)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(where)
        opened.listen(BACKLOG)
    except OSError:
        opened.close()
        raise
    return opened


def is_loopback(opened: socket.socket) -> bool:
    """Return whether only this machine can connect to a socket."""
    host = opened.getsockname()[0]
    return bool(host == "::1" or host.startswith("127."))


def serve(
    course: Course,
    opened: socket.socket,
    jobs: int,
    *,
    weak: bool,
    scheduler: str = "",
    web_user: User | None = None,
) -> None:
    """Keep the course's page up until SIGTERM or Ctrl-C; GraderError if another does already."""
    folder = str(course.folder.resolve())
    stop = _Stop()
    before = {s: signal.signal(s, stop) for s in (signal.SIGTERM, signal.SIGINT)}
    isolation = "weak" if weak else "full"
    with contextlib.ExitStack() as stack:
        stack.callback(lambda: [signal.signal(s, handler) for s, handler in before.items()])
        database = stack.enter_context(Database(course.folder, writing=True))
        enter_class(database, course, clock.now())
        count_all(database, course)
        if web_user is not None:
            share(course.folder, web_user)
        descriptor = opened.fileno()
        children = (
            Child(JUDGE, ("judging", folder, str(jobs), isolation, scheduler)),
            Child(WEB, ("web.run", folder, str(descriptor)), (descriptor,), web_user),
        )
        for child in children:
            stack.callback(child.close)
        keep_up(database, course, children, stop)
        for child in reversed(children):
            _free(database, child, child.drain())


def _free(database: Database, child: Child, code: int | None) -> None:
    """Let others have what a judge that ended with that code has left; None: it has not ended.

    Only here is known how it ended, and so whether what it played may be to blame.
    """
    if child.name == JUDGE and code is not None:
        blamed = not was_killed(code, child.out_of_memory)
        with contextlib.suppress(GraderError):  # a full disk: the next judge does it
            queue.free_the_dead(database, lives, blamed=blamed)


def keep_up(database: Database, course: Course, children: Sequence[Child], stop: _Stop) -> None:
    """Start again what ends or hangs, and drop what is not kept any more, until told to stop."""
    pulse, day = Pulse(JUDGE), None
    while not stop.asked:
        for child in children:
            _free(database, child, child.look())
            if child.name == JUDGE and pulse.hangs(database):
                sys.stderr.write("the judge process hangs\n")
                child.close()
                _free(database, child, HUNG)
                pulse = Pulse(JUDGE)
        if (today := clock.now().date()) != day:
            day = today
            try:
                drop_old_sources(database, course, clock.now())
            except GraderError as error:
                sys.stderr.write(f"{error}\n")
        time.sleep(LOOK_S)
