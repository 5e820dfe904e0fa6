"""Messages between the process that runs a class and its judges, over pipes that may be slow.

A judge may hang while it takes a message or in the middle of an answer: who feeds many of them
neither writes nor reads more than a pipe takes at that moment.
"""

import contextlib
import os
import struct
from typing import IO

LENGTH = struct.Struct("<I")
MOST_ANSWER = 2**28  # bytes of one report
PIECE = 2**16


def framed(data: bytes) -> bytes:
    """Return a message as it goes over a pipe."""
    return LENGTH.pack(len(data)) + data


def send(file: IO[bytes], data: bytes) -> None:
    """Write one message to a pipe that waits."""
    file.write(framed(data))
    file.flush()


def receive(file: IO[bytes]) -> bytes:
    """Return the next message from a pipe that waits; EOFError when there is none, or a part."""
    (length,) = LENGTH.unpack(_exactly(file, LENGTH.size))
    return _exactly(file, length)


def _exactly(file: IO[bytes], size: int) -> bytes:
    data = file.read(size)
    if len(data) < size:
        raise EOFError
    return data


class Line:
    """One judge's pipes from the other side: what is to be written, and what has come so far."""

    def __init__(self, writing: int, reading: int) -> None:
        self.writing, self.reading = writing, reading
        self.outgoing, self.incoming = bytearray(), bytearray()
        os.set_blocking(writing, False)
        os.set_blocking(reading, False)

    def send(self, data: bytes) -> None:
        """Leave a message to be written as the judge takes it."""
        self.outgoing += framed(data)
        self.write()

    def write(self) -> None:
        """Write what the pipe takes; that nobody reads is noticed where an answer is awaited."""
        try:
            while self.outgoing:
                del self.outgoing[: os.write(self.writing, self.outgoing[:PIECE])]
        except BlockingIOError:
            return
        except OSError:
            self.outgoing.clear()

    def read(self) -> list[bytes]:
        """Return the messages that are complete by now; EOFError when no more can come."""
        with contextlib.suppress(BlockingIOError):
            part = os.read(self.reading, PIECE)
            if not part:
                raise EOFError
            self.incoming += part
        messages = []
        while len(self.incoming) >= LENGTH.size:
            (length,) = LENGTH.unpack_from(self.incoming)
            end = LENGTH.size + length
            if length > MOST_ANSWER:
                raise EOFError
            if len(self.incoming) < end:
                break
            messages.append(bytes(self.incoming[LENGTH.size : end]))
            del self.incoming[:end]
        return messages
