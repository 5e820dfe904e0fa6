"""course.yaml: which assignments a course has, and by what rules people hand in."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import MAXYEAR, UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from grader.errors import GraderError
from grader.model import Problem
from grader.problems.file import read
from grader.problems.load import load_problem, problem_ids
from grader.problems.node import Node

FILE = "course.yaml"
SEED_BITS = 59  # what a whole number in YAML may have here
FORM = "%Y-%m-%d %H:%M"
KEYS = ("name", "zone", "address", "assignments")
OF_COURSE = ("keep_sources_days",)  # optional
OF_ASSIGNMENT = ("problem", "opens", "seed")
OPTIONAL = (
    *("due", "grace_minutes", "late", "percent_a_day", "attempts_a_day", "counts", "feedback"),
    "shown",
)
LATE = ("refuse", "accept")
COUNTS = ("best", "last")
FEEDBACK = ("full", "cause", "verdict")
SHOWN = ("at_once", "after_due")


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is to be handed in, until when, and what is told of it; times are in UTC."""

    id: str
    problem: Problem
    seed: int  # secret: no page names it
    opens: datetime
    due: datetime | None = None
    grace: timedelta = timedelta()
    late: str = "refuse"
    percent_a_day: int = 0  # of the points, for every day begun after the due time
    attempts_a_day: int = 0  # 0: any number
    counts: str = "best"
    feedback: str = "full"
    shown: str = "at_once"

    def with_due(self, due: datetime | None) -> "Assignment":
        """Return the assignment as it is for somebody whose due time is another."""
        return replace(self, due=due) if due else self


@dataclass(frozen=True, slots=True)
class Course:
    """A course as its folder says."""

    folder: Path
    name: str
    zone: ZoneInfo
    address: str  # by which people reach it, without a slash at the end
    assignments: Mapping[str, Assignment]
    keep_sources_days: int = 0  # after an assignment's due time; 0: for ever


def make_course(folder: Path) -> Path:
    """Make the folder of a new course and return its course.yaml; GraderError if there is one."""
    file = folder / FILE
    if file.exists():
        raise GraderError(f"{folder} is a course already")
    template = (files("grader.serve") / "course.yaml").read_text("utf-8")
    opens = datetime.now(UTC).replace(hour=0, minute=0)
    text = template.format(
        seed=secrets.randbits(SEED_BITS),
        opens=opens.strftime(FORM),
        due=(opens + timedelta(days=14)).strftime(FORM),
        problems=", ".join(problem_ids()),
    )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise GraderError(f"{folder} cannot be written: {error.strerror}") from error
    return file


def read_course(folder: Path) -> Course:
    """Return the course in a folder; GraderError with file and line if it is not as it must be."""
    if not (folder / FILE).is_file():
        if folder.exists() and not folder.is_dir():
            raise GraderError(f"{folder} is no folder; a course is one with {FILE} in it")
        raise GraderError(f"{folder} is no course: grader serve --new {folder} makes one")
    keys = read(folder / FILE).record(KEYS, OF_COURSE)
    zone = _zone(keys["zone"])
    named = keys["assignments"].some("assignments")
    assignments = {name: _assignment(name, node, zone) for name, node in named.items()}
    days = keys["keep_sources_days"].whole(0) if "keep_sources_days" in keys else 0
    address = _address(keys["address"])
    return Course(folder, keys["name"].text(), zone, address, assignments, days)


def _zone(node: Node) -> ZoneInfo:
    try:
        return ZoneInfo(node.text())
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise node.error(f"there is no time zone {node.shown()}") from error


def _address(node: Node) -> str:
    address = node.text().rstrip("/")
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good or parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        raise node.error(f"http(s)://HOST or http(s)://HOST:PORT is wanted, not {node.shown()}")
    return address


def _assignment(name: str, node: Node, zone: ZoneInfo) -> Assignment:
    keys = node.record(OF_ASSIGNMENT, OPTIONAL)
    try:
        problem = load_problem(keys["problem"].name())
    except GraderError as error:
        raise keys["problem"].error(str(error)) from error
    due = _time(keys["due"], zone, fold=1) if "due" in keys else None
    opens = _time(keys["opens"], zone, fold=0)
    if due is not None and due <= opens:
        raise keys["due"].error("must be after opens")
    if "shown" in keys and keys["shown"].name() == "after_due" and due is None:
        raise keys["shown"].error("after_due needs a due time")

    def whole(key: str) -> int:
        return keys[key].whole(0) if key in keys else 0

    def one_of(key: str, known: tuple[str, ...]) -> str:
        return keys[key].one_of(known, "value") if key in keys else known[0]

    if whole("percent_a_day") > 100:
        raise keys["percent_a_day"].error("at most 100 is wanted")
    return Assignment(
        id=name,
        problem=problem,
        seed=keys["seed"].whole(0),
        opens=opens,
        due=due,
        grace=timedelta(minutes=whole("grace_minutes")),
        late=one_of("late", LATE),
        percent_a_day=whole("percent_a_day"),
        attempts_a_day=whole("attempts_a_day"),
        counts=one_of("counts", COUNTS),
        feedback=one_of("feedback", FEEDBACK),
        shown=one_of("shown", SHOWN),
    )


def _time(node: Node, zone: ZoneInfo, *, fold: int) -> datetime:
    """Return a local time in UTC; where the clock shows it twice, fold says which."""
    try:
        return in_utc(node.text(), zone, fold=fold)
    except ValueError as error:
        raise node.error(f"{error}, not {node.shown()}") from error


def in_utc(text: str, zone: ZoneInfo, *, fold: int) -> datetime:
    """Return a local time such as 2026-10-05 08:00 in UTC; ValueError says what is wanted."""
    try:
        local = datetime.strptime(text.strip(), FORM).replace(tzinfo=zone, fold=fold)
    except ValueError as error:
        raise ValueError('a time such as "2026-10-05 08:00" is wanted') from error
    try:
        found = local.astimezone(UTC)
        shown = found.astimezone(zone).replace(tzinfo=None)
    except OverflowError:  # the first or last day that there is
        shown = None
    if shown != local.replace(tzinfo=None) or local.year == MAXYEAR:  # a day later is none
        raise ValueError("a time that the clock shows in that zone is wanted")
    return found
