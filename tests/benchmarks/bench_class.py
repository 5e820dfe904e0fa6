"""What judging a class costs, printed: `python tests/benchmarks/bench_class.py [PART ...]`.

    floor    the ratio to a bare fork server that plays the same cases and compares nothing
    phases   seconds a submission by phase
    jobs     submissions a second with one judge and with two, all correct
    sizes    seconds a submission with the number of cases, with T and with H
    wrong    submissions a second in a class of which 60 % is wrong, against one that is all right

Without PART all of them. Every ratio comes from one run on one machine. How cost and memory grow
with the class is in bench_growth.py.
"""

import hashlib
import itertools
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from grader.cases import generate
from grader.cases.suite import make_suite
from grader.course.attempts import Member, RunKey
from grader.course.judges.pool import Pool
from grader.course.judges.task import Task
from grader.course.store import Store
from grader.judge.compared import find_mismatches
from grader.judge.judge import Judge
from grader.model import Suite
from grader.oracle import bounds
from grader.problems.load import load_problem
from grader.report import json as report_json
from grader.sandbox import wire
from grader.sandbox.watch import Worker, _frame_of
from tests.support import KIT

SEED = 20240607
CORPUS = KIT / "tests" / "corpus" / "simple_rnn"
CORRECT = ("slots", "concatenated_input_and_hidden", "fortran_order", "reused_buffers")
KEY = RunKey("simple_rnn", "bench", 1, "{}")


def correct():
    """Vectorised solutions of the kind that most students hand in."""
    return [(CORPUS / "accepted" / f"{n}.py").read_bytes() for n in CORRECT]


def tasks(sources, count):
    """`count` submissions, no two of the same bytes."""
    for n, source in zip(range(count), itertools.cycle(sources), strict=False):
        made = source + f"\n# {n}\n".encode()
        yield Task(f"s{n}", f"s{n}/solution.py", made, line=False)


def pooled(problem, suite, jobs, work):
    """What played() says of `work` in a pool of its own."""
    with Pool(problem, SEED, jobs) as pool:
        return played(pool, suite, jobs, work)


def spent(problem, suite, jobs, work):
    """As pooled, and before the counts the processor time of all processes from start to end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    judged, seconds, count = pooled(problem, suite, jobs, work)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return judged, seconds, cpu, count


def played(pool, suite, jobs, work):
    """Seconds until all of `work` has a verdict, with the lines at fault, and counts by verdict.

    The judges are warm.
    """
    pool.set_suite(suite)
    list(pool.judge_all(tasks(correct(), 2 * jobs)))
    began = time.perf_counter()
    count, pending = Counter(), []
    for task, text in pool.judge_all(iter(work)):
        report = json.loads(text)
        count[report["verdict"]] += 1
        if report.get("pending"):
            pending.append(task._replace(report=text))
    judged = time.perf_counter() - began
    list(pool.judge_all(iter(pending)))
    return judged, time.perf_counter() - began, count


FLOOR = """
import gc, os, socket, struct, sys, types
sys.path.insert(0, sys.argv[2])
import numpy, numpy.linalg, numpy.random
from grader.sandbox import wire, worker
channel = socket.socket(fileno=int(sys.argv[1]))
def receive(size):
    data = b""
    while len(data) < size:
        part = channel.recv(min(size - len(data), 2**20))
        if not part:
            os._exit(0)
        data += part
    return data
def message():
    return receive(struct.unpack("<I", receive(4))[0])
driver = worker.load_driver(open(sys.argv[3]).read())
gc.collect(); gc.freeze()
while True:
    source, cases = message(), message()
    if os.fork() == 0:
        solution = types.ModuleType("solution")
        sys.modules["solution"] = solution
        exec(compile(source, "solution.py", "exec"), solution.__dict__)
        parts = []
        for play in worker._plays(cases):
            seen = getattr(driver, play.group)(solution, play)
            parts += [numpy.asarray(seen[n], float).tobytes() for n, _ in play.observes]
        data = b"".join(parts)
        channel.sendall(struct.pack("<I", len(data)) + data)
        os._exit(0)
    os.wait()
"""


class Floor:
    """A fork server without layers, limits, comparison or report."""

    def __init__(self, problem, cases):
        self.channel, theirs = socket.socketpair()
        self.cases = _frame_of(problem, cases)[wire.HEAD.size :]
        command = [sys.executable, "-P", "-S", "-c", FLOOR]
        place = str(Path(sys.modules["numpy"].__file__).parent.parent)
        self.process = subprocess.Popen(
            [*command, str(theirs.fileno()), str(KIT), str(problem.root / "driver.py")],
            pass_fds=[theirs.fileno()],
            env={"PYTHONPATH": place, "OPENBLAS_NUM_THREADS": "1"},
        )
        theirs.close()

    def play(self, source):
        """Return the raw numbers of all cases."""
        for data in (source, self.cases):
            self.channel.sendall(len(data).to_bytes(4, "little") + data)
        size = int.from_bytes(self._receive(4), "little")
        return self._receive(size)

    def _receive(self, size):
        data = b""
        while len(data) < size:
            data += self.channel.recv(size - len(data))
        return data

    def close(self):
        """End it."""
        self.channel.close()
        self.process.wait()


def cpu_s(pid):
    """Processor time of a process and of those it has waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def floor(problem, suite):
    """Alternate between floor and judge, so that both meet the same machine.

    By the clock the medians are compared; processor time is what others on the machine disturb
    least: everything that the floor's processes use, and all that judge, zygote and worker use.
    """
    server, out = Floor(problem, suite.cases), Path(tempfile.mkdtemp())
    spent = {"floor": [], "judge": []}
    rounds = 64
    with Judge(problem, SEED, suite=suite) as judge, Store(out, writing=True) as store:
        store.start_run(KEY, [])
        zygote, own = judge.sandbox.process.pid, 0.0
        judge.judge(correct()[0], "warm")
        server.play(correct()[0])
        before = cpu_s(server.process.pid), cpu_s(zygote)
        for n, task in enumerate(tasks(correct(), rounds)):
            began = time.perf_counter()
            server.play(task.source)
            middle, used = time.perf_counter(), time.process_time()
            report = judge.judge(task.source, task.name)
            store.save(KEY, Member(str(n), "", "x"), task.source, "", report_json.render(report))
            own += time.process_time() - used
            spent["floor"].append(middle - began)
            spent["judge"].append(time.perf_counter() - middle)
            assert report.verdict == "AC"
        bare_cpu = cpu_s(server.process.pid) - before[0]
        full_cpu = cpu_s(zygote) - before[1] + own
    server.close()
    bare, full = (sorted(s)[rounds // 2] for s in spent.values())
    print(
        f"floor: {1000 * bare:.1f} ms, judge with store: {1000 * full:.1f} ms a submission, "
        f"ratio {full / bare:.2f} (target at most 1.5)"
    )
    print(
        f"floor, processor time: {1000 * bare_cpu / rounds:.1f} ms, judge with store: "
        f"{1000 * full_cpu / rounds:.1f} ms, ratio {full_cpu / bare_cpu:.2f}; so at most "
        f"{rounds / full_cpu:.0f} a second for each idle core"
    )


def phases(problem, suite):
    """Where the time of a correct submission goes, mean of 40."""
    spent, out = Counter(), Path(tempfile.mkdtemp())
    rounds = 40
    with Judge(problem, SEED, suite=suite) as judge, Store(out, writing=True) as store:
        store.start_run(KEY, [])
        report = judge.judge(correct()[0], "warm")
        usage = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        for n, task in enumerate(tasks(correct(), rounds)):
            marks = [time.perf_counter()]
            worker = Worker(judge.sandbox, task.source)
            marks.append(time.perf_counter())
            assert worker.imported() is None
            marks.append(time.perf_counter())
            outcomes = dict(enumerate(worker.play(suite.cases)))
            marks.append(time.perf_counter())
            worker.close()
            marks.append(time.perf_counter())
            run = type("Run", (), {"outcomes": outcomes})
            assert not find_mismatches(suite, run)
            marks.append(time.perf_counter())
            text = report_json.render(report)
            store.save(KEY, Member(str(n), "", str(n)), task.source, "", text)
            marks.append(time.perf_counter())
            names = ("fork and layers", "import", "cases", "end", "compare", "store")
            for name, a, b in zip(names, marks, marks[1:], strict=False):
                spent[name] += b - a
            spent["(worker's processor time)"] += worker.exit.cpu_s
        own = resource.getrusage(resource.RUSAGE_SELF).ru_utime - usage
    spent["(judge's processor time)"] = own
    told = ", ".join(f"{name} {1000 * s / rounds:.1f}" for name, s in spent.items())
    print(f"phases, ms a submission: {told}")


def jobs(problem, suite):
    """How the rate grows with judges."""
    for number in dict.fromkeys((1, 2, len(os.sched_getaffinity(0)))):
        work = list(tasks(correct(), 60 * number))
        seconds, _, count = pooled(problem, suite, number, work)
        print(
            f"jobs: {number}: {len(work) / seconds:.1f} correct submissions a second, {dict(count)}"
        )


def sizes(problem, suite):
    """How the time grows with cases, T and H."""
    source = correct()[0]

    def mean(cases):
        made = Suite(problem, SEED, tuple(cases), (), "x")
        with Judge(
            problem, SEED, suite=replace(made, expected=expected_of(problem, cases))
        ) as judge:
            judge.judge(source, "warm", search=False)
            began = time.perf_counter()
            for _ in range(5):
                judge.judge(source, "x", search=False)
            return 1000 * (time.perf_counter() - began) / 5

    for part in (0.25, 0.5, 1):
        some = suite.cases[: int(len(suite.cases) * part)]
        print(f"sizes: {len(some)} cases: {mean(some):.1f} ms")
    group = problem.group("backward")
    base = {"I": 3, "H": 4, "O": 2}
    for symbol, values in (("T", (1, 32, 128)), ("H", (1, 16, 32))):
        for value in values:
            drawn = {"T": 8, **base, symbol: value}
            cases = [
                generate.make_case(problem, group, "plain", drawn, seed=n, fill=(n,))
                for n in range(20)
            ]
            print(f"sizes: {symbol}={value}, 20 cases of backward: {mean(cases):.1f} ms")


def expected_of(problem, cases):
    """Expected values for a suite of our own."""
    return tuple(bounds.expect(problem, case) for case in cases)


def partly_wrong(right, ways):
    """The same class with 60 % of it wrong in so many ways; copies differ in a comment.

    Files are taken by a hash of their names, so that one more in the corpus changes few of them.
    """
    files = (CORPUS / "wrong_answer").glob("*.py")
    files = sorted(files, key=lambda f: hashlib.sha256(f.name.encode()).digest())
    bad = [f.read_bytes() for f in files[:ways]]
    made, count = [], itertools.count()
    for n, task in enumerate(right):
        source = bad[next(count) % ways] + f"\n# {n}\n".encode() if n % 5 < 3 else task.source
        made.append(task._replace(source=source))
    return made


def wrong(problem, suite):
    """A class of 200 of which 60 % is wrong, much copied or not, against one that is all right."""
    right = list(tasks(correct(), 200))
    base = None
    for ways in (0, 12, 120):
        some = partly_wrong(right, ways) if ways else right
        judged, seconds, cpu, count = spent(problem, suite, 2, some)
        base = base or (judged, cpu)
        print(
            f"wrong: {f'60 % in {ways} ways' if ways else 'none'}, 2 jobs: verdicts of "
            f"{len(some) / judged:.1f} submissions a second, {base[0] / judged:.2f} of a right "
            f"class, with lines at fault {len(some) / seconds:.1f}, {base[0] / seconds:.2f}; "
            f"{1000 * cpu / len(some):.0f} ms of processor time each, "
            f"{base[1] / cpu:.2f}; {dict(count)}",
            flush=True,
        )


def main():
    """Print what is asked for."""
    asked = sys.argv[1:] or ["floor", "phases", "jobs", "sizes", "wrong"]
    problem = load_problem("simple_rnn")
    began = time.perf_counter()
    suite = make_suite(problem, SEED)
    print(
        f"suite: {len(suite.cases)} cases, expected values and bounds, once a run: "
        f"{time.perf_counter() - began:.2f} s"
    )
    parts = {f.__name__: f for f in (floor, phases, jobs, sizes, wrong)}
    for name in asked:
        parts[name](problem, suite)


if __name__ == "__main__":
    main()
