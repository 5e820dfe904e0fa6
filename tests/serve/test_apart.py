"""The web process as another user: it shares the database, and owns nothing."""

import os
import pwd
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from grader.errors import GraderError
from tests import needs
from tests.serve.served import Served
from tests.support import CORPUS, KIT

pytestmark = pytest.mark.serve
apart = needs.imported("serve", "grader.serve.apart")
RIGHT = (CORPUS / "simple_rnn" / "accepted" / "slots.py").read_bytes()
OTHER = "nobody"
TRIES = """
import os, sys
for name in ("course.yaml", "results.sqlite"):
    for do in (os.unlink, lambda n: os.rename(n, "x"), lambda n: open(n, "a") if "y" in n else 1 / 0):
        try:
            do(os.path.join(sys.argv[1], name))
            print("possible")
        except (PermissionError, ZeroDivisionError):
            pass
"""


def readable_by_others():
    """
    Whether another user can run this Python and this kit.
    """
    files = {Path(sys.executable), Path(sys.executable).resolve(), KIT, *map(Path, sys.path)}
    around = {folder for file in files for folder in (file, *file.parents) if folder.exists()}
    return all(folder.stat().st_mode & 0o001 for folder in around if folder.is_dir())


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
@pytest.mark.skipif(not readable_by_others(), reason="no other user can read this Python")
def test_the_web_process_is_another_and_everything_works():
    """
    Handing in, a backup and a restart too; what is not its own it can neither remove nor replace.
    """
    with tempfile.TemporaryDirectory() as around:
        os.chmod(around, 0o711)
        course = Served(Path(around, "course")).start("--web-user", OTHER)
        try:
            ada = course.person("ada")
            public = ada.hand_in(RIGHT)
            ada.wait_for(public)
            (web,) = course.children("web.run")
            status = Path(f"/proc/{web}/status").read_text()
            tried = subprocess.run(
                [sys.executable, "-c", TRIES, course.folder], user=OTHER, capture_output=True,
                check=True,
            )  # fmt: skip
            os.kill(web, 9)

            assert course.verdicts() == {public: "AC"}
            assert f"Uid:\t{pwd.getpwnam(OTHER).pw_uid}\t" in status
            assert "Groups:\t \n" in status
            assert tried.stdout == b""
            assert ada.sign_in(course.codes["ada"]).ask(f"/submissions/{public}")[0] == 200
            assert course.person("prof").ask("/staff/backup", {})[0] == 200
            assert course.folder.stat().st_mode & 0o7777 == apart.FOLDER_MODE
            assert course.stop() == 0
        finally:
            if course.process.poll() is None:
                course.kill()


@pytest.mark.parametrize("name", ["root", "nobody-of-that-name"])
def test_who_is_none_is_told(name):
    """
    A user there is not, root, or anybody where we are not root ourselves.
    """
    with pytest.raises(GraderError):
        apart.user_of(name)
