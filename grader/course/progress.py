"""How far a class run is: a bar on a terminal, plain lines otherwise; on standard error."""

import sys
import time
from collections import Counter
from typing import Any, Self

EVERY_S = 5.0


class Lines:
    """Progress as plain lines, one every few seconds and one at the end."""

    def __init__(self, total: int, of: str = "") -> None:
        """of: what is counted, if not submissions."""
        self.total, self.of, self.done = total, f"{of}: " if of else "", 0
        self.count: Counter[str] = Counter()
        self.began = self.last = time.monotonic()

    def told(self, student: str, verdict: str) -> None:
        """Count one report."""
        del student
        self.done += 1
        self.count[verdict] += 1
        if time.monotonic() - self.last >= EVERY_S and self.done < self.total:
            self.last = time.monotonic()
            self._say()

    def _say(self) -> None:
        elapsed = max(time.monotonic() - self.began, 1e-9)
        rate = self.done / elapsed
        left = (self.total - self.done) / rate if rate else 0.0
        so_far = f"{self.of}{self.done} of {self.total}, {rate:.1f}/s, {counted(self.count)}"
        sys.stderr.write(f"{so_far}, {left:.0f} s left\n")
        sys.stderr.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.total:
            self._say()


class Bar(Lines):
    """Progress as a bar with rate, verdicts and time left."""

    def __init__(self, total: int, of: str = "") -> None:
        from rich.console import Console  # noqa: PLC0415  # only on a terminal
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

        super().__init__(total, of)
        self.bar: Any = Progress(
            TextColumn(self.of + "{task.completed} of {task.total}"),
            BarColumn(bar_width=30),
            TextColumn("{task.fields[rate]:.1f}/s  {task.fields[verdicts]}"),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
        )
        self.task = self.bar.add_task("", total=total, rate=0.0, verdicts="")

    def told(self, student: str, verdict: str) -> None:
        """Count one report."""
        del student
        self.done += 1
        self.count[verdict] += 1
        rate = self.done / max(time.monotonic() - self.began, 1e-9)
        self.bar.update(self.task, completed=self.done, rate=rate, verdicts=counted(self.count))

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()


def progress(total: int, of: str = "") -> Lines:
    """Return what shows the progress best where standard error goes."""
    return Bar(total, of) if sys.stderr.isatty() and total else Lines(total, of)


def counted(count: Counter[str]) -> str:
    """Return counts of verdicts, such as 12 AC, 3 WA."""
    return ", ".join(f"{n} {v}" for v, n in sorted(count.items()))
