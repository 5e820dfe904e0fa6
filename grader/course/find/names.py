"""A name in an encoding that nobody states: read as UTF-8, or as the roster confirms, or not."""

from collections.abc import Callable
from typing import NamedTuple

from grader.course.find.platforms import readable

ENCODINGS = ("utf-8", "gbk", "big5", "shift_jis", "cp437", "cp1252")


class Reading(NamedTuple):
    """What a name says; "" with the reason why that is not certain."""

    text: str
    flaw: str = ""


def read_name(name: str, known: Callable[[str], bool], *, sure: bool) -> Reading:
    """Return what a name says. known: whether the roster has somebody whom a reading names.

    Several readings that are on the roster are as good as none; without any, UTF-8 is believed.
    """
    if sure or name.isascii():
        return Reading(name)
    readings = _readings(name.encode("utf-8", "surrogateescape"))
    fits = [text for text in readings if known(text)]
    if len(fits) == 1:
        return Reading(fits[0])
    if len(fits) > 1:
        return Reading(
            "", f"its name may be {' or '.join(map(readable, fits))}, both on the roster"
        )
    try:
        return Reading(name.encode().decode())
    except UnicodeEncodeError:
        return Reading("", "its name is not in UTF-8, and no encoding makes it one on a roster")


def _readings(data: bytes) -> list[str]:
    found: dict[str, None] = {}
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.isprintable() and "/" not in text:
            found.setdefault(text)
    return list(found)
