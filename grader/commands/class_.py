"""`grader grade FOLDER`: a class at once, from what is found to how it ended."""

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from grader.commands import output
from grader.commands.console import echo
from grader.commands.options import DEFAULT_PROBLEM
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.course.find.discover import Found
    from grader.course.find.tree import Tree
    from grader.course.grade import Plan
    from grader.course.judges.cluster import Cluster
    from grader.course.store import Store
    from grader.model import Problem
    from grader.report.handed_in import Line

ALL_JUDGED, NOT_CARRIED_OUT, JUDGE_ERRORS = 0, 2, 3
FOLDER = click.Path(path_type=Path)
MOST_SHOWN = 20  # lines of one kind
MOST_ASKED = 20  # submissions that are looked at for their problem
FOUND = "found.csv"  # beside the results
GONE = "in earlier results, not in this class (withdrew or renamed?)"


Command = TypeVar("Command", bound=Callable[..., Any])


class ClassOptions(NamedTuple):
    """How to grade a class; `grader grade --help` says what each is."""

    out: Path | None
    pattern: str | None
    roster: Path | None
    root: str | None
    jobs: int | None
    force: bool
    scheduler: str | None
    junit: list[Path]


def options(command: Command) -> Command:
    """Give a command the options that a class needs, all None or False where not given."""
    for option in reversed(
        (
            click.option(
                "--out",
                type=FOLDER,
                metavar="RESULTS",
                help="Of a folder or zip: judge every submission into this folder of results.",
            ),
            click.option(
                "--pattern", help="Which files are submissions; default NAME/solution.py."
            ),
            click.option(
                "--roster",
                type=FOLDER,
                metavar="CSV",
                help="Who is in the class: a column id, and name if folders are named otherwise; "
                "perhaps email, login, moodle, canvas.",
            ),
            click.option(
                "--root",
                metavar="FOLDER",
                help="The folder in which the students' folders lie, if not at the top; * is any.",
            ),
            click.option("--jobs", type=click.IntRange(1, 1024), help="Default: the cores."),
            click.option(
                "--resume/--force",
                "resume",
                default=True,
                help="Keep what was judged under the same conditions (default), or judge again.",
            ),
            click.option("--scheduler", metavar="ADDRESS", help="Judge on this Dask cluster."),
        )
    ):
        command = option(command)
    return command


def is_class(path: Path, out: Path | None) -> bool:
    """Return whether a path is to be graded as a class; UsageError if --out and it disagree."""
    many = path.is_dir() or path.suffix.lower() == ".zip"
    if many and out is None:
        raise click.UsageError(
            f"{path} is a directory or zip: to judge every submission in it, say where the "
            f"results go (--out RESULTS); to judge one, name the file, such as {path}/solution.py"
        )
    if out is not None and not many:
        raise click.UsageError(f"--out is for a folder or a zip of submissions, not for {path}")
    return many


def grade_class(
    submissions: Path, problem_id: str | None, seed: int, weak: bool, o: ClassOptions
) -> int:
    """Judge every submission below a folder or in a zip, into o.out; return the exit code."""
    from grader.course.find.discover import find
    from grader.course.find.roster import read_roster
    from grader.course.find.tree import open_tree
    from grader.course.store import Store
    from grader.problems.load import load_problem
    from grader.report import handed_in as table

    assert o.out is not None
    tree = open_tree(submissions)
    listed = read_roster(o.roster) if o.roster else ()
    found = find(tree, o.pattern, roster=listed, below=o.root)
    became = _became(found)
    echo(f"found: {len(found.entries)} submissions")
    if not found.entries:
        echo(table.text(became, MOST_SHOWN), nl=bool(became))
        raise GraderError(
            f"no submissions in {submissions}: each is NAME/solution.py, or give --pattern"
        )
    problem = load_problem(problem_id or _problem_of(submissions, tree, found))
    with Store(o.out, writing=True) as store, _interruptible():
        planned, left = _run(store, tree, found, problem, seed, weak, o)
        for file in o.junit:
            _write_junit(store, planned, file)
        output.write(o.out / FOUND, table.as_csv(became))
        echo(
            table.text(became, MOST_SHOWN, str(o.out / FOUND)), nl=not all(n.usual for n in became)
        )
        _tell(GONE, store, store.gone())
        return _tell_end(store, planned, len(found.entries), left)


def _problem_of(submissions: Path, tree: "Tree", found: "Found") -> str:
    """Return the problem that the first submissions solve; GraderError if that is open."""
    from grader.problems.guess import problem_of_class

    sources = []
    for entry in found.entries[:MOST_ASKED]:
        with contextlib.suppress(GraderError):  # a link, a folder: judged as what it is later
            sources.append(tree.read(entry.path))
    return problem_of_class(submissions, sources, DEFAULT_PROBLEM)


def _became(found: "Found") -> "list[Line]":
    """Return what became of everything that was handed in."""
    from grader.course.find.platforms import readable
    from grader.model import NOBODY, shown_as
    from grader.report.handed_in import Line

    def who(what: str) -> str:
        return shown_as(what, found.identities.get(what, NOBODY))

    taken = [
        Line("taken", who(e.student), "; ".join(filter(None, (readable(e.path), e.note))), e.usual)
        for e in found.entries
    ]
    left = [Line("left", who(what), why) for what, why in found.skipped]
    return [*taken, *left, *(Line("missing", who(what), why) for what, why in found.missing)]


def _run(
    store: "Store",
    tree: "Tree",
    found: "Found",
    problem: "Problem",
    seed: int,
    weak: bool,
    o: ClassOptions,
) -> tuple["Plan", list[str]]:
    from grader.cases.suite import kept_suite, make_suite
    from grader.course.grade import find_lines, judge_class, plan, run_key
    from grader.course.judges.pool import Pool
    from grader.course.progress import progress

    jobs = min(o.jobs or _cores(), len(found.entries))
    with contextlib.ExitStack() as stack:
        pool = None if o.scheduler else stack.enter_context(Pool(problem, seed, jobs, weak=weak))
        suite = (make_suite if weak else kept_suite)(problem, seed)
        planned = plan(store, tree, found, run_key(suite, weak=weak), force=o.force)
        if planned.kept:
            echo(f"kept: {planned.kept} judged before, under the same conditions")
        if not (planned.todo or store.lines_pending(planned.key)):
            return planned, store.unjudged(planned.run)
        judges = pool or stack.enter_context(_cluster(o.scheduler or "", problem, seed, weak=weak))
        judges.set_suite(suite)
        watched = progress(len(planned.todo))
        looked = progress(0)
        try:
            with watched:
                left = judge_class(store, tree, planned, judges.judge_all, watched.told)
            pending = store.lines_pending(planned.key)
            looked = progress(len(pending), "lines at fault")
            with looked:
                find_lines(store, pending, judges.judge_all, looked.told)
        except KeyboardInterrupt:
            rest = f"{len(planned.todo) - watched.done} left"
            if looked.total:
                rest = f"{looked.total - looked.done} lines at fault left to look for"
            raise GraderError(
                f"interrupted: {watched.done} judged and kept, {rest}; the same command "
                "goes on from there"
            ) from None
        return planned, left


def _cluster(address: str, problem: "Problem", seed: int, *, weak: bool) -> "Cluster":
    from grader.course.judges.cluster import Cluster

    return Cluster(address, problem, seed, weak=weak)


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """End on SIGTERM as on Ctrl-C."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell(what: str, store: "Store", students: list[str]) -> None:
    """Name people in one line, if there are any."""
    from grader.report.escape import terminal

    rows = filter(None, map(store.row, students))
    if shown := ", ".join(row.shown for row in rows):
        echo(terminal(f"{what}: {shown}"))


def _write_junit(store: "Store", planned: "Plan", file: Path) -> None:
    """Write all that was judged as JUnit XML, one suite for each student."""
    from grader.report import json, junit

    judged = (r for r in store.rows(planned.run) if r.verdict)
    reports = [replace(json.parse(r.report), submission=r.shown) for r in judged]
    output.write(file, junit.render_all(reports))


def _tell_end(store: "Store", planned: "Plan", submissions: int, left: list[str]) -> int:
    """Say how it ended; every submission is counted under exactly one verdict, or named."""
    verdicts = store.verdicts(planned.run)
    judged = sum(verdicts.values())
    assert judged + len(left) == submissions, (judged, left, submissions)
    counted = ", ".join(f"{n} {v}" for v, n in verdicts.items())
    echo(f"{judged} of {submissions} submissions judged: {counted}")
    _tell("without a verdict", store, left)
    if left:
        return NOT_CARRIED_OUT
    return JUDGE_ERRORS if verdicts.get("JE") else ALL_JUDGED
