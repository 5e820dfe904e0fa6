"""One submission on its way to a judge."""

import struct
from typing import NamedTuple

from grader.sandbox import wire

LENGTH = struct.Struct("<I")


class Task(NamedTuple):
    """What a judge needs to know of a submission; refusal: why it is not even looked at."""

    student: str
    name: str
    source: bytes
    refusal: str = ""
    verdict: str = "CE"  # of a refusal
    began_at: str = ""


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
