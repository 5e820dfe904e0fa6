"""What a class has in common, and what a regrade has changed; pure functions of the rows."""

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grader.model import Row, Verdict

STEP = 10  # points of one bar in the distribution
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?:e[-+]?\d+)?")
UNLIKE = "…"  # for a number that is another in each report
NO_CAUSE = "where-"  # what a diagnosis is called that tells where, and not why


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake that was proved, who made it, and a sentence that is true of all of them."""

    id: str
    message: str
    students: tuple[str, ...]
    message_zh: str = ""
    example: str = ""  # the student in whose report it stands most alone


@dataclass(frozen=True, slots=True)
class Points:
    """The points of a class: their middle and how far they spread."""

    mean: float
    median: float
    deviation: float  # of the class itself, not of a population it was drawn from
    least: int
    lower: float  # a quarter of the class is below
    upper: float  # and a quarter above
    most: int


@dataclass(frozen=True, slots=True)
class GroupDifficulty:
    """How a test group went: of those it was judged for, how many were right."""

    name: str
    right: int
    wrong: int
    skipped: int  # because another group failed first

    @property
    def solved(self) -> float:
        """Return the part of those judged who were right."""
        return self.right / max(1, self.right + self.wrong)


@dataclass(frozen=True, slots=True)
class Insight:
    """A class in figures."""

    students: int
    verdicts: Mapping[str, int]
    points: Points | None  # None: nobody has any
    mistakes: tuple[Mistake, ...]  # most frequent first
    located: tuple[str, ...]  # of whom their own line at fault is known, and no mistake by name
    undiagnosed: tuple[str, ...]  # wrong answers of which neither is known
    groups: tuple[GroupDifficulty, ...]  # hardest first
    scores: Mapping[str, int]  # "90-99" -> how many
    same: tuple[tuple[str, ...], ...]  # equal sources but for comments, spacing and names
    called: Mapping[str, str] = field(default_factory=dict)  # student -> what people are told

    def shown(self, students: Sequence[str]) -> list[str]:
        """Return what people are told of these students."""
        return [self.called.get(student, student) for student in students]


@dataclass(frozen=True, slots=True)
class Change:
    """A student whose result is not what it was."""

    student: str
    before: Row
    after: Row


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a regrade has changed."""

    changed: tuple[Change, ...]
    unchanged: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    @property
    def verdicts(self) -> dict[tuple[str, str], int]:
        """Return how many verdicts went from what to what, most frequent first."""
        count = Counter(
            (verdict_text(c.before), verdict_text(c.after))
            for c in self.changed
            if c.before.verdict is not c.after.verdict
        )
        return dict(sorted(count.items(), key=lambda item: (-item[1], item[0])))


def insight(rows: Sequence[Row], same: Sequence[tuple[str, ...]]) -> Insight:
    """Return what the rows show; same: groups of students with equal sources."""
    judged = [r for r in rows if r.verdict not in (None, Verdict.JE)]
    count = Counter(verdict_text(r) for r in rows)
    return Insight(
        students=len(rows),
        verdicts=dict(sorted(count.items(), key=lambda item: (-item[1], item[0]))),
        points=_points([r.score for r in judged]),
        mistakes=_mistakes(judged),
        located=tuple(r.student for r in judged if not _causes(r) and _has_line(r)),
        undiagnosed=tuple(
            r.student
            for r in judged
            if r.verdict is Verdict.WA and not _causes(r) and not _has_line(r)
        ),
        groups=_groups(judged),
        scores=_scores(judged),
        same=tuple(same),
        called={r.student: r.shown for r in rows},
    )


def compare(before: Sequence[Row], after: Sequence[Row]) -> Comparison:
    """Return what differs between two gradings, by student."""
    old, new = ({r.student: r for r in rows} for rows in (before, after))
    both = [s for s in old if s in new]
    changed = [
        Change(s, old[s], new[s])
        for s in both
        if (old[s].verdict, old[s].score) != (new[s].verdict, new[s].score)
    ]
    return Comparison(
        tuple(changed),
        len(both) - len(changed),
        tuple(old[s].shown for s in old if s not in new),
        tuple(new[s].shown for s in new if s not in old),
    )


def verdict_text(row: Row) -> str:
    """Return the verdict, or -- where there is none."""
    return str(row.verdict) if row.verdict else "--"


def _points(scores: Sequence[int]) -> Points | None:
    if not scores:
        return None
    quarters = [float(scores[0])]
    if len(scores) > 1:
        quarters = statistics.quantiles(scores, n=4, method="inclusive")
    return Points(
        mean=statistics.mean(scores),
        median=statistics.median(scores),
        deviation=statistics.pstdev(scores),
        least=min(scores),
        lower=quarters[0],
        upper=quarters[-1],
        most=max(scores),
    )


def _causes(row: Row) -> list[Mapping[str, str]]:
    """Return the mistakes that have a name: neither a place alone nor a line of one's own."""
    found = row.report.get("diagnosis", ())
    return [d for d in found if not d["id"].startswith(NO_CAUSE) and not d.get("line")]


def _has_line(row: Row) -> bool:
    return any(d.get("line") for d in row.report.get("diagnosis", ()))


def _mistakes(rows: Sequence[Row]) -> tuple[Mistake, ...]:
    """Return who made the same mistake: by name, and by what was said but for its numbers."""
    said: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    students: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        for found in _causes(row):
            kind = (found["id"], NUMBER.sub(UNLIKE, found["message"]))
            said[kind].append((found["message"], found.get("message_zh", "")))
            students[kind].append(row.student)
    found_in = {row.student: len(row.diagnosis) for row in rows}
    mistakes = []
    for kind, messages in said.items():
        en, zh = (_true_of_all(texts) for texts in zip(*messages, strict=True))
        example = min(students[kind], key=found_in.__getitem__)
        mistakes.append(Mistake(kind[0], en, tuple(students[kind]), zh, example))
    return tuple(sorted(mistakes, key=lambda m: (-len(m.students), m.id)))


def _true_of_all(messages: Sequence[str]) -> str:
    """Return a sentence that differs in its numbers only, without those that differ."""
    numbers = [NUMBER.findall(m) for m in messages]
    shared = iter([n[0] if len(set(n)) == 1 else UNLIKE for n in zip(*numbers, strict=False)])
    return NUMBER.sub(lambda _: next(shared, UNLIKE), messages[0])


def _groups(rows: Sequence[Row]) -> tuple[GroupDifficulty, ...]:
    count: dict[str, Counter[str]] = {}
    for row in rows:
        for group in row.report["groups"]:
            verdict = group["verdict"]
            kind = "skipped" if verdict is None else "right" if verdict == "AC" else "wrong"
            count.setdefault(group["name"], Counter())[kind] += 1
    groups = [GroupDifficulty(n, c["right"], c["wrong"], c["skipped"]) for n, c in count.items()]
    return tuple(sorted(groups, key=lambda g: g.solved))


def _scores(rows: Sequence[Row]) -> dict[str, int]:
    most = max((r.max_score for r in rows), default=100)
    count = Counter(min(r.score, most) // STEP * STEP for r in rows)
    lows = range(0, most + 1, STEP)
    return {f"{low}-{low + STEP - 1}" if low < most else f"{most}": count[low] for low in lows}
