"""Each layer alone, in a real worker: what it was proved to stop on this machine."""

import ast
import contextlib
import json
import os
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from grader.errors import SandboxError
from grader.model import Problem, Verdict
from grader.sandbox.host import Sandbox
from grader.sandbox.namespaces import SHARED
from grader.sandbox.watch import Worker

TRICKLE = b"""import os, time, struct
os.write(3, struct.pack("<4sBI", b"RJ1\\n", 17, 60000))
for _ in range(3000):
    os.write(3, bytes(1))
    time.sleep(0.01)
"""
INTRUDER = Path(__file__).with_name("intruder.py")

# Layer -> what gets through without it, and how to get it.
ABOUT: Mapping[str, tuple[str, str]] = {
    "namespaces": (
        "network, host name, memory segments and names of files of others",
        (
            "Linux that grants namespaces: as root or with user namespaces allowed (sysctl "
            "kernel.apparmor_restrict_unprivileged_userns=0); most containers refuse them"
        ),
    ),
    "session": ("a worker that outlives the judge, signals to the group", "any Linux"),
    "descriptors": ("use of the judge's open files and channels", "any POSIX system"),
    "environment": ("reading tokens and paths in variables", "any POSIX system"),
    "directory": ("working in a folder that others use", "a temporary folder: set TMPDIR"),
    "limits": ("filling memory, computing for ever", "any Linux; macOS has no memory limit"),
    "privileges": ("root's rights, gaining rights from other programs", "any Linux"),
    "landlock": (
        "reading and writing files, TCP, signals to the judge",
        (
            "Linux 5.13 or newer with landlock in CONFIG_LSM (boot: lsm=landlock,...), 6.12 for "
            "signals; a container's seccomp profile must allow it (Docker's does); "
            "pip install landlockpy; until then grading goes on with seccomp that opens no file"
        ),
    ),
    "seccomp": (
        "processes, threads, sockets, modes and times of files, files in memory",
        (
            "CONFIG_SECCOMP_FILTER=y; apt install libseccomp2 (apk add libseccomp); "
            "pip install pyseccomp"
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Layer:
    """What a layer did when it was the only one."""

    name: str
    missing: str  # why it could not be put on; empty: it was
    refused: tuple[str, ...]  # attempts that succeed without it and fail with it
    through: tuple[str, ...]  # attempts it is meant to stop and does not on this machine
    unproved: tuple[str, ...]  # attempts that fail without it too


@dataclass(frozen=True, slots=True)
class Isolation:
    """The layers one by one, and what still gets through all of them together."""

    layers: tuple[Layer, ...]
    through: tuple[str, ...]
    reference_hidden: bool | None  # None: there is no reference to hide
    facts: Mapping[str, Any]
    error: str = ""
    outlived: str = ""  # which limit a worker outlived that keeps the judge waiting

    @property
    def fit(self) -> bool:
        """Whether untrusted code may be graded: with everything on, nothing gets through."""
        return not self.holes

    @property
    def holes(self) -> tuple[str, ...]:
        """Each thing that should be stopped on this machine and is not, in words."""
        words = meaning()
        found = [f"nothing could be tried: {self.error}"] if self.error else []
        found += [f"with all layers on a submission can {words[a]}" for a in self.through]
        found += ["a submission can read the references"] if self.reference_hidden is False else []
        found += [f"a submission outlives its limits: {self.outlived}"] if self.outlived else []
        return tuple(found)


def examine(problem: Problem, references: list[str]) -> Isolation:
    """Try every layer alone, none, and all together; a worker each."""
    with _places(references) as places, ThreadPoolExecutor(2) as threads:
        outlived = threads.submit(_outlived, problem)
        full = _run(problem, None, places)
        sets = [(), *((name,) for name in ABOUT)]
        none, *single = threads.map(lambda s: _run(problem, s, places), sets)
        late = outlived.result()
    if none.error or full.error:
        return Isolation((), (), None, {}, none.error or full.error)
    layers = []
    for (name, attempts), run in zip(_attempts().items(), single, strict=True):
        there = [a for a in attempts if none.tried[a]]
        layers.append(
            Layer(
                name,
                run.error or run.missing.get(name, ""),
                tuple(a for a in there if not run.tried.get(a, True)),
                tuple(a for a in there if run.tried.get(a, True)),
                tuple(a for a in attempts if not none.tried[a]),
            )
        )
    through = tuple(a for a, done in full.tried.items() if done)
    hidden = not full.tried["read_reference"] if references else None
    return Isolation(tuple(layers), through, hidden, full.facts, outlived=late)


def meaning() -> dict[str, str]:
    """Return what each attempt does, in words: its function's docstring."""
    body = ast.parse(INTRUDER.read_text(encoding="utf-8")).body
    functions = [n for n in body if isinstance(n, ast.FunctionDef)]
    return {f.name: (ast.get_docstring(f) or f.name).rstrip(".").lower() for f in functions}


def _attempts() -> dict[str, list[str]]:
    """Return the names of the attempts of each layer, read from the intruder without running it."""
    body = ast.parse(INTRUDER.read_text(encoding="utf-8")).body
    table = next(
        n.value
        for n in body
        if isinstance(n, ast.Assign) and getattr(n.targets[0], "id", "") == "ATTEMPTS"
    )
    assert isinstance(table, ast.Dict)
    return {
        str(ast.literal_eval(key)): [n.id for n in ast.walk(value) if isinstance(n, ast.Name)]
        for key, value in zip(table.keys, table.values, strict=True)
        if key is not None
    }


@dataclass(frozen=True, slots=True)
class _Run:
    missing: Mapping[str, str]
    tried: Mapping[str, bool]
    facts: Mapping[str, Any]
    error: str = ""


def _run(problem: Problem, layers: tuple[str, ...] | None, places: dict[str, Any]) -> _Run:
    """Return what the intruder could do with these layers on."""
    source = f"PLACES = {places!r}\n{INTRUDER.read_text(encoding='utf-8')}".encode()
    try:
        with Sandbox(problem, weak=True, layers=layers) as sandbox:
            worker = Worker(sandbox, source)
            try:
                ended = worker.imported()
            finally:
                worker.close()
        missing = {name: why for name, why in worker.layers if why and why != "left off"}
        said = worker.printed.decode("utf-8", "replace").strip().splitlines()
        found = json.loads(said[-1]) if said else {}
        if not found:
            return _Run(missing, {}, {}, f"the intruder died: {ended.message if ended else '?'}")
        return _Run(missing, found["tried"], found["facts"])
    except SandboxError as error:
        return _Run({}, {}, {}, str(error))


def _outlived(problem: Problem) -> str:
    """Return what became of a worker that trickles an answer for ever, unless it was in time."""
    hurried = replace(problem.limits, case_cpu_s=1, case_wall_s=1)
    try:
        with Sandbox(replace(problem, limits=hurried), weak=True) as sandbox:
            worker = Worker(sandbox, TRICKLE)
            try:
                ended = worker.imported()
            finally:
                worker.close()
    except SandboxError as error:
        return str(error)
    return "" if ended and ended.verdict is Verdict.TLE else f"it ended with {ended}"


@contextlib.contextmanager
def _places(references: list[str]) -> Iterator[dict[str, Any]]:
    """Yield what the intruder may try to reach: a folder for anybody, a port that listens."""
    with tempfile.TemporaryDirectory(prefix="rnn-judge-doctor-") as folder, socket.socket() as s:
        os.chmod(folder, 0o777)  # the worker may be another user
        s.bind(("127.0.0.1", 0))
        s.listen(16)
        shared = {
            n: os.stat(f"/proc/self/ns/{n}").st_ino for n in SHARED if sys.platform == "linux"
        }
        yield {
            "references": references,
            "folder": folder,
            "port": s.getsockname()[1],
            "shared": shared,
        }
