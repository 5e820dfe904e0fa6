"""What a course's page bears, printed: `python tests/benchmarks/bench_serve.py [PART ...]`.

    accept   submissions taken a second and how long each takes, while judges are busy
    verdict  seconds from handing in to the verdict when nothing waits, right and wrong
    push     milliseconds from a verdict's commit to the page that waits for it
    pages    memory of the web process with 1,000 open pages
    back     seconds until web and judge are back after each of ten kills, and the next verdict
    flood    seconds to a verdict while another student hands in again and again, and before
    rush     1,000 students, three submissions each within 60 s: answers, and what is drained

Without PART all but the last. Everything is on the loopback and ends by itself.
"""

import http.client
import itertools
import os
import socket
import statistics
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from pathlib import Path

from grader.course.database import Database
from grader.serve import clock, people
from tests.serve.served import Served
from tests.support import CORPUS, eventually

RIGHT = (CORPUS / "simple_rnn" / "accepted" / "slots.py").read_bytes()
WRONG = (CORPUS / "simple_rnn" / "wrong_answer" / "carry_missing_vectorised.py").read_bytes()
THREADS = 16
DRAIN_S = 600  # at most, that a rush is given to be judged


def sessions(served, names):
    """A session's cookie for each of these students."""
    with Database(served.folder) as database:
        return {n: people.sign_in(database, served.codes[n], clock.now()) for n in names}


class Client:
    """One connection that is kept as long as the server keeps it."""

    def __init__(self, served, secret):
        self.host, self.secret = f"127.0.0.1:{served.port}", secret
        self.connection = http.client.HTTPConnection(self.host, timeout=120)

    def submit(self, source, nonce):
        body = urllib.parse.urlencode({"text": source, "nonce": nonce})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"session={self.secret}",
            "Origin": f"http://{self.host}",
        }
        began = time.perf_counter()
        try:
            answer = self._posted(body, headers)
        except ConnectionError:  # it was idle for too long
            self.connection.close()
            answer = self._posted(body, headers)
        answer.read()
        public = (answer.getheader("location") or "").rpartition("/")[2]
        return answer.status, time.perf_counter() - began, public

    def _posted(self, body, headers):
        self.connection.request("POST", "/assignments/rnn", body, headers)
        return self.connection.getresponse()

    def follow(self, public):
        """Read a submission's stream to its end."""
        headers = {"Cookie": f"session={self.secret}"}
        self.connection.request("GET", f"/submissions/{public}/events", headers=headers)
        answer = self.connection.getresponse()
        while answer.fp is not None and answer.readline():
            pass


def submitted(served, secrets, each, pause=lambda: None):
    """Status and seconds of every submission; a thread hands in for its share of the students."""
    told, names = [], list(secrets)

    def work(mine):
        clients = {n: Client(served, secrets[n]) for n in mine}
        for number, name in itertools.product(range(each), mine):
            pause()
            status, took, _ = clients[name].submit(RIGHT + f"\n# {name} {number}".encode(), number)
            told.append((status, took))

    threads = [threading.Thread(target=work, args=(names[n::THREADS],)) for n in range(THREADS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told, time.perf_counter() - began


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def accept(served, students):
    before = cpu_s(served.children("web.run"))
    told, took = submitted(served, sessions(served, students[:300]), 3)
    each = (cpu_s(served.children("web.run")) - before) / len(told)
    seconds = [s for _, s in told]
    print(
        f"accept: {len(told) / took:.0f} a second, median {1e3 * statistics.median(seconds):.0f} ms, "
        f"p99 {1e3 * quantile(seconds, 0.99):.0f} ms, {Counter(s for s, _ in told)}, "
        f"{1e3 * each:.1f} ms of processor time each"
    )


def cpu_s(pids):
    """Seconds of processor time that processes, and those that they waited for, have used."""
    used = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used += sum(map(int, fields[11:15]))
    return used / os.sysconf("SC_CLK_TCK")


def judged(client, source, name, many):
    """Seconds from handing in to the verdict, one after the other."""
    times = []
    for number in range(many):
        began = time.perf_counter()
        _, _, public = client.submit(source + f"\n# {number}".encode(), f"{name}{number}")
        client.follow(public)
        times.append(time.perf_counter() - began)
    return times


def verdict(served, students):
    client = Client(served, sessions(served, students[:1])[students[0]])
    for name, source in (("right", RIGHT), ("wrong", WRONG)):
        first, *rest = judged(client, source, name, 21)
        print(
            f"verdict: {name}, the first {first:.2f} s, median {statistics.median(rest):.2f} s, "
            f"p95 {quantile(rest, 0.95):.2f} s"
        )


def push(served, students):
    """A watcher of the file sees the commit; the page's stream ends somewhat later."""
    client = Client(served, sessions(served, students[:1])[students[0]])
    late = []
    for number in range(20):
        _, _, public = client.submit(RIGHT + f"\n# push {number}".encode(), f"push{number}")
        seen = []

        def watch(public=public, seen=seen):
            with Database(served.folder) as database:
                while not seen:
                    (attempt,) = database.db.execute(
                        "SELECT attempt FROM submissions WHERE public = ?", (public,)
                    ).fetchone()
                    if attempt is not None:
                        seen.append(time.perf_counter())
                    time.sleep(0.002)

        watching = threading.Thread(target=watch)
        watching.start()
        client.follow(public)
        ended = time.perf_counter()
        watching.join()
        late.append(ended - seen[0])
    print(
        f"push: median {1e3 * statistics.median(late):.0f} ms after the commit, "
        f"p95 {1e3 * quantile(late, 0.95):.0f} ms"
    )


def flood(served, students):
    secrets = sessions(served, students[:2])
    quiet, flooding = (Client(served, secret) for secret in secrets.values())
    judged(quiet, WRONG, "first", 2)
    before = judged(quiet, RIGHT, "before", 20)
    over, answers = threading.Event(), Counter()

    def work():
        for number in itertools.count():
            if over.is_set():
                return
            answers[flooding.submit(WRONG + f"\n# {number}".encode(), f"{number}")[0]] += 1

    thread = threading.Thread(target=work)
    thread.start()
    while 429 not in answers:
        time.sleep(0.1)
    meanwhile = judged(quiet, RIGHT, "meanwhile", 20)
    over.set()
    thread.join()
    medians = f"{statistics.median(before):.2f} s, {statistics.median(meanwhile):.2f} s with it"
    p95 = f"{quantile(before, 0.95):.2f} s, {quantile(meanwhile, 0.95):.2f} s with it"
    print(f"flood: {answers}; the other's median {medians}, p95 {p95}")


def pages(served, students):
    secrets = sessions(served, students[:250])
    publics = {}
    for name, secret in secrets.items():
        _, _, publics[name] = Client(served, secret).submit(WRONG + name.encode(), "pages")
    (web,) = served.children("web.run")
    before, opened = memory(web), []
    for name, secret in secrets.items():
        for _ in range(4):
            one = socket.create_connection(("127.0.0.1", served.port))
            request = f"GET /submissions/{publics[name]}/events HTTP/1.1\r\nHost: 127.0.0.1:"
            one.sendall(f"{request}{served.port}\r\nCookie: session={secret}\r\n\r\n".encode())
            opened.append(one)
    heads = [one.recv(64) for one in opened]
    print(
        f"pages: {memory(web):.0f} MiB with {sum(b' 200 ' in h for h in heads)} streams, "
        f"{before:.0f} MiB before"
    )
    for one in opened:
        one.close()


def memory(pid):
    """MiB that a process has in memory."""
    fields = dict(
        line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines()
    )
    return int(fields["VmRSS"].split()[0]) / 1024


def back(served, students):
    client = Client(served, sessions(served, students[:1])[students[0]])
    client.follow(client.submit(RIGHT, "first")[2])
    for kind in ("web.run", "serve.judging"):
        took, next_verdict = [], []
        for number in range(10):
            before, began = served.judge_since(), time.perf_counter()
            served.hurt(kind)
            if kind == "web.run":
                assert eventually(served.is_up)
            else:
                assert eventually(lambda b=before: served.judge_since() not in (None, b))
            took.append(time.perf_counter() - began)
            _, _, public = client.submit(
                RIGHT + f"\n# {kind} {number}".encode(), kind + str(number)
            )
            assert eventually(lambda p=public: served.verdicts().get(p), 120)
            next_verdict.append(time.perf_counter() - began)
        for what, seconds in ((kind, took), (f"a verdict after {kind}", next_verdict)):
            median, most = statistics.median(seconds), max(seconds)
            print(f"back: {what}, median {median:.1f} s, at most {most:.1f} s")


def rush(served, students):
    began = time.perf_counter()
    told, took = submitted(served, sessions(served, students), 3, lambda: time.sleep(0.1))
    seconds = [s for _, s in told]
    print(
        f"rush: {Counter(s for s, _ in told)} within {took:.0f} s, "
        f"p99 {1e3 * quantile(seconds, 0.99):.0f} ms"
    )
    while time.perf_counter() < began + DRAIN_S and not all(served.verdicts().values()):
        time.sleep(1)
    took, verdicts = time.perf_counter() - began, served.verdicts().values()
    done = sum(map(bool, verdicts))
    each = cpu_s(served.children("")) / max(1, done)
    print(
        f"rush: {done} of {len(verdicts)} judged after {took:.0f} s, {done / took:.1f} a second, "
        f"{1e3 * each:.0f} ms of processor time each for all of it"
    )


PARTS = {
    "accept": accept,
    "verdict": verdict,
    "push": push,
    "pages": pages,
    "flood": flood,
    "back": back,
    "rush": rush,
}


def main():
    wanted = sys.argv[1:] or [name for name in PARTS if name != "rush"]
    students = [f"s{n:04d}" for n in range(1000)]
    for name in wanted:
        with tempfile.TemporaryDirectory() as folder:
            served = Served(Path(folder, "course"), students).start()
            try:
                served.person(students[-1])
                PARTS[name](served, students)
            finally:
                served.kill()


if __name__ == "__main__":
    main()
