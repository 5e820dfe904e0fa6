"""The order in which people stand in a table: u2 before u10."""

import re

Key = tuple[list[tuple[str, int, str]], str]
_NUMBER = re.compile(r"([^0-9]*)([0-9]*)")


def natural(name: str) -> Key:
    """Return what names are sorted by: the numbers in them by size, the rest as text."""
    parts = _NUMBER.findall(name)
    return [(text, len(n := digits.lstrip("0")), n) for text, digits in parts], name


def compared(a: str, b: str) -> int:
    """Return -1, 0 or 1, as SQLite asks of a collation."""
    one, other = natural(a), natural(b)
    return (one > other) - (one < other)
