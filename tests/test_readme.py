"""The README's transcripts are what the commands say: real processes, compared line by line."""

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import KIT, clean_environment

README = (KIT / "README.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PARTS = ("grader", "problem", "reference", "pyproject.toml", "tests/quality/gru_cell")
PAGES = (
    "README.md",
    ".github/CONTRIBUTING.md",
    "grader/problems/README.md",
    "grader/sandbox/README.md",
    "grader/serve/README.md",
)
NAMED = re.compile(r"`((?:[\w.]+/)+[\w.]*)`")
END = "\x1e"


def blocks(section, kind):
    return [text for found, text in BLOCK.findall(SECTIONS[section]) if found == kind]


TOLD = [name for name in SECTIONS if blocks(name, "console")]


def commands(transcript):
    """Every command of a transcript with what it is said to print."""
    parts = re.split(r"^\$ ", transcript, flags=re.MULTILINE)
    assert parts[0] == ""
    return [part.split("\n", 1) for part in parts[1:]]


def same(said, printed):
    """Whether a text is as it stands there, where ... is anything."""
    return doctest.OutputChecker().check_output(said, printed, doctest.ELLIPSIS)


def play(typed, folder, **environment):
    """What each of these commands prints, typed one after the other into one shell."""
    script = "".join(f"{command}\nprintf '{END}'\n" for command in typed)
    done = subprocess.run(
        ["bash", "-c", f"exec 2>&1\n{script}"],
        cwd=folder,
        env={
            **clean_environment(),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "KIT": str(KIT),
            "COVERAGE_PROCESS_CONFIG": "",
            **environment,
        },
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    return done.stdout.split(END)[:-1]


@pytest.fixture
def folder(tmp_path):
    """
    A function from a section to the folder where its commands are typed, and the environment.
    """

    def of(section):
        if section != "Problem setters":
            return tmp_path, {}
        for part in PARTS:  # a checkout of one's own, to add a problem to
            source, target = KIT / part, tmp_path / part
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.pyc.*"))
            else:
                shutil.copy(source, target)
        (tmp_path / "tests" / "corpus").mkdir()
        return tmp_path, {"PYTHONPATH": str(tmp_path)}

    return of


def test_every_audience_has_a_transcript():
    """
    Students, instructors, CI and problem setters each see what they would see.
    """
    assert TOLD == ["Students", "Instructors", "CI and platforms", "Problem setters"]


@pytest.mark.parametrize("page", PAGES)
def test_files_that_are_named_are_there(page):
    """
    What a page says of where things are is so; ID, NAME and the like stand for any.
    """
    tops = {p.name for p in (*KIT.iterdir(), *(KIT / "grader").iterdir()) if p.is_dir()}
    named = NAMED.findall((KIT / page).read_text("utf-8"))
    ours = {n for n in named if n.split("/")[0] in tops and not re.search(r"\b[A-Z]{2,}\b", n)}

    assert ours
    assert {
        n for n in ours if not (KIT / n).exists() and not (KIT / "grader" / n).exists()
    } == set()


@pytest.mark.slow
@pytest.mark.parametrize("section", TOLD)
def test_transcript_is_what_happens(folder, section):
    """
    Typed in that order into one shell, every command prints what stands there.
    """
    place, environment = folder(section)
    told = [pair for text in blocks(section, "console") for pair in commands(text)]

    printed = play([command for command, _ in told], place, **environment)

    assert len(printed) == len(told)
    for (command, said), output in zip(told, printed, strict=True):
        assert same(said, output), f"$ {command}\n{output}"


def test_ci_types_the_two_commands():
    """
    .ci/readme takes them from here, so that what is promised is what is tested.
    """
    (typed,) = blocks("Two commands", "sh")

    done = subprocess.run([KIT / ".ci/readme", "--print"], stdout=subprocess.PIPE, check=True)

    assert done.stdout.decode() == typed
    assert typed.count("\n") == 2


@pytest.mark.slow
def test_first_command_prints_what_is_shown():
    """
    The first of the two commands, from a checkout; versions are those of this machine.
    """
    (typed,), (shown,) = blocks("Two commands", "sh"), blocks("Two commands", "text")
    command = typed.splitlines()[0].rpartition("&& ")[2].replace(".venv/bin/", "")

    (printed,) = play([command], KIT)

    assert same(re.sub(r"suite .*", "suite ...", shown), printed), printed
