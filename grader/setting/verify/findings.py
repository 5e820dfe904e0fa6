"""What a check found: data that every family of checks returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ERROR, WARNING = "error", "warning"
Observed = tuple[str, str]  # a group, and a quantity that it observes


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (error) or that a problem setter should look at (warning)."""

    level: str
    message: str


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one family of checks; without an error among the findings it passed."""

    name: str
    summary: str
    findings: tuple[Finding, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)  # for --format json
    table: tuple[tuple[str, ...], ...] = ()  # to print in full, its heading first
    proves: frozenset[Observed] = frozenset()

    @property
    def passed(self) -> bool:
        """No finding is an error."""
        return all(f.level != ERROR for f in self.findings)


@dataclass(frozen=True, slots=True)
class Verification:
    """All that was found about one problem."""

    problem: str
    seed: int
    quick: bool
    checks: tuple[Check, ...]
    seconds: float

    @property
    def fit(self) -> bool:
        """No check found an error."""
        return all(c.passed for c in self.checks)


def error(message: str) -> Finding:
    """Return a finding that makes the problem unfit."""
    return Finding(ERROR, message)


def warning(message: str) -> Finding:
    """Return a finding that does not."""
    return Finding(WARNING, message)
