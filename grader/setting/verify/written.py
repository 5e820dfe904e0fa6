"""Whether anything is still as `grader new-problem` wrote it: every line that says FILL IN."""

from collections.abc import Iterator
from pathlib import Path

from grader import layout
from grader.setting.verify.findings import Check, error

MARK = "FILL IN: "


def check_written(root: Path) -> Check:
    """That no file of the problem in the folder root has a line left that is to be filled in."""
    found = tuple(error(said) for file in _files(root) for said in _left(root, file))
    return Check("written", "nothing is left to be filled in", found)


def _files(root: Path) -> Iterator[Path]:
    """Yield all text that a setter writes: the problem, its answers, its tests."""
    answers, tests = layout.answers(root), layout.tests(root)
    for kind in ("yaml", "md", "py"):
        yield from sorted(root.glob(f"*.{kind}"))
    for folder in (answers, answers / "losses", answers / "misconceptions", answers / "twins"):
        yield from folder.glob(f"{root.name}.py")
    yield from (tests / "independent").glob(f"{root.name}.py")
    yield from (tests / "mutants").glob(f"{root.name}.yaml")
    yield from sorted((tests / "corpus" / root.name).glob("*/*.py"))


def _left(root: Path, file: Path) -> Iterator[str]:
    lines = file.read_text("utf-8", errors="replace").splitlines()
    for number, line in enumerate(lines, start=1):
        if MARK in line:
            what = line.partition(MARK)[2].removesuffix("-->").strip()
            yield f"{file.relative_to(layout.around(root))}:{number}: fill in: {what}"
