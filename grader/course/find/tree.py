"""A folder or a zip as a tree whose files can be read: nothing is unpacked or followed.

Names are as they lie there: bytes that are no UTF-8 are surrogates, as in the names that Python's
os gives. Whatever a student put into a folder costs no more than a fixed number of steps.
"""

import os
import stat
import zipfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from grader.errors import GraderError
from grader.judge.submission import most_of, read_submission

MOST_MEMBERS = 200_000
MOST_BELOW = 20_000  # places below one outermost folder
CUT = "more is in it than is looked at"
UNREADABLE = "it cannot be read"
MOST_DEPTH = 8
IGNORED = ("__MACOSX", "__pycache__")
LEADS_OUT = "a name that leads out of the zip"
TOO_LONG = "a name that is too long"
REFUSED = (LEADS_OUT, TOO_LONG)
LONGEST = 255  # bytes that a name on a disk may have


class Member(NamedTuple):
    """A place in the tree: its path with forward slashes, and what it is."""

    path: str
    kind: str  # "file", "folder", or in words what else it is
    sure: bool = True  # whether it is stated in which encoding its name is


class Tree(Protocol):
    """Where submissions lie."""

    packed: bool  # made on another machine, perhaps with names in that machine's encoding

    def children(self, folder: str = "") -> list[Member]:
        """Return what lies in a folder, by name."""

    def read(self, path: str, most: int = 0) -> bytes:
        """Return at most `most` + 1 bytes of a file; GraderError if it is none.

        Without `most` as many as a submission of that name may have.
        """


def below(tree: Tree, folder: str) -> Iterator[Member]:
    """Yield what lies in a folder and deeper, as far as it is looked at.

    The less deep comes first, and files before folders: what may be the submission.
    """
    waiting, number = deque([(folder, 1)]), 0
    while waiting:
        place, depth = waiting.popleft()
        for member in sorted(tree.children(place), key=lambda m: m.kind == "folder"):
            number += 1
            if number > MOST_BELOW:
                yield Member(folder, CUT)
                return
            yield member
            if member.kind == "folder" and depth < MOST_DEPTH:
                waiting.append((member.path, depth + 1))


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


def _ignored(name: str) -> bool:
    hidden = name.startswith(".") and name != ".." and "_assignsubmission_" not in name
    return hidden or name in IGNORED


class _Folder:
    packed = False

    def __init__(self, root: Path) -> None:
        self.root = root

    def children(self, folder: str = "") -> list[Member]:
        try:
            with os.scandir(os.path.join(self.root, folder)) as entries:
                found = sorted((e for e in entries if not _ignored(e.name)), key=lambda e: e.name)
        except OSError as error:
            if folder:
                return [Member(folder, UNREADABLE)]
            raise GraderError(f"{self.root} cannot be read: {error.strerror}") from error
        prefix = f"{folder}/" if folder else ""
        kinds = [_kind(entry.stat(follow_symlinks=False).st_mode) for entry in found]
        return [
            Member(prefix + entry.name, kind, sure=_is_text(entry.name))
            for entry, kind in zip(found, kinds, strict=True)
        ]

    def read(self, path: str, most: int = 0) -> bytes:
        if not most:
            return read_submission(self.root / path)
        try:
            with open(self.root / path, "rb") as file:
                return file.read(most + 1)
        except OSError as error:
            raise GraderError(f"{self.root / path} cannot be read: {error.strerror}") from error


@dataclass(slots=True)
class _Node:
    """A place in a zip, and what is in it."""

    kind: str = "folder"
    sure: bool = True
    info: zipfile.ZipInfo | None = None
    children: dict[str, "_Node"] = field(default_factory=dict)


class _Zip:
    packed = True

    def __init__(self, path: Path) -> None:
        try:
            self.file = zipfile.ZipFile(path)
        except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
            raise GraderError(f"{path} cannot be read as a zip: {error}") from error
        infos = self.file.infolist()
        if len(infos) > MOST_MEMBERS:
            raise GraderError(f"{path} holds {len(infos)} files, at most {MOST_MEMBERS} are read")
        self.root = _Node()
        names = [_zip_name(info) for info in infos]
        backslashes = all("\\" in name and "/" not in name for name, _ in names)
        for (name, sure), info in zip(names, infos, strict=True):
            self._add(name.replace("\\", "/") if backslashes and sure else name, info, sure)

    def _add(self, name: str, info: zipfile.ZipInfo, sure: bool) -> None:
        parts = name.removeprefix("./").split("/")
        if parts[0] in ("", ".", "..") or _is_long(parts[0]):
            kind = TOO_LONG if _is_long(parts[0]) else LEADS_OUT
            self.root.children[name] = _Node(kind, sure, info)
            return
        if any(map(_ignored, parts)):
            return
        node = self.root
        for part in [p for p in parts[: MOST_DEPTH + 1] if p]:
            node = node.children.setdefault(part, _Node(sure=sure))
        if parts[-1] and len(parts) <= MOST_DEPTH + 1:
            node.kind, node.info = _zip_kind(parts, info), info

    def _node(self, path: str) -> _Node:
        node = self.root
        if path in node.children:
            return node.children[path]
        for part in path.split("/") if path else ():
            node = node.children[part]
        return node

    def children(self, folder: str = "") -> list[Member]:
        prefix = f"{folder}/" if folder else ""
        return [
            Member(prefix + name, "folder" if node.children else node.kind, node.sure)
            for name, node in sorted(self._node(folder).children.items())
        ]

    def read(self, path: str, most: int = 0) -> bytes:
        most = most or most_of(path)
        node = self._node(path)
        if node.kind != "file" or node.info is None:
            raise GraderError(f"{path} is {node.kind}")
        try:
            with self.file.open(node.info) as member:
                return member.read(most + 1)  # however large it claims or turns out to be
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
            raise GraderError(f"{path} cannot be unpacked: {error}") from error
        except Exception as error:  # zlib.error and the like: damaged
            raise GraderError(f"{path} cannot be unpacked: {error}") from error


def _is_long(part: str) -> bool:
    return len(part.encode("utf-8", "surrogateescape")) > LONGEST


def _zip_kind(parts: list[str], info: zipfile.ZipInfo) -> str:
    if "" in parts or "." in parts or ".." in parts:
        return LEADS_OUT
    if any(map(_is_long, parts)):
        return TOO_LONG
    mode = info.external_attr >> 16
    return _kind(mode) if mode and info.create_system == 3 else "file"


def _zip_name(info: zipfile.ZipInfo) -> tuple[str, bool]:
    """Return a member's name, and whether it is stated to be UTF-8, as many programs do not."""
    name = info.orig_filename
    if info.flag_bits & 0x800 or name.isascii():
        return name, True
    return name.encode("cp437").decode("utf-8", "surrogateescape"), False


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


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
