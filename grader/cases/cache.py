"""What only changes with the kit and is costly to compute, kept in a folder of the user's own.

What is kept holds expected values. So the folder is the user's alone (mode 0700), and whoever
judges with weak isolation, where a submission might read it, neither reads nor writes here.
"""

import contextlib
import hashlib
import os
import stat
import sys
import tempfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from grader import layout
from grader.model import Problem
from grader.versions import installed

KEPT, MOST = 2000, 200 * 2**20  # files and bytes; the ones not used for longest go first
DIGEST = hashlib.sha256().digest_size


def load(problem: Problem, what: str, seed: int) -> bytes | None:
    """Return what was saved under that name for the same kit, problem and seed; None if nothing."""
    file = _file(problem, what, seed)
    if file is None:
        return None
    with contextlib.suppress(OSError):
        whole = file.read_bytes()
        data = whole[DIGEST:]
        if hashlib.sha256(data).digest() == whole[:DIGEST]:
            os.utime(file)
            return data
    return None


def save(problem: Problem, what: str, seed: int, data: bytes) -> None:
    """Keep the data under that name; where it cannot be kept, it is computed again next time."""
    file = _file(problem, what, seed)
    if file is None:
        return
    with contextlib.suppress(OSError):
        handle, name = tempfile.mkstemp(dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as written:
                written.write(hashlib.sha256(data).digest() + data)
            os.replace(name, file)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        _forget(file.parent)


def _file(problem: Problem, what: str, seed: int) -> Path | None:
    folder = _folder()
    if folder is None:
        return None
    return folder / f"{problem.id}-{what}-{seed}-{_key(problem)[:32]}"


def _folder() -> Path | None:
    """Return the folder, made if need be; None if it would not be the user's own."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    try:
        folder = (Path(base) if os.path.isabs(base) else Path.home() / ".cache") / "rnn-judge"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except (OSError, RuntimeError):  # no home, or one that cannot be written
        return None
    private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    return folder if private and found.st_uid == os.getuid() else None


def _key(problem: Problem) -> str:
    """Return a digest of all that decides what is kept: the problem, its files, kit, libraries.

    Where the problem lies does not: what was computed for a kit serves every copy of it.
    """
    reference = layout.answers(problem.root)
    files = [
        problem.root / "driver.py",
        reference / f"{problem.id}.py",
        *sorted(reference.glob(f"*/{problem.id}.py")),
    ]
    libraries = [installed(name) for name in ("numpy", "hypothesis", *problem.packages)]
    anywhere = replace(problem, root=Path())
    total = hashlib.sha256(f"{anywhere!r}{libraries}{_surroundings()}".encode())
    for file in files:
        with contextlib.suppress(OSError):
            total.update(f"{file.name} {file.stat().st_size}\n".encode() + file.read_bytes())
    return total.hexdigest()


@lru_cache
def _surroundings() -> str:
    """Return what is the same for all problems: the kit's code, the interpreter, the machine."""
    total = hashlib.sha256()
    package = Path(layout.PACKAGE)
    for file in sorted(package.rglob("*.py")):
        total.update(f"{file.relative_to(package)} {file.stat().st_size}\n".encode())
        total.update(file.read_bytes())
    machine = (sys.version, os.uname().sysname, os.uname().machine)
    return repr((total.hexdigest(), machine))


def _forget(folder: Path) -> None:
    """Remove the files that were not used for longest, beyond what is kept."""
    with os.scandir(folder) as files:
        found = sorted((s.st_mtime, s.st_size, f.path) for f in files for s in [f.stat()])
    total = 0
    for number, (_, size, file) in enumerate(reversed(found)):
        total += size
        if number >= KEPT or total > MOST:
            Path(file).unlink(missing_ok=True)
