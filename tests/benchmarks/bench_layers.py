"""What the layers cost a submission: medians, shares, and the filter per call (fastest of nine).

    python tests/benchmarks/bench_layers.py [ROUNDS]

The layers are put on one after the other in forked children of a warm zygote-like process, each
timed by itself; then whole workers, with all layers and with none.
"""

import ctypes
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from grader.problems.load import load_problem
from grader.sandbox import layers, namespaces, packages, policy
from grader.sandbox.host import Sandbox
from grader.sandbox.watch import Worker

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 60
CALLS, FORKS = 20_000, 100
CLONE_NEWPID = 0x20000000


def in_child(work):
    """What work() returned in a forked child."""
    receive, send = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(send, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(send)
    data = b"".join(iter(lambda: os.read(receive, 2**16), b""))
    os.close(receive)
    os.waitpid(pid, 0)
    return json.loads(data)


def one_by_one(rules):
    """Put every layer on; return the milliseconds of each.

    `descriptors` would close the pipe that reports, so the same call is timed above it.
    """
    took = {}
    for name, layer in layers.LAYERS:
        began = time.perf_counter()
        if name == "descriptors":
            os.closerange(900, 5000)
        else:
            layer(rules)
        took[name] = (time.perf_counter() - began) * 1000
    return took


def entered(readable, scratch):
    """Milliseconds of processor time of leaving the machine's network and names, and its files; once a zygote."""
    took = []
    for step in (namespaces.enter, lambda: namespaces.enclose(*policy.folders(readable), scratch)):
        began = time.process_time()
        why = step()
        took.append((time.process_time() - began) * 1000 if not why else float("nan"))
    return took


def forked(*, apart):
    """Milliseconds of processor time of a fork and its end, as the first of a namespace or not.

    A namespace of processes ends with its first process, so that every worker would need its own,
    and a process in between that enters it.
    """
    began = sum(os.times()[:4])
    for _ in range(FORKS):
        pid = os.fork()
        if pid == 0:
            if apart:
                libc = ctypes.CDLL(None)
                user = 0 if os.geteuid() == 0 else namespaces.CLONE_NEWUSER
                libc.unshare(CLONE_NEWPID | user)
                inner = os.fork()
                if inner:
                    os.waitpid(inner, 0)
            os._exit(0)
        os.waitpid(pid, 0)
    return (sum(os.times()[:4]) - began) / FORKS * 1000


def calls(program):
    """Nanoseconds of a getppid and of a filtered fcntl in a child with that filter."""
    libc = ctypes.CDLL(None)
    libc.prctl(layers.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if program:
        layers.seccomp({"seccomp_program": program})
    took = []
    for call in (libc.getppid, lambda: libc.fcntl(1, 1)):
        began = time.perf_counter()
        for _ in range(CALLS):
            call()
        took.append((time.perf_counter() - began) / CALLS * 1e9)
    return took


def deny_list():
    """A filter that refuses what a deny-list usually names and allows the rest."""
    seccomp = policy._pyseccomp()
    program = seccomp.SyscallFilter(seccomp.ALLOW)
    for name in (
        *("fork", "vfork", "clone", "clone3", "execve", "execveat", "socket", "socketpair"),
        *("kill", "tkill", "tgkill", "ptrace", "process_vm_readv", "process_vm_writev", "mount"),
        *("unshare", "setns", "bpf", "io_uring_setup", "keyctl", "add_key", "userfaultfd"),
        *("memfd_create", "shmget", "chmod", "fchmod", "chown", "rename", "unlink", "mkdir"),
    ):
        program.add_rule(seccomp.ERRNO(1), name)
    with tempfile.TemporaryFile() as file:
        program.export_bpf(file)
        file.seek(0)
        return file.read()


def workers(problem, names):
    """Milliseconds from the fork to the answer that the interface is missing."""
    took = []
    with Sandbox(problem, weak=True, layers=names) as sandbox:
        for _ in range(ROUNDS):
            began = time.perf_counter()
            worker = Worker(sandbox, b"")
            worker.imported()
            took.append((time.perf_counter() - began) * 1000)
            worker.close()
    return statistics.median(took[3:])


def main():
    """Print the figures."""
    problem = load_problem("simple_rnn")
    began = time.perf_counter()
    readable = policy.python_paths(packages.places(problem.packages))
    ruleset = policy.landlock_ruleset(readable)
    made = time.perf_counter()
    program = policy.seccomp_program(with_paths=True)
    print(f"once: ruleset {(made - began) * 1000:.1f} ms, filter", end=" ")
    print(f"{(time.perf_counter() - made) * 1000:.1f} ms ({len(program) // 8} instructions)")

    with tempfile.TemporaryDirectory() as scratch:
        left = [in_child(lambda: entered(readable, scratch)) for _ in range(ROUNDS)]
    names, files = (statistics.median(column) for column in zip(*left, strict=True))
    plain, apart = (in_child(lambda a=a: forked(apart=a)) for a in (False, True))
    print(
        f"once: namespaces {names:.1f} ms, of files {files:.1f} ms; a fork {plain:.1f} ms, "
        f"in its own of processes {apart:.1f}"
    )

    rules = {
        "cpu_s": 20,
        "memory_mib": 512,
        "uid": policy.UNPRIVILEGED,
        "namespaces_missing": "",
        "scratch": "/",
        "landlock_fd": ruleset,
        "seccomp_program": program,
    }
    if os.geteuid() != 0:
        rules["uid"] = 0
    rounds = [in_child(lambda: one_by_one(rules)) for _ in range(ROUNDS)]
    medians = {n: statistics.median(r[n] for r in rounds) for n, _ in layers.LAYERS}
    total = statistics.median(sum(r.values()) for r in rounds)
    for name, ms in medians.items():
        print(f"  {name:<13}{ms:7.3f} ms {100 * ms / total:5.1f} %")
    print(f"  {'all':<13}{total:7.3f} ms")

    for name, filter_ in (("none", b""), ("allow-list", program), ("deny-list", deny_list())):
        ns = [in_child(lambda f=filter_: calls(f)) for _ in range(9)]
        plain, filtered = (min(column) for column in zip(*ns, strict=True))
        print(f"  filter {name:<11} getppid {plain:6.0f} ns, fcntl {filtered:6.0f} ns")

    every, none = workers(problem, None), workers(problem, ())
    print(f"worker until its first answer: {every:.2f} ms with all layers, {none:.2f} ms with none")


if __name__ == "__main__":
    main()
