"""What a class has in common, and what a regrade has changed; pure functions of the rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grader.model import Row, Verdict

LINE = (
    "One change of one line makes everything right; each report names its own line.",
    "只改动一行就能全部正确；每份报告各自指出那一行。",
)
STEP = 10  # points of one bar in the distribution


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake that was proved, and who made it."""

    id: str
    message: str
    students: tuple[str, ...]
    message_zh: str = ""


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
    mistakes: tuple[Mistake, ...]  # most frequent first
    undiagnosed: tuple[str, ...]  # wrong answers in which none was proved
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
        mistakes=_mistakes(judged),
        undiagnosed=tuple(r.student for r in judged if r.verdict is Verdict.WA and not r.diagnosis),
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


def _mistakes(rows: Sequence[Row]) -> tuple[Mistake, ...]:
    messages: dict[str, tuple[str, str]] = {}
    students: dict[str, list[str]] = {}
    for row in rows:
        for found in row.report.get("diagnosis", ()):
            said = LINE if found.get("line") else (found["message"], found.get("message_zh", ""))
            messages.setdefault(found["id"], said)
            students.setdefault(found["id"], []).append(row.student)
    mistakes = [Mistake(i, en, tuple(students[i]), zh) for i, (en, zh) in messages.items()]
    return tuple(sorted(mistakes, key=lambda m: (-len(m.students), m.id)))


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
