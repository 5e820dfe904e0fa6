"""Arrays and short texts as bytes: what the judge and a worker say to each other.

Every frame is a kind, the length of its payload, and the payload. Towards the worker a payload
is a JSON header and raw arrays; from the worker it is read field by field against what is
expected, since by then anything may have written it. Nothing is unpickled or evaluated.
"""

import json
import os
import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

HEAD = struct.Struct("<4sBI")  # magic, kind, length of the payload
MAGIC = b"RJ1\n"

# towards the worker
SOURCE, CASES, VARIANTS = 1, 2, 3
# from the worker
LAYERS, IMPORTED, STOPPED, CLAIMS, RAISED, SKIPPED = 16, 17, 18, 19, 20, 21

# why STOPPED or RAISED
EXCEPTION, MEMORY, COMPILE, INTERFACE, TIME = 0, 1, 2, 3, 4

FLOATS = ("float64", "float32", "float16", "longdouble")
FLOAT64 = np.dtype(np.float64)
DTYPES = (*FLOATS, *(f"{u}int{n}" for u in ("", "u") for n in (8, 16, 32, 64)))
COUNTED, SHAPE, TYPE = 0, 1, 2
TEXT_LIMIT = 2000  # bytes of any one text from a worker
FAILURE = struct.Struct("<Bi")  # reason, line (0: unknown)


class WireError(ValueError):
    """The bytes are not a frame of this protocol."""


def frame(kind: int, payload: bytes = b"") -> bytes:
    """Return the frame with that payload."""
    return HEAD.pack(MAGIC, kind, len(payload)) + payload


def head(data: bytes, limit: int) -> tuple[int, int]:
    """Return kind and payload length of a frame's first HEAD.size bytes.

    Raises WireError for other bytes, and for a length above limit: nothing is allocated for
    a payload before its length is believed.
    """
    magic, kind, length = HEAD.unpack(data)
    if magic != MAGIC:
        raise WireError("not a frame")
    if length > limit:
        raise WireError(f"a frame of {length} bytes where at most {limit} can come")
    return kind, length


def read_exactly(fd: int, size: int, read: Callable[[int, int], bytes] = os.read) -> bytes:
    """Return size bytes from fd; EOFError when it ends before."""
    parts = []
    while size:
        part = read(fd, min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def write_all(fd: int, data: bytes, write: Callable[[int, Any], int] = os.write) -> None:
    """Write all of data to a blocking fd."""
    view = memoryview(data)
    while view:
        view = view[write(fd, view) :]


def pack(header: Mapping[str, Any], arrays: Sequence[NDArray[Any]] = ()) -> bytes:
    """Return a payload for unpack: a JSON header, then the arrays as they lie in memory."""
    specs = [(a.dtype.str, a.shape) for a in arrays]
    text = json.dumps({"header": header, "arrays": specs}).encode()
    return struct.pack("<I", len(text)) + text + b"".join(a.tobytes() for a in arrays)


def unpack(payload: bytes) -> tuple[Any, list[NDArray[Any]]]:
    """Return header and arrays of a payload that pack made. Only for bytes from the judge."""
    (length,) = struct.unpack_from("<I", payload)
    data = json.loads(payload[4 : 4 + length])
    arrays, at = [], 4 + length
    for name, shape in data["arrays"]:
        array = np.ndarray(shape, name, payload, at).copy()
        arrays.append(array)
        at += array.nbytes
    return data["header"], arrays


def pack_texts(texts: Sequence[str]) -> bytes:
    """Return texts, each cut to TEXT_LIMIT bytes, for unpack_texts."""
    raw = [t.encode("utf-8", "backslashreplace")[:TEXT_LIMIT] for t in texts]
    return b"".join(struct.pack("<H", len(r)) + r for r in raw)


def unpack_texts(data: bytes, count: int) -> list[str]:
    """Return exactly count texts, or raise WireError."""
    texts = []
    for _ in range(count):
        if len(data) < 2:
            raise WireError("a text is missing")
        (length,) = struct.unpack_from("<H", data)
        if length > min(TEXT_LIMIT, len(data) - 2):
            raise WireError("a text is longer than its frame")
        texts.append(data[2 : 2 + length].decode("utf-8", "replace"))
        data = data[2 + length :]
    if data:
        raise WireError("bytes after the last text")
    return texts


def pack_failure(reason: int, line: int, texts: Sequence[str]) -> bytes:
    """Return a STOPPED or RAISED payload: reason, line, then kind, message and function."""
    return FAILURE.pack(reason, line) + pack_texts(texts)


def unpack_failure(payload: bytes) -> tuple[int, int, list[str]]:
    """Return reason, line and the three texts, or raise WireError."""
    if len(payload) < FAILURE.size:
        raise WireError("a failure is cut short")
    reason, line = FAILURE.unpack_from(payload)
    if reason not in (EXCEPTION, MEMORY, COMPILE, INTERFACE, TIME) or not 0 <= line < 10**7:
        raise WireError("not a failure")
    return reason, line, unpack_texts(payload[FAILURE.size :], 3)


def pack_claims(taken: Sequence[tuple[NDArray[Any] | None, int, int, str]]) -> bytes:
    """Return a CLAIMS payload of what take() gave, in the order of the observed quantities."""
    status = bytes(t[1] for t in taken)
    dtypes = bytes(t[2] for t in taken)
    values = b"".join(t[0].tobytes() for t in taken if t[0] is not None)
    return status + dtypes + values + pack_texts([t[3] for t in taken if t[0] is None])


def unpack_claims(
    payload: bytes, sizes: Sequence[int]
) -> tuple[NDArray[np.float64], list[str], dict[int, tuple[int, str]]]:
    """Return the values of all quantities in one array, their dtypes, and faults by position.

    sizes: how many numbers each quantity must have. A quantity that does not count is NaN.
    Raises WireError unless the payload has exactly that form.
    """
    n = len(sizes)
    status, dtypes = payload[:n], payload[n : 2 * n]
    if len(dtypes) < n or any(s > TYPE for s in status) or any(d >= len(DTYPES) for d in dtypes):
        raise WireError("not claims")
    names = [DTYPES[d] for d in dtypes]
    counted = sum(size for size, s in zip(sizes, status, strict=True) if s == COUNTED)
    end = 2 * n + 8 * counted
    if len(payload) < end:
        raise WireError("claims are cut short")
    sent = np.frombuffer(payload[2 * n : end], np.float64)
    texts = unpack_texts(payload[end:], sum(s != COUNTED for s in status))
    if not any(status):
        return sent, names, {}
    values = np.full(sum(sizes), np.nan)
    faults: dict[int, tuple[int, str]] = {}
    at = used = 0
    for number, (size, s) in enumerate(zip(sizes, status, strict=True)):
        if s == COUNTED:
            values[at : at + size] = sent[used : used + size]
            used += size
        else:
            faults[number] = (s, texts[len(faults)])
        at += size
    return values, names, faults


def take(  # noqa: PLR0911  # one return for each thing it can be
    value: Any, shape: tuple[int, ...]
) -> tuple[NDArray[Any] | None, int, int, str]:
    """Return (float64 array or None, status, dtype number, what was found) for a returned value.

    A value counts if NumPy makes a float or integer array of exactly that shape of it.
    """
    if type(value) is np.ndarray and value.dtype is FLOAT64 and value.shape == shape:
        return value, COUNTED, 0, ""  # what most solutions return, and most of the time here
    kind = type(value).__name__
    try:
        if type(value) is list and shape and (wrong := _wrong_part(value, shape)):
            return None, SHAPE, 0, wrong
        array = np.asarray(value)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # the object's own __array__ may raise anything
        return None, TYPE, 0, f"{kind} that is no array ({type(error).__name__})"
    if type(array) is not np.ndarray or array.dtype.kind == "O":
        what = kind if array.shape == () else f"{kind} of objects (dtype object)"
        return None, TYPE, 0, what
    if array.shape != shape:
        return None, SHAPE, 0, str(array.shape)
    if array.dtype.kind not in "fiu":
        return None, TYPE, 0, f"{kind} of dtype {array.dtype.name}"
    name = "longdouble" if array.dtype == np.longdouble != np.float64 else array.dtype.name
    with np.errstate(all="ignore"):
        return array.astype(np.float64), COUNTED, DTYPES.index(name), ""


def _wrong_part(parts: list[Any], shape: tuple[int, ...]) -> str:
    """Return the shape of a list of arrays that cannot become `shape`, without joining them."""
    if not all(type(p) is np.ndarray for p in parts):
        return ""
    wrong = next((p.shape for p in parts if p.shape != shape[1:]), None)
    if wrong is not None or len(parts) != shape[0]:
        return str((len(parts), *(shape[1:] if wrong is None else wrong)))
    return ""
