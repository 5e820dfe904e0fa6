"""Groups that are judged while a report is still to come, as text between processes."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from grader.model import GroupResult, Verdict


class Part(NamedTuple):
    """A group's verdict, None if it is not judged because another failed, and its points."""

    name: str
    verdict: Verdict | None
    score: int


def as_text(groups: Iterable[GroupResult]) -> str:
    """Return the results as text for from_text."""
    return json.dumps([(g.name, g.verdict, g.score) for g in groups])


def from_text(text: str) -> tuple[Part, ...]:
    """Return what as_text was given; nothing for no text."""
    found = json.loads(text) if text else ()
    return tuple(Part(name, Verdict(v) if v else None, score) for name, v, score in found)
