"""What a worker says of an exception: type, message and place, and whether memory ran out."""

import contextlib
import errno
import mmap

from grader.sandbox import wire

FILE = "solution.py"
FRAMES = 8  # of the submission that are told, the innermost
CHAIN = 20  # exceptions that are looked at behind one
FULL = ("can't allocate memory", "std::bad_alloc")  # PyTorch's words


class Reserve:
    """Address space that is kept in order to tell, when it is needed, that there is no other."""

    def __init__(self) -> None:
        self.kept: mmap.mmap | None = None

    def fill(self) -> None:
        """Keep some, if there is some."""
        with contextlib.suppress(OSError, ValueError, MemoryError, AttributeError):
            flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS  # not on Windows: no limit there either
            self.kept = self.kept or mmap.mmap(-1, 2**21, flags=flags)

    def free(self) -> None:
        """Make room."""
        if self.kept is not None:
            self.kept.close()
            self.kept = None


RESERVE = Reserve()


def failure(error: BaseException, reason: int, function: str = "") -> bytes:
    """Return the payload that says what was raised, and where in the submission.

    function: what is named where no frame of the submission is known.
    """
    RESERVE.free()
    frames: list[tuple[str, int]] = []
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(FILE):
            frames.append((trace.tb_frame.f_code.co_name, trace.tb_lineno))
        trace = trace.tb_next
    line = frames[-1][1] if frames else 0
    inner = frames[: -FRAMES - 1 : -1]
    where = " ".join(f"{name}:{at}" for name, at in inner) or function
    return wire.pack_failure(reason, line, [type(error).__name__, message_of(error), where])


def reason_of(error: BaseException, otherwise: int) -> int:
    """Return MEMORY if that is what ran out, whoever says so: Python, the system, a package.

    An exception that was raised while another was handled is a consequence of that one.
    """
    RESERVE.free()
    said: BaseException | None = error
    for _ in range(CHAIN):
        if said is not None and _is_full(said):
            return wire.MEMORY
        said = None if said is None else said.__cause__ or said.__context__
    return otherwise


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    return isinstance(error, MemoryError) or any(w in message_of(error) for w in FULL)


def message_of(error: BaseException) -> str:
    """Return what the exception says, whatever it does when it is asked."""
    try:
        return str(error)[:500]
    except BaseException as second:  # a message that itself raises
        return f"(its message raised {type(second).__name__})"
