"""However the judge ends, its zygote, its workers and its directories end with it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import (
    adopt_orphans,
    children,
    clean_environment,
    descendants,
    eventually,
    solution,
    thinned,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")


@pytest.fixture
def judging(tmp_path):
    """
    A judge in the middle of a submission that never ends, and the folder of its scratch files.
    """
    adopt_orphans()
    scratch, file = tmp_path / "scratch", tmp_path / "solution.py"
    scratch.mkdir(mode=0o755)
    file.write_bytes(solution(forward="while True: pass"))
    judge = subprocess.Popen(
        [sys.executable, "-m", "grader", "grade", str(file)],
        env={**clean_environment(), "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert eventually(lambda: len(descendants(judge.pid)) >= 2 and busy(judge.pid))
    yield judge, scratch
    judge.kill()
    judge.communicate()


def busy(pid):
    """Whether some process below has computed for a while: the worker, in its endless loop."""
    return any(ticks(child) > 40 for child in descendants(pid) if children(child) == {})


def ticks(pid):
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])
    except OSError:
        return 0


def alive(pids):
    """Those that still run; a zombie that waits for us to reap it does not."""
    found = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            found.add(pid)
    return found


SIGNALS = [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT]


@pytest.mark.parametrize("number", thinned(SIGNALS, everyday=1))
def test_nothing_outlives_the_judge(judging, number):
    """
    Killed, terminated, interrupted or hung up: no process and no scratch directory stays.
    """
    judge, scratch = judging
    workers = set(descendants(judge.pid))

    judge.send_signal(number)
    judge.wait(60)

    assert eventually(lambda: not alive(workers))
    assert eventually(lambda: os.listdir(scratch) == [])


def test_interrupted_command_says_so(judging):
    """
    Ctrl-C gives one line on stderr, nothing on stdout, and code 2.
    """
    judge, _ = judging

    judge.send_signal(signal.SIGINT)
    out, err = judge.communicate(timeout=60)

    assert (judge.returncode, out, err.strip()) == (2, b"", b"grader: interrupted")


def test_worker_dies_with_its_zygote(judging):
    """
    Where the zygote is killed, the worker dies, and the judge says that it was not the student.
    """
    judge, scratch = judging
    zygote = next(p for p, line in children(judge.pid).items() if children(p))
    workers = set(descendants(zygote))

    os.kill(zygote, signal.SIGKILL)
    _, err = judge.communicate(timeout=60)

    assert judge.returncode == 2
    assert b"judge error" in err
    assert eventually(lambda: not alive(workers))
    assert eventually(lambda: os.listdir(scratch) == [])
