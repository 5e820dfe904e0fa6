"""What a forked worker does before it serves: its streams, its layers."""

import io
import json
import os
import sys
import types
from typing import Any

from grader.sandbox import layers, wire, worker
from grader.sandbox.alarm import TimerAlarm
from grader.sandbox.failure import RESERVE


def main(claims: int, out: int, driver: types.ModuleType, policy: dict[str, Any]) -> None:
    """Be the worker; returns when the judge hangs up."""
    _standard_streams(claims, out)
    RESERVE.fill()
    results = layers.apply(policy, policy.get("layers"))
    channel = worker.Channel(layers.CLAIMS_FD, layers.CLAIMS_FD)
    channel.send(wire.LAYERS, json.dumps(results).encode())
    alarm = TimerAlarm(*policy["tells"]) if policy["tells"] else None
    worker.serve(channel, driver, alarm)


def _standard_streams(claims: int, out: int) -> None:
    """Put the channel at CLAIMS_FD, the capture at 1 and 2, nothing at 0; ordinary text streams."""
    claims, out = (os.dup(fd) if fd <= layers.CLAIMS_FD else fd for fd in (claims, out))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.dup2(claims, layers.CLAIMS_FD)
    for fd in {claims, out, nothing} - {0, 1, 2, layers.CLAIMS_FD}:
        os.close(fd)
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.BufferedReader(io.FileIO(0)), "utf-8")  # type: ignore[misc]  # ours
    sys.stdout = sys.__stdout__ = worker.text_output(1)  # type: ignore[misc]  # ours to set
    sys.stderr = sys.__stderr__ = worker.text_output(2)  # type: ignore[misc]  # ours to set
