"""Where in a tree the students' outermost names stand: at the top, or below what all share."""

from collections.abc import Callable, Sequence
from itertools import islice

from grader.course.find import gradescope
from grader.course.find.choose import COPY
from grader.course.find.tree import Member, Tree, below
from grader.course.identity import key
from grader.errors import GraderError

Known = Callable[[Sequence[str], Sequence[str]], bool]
RESULTS = "results.sqlite"
LEVELS = 8


def outer(tree: Tree, folder: str = "") -> list[Member]:
    """Return what lies in a folder of students, without the results of an earlier run."""
    return [m for m in tree.children(folder) if not is_results(tree, m)]


def is_results(tree: Tree, member: Member) -> bool:
    """Return whether a folder holds results of ours, and no submission."""
    inside = tree.children(member.path) if member.kind == "folder" else []
    if RESULTS not in map(_name, inside):
        return False
    return not any(COPY.fullmatch(key(_name(m))) for m in below(tree, member.path))


def given(tree: Tree, root: str) -> list[str]:
    """Return the folders that --root names, where * is any one; GraderError if there is none."""
    parts = [part for part in root.replace("\\", "/").split("/") if part not in ("", ".")]
    found = [""]
    for part in parts:
        inside = [m for folder in found for m in outer(tree, folder) if m.kind == "folder"]
        found = [m.path for m in inside if part in ("*", m.path.rpartition("/")[2])]
    if not found:
        raise GraderError(f"there is no folder {root} among the submissions (--root)")
    return found


def found(tree: Tree, known: Known | None) -> str:
    """Return the folder that holds the students'.

    It is the top, unless everything lies in one folder that is no student's: the roster knows
    those in it, or it is an export of Gradescope.
    """
    root, members = "", outer(tree)
    for _ in range(LEVELS):
        if known and known(*_names(members)):
            return root
        if gradescope.is_export(*_names(members)):
            return root
        if len(members) != 1 or members[0].kind != "folder":
            break
        root = members[0].path
        members = outer(tree, root)
    _refuse_sections(tree)
    return ""


def _refuse_sections(tree: Tree) -> None:
    """GraderError if every folder holds several submissions, and so may hold students."""
    top = outer(tree)
    folders = [m for m in top if m.kind == "folder" and "_assignsubmission_" not in m.path]
    if folders and len(folders) == len(top) and all(_holds_several(tree, m.path) for m in folders):
        name = _name(folders[0]).encode("utf-8", "backslashreplace").decode()
        root = f"'{name}'" if len(folders) == 1 else "'*'"
        raise GraderError(
            f"{name} holds several submissions: if the folders in it are students, say --root "
            f"{root}; if it is a student, --root . (a --roster may tell, too)"
        )


def _holds_several(tree: Tree, folder: str) -> bool:
    """Return whether there is no submission in a folder, but one in two folders in it."""
    children = tree.children(folder)
    if any(COPY.fullmatch(key(_name(m))) for m in children):
        return False
    inside = (m.path for m in children if m.kind == "folder")
    having = (p for p in inside if any(COPY.fullmatch(key(_name(m))) for m in below(tree, p)))
    return len(list(islice(having, 2))) == 2


def _name(member: Member) -> str:
    return member.path.rpartition("/")[2]


def _names(members: Sequence[Member]) -> tuple[list[str], list[str]]:
    folders = [_name(m) for m in members if m.kind == "folder"]
    return folders, [_name(m) for m in members if m.kind != "folder"]
