"""A folder or a zip as a list of members that can be read: nothing is unpacked or followed."""

import os
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from grader.errors import GraderError
from grader.store import FILE as RESULTS
from grader.submission import MOST_SOURCE, read_submission

MOST_MEMBERS = 200_000
MOST_DEPTH = 8
IGNORED = ("__MACOSX", "__pycache__")


class Member(NamedTuple):
    """A place in the tree: its path with forward slashes, and what it is."""

    path: str
    kind: str  # "file", "folder", or in words what else it is


class Tree(Protocol):
    """Where submissions lie."""

    def members(self) -> Iterator[Member]:
        """Yield everything there is, folders before what is in them."""

    def read(self, path: str, most: int = MOST_SOURCE) -> bytes:
        """Return at most `most` + 1 bytes of a file; GraderError if it is none."""


def open_tree(path: Path) -> Tree:
    """Return the tree of a folder or a zip; GraderError for anything else."""
    if path.is_dir():
        return _Folder(path)
    try:
        if zipfile.is_zipfile(path):
            return _Zip(path)
    except OSError as error:
        raise GraderError(f"{path} cannot be read: {error.strerror}") from error
    raise GraderError(f"{path} is neither a folder nor a zip")


class _Folder:
    def __init__(self, root: Path) -> None:
        self.root = root

    def members(self) -> Iterator[Member]:
        yield from self._below("", 0)

    def _below(self, prefix: str, depth: int) -> Iterator[Member]:
        folder = os.path.join(self.root, prefix)
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda e: e.name)
        except OSError as error:
            if not depth:
                raise GraderError(f"{folder} cannot be read: {error.strerror}") from error
            return
        if any(e.name == RESULTS for e in found):
            return  # our own results, kept beside the submissions
        for entry in found:
            if entry.name.startswith(".") or entry.name in IGNORED:
                continue
            kind = _kind(entry.stat(follow_symlinks=False).st_mode)
            yield Member(prefix + entry.name, kind)
            if kind == "folder" and depth < MOST_DEPTH:
                yield from self._below(f"{prefix}{entry.name}/", depth + 1)

    def read(self, path: str, most: int = MOST_SOURCE) -> bytes:
        if most <= MOST_SOURCE:
            return read_submission(self.root / path)[: most + 1]
        with open(self.root / path, "rb") as file:
            return file.read(most + 1)


class _Zip:
    def __init__(self, path: Path) -> None:
        try:
            self.file = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile, NotImplementedError) as error:
            raise GraderError(f"{path} cannot be read as a zip: {error}") from error
        infos = self.file.infolist()
        if len(infos) > MOST_MEMBERS:
            raise GraderError(f"{path} holds {len(infos)} files, at most {MOST_MEMBERS} are read")
        self.infos = {_zip_name(info): info for info in infos}

    def members(self) -> Iterator[Member]:
        folders: set[str] = set()
        for name, info in sorted(self.infos.items()):
            parts = name.split("/")
            if any((p.startswith(".") and p != "..") or p in IGNORED for p in parts):
                continue
            for depth in range(1, len(parts)):
                folder = "/".join(parts[:depth])
                if folder and folder not in folders:
                    folders.add(folder)
                    yield Member(folder, "folder")
            if parts[-1]:
                yield Member(name, _zip_kind(name, info))

    def read(self, path: str, most: int = MOST_SOURCE) -> bytes:
        info = self.infos[path]
        kind = _zip_kind(path, info)
        if kind != "file":
            raise GraderError(f"{path} is {kind}")
        try:
            with self.file.open(info) as member:
                return member.read(most + 1)  # however large it claims or turns out to be
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
            raise GraderError(f"{path} cannot be unpacked: {error}") from error
        except Exception as error:  # zlib.error and the like: damaged
            raise GraderError(f"{path} cannot be unpacked: {error}") from error


def _zip_kind(name: str, info: zipfile.ZipInfo) -> str:
    if name.startswith("/") or ".." in name.split("/"):
        return "a name that leads out of the zip"
    mode = info.external_attr >> 16
    return _kind(mode) if mode and info.create_system == 3 else "file"


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; many programs write UTF-8 without saying so."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    return name.replace("\\", "/")


def _kind(mode: int) -> str:
    kinds = {
        stat.S_IFREG: "file",
        stat.S_IFDIR: "folder",
        stat.S_IFLNK: "a symbolic link",
        stat.S_IFIFO: "a pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
    }
    return kinds.get(stat.S_IFMT(mode), "file" if not stat.S_IFMT(mode) else "a special file")
