"""How far a class run is: a bar on a terminal, plain lines otherwise; on standard error."""

import sys
import time
from collections import Counter
from typing import Any, Self

EVERY_S = 5.0


class Lines:
    """Progress as plain lines, one every few seconds and one at the end."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0
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
        sys.stderr.write(
            f"{self.done} of {self.total}, {rate:.1f}/s, {counted(self.count)}, {left:.0f} s left\n"
        )
        sys.stderr.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.total:
            self._say()


class Bar(Lines):
    """Progress as a bar with rate, verdicts and time left."""

    def __init__(self, total: int) -> None:
        from rich.console import Console  # noqa: PLC0415  # only on a terminal
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

        super().__init__(total)
        self.bar: Any = Progress(
            TextColumn("{task.completed} of {task.total}"),
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


def progress(total: int) -> Lines:
    """Return what shows the progress best where standard error goes."""
    return Bar(total) if sys.stderr.isatty() and total else Lines(total)


def counted(count: Counter[str]) -> str:
    """Return counts of verdicts, such as 12 AC, 3 WA."""
    return ", ".join(f"{n} {v}" for v, n in sorted(count.items()))
