"""
What surrounds the layers: the filter's arguments, the answers' place, interruption, odd files.
"""

import errno
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest

from grader.errors import GraderError, SandboxError
from grader.judge.submission import MOST_SOURCE, read_submission
from grader.problems.load import load_problem
from grader.sandbox import policy
from grader.sandbox.host import Sandbox
from grader.sandbox.spawn import spawn
from grader.sandbox.watch import Worker
from tests.support import eventually

KIT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="layers are Linux's")
HANG = b"while True: pass"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(load_problem("simple_rnn")) as started:
        yield started


def said(sandbox, source):
    """What a submission printed before it was found to lack the interface."""
    worker = Worker(sandbox, source.encode() + b"\nimport sys; sys.stdout.flush()")
    worker.imported()
    worker.close()
    return worker.printed.decode()


def refused(sandbox, statement, setup="import os"):
    """The errno with which a statement fails in a worker with every layer; 0: it works."""
    source = (
        f"{setup}\ntry:\n    {statement}\n    print(0)\nexcept OSError as e:\n    print(e.errno)"
    )
    return int(said(sandbox, source))


FCNTL = "import fcntl, os, struct"


@pytest.mark.parametrize(
    "statement",
    [
        "fcntl.fcntl(1, fcntl.F_SETOWN, os.getppid())",
        "fcntl.fcntl(1, 10, 9)",
        "fcntl.fcntl(1, 15, struct.pack('ii', 1, os.getppid()))",
        "fcntl.fcntl(1, 1031, 1 << 20)",
        "fcntl.fcntl(open(os.__file__), 1024, 0)",
        "fcntl.flock(open(os.__file__), fcntl.LOCK_SH)",
        "fcntl.ioctl(1, 0x5412, b'x')",
        "fcntl.ioctl(1, 0x8901, struct.pack('i', os.getppid()))",
    ],
)
def test_descriptor_calls_that_reach_others_are_refused(sandbox, statement):
    """
    fcntl and ioctl that signal others, lock files, feed a terminal or grow pipes give EPERM.
    """
    assert refused(sandbox, statement, FCNTL) == errno.EPERM


@pytest.mark.parametrize(
    "statement",
    [
        "os.getpgid(os.getppid())",
        "os.getsid(os.getppid())",
        "os.sched_getaffinity(os.getppid())",
        "time.clock_gettime((~os.getppid() << 3) | 2)",
        "resource.prlimit(os.getppid(), resource.RLIMIT_CPU)",
    ],
)
def test_questions_about_others_are_refused(sandbox, statement):
    """
    A worker can ask about itself only.
    """
    assert refused(sandbox, statement, "import os, resource, time") == errno.EPERM


def test_useful_forms_of_filtered_calls_work(sandbox):
    """
    Duplicating, the terminal question, clocks, affinity and locks of one thread go on working.
    """
    source = """
import fcntl, os, threading, time
os.close(os.dup(1)); os.set_inheritable(1, True); os.isatty(1); os.get_blocking(1)
fcntl.fcntl(1, fcntl.F_DUPFD_CLOEXEC, 10); time.process_time(); time.thread_time()
lock = threading.Lock(); lock.acquire(); lock.acquire(timeout=0.01)
print(len(os.sched_getaffinity(0)) > 0, os.getpgid(0) == os.getpid())
"""
    assert said(sandbox, source) == "True True\n"


def test_every_unknown_number_is_refused(sandbox):
    """
    System calls that no kernel has, or will only have later, give EPERM and not ENOSYS.
    """
    source = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
seen = set()
for number in (*range(470, 512), 600, 999, 99_999, 2**30 - 1):
    libc.syscall(ctypes.c_long(number), 0, 0, 0, 0, 0, 0)
    seen.add(ctypes.get_errno())
print(seen)
"""
    assert said(sandbox, source) == f"{{{errno.EPERM}}}\n"


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="x32 is x86-64's")
def test_x32_numbers_end_the_process(sandbox):
    """
    A number of the x32 table is another architecture's entry.
    """
    worker = Worker(sandbox, b"import ctypes; ctypes.CDLL(None).syscall(ctypes.c_long(2**30 + 39))")
    ended = worker.imported()
    worker.close()

    assert "SIGSYS" in ended.message


def instructions(program):
    return [struct.unpack_from("<HBBI", program, at) for at in range(0, len(program), 8)]


def test_filter_checks_the_architecture_first():
    """
    The program's first instructions load the architecture and compare it.
    """
    (load, _, _, offset), (compare, *_) = instructions(policy.seccomp_program(with_paths=True))[:2]

    assert (load, offset, compare) == (0x20, 4, 0x15)


def test_allowed_calls_do_not_overlap_filtered_ones():
    """
    A call that is filtered by argument is not allowed as a whole as well.
    """
    assert not set(policy.ALLOWED_CALLS) & {*policy.FILTERED_CALLS, "prlimit64", "clone3"}
    assert set(policy.ALLOWED_CALLS) >= policy.PATH_CALLS


@pytest.mark.parametrize("where", ["above", "itself", "inside", "link"])
def test_granted_path_that_reaches_the_answers_is_refused(tmp_path, where):
    """
    A path above, at or below reference/ is never granted, through a link neither.
    """
    kit = tmp_path / "lib" / "kit"
    (kit / "reference" / "sub").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "lib")
    paths = {
        "above": tmp_path / "lib",
        "itself": kit / "reference",
        "inside": kit / "reference" / "sub",
        "link": tmp_path / "link",
    }

    with pytest.raises(SandboxError, match="move the kit"):
        policy.refuse_secrets([str(paths[where])], [kit])


def test_venv_inside_the_kit_is_fine(tmp_path):
    """
    A package's folder beside reference/ may be granted.
    """
    numpy = tmp_path / ".venv" / "lib" / "numpy"
    numpy.mkdir(parents=True)
    (tmp_path / "reference").mkdir()

    policy.refuse_secrets([str(numpy)], [tmp_path])


def test_nothing_granted_here_reaches_the_answers():
    """
    What is granted on this machine passes the check, and editable installs' files are not in it.
    """
    readable = policy.python_paths({"numpy": str(Path(np.__file__).parent.parent)})

    policy.refuse_secrets(readable, [KIT])
    assert not [p for p in readable if p.endswith((".pth", "-packages", ".dist-info"))]


@pytest.mark.parametrize("layers", ["landlock", "seccomp"])
def test_correct_solution_works_without_one_of_the_two(layers):
    """
    Without Landlock, or without seccomp, modules can still be imported and used.
    """
    kept = ("session", "descriptors", "environment", "directory", "limits", "privileges")
    other = {"landlock": "seccomp", "seccomp": "landlock"}[layers]
    source = """
import asyncio, json, decimal, statistics, collections.abc, concurrent.futures
import numpy as np, numpy.fft, numpy.polynomial
print("é".encode("cp1252"), np.fft.fft([1.0]), np.random.default_rng().random() < 1)
"""
    with Sandbox(load_problem("simple_rnn"), layers=(*kept, other)) as sandbox:
        assert "True" in said(sandbox, source)


def test_missing_module_is_explained_without_landlock():
    """
    A module that was not loaded beforehand is refused with the reason.
    """
    kept = ("session", "descriptors", "environment", "directory", "limits", "privileges")
    source = "try:\n    import turtle\nexcept ImportError as e:\n    print(e)"
    with Sandbox(load_problem("simple_rnn"), layers=(*kept, "seccomp")) as sandbox:
        assert "no Landlock" in said(sandbox, source)


JUDGE = f"""
import sys, time
sys.path.insert(0, {str(KIT)!r})
from grader.problems.load import load_problem
from grader.sandbox.host import Sandbox
from grader.sandbox.spawn import spawn
from grader.sandbox.watch import Worker
with Sandbox(load_problem("simple_rnn")) as sandbox:
    worker = Worker(sandbox, {HANG!r})
    print(sandbox.process.pid, worker.link.pid, sandbox.scratch_root, flush=True)
    for _ in range(6000):  # a signal that comes just before a sleep is seen after it
        time.sleep(0.1)
"""


def gone(pid):
    """Whether the process has ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"  # nobody reaps orphans in some containers


def start_judge():
    command = [sys.executable, "-c", JUDGE]
    judge = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    zygote, worker, scratch = judge.stdout.readline().split()
    return judge, int(zygote), int(worker), Path(scratch)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL, signal.SIGHUP])
def test_interrupted_judge_leaves_nothing(how):
    """
    Worker, zygote and scratch folders go with the judge, however it ends.
    """
    judge, zygote, worker, scratch = start_judge()
    with judge:
        assert scratch.is_dir()

        judge.send_signal(how)

        assert eventually(lambda: gone(worker))
        assert eventually(lambda: gone(zygote))
    assert not scratch.exists()


def test_killed_zygote_takes_its_worker_along():
    """
    A worker dies with its zygote, and the judge removes the folders.
    """
    judge, zygote, worker, scratch = start_judge()
    with judge:
        os.kill(zygote, signal.SIGKILL)

        assert eventually(lambda: gone(worker))
        judge.send_signal(signal.SIGINT)
    assert not scratch.exists()


def test_dead_zygote_is_replaced():
    """
    After a zygote was killed the next submission is judged by a new one.
    """
    with Sandbox(load_problem("simple_rnn")) as sandbox:
        assert said(sandbox, "print(1)") == "1\n"
        sandbox.process.kill()
        sandbox.process.wait()

        assert said(sandbox, "print(2)") == "2\n"


def test_judges_do_not_share_anything(sandbox):
    """
    Of two judges at once, one that ends takes nothing from the other.
    """
    with Sandbox(load_problem("simple_rnn")) as other:
        assert said(other, "print(1)") == "1\n"
        assert other.scratch_root != sandbox.scratch_root

    assert said(sandbox, "print(2)") == "2\n"


def test_scratch_folders_are_closed_to_others(sandbox):
    """
    Others may pass through the root of scratch folders, not list it, and write nowhere.
    """
    worker = Worker(sandbox, HANG)
    root = Path(sandbox.scratch_root)
    modes = [root.stat().st_mode & 0o777, *(p.stat().st_mode & 0o777 for p in root.iterdir())]
    worker.close()

    assert modes == [0o711, 0o755]
    assert not list(root.iterdir())


@pytest.mark.parametrize("start", [b"", b"\0" * 8, struct.pack("<Q", 100) + b"{}"])
def test_zygote_whose_judge_vanishes_ends(start):
    """
    A zygote that hears nothing, nonsense or half a setup ends instead of waiting or spinning.
    """
    zygote = spawn()
    zygote.channel.sendall(start)
    zygote.channel.close()
    code = zygote.process.wait(timeout=60)
    zygote.close()

    assert code == 0


def test_late_kill_orders_are_harmless(sandbox):
    """
    Orders to kill that come after the worker's end do not reach the next one.
    """
    said(sandbox, "")
    for _ in range(3):
        sandbox.kill()

    assert said(sandbox, "print(3)") == "3\n"


def bound_socket(path):
    with socket.socket(socket.AF_UNIX) as s:
        s.bind(str(path))


MADE = {
    "folder": os.mkdir,
    "fifo": os.mkfifo,
    "link": lambda path: os.symlink(os.__file__, path),
    "loop": lambda path: os.symlink(path, path),
    "socket": bound_socket,
    "absent": lambda _: None,
}
NAMED = {"device": "/dev/zero", "process": "/proc/self/fd/0", "nul": "a\0b.py", "long": "a" * 5000}


def odd_file(folder, kind):
    """A path that is not an ordinary readable file."""
    path = folder / NAMED.get(kind, "solution.py")
    MADE.get(kind, MADE["absent"])(path)
    return path


@pytest.mark.parametrize(
    "kind",
    ["folder", "fifo", "link", "loop", "socket", "device", "process", "nul", "long", "absent"],
)
def test_odd_file_is_refused_at_once(tmp_path, kind):
    """
    What is no ordinary file is refused with a reason, and opening it never waits.
    """
    path = odd_file(tmp_path, kind)

    with pytest.raises(GraderError):
        read_submission(path)


def test_large_file_is_not_read_to_its_end(tmp_path):
    """
    Of 100 GB only one byte more than allowed is read.
    """
    path = tmp_path / "solution.py"
    with path.open("wb") as file:
        file.truncate(100 * 10**9)

    assert len(read_submission(path)) == MOST_SOURCE + 1


@pytest.mark.parametrize(
    "source",
    [
        b"\0" * 1000,
        b"x = 1\0\n",
        b"(" * 100_000,
        b"-" * 500_000 + b"1",
        b"# coding: rot13\nk = 1",
        b"# coding: " + b"x" * 1000,
        b"\xff\xfe" + b"x\0",
        b"x = " + b"9" * 900_000,
        b"f'" + b"{" * 100 + b"'",
    ],
    ids=range(9),
)
def test_odd_source_ends_in_a_verdict(sandbox, source):
    """
    Source that cannot be compiled is the submission's fault, in bounded time.
    """
    began = time.monotonic()
    worker = Worker(sandbox, source)
    outcome = worker.imported()
    worker.close()

    assert outcome.verdict.value in ("CE", "MLE", "RTE", "TLE")
    assert time.monotonic() - began < sandbox.problem.limits.wall_s + 60


def test_files_of_temporary_folder_are_named_for_the_kit():
    """
    What a machine that lost power may find in its temporary folder says whose it was.
    """
    with Sandbox(load_problem("simple_rnn")) as started:
        assert Path(started.scratch_root).parent == Path(tempfile.gettempdir())
        assert Path(started.scratch_root).name.startswith("rnn-judge-")
