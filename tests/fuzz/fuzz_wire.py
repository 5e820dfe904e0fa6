"""Feeds arbitrary bytes to the judge's side of the wire, guided by coverage; run by hand.

    python -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install atheris 'numpy>=2' pyyaml
    /tmp/fuzz/bin/python tests/fuzz/fuzz_wire.py -max_total_time=60

Every input is a limit, sizes and bytes; what a worker may send is read as frames, claims and
failures. Anything but WireError, or a result of another form than was asked for, is a finding.
"""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
with atheris.instrument_imports(include=["grader.sandbox.wire"]):
    from grader.sandbox import wire


def one_input(data):
    provider = atheris.FuzzedDataProvider(data)
    sizes = [provider.ConsumeIntInRange(0, 6) for _ in range(provider.ConsumeIntInRange(0, 4))]
    limit = 8 * sum(sizes) + provider.ConsumeIntInRange(0, 2**16)
    payload = provider.ConsumeBytes(provider.remaining_bytes())
    for read in (
        lambda: head(payload, limit),
        lambda: claims(payload, sizes),
        lambda: failure(payload),
    ):
        try:
            read()
        except wire.WireError:
            continue


def head(payload, limit):
    if len(payload) >= wire.HEAD.size:
        _, length = wire.head(payload[: wire.HEAD.size], limit)
        assert 0 <= length <= limit


def claims(payload, sizes):
    values, dtypes, faults = wire.unpack_claims(payload, sizes)
    assert values.shape == (sum(sizes),)
    assert values.dtype == "float64"
    assert len(dtypes) == len(sizes)
    assert all(
        0 <= n < len(sizes) and len(text) <= wire.TEXT_LIMIT for n, (_, text) in faults.items()
    )


def failure(payload):
    reason, line, texts = wire.unpack_failure(payload)
    assert reason in range(4)
    assert 0 <= line < 10**7
    assert len(texts) == 3


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
