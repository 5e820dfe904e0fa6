"""The installed kit as a wheel, made without a build tool: its files, and what pip knows of it."""

import base64
import hashlib
import importlib.metadata
from pathlib import Path

from grader.export import bundle
from grader.layout import PACKAGE

NAME = "rnn-judge"
WHEEL = "Wheel-Version: 1.0\nGenerator: rnn-judge\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def wheel() -> tuple[str, bytes]:
    """Return file name and bytes of a wheel with the grader and neither problem nor reference."""
    installed = importlib.metadata.distribution(NAME)
    stem = f"{NAME.replace('-', '_')}-{installed.version}"
    about = f"{stem}.dist-info"
    contents = bundle.folder(Path(PACKAGE), "grader")
    described = installed.read_text("METADATA") or ""
    headers = described.partition("\n\n")[0]  # without the README, which tells of mistakes
    contents[f"{about}/METADATA"] = f"{headers}\n".encode()
    contents[f"{about}/entry_points.txt"] = (installed.read_text("entry_points.txt") or "").encode()
    contents[f"{about}/WHEEL"] = WHEEL.encode()
    record = "".join(f"{name},{_digest(data)},{len(data)}\n" for name, data in contents.items())
    contents[f"{about}/RECORD"] = f"{record}{about}/RECORD,,\n".encode()
    return f"{stem}-py3-none-any.whl", bundle.pack(contents)


def _digest(data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
    return f"sha256={digest.rstrip(b'=').decode()}"
