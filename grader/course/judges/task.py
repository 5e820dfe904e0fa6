"""One submission on its way to a judge."""

import functools
import re
import struct
from typing import NamedTuple

from grader.sandbox import wire

LENGTH = struct.Struct("<I")
UNSAID = re.compile(rb"#.*|\s+")


class Task(NamedTuple):
    """What a judge needs to know of a submission; refusal: why it is not even looked at.

    line: look for the line at fault at once. report: what is said already, as JSON, with that
    line pending; only that is looked for.
    """

    student: str
    name: str
    source: bytes
    refusal: str = ""
    verdict: str = "CE"  # of a refusal
    began_at: str = ""
    line: bool = True
    report: str = ""

    @property
    def gist(self) -> int:
        """A number that copies under other comments have in common, by a glance at the text."""
        return _gist(self.source)


@functools.lru_cache(maxsize=256)
def _gist(source: bytes) -> int:
    return hash(UNSAID.sub(b"", source))


def pack_task(task: Task) -> bytes:
    """Return the task as bytes for unpack_task."""
    header = wire.pack(task._replace(source=b"")._asdict() | {"source": None})
    return LENGTH.pack(len(header)) + header + task.source


def unpack_task(message: bytes) -> Task:
    """Return the task that pack_task was given. Only for bytes from the judge."""
    (length,) = LENGTH.unpack_from(message)
    end = LENGTH.size + length
    header = wire.unpack(message[LENGTH.size : end])[0]
    return Task(**{**header, "source": message[end:]})
