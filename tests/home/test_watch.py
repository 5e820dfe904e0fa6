"""`grader check --watch`: whatever an editor does with the file, until Ctrl-C."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from tests.support import clean_environment, eventually, solution

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal here")


@pytest.fixture
def watched(tmp_path):
    """
    The file, and the running command with all that it has printed so far.
    """
    file = tmp_path / "solution.py"
    file.write_bytes(solution(forward="raise KeyError(1)"))
    process = subprocess.Popen(
        [sys.executable, "-u", "-P", "-m", "grader", "check", "--watch"],
        cwd=tmp_path,
        env={**clean_environment(), "COVERAGE_PROCESS_CONFIG": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    printed = []
    thread = threading.Thread(target=lambda: printed.extend(process.stdout), daemon=True)
    thread.start()
    yield file, process, printed
    process.kill()
    process.wait()
    thread.join()
    process.stdout.close()


def said(printed, words, times=1):
    return eventually(lambda: b"".join(printed).count(words.encode()) >= times)


@pytest.mark.slow
def test_file_is_replaced_removed_and_written_anew(watched):
    """
    Each save is checked, however it is made, and what changed is told; Ctrl-C ends in peace.
    """
    file, process, printed = watched
    assert said(printed, "checks are right")

    other = file.with_name("new")
    other.write_bytes(solution())
    other.replace(file)  # as many editors save
    assert said(printed, "forward is right now")
    file.unlink()
    assert said(printed, "there is no file")
    file.write_bytes(solution(forward="raise KeyError(2)"))
    assert said(printed, "forward is wrong now")
    process.send_signal(signal.SIGINT)

    assert process.wait(30) == 1
    assert b"interrupted" not in b"".join(printed)
    assert b"Traceback" not in b"".join(printed)
