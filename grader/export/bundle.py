"""Zip files that come out the same, byte for byte, from the same contents."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold
IGNORED = {"__pycache__", ".mypy_cache", ".ruff_cache"}


def pack(contents: Mapping[str, bytes], executable: frozenset[str] = frozenset()) -> bytes:
    """Return a zip of the files, sorted by name, with fixed times and rights."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(contents):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix, so that the rights below count everywhere
            info.external_attr = (0o755 if name in executable else 0o644) << 16
            archive.writestr(info, contents[name], compresslevel=9)
    return packed.getvalue()


def folder(root: Path, under: str) -> dict[str, bytes]:
    """Return every file below root, by its name below `under`."""
    return {
        f"{under}/{file.relative_to(root).as_posix()}": file.read_bytes()
        for file in sorted(root.rglob("*"))
        if file.is_file() and IGNORED.isdisjoint(file.parts) and file.suffix != ".pyc"
    }
