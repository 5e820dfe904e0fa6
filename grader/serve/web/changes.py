"""Changes of the database: those that come at the same time are kept with one commit.

A commit waits for the disk, so that one for each would be the limit of how many people can hand in.
"""

import asyncio
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar, cast

from starlette.concurrency import run_in_threadpool

from grader.course.database import Database

Given = ParamSpec("Given")
Found = TypeVar("Found")

MOST = 64  # with one commit: the judge has to write, too


class _Change:
    """One change on its way, and what became of it."""

    def __init__(self, do: Callable[[], object]) -> None:
        self.do = do
        self.done = False
        self.result: object = None
        self.error: Exception | None = None

    def fail(self, error: Exception) -> None:
        self.done, self.error = True, error


class Changes:
    """Those that wait to be made. Whoever gets the turn makes them for all."""

    def __init__(self, database: Database) -> None:
        """database: one that several threads may share, for nothing but this."""
        self.database = database
        self.turn = asyncio.Lock()
        self.waiting: list[_Change] = []

    async def make(
        self,
        change: Callable[Concatenate[Database, Given], Found],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Found:
        """Return what a change returns, or raise what it raises, once it is kept safely."""
        mine = _Change(lambda: change(self.database, *args, **kwargs))
        self.waiting.append(mine)
        while not mine.done:
            async with self.turn:
                if not mine.done:
                    batch, self.waiting = self.waiting[:MOST], self.waiting[MOST:]
                    await run_in_threadpool(self._keep, batch)
        if mine.error is not None:
            raise mine.error
        return cast("Found", mine.result)

    def _keep(self, batch: list[_Change]) -> None:
        """Make all changes of which none fails, and keep them with one commit, or none of them."""
        try:
            with self.database.transaction():
                for one in batch:
                    self._try(one)
        except Exception as error:  # noqa: BLE001  # it is everybody's
            for one in batch:
                one.fail(error)
        for one in batch:
            one.done = True

    def _try(self, one: _Change) -> None:
        try:
            one.result = one.do()
        except Exception as error:
            if not self.database.db.in_transaction:  # a full disk ends it for all
                raise
            one.error = error  # raised again where it is waited for
