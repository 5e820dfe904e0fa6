"""Tells open pages what becomes of a submission, as soon as another process has committed it."""

import asyncio
import contextlib
import sqlite3
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from grader.course.database import Database
from grader.model import Problem
from grader.serve.web.state import State, states

LOOK_S = 0.1
ALIVE_S = 20.0  # between two signs of life, so that no proxy ends a stream
MOST_STREAMS = 4  # of one account: a browser has six connections, and they are for pages
SHARE = 5  # looking takes at most one part in so many of the time


class Watch:
    """Who waits for what."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.waiting: defaultdict[str, set[asyncio.Queue[State]]] = defaultdict(set)
        self.streams: defaultdict[str, int] = defaultdict(int)

    async def run(self) -> None:
        """Look for what others have committed, until cancelled."""
        with Database(self.folder) as database:
            before = None
            while True:
                (version,) = database.db.execute("PRAGMA data_version").fetchone()
                began = time.monotonic()
                if version != before and self.waiting:
                    with contextlib.suppress(sqlite3.Error):  # a page asks by itself, too
                        self._tell(database)
                before = version
                await asyncio.sleep(max(LOOK_S, SHARE * (time.monotonic() - began)))

    def _tell(self, database: Database) -> None:
        for public, state in states(database, list(self.waiting)).items():
            for mailbox in self.waiting.get(public, ()):
                while not mailbox.empty():
                    mailbox.get_nowait()
                mailbox.put_nowait(state)

    def has_room(self, account: str) -> bool:
        """Return whether somebody may have one more stream."""
        return self.streams[account] < MOST_STREAMS

    async def stream(
        self, account: str, public: str, problem: Problem, *, groups: bool
    ) -> AsyncIterator[str]:
        """Yield every new state as an event; it ends when the submission is judged.

        groups: whether those that are judged may be told.
        """
        with self._place(account, public) as mailbox:
            state = self._now(public).told(groups=groups)
            yield _event(state, problem)
            while not state.done:
                try:
                    async with asyncio.timeout(ALIVE_S):
                        new = await mailbox.get()
                except TimeoutError:
                    yield ": still waiting\n\n"
                    new = self._now(public)
                new = new.told(groups=groups)
                if new != state:
                    state = new
                    yield _event(state, problem)

    def _now(self, public: str) -> State:
        with Database(self.folder) as database:
            return states(database, [public]).get(public, State(done=True))

    @contextlib.contextmanager
    def _place(self, account: str, public: str) -> Iterator[asyncio.Queue[State]]:
        mailbox: asyncio.Queue[State] = asyncio.Queue()
        self.waiting[public].add(mailbox)
        self.streams[account] += 1
        try:
            yield mailbox
        finally:
            self.waiting[public].discard(mailbox)
            if not self.waiting[public]:
                del self.waiting[public]
            self.streams[account] -= 1
            if not self.streams[account]:
                del self.streams[account]


def _event(state: State, problem: Problem) -> str:
    return f"data: {state.as_json(problem)}\n\n"
