"""Times as they stand in the file: UTC, to the millisecond, so that they sort as text."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def as_text(at: datetime) -> str:
    """Return a time as it is kept."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def from_text(text: str) -> datetime:
    """Return the time that as_text wrote."""
    return datetime.fromisoformat(text)
