"""What the web process gives up before it listens: answers, files of others, connections."""

import sys
import tempfile
from pathlib import Path

from grader import layout
from grader.problems.load import PROBLEMS

# Where an interpreter and its libraries lie; /proc says whether the judge lives.
SYSTEM = ("/usr", "/lib", "/lib64", "/etc/localtime", "/proc", sys.base_prefix, sys.prefix)
PARTS = ("grader", "problem")  # of the kit; answers lie beside them


def confine(course: Path) -> bool:
    """Read no more than Python, the kit and the course's folder, write there alone; no connection.

    False where the kernel grants no such thing. Threads that run already keep what they have.
    """
    tempfile.tempdir = str(course)
    try:
        from landlockpy import AccessFS, AccessNet, LandlockError, Ruleset, Scope  # noqa: PLC0415
    except ImportError:
        return False
    read = AccessFS.READ_FILE | AccessFS.READ_DIR
    write = AccessFS.WRITE_FILE | AccessFS.TRUNCATE | AccessFS.MAKE_REG | AccessFS.REMOVE_FILE
    folders = AccessFS.MAKE_DIR | AccessFS.REMOVE_DIR
    kit = Path(layout.KIT).resolve()
    imports = [Path(p).resolve() for p in sys.path]
    apart = [p for p in imports if not kit.is_relative_to(p)]  # not around the answers
    readable = [*map(Path, SYSTEM), *apart, *(kit / part for part in PARTS), PROBLEMS]
    try:
        with Ruleset(
            handled_net=AccessNet.BIND_TCP | AccessNet.CONNECT_TCP,
            scoped=Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET,
        ) as rules:
            for path in readable:
                if path.exists():
                    rules.allow_path(path, read if path.is_dir() else AccessFS.READ_FILE)
            rules.allow_path("/dev/null", AccessFS.READ_FILE | AccessFS.WRITE_FILE)
            rules.allow_path("/dev/urandom", AccessFS.READ_FILE)
            rules.allow_path(course, read | write | folders)
            rules.restrict()
    except (LandlockError, OSError):
        return False
    return True
