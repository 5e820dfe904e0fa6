"""A user of the web process's own: it shares the course's database, and owns nothing.

The folder and what is in it stay their owner's. The user's group may read course.yaml and write the
database and files of its own beside it, and replace nothing there.
"""

import os
import pwd
from pathlib import Path
from typing import NamedTuple

from grader.course.database import FILE, Database
from grader.errors import GraderError
from grader.serve import settings

FOLDER_MODE = 0o1770  # sticky: who may write here cannot remove what is another's
SHARED = {settings.FILE: 0o640, FILE: 0o660, f"{FILE}-wal": 0o660, f"{FILE}-shm": 0o660}


class User(NamedTuple):
    """Under whom a process runs."""

    uid: int
    gid: int


def user_of(name: str) -> User:
    """Return the user of that name; GraderError if there is none, or it cannot be taken."""
    if os.geteuid() != 0:
        raise GraderError(f"only root can run the web process as {name}")
    try:
        found = pwd.getpwnam(name)
    except KeyError as error:
        raise GraderError(f"there is no user {name!r} on this machine") from error
    if found.pw_uid == 0:
        raise GraderError("the web process is to run as another than root")
    return User(found.pw_uid, found.pw_gid)


def share(course: Path, user: User) -> None:
    """Let the user's group do what the web process has to do in a course's folder."""
    try:
        with Database(course):  # while it is open, what lies beside it is there
            os.chown(course, -1, user.gid)
            os.chmod(course, FOLDER_MODE)
            for name, mode in SHARED.items():
                os.chown(course / name, -1, user.gid)
                os.chmod(course / name, mode)
    except OSError as error:
        raise GraderError(f"{course} cannot be shared: {error.strerror}") from error
