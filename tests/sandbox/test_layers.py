"""Every layer is in force by itself, and the judge notices when one is not."""

import dataclasses
import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from grader.errors import SandboxError
from grader.judge import judge
from grader.sandbox import layers
from grader.sandbox.host import Sandbox
from grader.sandbox.watch import Worker
from tests.support import (
    KIT,
    SEED,
    SIMPLE_RNN,
    children,
    eventually,
    printed_by,
    refused_layers,
    solution,
)

NAMES = [name for name, _ in layers.LAYERS]
TRY = """
import ctypes, errno, os, resource, signal, socket, sys
libc = ctypes.CDLL(None, use_errno=True)
def tried(what):
    try:
        print("done", what())
    except BaseException as error:
        print(type(error).__name__, getattr(error, "errno", None))
def called(number, *arguments):
    ctypes.set_errno(0)
    result = libc.syscall(number, *arguments)
    print("done" if result >= 0 else errno.errorcode[ctypes.get_errno()])
"""


# Where the interpreter lies in a folder of root's, a worker must stay root to import anything.
OTHERS_CAN_READ = all(
    parent.stat().st_mode & 0o005 == 0o005
    for file in (os.__file__, np.__file__)
    for parent in Path(file).resolve().parents
)


def tried(sandbox, expression):
    """What happened when the expression was evaluated: `done ...` or an error and its number."""
    return printed_by(sandbox, f"{TRY}\ntried(lambda: {expression})").strip()


def open_descriptors(sandbox):
    code = """
import os
def is_open(fd):
    try:
        return os.fstat(fd) and True
    except OSError:
        return False
print([fd for fd in range(1000) if is_open(fd)])
"""
    return eval(printed_by(sandbox, code))  # our own words


def test_namespaces_have_no_network_and_no_names_of_the_machine(sandbox_with):
    """
    namespaces: nothing of this machine can be reached, not even by UDP, nor what it shares by name.
    """
    if refused_layers():
        pytest.skip("this machine grants none")
    sent = "socket.socket(type=socket.SOCK_DGRAM).sendto(b'?', ('127.0.0.1', 9))"
    shared = "[os.stat(f'/proc/self/ns/{n}').st_ino for n in ('net', 'ipc', 'uts', 'mnt')]"

    assert tried(sandbox_with("namespaces"), sent) == "OSError 101"
    assert tried(sandbox_with("session"), sent) == "done 1"
    within, outside = (
        eval(tried(sandbox_with(name), shared)[5:])  # our own words
        for name in ("namespaces", "session")
    )
    assert set(within).isdisjoint(outside)


def test_namespaces_show_no_file_but_what_python_needs(sandbox_with):
    """
    namespaces: not even whether a file exists can be told, and nothing can be left behind.
    """
    if refused_layers():
        pytest.skip("this machine grants none")
    places = [str(KIT / "pyproject.toml"), "/etc/passwd", str(KIT / "reference")]
    exist = f"[os.path.exists(p) for p in {places}]"
    looked = f"({exist}, os.path.exists(os.__file__), os.listdir('/'))"

    seen, library, top = eval(tried(sandbox_with("namespaces"), looked)[5:])  # our own words

    assert (seen, library) == ([False] * 3, True)
    assert set(top) <= set(os.listdir("/"))
    assert tried(sandbox_with("session"), looked).startswith("done ([True, True, True], True")


HALF_ENCLOSED = """
import os, sys
from grader.sandbox import namespaces
scratch = sys.argv[1]
assert namespaces.enter() == ""
why = namespaces.enclose([os.path.dirname(os.__file__), "/no/such/place"], [], scratch)
print(why, os.listdir(os.path.dirname(scratch)), os.path.exists(os.__file__), sep="|")
"""


def test_what_cannot_be_shown_leaves_all_as_it_was(tmp_path):
    """
    namespaces: where files cannot be left, the reason is told, and nothing stays mounted.
    """
    if refused_layers():
        pytest.skip("this machine grants none")
    (tmp_path / "scratch").mkdir()
    command = [sys.executable, "-c", HALF_ENCLOSED, str(tmp_path / "scratch")]

    done = subprocess.run(command, capture_output=True, text=True, cwd=KIT, check=True)

    assert done.stdout == "[Errno 2] No such file or directory|['scratch']|True\n"


def test_session_is_a_group_of_its_own(sandbox_with):
    """
    session: the worker leads its own group, in a session that is not the judge's.
    """
    attempt = "(os.getpgrp() == os.getpid(), os.getsid(0))"

    leads, session = eval(tried(sandbox_with("session"), attempt)[5:])  # our own words

    assert leads
    assert session != os.getsid(0)
    assert tried(sandbox_with("environment"), attempt).startswith("done (False")


def test_descriptors_are_closed(sandbox_with):
    """
    descriptors: only the standard streams, the channel and what Landlock needs stay open.
    """
    kept = open_descriptors(sandbox_with("descriptors"))
    left_open = open_descriptors(sandbox_with("session"))

    assert kept[:4] == [0, 1, 2, 3]
    assert len(kept) <= 5
    assert len(left_open) > len(kept)


def test_environment_is_empty(sandbox_with):
    """
    environment: nothing but thread counts is left of what the zygote was given.
    """
    names = "sorted(n for n in os.environ if not n.endswith('_NUM_THREADS'))"

    made = sorted(["HOME", "LOGNAME", "USER", "USERNAME", "USERPROFILE"])
    assert tried(sandbox_with("environment"), names) == f"done {made}"
    assert "PYTHONHASHSEED" in tried(sandbox_with("session"), names)


def test_directory_is_empty_and_own(sandbox_with):
    """
    directory: the worker stands in an empty directory below the scratch root.
    """
    sandbox = sandbox_with("directory")

    place = tried(sandbox, "(os.getcwd(), os.listdir('.'))")

    assert sandbox.scratch_root in place
    assert place.endswith("[])")


def test_a_worker_is_an_ordinary_user_in_a_folder_of_its_own(sandbox):
    """
    What programs ask at their top has ordinary answers: their folder, a home, a user's name.
    """
    asked = (
        "(lambda p, g: (p.cwd() == p.home(), g.getuser()))"
        "(__import__('pathlib').Path, __import__('getpass'))"
    )

    assert tried(sandbox, asked) == "done (True, 'student')"
    for folder in ("/tmp", "..", "."):
        assert tried(sandbox, f"os.listdir({folder!r})").startswith("PermissionError")


def test_directory_is_removed(sandbox_with):
    """
    directory: what a worker left in it is gone when the worker is.
    """
    sandbox = sandbox_with("directory")

    assert tried(sandbox, "open('left', 'w').write('x')") == "done 1"

    assert eventually(lambda: os.listdir(sandbox.scratch_root) == [])


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        ("open('f', 'wb', 0).write(b'x')", "OSError 27"),
        ("len(__import__('mmap').mmap(-1, 2 ** 30))", "OSError 12"),
        ("resource.setrlimit(resource.RLIMIT_CORE, (1, 1))", "ValueError None"),
        ("[os.dup(1) for _ in range(100)]", "OSError 24"),
    ],
)
def test_limits_hold(sandbox_with, attempt, refusal):
    """
    limits: no file grows, memory ends, descriptors end, and no limit can be raised again.
    """
    if "setrlimit" in attempt and os.geteuid() == 0:
        pytest.skip("root may raise its limits; the layer privileges takes that away")

    assert tried(sandbox_with("directory", "limits"), attempt) == refusal
    assert tried(sandbox_with("directory"), attempt).startswith("done")


def test_limits_cannot_be_raised_without_privileges(sandbox_with):
    """
    limits and privileges: what was lowered stays low.
    """
    attempt = "resource.setrlimit(resource.RLIMIT_CORE, (1, 1))"

    assert tried(sandbox_with("limits", "privileges"), attempt) == "ValueError None"


@pytest.mark.skipif(not OTHERS_CAN_READ and os.geteuid() == 0, reason="Python is root's alone")
def test_limits_end_new_processes_of_an_unprivileged_user(sandbox_with):
    """
    limits and privileges: no process can be started, even without seccomp.
    """
    assert tried(sandbox_with("limits", "privileges"), "os.fork()") == "BlockingIOError 11"


def test_privileges_are_gone(sandbox_with):
    """
    privileges: no capability of any set, none to be gained, and no user id of root.
    """
    words = "dict(l.split(':', 1) for l in open('/proc/self/status'))"

    state = tried(sandbox_with("privileges"), words)

    for name in ("CapInh", "CapPrm", "CapEff", "CapAmb"):
        assert f"'{name}': '\\t0000000000000000\\n'" in state
    assert "'NoNewPrivs': '\\t1\\n'" in state
    assert "'NoNewPrivs': '\\t0\\n'" in tried(sandbox_with("session"), words)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has a user id to give up")
@pytest.mark.skipif(not OTHERS_CAN_READ, reason="Python is root's alone")
def test_root_is_nobody(sandbox_with):
    """
    privileges: a judge that runs as root judges each submission as a user that no other is.
    """
    first, second = (
        eval(tried(sandbox_with("privileges"), "os.getresuid()")[5:])  # our own words
        for _ in range(2)
    )

    assert len({*first, *second}) == 2
    assert 0 not in {*first, *second}


FILES = [
    "/etc/passwd",
    KIT / "reference" / "simple_rnn.py",
    KIT / "pyproject.toml",
    KIT / "problem",
]


@pytest.mark.parametrize("path", FILES, ids=lambda p: os.path.basename(p))
def test_landlock_hides_files(sandbox_with, path):
    """
    landlock: neither the system's files nor the reference nor the kit can be read.
    """
    attempt = f"os.listdir('{path}')" if os.path.isdir(path) else f"open('{path}').read(1)"

    assert tried(sandbox_with("landlock"), attempt) == "PermissionError 13"
    assert tried(sandbox_with("session"), attempt).startswith("done")


def test_landlock_leaves_the_standard_library(sandbox_with):
    """
    landlock: modules that are not loaded yet can be imported.
    """
    assert tried(sandbox_with("landlock"), "__import__('fractions')").startswith("done")


def test_landlock_refuses_writing(sandbox_with, tmp_path):
    """
    landlock: no file can be made anywhere.
    """
    tmp_path.chmod(0o777)
    attempt = f"open('{tmp_path}/file', 'w')"

    assert tried(sandbox_with("landlock"), attempt) == "PermissionError 13"
    assert os.listdir(tmp_path) == []
    assert tried(sandbox_with("session"), attempt).startswith("done")


def test_landlock_refuses_tcp(sandbox_with):
    """
    landlock: a server on this machine cannot be reached.
    """
    with socket.create_server(("127.0.0.1", 0)) as server:
        attempt = f"socket.create_connection({server.getsockname()}, 2).close()"

        assert tried(sandbox_with("landlock"), attempt) == "PermissionError 13"
        assert tried(sandbox_with("session"), attempt) == "done None"


def test_landlock_refuses_signals_to_others(sandbox_with):
    """
    landlock: the zygote cannot be signalled.
    """
    assert tried(sandbox_with("landlock"), "os.kill(os.getppid(), 0)") == "PermissionError 1"
    assert tried(sandbox_with("session"), "os.kill(os.getppid(), 0)") == "done None"


@pytest.mark.parametrize(
    "attempt",
    [
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "socket.socket()",
        "socket.socket(socket.AF_UNIX)",
        "os.kill(os.getppid(), 0)",
        "os.unlink('/nowhere')",
        "os.mkdir('here')",
        "os.chmod('.', 0o777)",
        "os.memfd_create('x')",
        "os.setpgid(0, 0)",
        "os.nice(1)",
    ],
)
def test_seccomp_refuses_calls(sandbox_with, attempt):
    """
    seccomp: what computing does not need fails with EPERM.
    """
    assert tried(sandbox_with("seccomp"), attempt) == "PermissionError 1"


PTRACE, UNKNOWN = {"x86_64": 101, "aarch64": 117}.get(os.uname().machine, 101), 4000


@pytest.mark.parametrize("number", [PTRACE, UNKNOWN, 2**30 - 1], ids=["ptrace", "new", "last"])
def test_seccomp_refuses_unknown_numbers(sandbox_with, number):
    """
    seccomp: a call that the filter does not know is refused, not passed to the kernel.
    """
    code = f"{TRY}\ncalled({number}, 0, 0, 0, 0)"

    assert printed_by(sandbox_with("seccomp"), code) == "EPERM\n"


def test_unknown_number_reaches_the_kernel_without_the_filter(sandbox_with):
    """
    Without seccomp it is the kernel that does not know the call.
    """
    code = f"{TRY}\ncalled({UNKNOWN}, 0, 0, 0, 0)"

    assert printed_by(sandbox_with("session"), code) == "ENOSYS\n"


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="numbers of x86-64")
@pytest.mark.parametrize("number", [0x40000000 + 39, 0x40000000 + 57], ids=["getpid", "fork"])
def test_seccomp_refuses_the_x32_numbers(sandbox_with, number):
    """
    seccomp: the same calls under their x32 numbers are refused, or end the process.
    """
    code = f"{TRY}\ncalled({number}, 0, 0, 0, 0)"

    assert printed_by(sandbox_with("seccomp"), code) in ("EPERM\n", "ENOSYS\n", "")


@pytest.mark.parametrize("name", NAMES)
def test_single_layer_is_reported_as_the_only_one(sandbox_with, name):
    """
    A report names what was in force and what was not, with the reason.
    """
    worker = Worker(sandbox_with(name), solution())
    worker.close()

    assert [n for n, why in worker.layers if not why] == [name]
    assert {n: why for n, why in worker.layers if why} == dict.fromkeys(
        [n for n in NAMES if n != name], "left off"
    )


@pytest.mark.parametrize("name", ["landlock", "seccomp"])
def test_layer_that_the_kernel_does_not_grant_is_told(name):
    """
    Where the kernel or a library is missing, the layer is not in force and says why.
    """
    results = dict(layers.apply({f"{name}_missing": "no such thing here"}, (name,)))

    assert results[name] == "no such thing here"


def test_every_layer_is_in_force(sandbox):
    """
    On this machine nothing is missing.
    """
    worker = Worker(sandbox, solution())
    worker.close()

    assert {n for n, why in worker.layers if why} == refused_layers()


def test_neither_files_nor_calls_restricted_is_refused():
    """
    With no file and no system call layer, grading needs weak isolation, and the message says so.
    """
    rest = tuple(n for n in NAMES if n not in ("landlock", "seccomp"))

    with (
        Sandbox(SIMPLE_RNN, layers=rest) as bare,
        pytest.raises(SandboxError, match="--isolation weak"),
    ):
        Worker(bare, solution())


def test_judge_does_not_grade_without_isolation():
    """
    The judge's answer is then a judge error and not a verdict.
    """
    with (
        Sandbox(SIMPLE_RNN, layers=("limits",)) as bare,
        judge.Judge(SIMPLE_RNN, SEED, sandbox=bare) as bench,
    ):
        report = bench.judge(solution(), "solution.py")

    assert (report.verdict, report.score) == ("JE", 0)
    assert "isolation weak" in report.message


def test_report_says_which_layers_are_missing():
    """
    Graded with weak isolation, a report lists what was in force and what was not.
    """
    with (
        Sandbox(SIMPLE_RNN, weak=True, layers=("limits", "session")) as bare,
        judge.Judge(SIMPLE_RNN, SEED, sandbox=bare) as bench,
    ):
        report = bench.judge(solution(), "solution.py")

    assert report.verdict == "AC"
    assert set(report.isolation) == {"limits", "session"}
    assert set(report.missing_isolation) == set(NAMES) - {"limits", "session"}


def test_no_secret_is_in_a_worker(sandbox):
    """
    No module of the answers, of Hypothesis or of the judge is in the process or one it came from.
    """
    code = """
import sys
print(sorted(n for n in sys.modules if n.startswith(("reference", "hypothesis", "grader", "yaml"))))
"""

    names = eval(printed_by(sandbox, code))  # our own words

    allowed = {"worker", "wire", "layers", "forked", "alarm", "imports", "namespaces"}
    allowed |= {"grader", "sandbox", "failure", "interface"}
    assert {n.rpartition(".")[2] for n in names} <= allowed


def test_kit_cannot_be_imported(sandbox):
    """
    Neither the reference nor the oracle nor a package that is not allowed can be imported.
    """
    for name in ("reference.simple_rnn", "grader.oracle.load", "hypothesis", "yaml", "click"):
        said = tried(sandbox, f"__import__('importlib').import_module('{name}')")
        assert said.split()[0] in ("ModuleNotFoundError", "PermissionError", "ImportError"), said


def test_judges_environment_does_not_arrive(monkeypatch):
    """
    A variable of the judge, such as an instructor's seed, is in no worker.
    """
    monkeypatch.setenv("GRADER_SEED", "123454321")
    code = "import ctypes; print(ctypes.CDLL(None).getenv(b'GRADER_SEED'))"

    with Sandbox(SIMPLE_RNN, weak=True, layers=("session",)) as bare:
        assert printed_by(bare, code) == "0\n"


def test_standard_input_is_at_its_end(sandbox):
    """
    Whoever reads standard input finds nothing and does not wait.
    """
    assert tried(sandbox, "sys.stdin.read()") == "done"


def test_zygote_is_gone_after_close():
    """
    Closing a sandbox ends its zygote and removes its directory.
    """
    with Sandbox(SIMPLE_RNN) as opened:
        Worker(opened, solution()).close()
        pid, root = opened.process.pid, opened.scratch_root

    assert pid not in children(os.getpid())
    assert not os.path.exists(root)


def test_limits_layer_tells_what_it_could_not_set():
    """
    A limit that cannot be set leaves the layer out of force.
    """
    problem = dataclasses.replace(
        SIMPLE_RNN, limits=dataclasses.replace(SIMPLE_RNN.limits, memory_mib=2**60)
    )

    with Sandbox(problem, weak=True) as opened:
        worker = Worker(opened, solution())
        worker.close()

    assert dict(worker.layers)["limits"]
