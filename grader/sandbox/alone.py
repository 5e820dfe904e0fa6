"""A worker in a process of its own: no zygote, no layers, no isolation; on every system.

Started by plain.py as `python -P -s -S alone.py KIT` in an empty folder, for one's own code. Frames
come on standard input and go to standard output, which the submission has never seen.
"""

import io
import json
import os
import struct
import sys

LENGTH = struct.Struct("<Q")  # of what the judge says first


def main() -> None:
    """Serve one submission; returns when the judge hangs up."""
    kit = sys.argv[1]
    orders, claims = _moved_streams()
    (size,) = LENGTH.unpack(_exactly(orders, LENGTH.size))
    setup = json.loads(_exactly(orders, size))
    sys.path.insert(0, kit)
    from grader.sandbox import imports  # noqa: PLC0415  # the path is only known now

    sys.meta_path.append(imports.AllowedPackages(setup["places"]))
    from grader.sandbox import wire, worker  # noqa: PLC0415  # they need NumPy
    from grader.sandbox.alarm import ThreadAlarm  # noqa: PLC0415

    sys.path.remove(kit)
    sys.path_importer_cache.pop(kit, None)
    imports.import_all(setup["preload"])
    driver = worker.load_driver(setup["driver"])
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.BufferedReader(io.FileIO(0)), "utf-8")  # type: ignore[misc]  # ours
    sys.stdout = sys.__stdout__ = worker.text_output(1)  # type: ignore[misc]  # ours to set
    sys.stderr = sys.__stderr__ = worker.text_output(2)  # type: ignore[misc]  # ours to set
    channel = worker.Channel(orders, claims)
    channel.send(wire.LAYERS, json.dumps(setup["layers"]).encode())
    worker.serve(channel, driver, ThreadAlarm(*setup["tells"]))


def _moved_streams() -> tuple[int, int]:
    """Return where the judge is heard and told; at 0 there is nothing, at 1 and 2 the capture."""
    orders, claims = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return orders, claims


def _exactly(fd: int, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = os.read(fd, size - len(data))
        if not part:
            raise SystemExit
        data += part
    return data


if __name__ == "__main__":
    main()
