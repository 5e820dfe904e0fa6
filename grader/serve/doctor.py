"""The judge looks at machines as `grader doctor` does, while others do something else."""

import contextlib
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from grader.course.database import Database
from grader.errors import GraderError
from grader.report.table import WIDTH
from grader.sandbox.doctor import examine
from grader.serve.machines import Looked, keep


def look_here() -> Looked:
    """Return what this machine is fit for; runs on the workers of a cluster, too."""
    try:
        found, code = examine.examine("text", WIDTH)
    except GraderError as error:
        found, code = str(error), examine.TRUSTED_ONLY
    return Looked(socket.gethostname(), code == examine.FIT, found)


def begin_to_look(folder: Path, look: Callable[[], Iterable[Looked]]) -> threading.Thread:
    """Look at machines while others do something else; what is found is kept in the course."""

    def look_and_keep() -> None:
        try:
            with contextlib.closing(Database(folder)) as database:
                keep(database, look())
        except Exception as error:  # noqa: BLE001  # judging goes on without it
            sys.stderr.write(f"the machines cannot be looked at: {error}\n")

    thread = threading.Thread(target=look_and_keep, daemon=True)
    thread.start()
    return thread
