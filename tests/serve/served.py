"""`grader serve` as a process of its own, and people who speak to it over the loopback."""

import contextlib
import http.client
import http.cookiejar
import itertools
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from grader.course.database import Database
from grader.course.find.roster import Listed
from grader.model import Identity
from grader.serve import clock, people, processes, submissions
from grader.serve.settings import read_course
from tests.support import KIT, eventually

SETTINGS = """
name: "A course"
zone: "Europe/Berlin"
address: "http://127.0.0.1:8000"
assignments:
  rnn: {problem: simple_rnn, opens: "2020-01-01 08:00", seed: 20240607}
"""


class Served:
    """A course that is served; `start` it again when it was killed."""

    def __init__(self, folder, students=("ada", "bob")):
        self.folder = folder
        folder.mkdir()
        (folder / "course.yaml").write_text(SETTINGS)
        self.course = read_course(folder)
        with Database(folder, writing=True) as database:
            listed = [Listed(name, Identity(ids=(name,))) for name in students]
            self.codes = people.import_roster(database, self.course, listed, clock.now())
            self.codes["prof"] = people.new_staff(database, "prof", clock.now())
        self.port, self.process = 0, None

    def start(self, *options):
        self.log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "grader", "serve", str(self.folder),
             "--listen", f"127.0.0.1:{self.port}", *options],
            stdout=subprocess.PIPE,
            stderr=self.log,
            env={**os.environ, "PYTHONPATH": str(KIT)},
        )  # fmt: skip
        said = self.process.stdout.readline().decode()
        self.port = int(re.search(r":(\d+) for", said)[1])
        return self

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def stop(self):
        """Ask it to end; return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        self.process.stdout.close()
        self.log.close()
        return code

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def children(self, what):
        """The processes of ours whose command line holds that, by number."""
        mine, found = {self.process.pid}, []
        for pid in sorted(int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit()):
            with contextlib.suppress(OSError, IndexError):
                stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                if int(stat[1]) in mine:
                    mine.add(pid)
                    if what in Path(f"/proc/{pid}/cmdline").read_text():
                        found.append(pid)
        return found

    def hurt(self, kind):
        """Kill one process of that kind; the supervisor is started again by hand."""
        if kind == "supervisor":
            self.kill()
            self.start()
            return
        eventually(lambda: self.children(kind))
        for pid in self.children(kind)[:1]:
            os.kill(pid, signal.SIGKILL)

    def is_up(self):
        """Whether the page answers."""
        try:
            return Person(self).ask("/alive", timeout=2) == (200, "ok")
        except (OSError, http.client.HTTPException):
            return False

    def judge_since(self):
        """Since when the judge is at work; None if it is not."""
        with Database(self.folder) as database:
            return processes.since(database, "judge")

    def person(self, name):
        return Person(self).sign_in(self.codes[name])

    def verdicts(self):
        """The present verdict of every submission, by public id."""
        with Database(self.folder) as database:
            rows = database.db.execute(
                "SELECT s.public, a.verdict FROM submissions s LEFT JOIN attempts a "
                "ON a.id = s.attempt"
            )
            return dict(map(tuple, rows))

    def judged_all(self, within_s=60):
        return eventually(lambda: all(self.verdicts().values()), within_s)

    def queue(self):
        with Database(self.folder) as database:
            return [tuple(r) for r in database.db.execute("SELECT * FROM queue")]


class Person:
    """Somebody with a browser that runs no script."""

    def __init__(self, served):
        self.served = served
        cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(cookies), urllib.request.ProxyHandler({})
        )

    def ask(self, path, fields=None, timeout=30):
        """Status and text of the page at the end; POST with fields."""
        data = urllib.parse.urlencode(fields).encode() if fields is not None else None
        headers = {"Origin": self.served.address} if fields is not None else {}
        request = urllib.request.Request(self.served.address + path, data, headers)
        try:
            with self.opener.open(request, timeout=timeout) as answer:
                self.at = answer.geturl().removeprefix(self.served.address)
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def sign_in(self, code):
        until = time.monotonic() + 30
        while True:  # the web process may still be on its way: the socket waits for it
            try:
                status, _ = self.ask("/sign-in", {"code": code})
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.1)
                continue
            assert status == 200
            return self

    def hand_in(self, source, nonce=""):
        """The public id, or the status of a refusal."""
        text = source.decode()
        status, _ = self.ask("/assignments/rnn", {"text": text, "nonce": nonce})
        return self.at.rpartition("/")[2] if status == 200 else status

    def wait_for(self, public):
        """Read the stream of a submission to its end; the events."""
        return self.ask(f"/submissions/{public}/events", timeout=120)[1]


def found(served, public):
    with Database(served.folder) as database:
        return submissions.by_public(database, public)


class Crowd:
    """People who hand in again and again, and send a form again until it is answered."""

    def __init__(self, served, names, sources, pause_s=2.0):
        self.served, self.sources, self.pause_s = served, sources, pause_s
        self.over, self.receipts = threading.Event(), []
        self.threads = [threading.Thread(target=self._live, args=(n,), daemon=True) for n in names]
        for thread in self.threads:
            thread.start()

    def _live(self, name):
        for number in itertools.count():
            if self.over.is_set():
                return
            source = self.sources[number % len(self.sources)] + f"\n# {name} {number}\n".encode()
            answer = self._answered(name, source, f"{name}-{number}")
            if isinstance(answer, str):
                self.receipts.append(answer)
            time.sleep(self.pause_s)

    def _answered(self, name, source, nonce):
        for _ in range(60):
            with contextlib.suppress(OSError, AssertionError, http.client.HTTPException):
                return self.served.person(name).hand_in(source, nonce)
            time.sleep(0.2)
        return None

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join(120)
