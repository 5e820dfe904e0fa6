"""Bytes to and from a worker: what is packed comes back, and anything else is a WireError."""

import struct
import tracemalloc

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from grader.sandbox import wire

ARRAYS = st.sampled_from(["float64", "float32", "int8", "uint8", "int64", "float16"]).flatmap(
    lambda dtype: arrays(dtype, array_shapes(min_dims=0, min_side=0, max_dims=3, max_side=4))
)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=50)
COUNTED = st.lists(st.lists(st.floats(), max_size=4), max_size=4)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(header=st.dictionaries(TEXTS, st.integers() | TEXTS), data=st.lists(ARRAYS, max_size=4))
def test_arrays_come_back(header, data):
    """
    Unpacking what was packed gives the header and equal arrays of equal types.
    """
    payload = wire.pack(header, data)

    found_header, found = wire.unpack(payload)

    assert found_header == header
    assert [(a.dtype, a.shape, a.tobytes()) for a in found] == [
        (a.dtype, a.shape, a.tobytes()) for a in data
    ]


@given(texts=st.lists(TEXTS, max_size=5))
def test_texts_come_back(texts):
    """
    Short texts come back unchanged.
    """
    packed = wire.pack_texts(texts)

    assert wire.unpack_texts(packed, len(texts)) == texts


def test_long_text_is_cut():
    """
    A text of a mebibyte arrives cut, not refused.
    """
    packed = wire.pack_texts(["x" * 2**20])

    assert wire.unpack_texts(packed, 1) == ["x" * wire.TEXT_LIMIT]


def test_surrogates_are_sent():
    """
    A text that UTF-8 cannot hold arrives escaped.
    """
    packed = wire.pack_texts(["\ud800"])

    assert wire.unpack_texts(packed, 1) == ["\\ud800"]


@given(
    reason=st.sampled_from([wire.EXCEPTION, wire.MEMORY, wire.COMPILE, wire.INTERFACE]),
    line=st.integers(0, 10**6),
    texts=st.lists(TEXTS, min_size=3, max_size=3),
)
def test_failure_comes_back(reason, line, texts):
    """
    Reason, line and texts of a failure come back.
    """
    payload = wire.pack_failure(reason, line, texts)

    assert wire.unpack_failure(payload) == (reason, line, texts)


@given(values=COUNTED)
def test_claims_come_back(values):
    """
    The numbers of all quantities come back bit by bit, NaN and infinity included.
    """
    taken = [wire.take(np.array(v, np.float64), (len(v),)) for v in values]
    payload = wire.pack_claims(taken)

    found, dtypes, faults = wire.unpack_claims(payload, [len(v) for v in values])

    assert found.tobytes() == b"".join(np.array(v, np.float64).tobytes() for v in values)
    assert dtypes == ["float64"] * len(values)
    assert faults == {}


@given(values=COUNTED, wrong=st.sets(st.integers(0, 3)))
def test_fault_takes_the_place_of_its_quantity(values, wrong):
    """
    A quantity that does not count is NaN in its own place and leaves the others where they are.
    """
    taken = [
        wire.take("text" if n in wrong else np.array(v, np.float64), (len(v),))
        for n, v in enumerate(values)
    ]

    found, _, faults = wire.unpack_claims(wire.pack_claims(taken), [len(v) for v in values])

    parts = np.split(found, np.cumsum([len(v) for v in values])[:-1]) if values else []
    assert set(faults) == {n for n in wrong if n < len(values)}
    for n, (part, value) in enumerate(zip(parts, values, strict=True)):
        expected = np.full(len(value), np.nan) if n in wrong else np.array(value, np.float64)
        np.testing.assert_array_equal(part, expected)


PARSERS = {
    "head": lambda data: wire.head(data[:9].ljust(9, b"\0"), 2**16),
    "texts": lambda data: wire.unpack_texts(data, 3),
    "failure": wire.unpack_failure,
    "claims": lambda data: wire.unpack_claims(data, [2, 0, 3]),
}


@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
@given(data=st.binary(max_size=200))
@example(data=b"")
@example(data=bytes(6) + b"\xff" * 100)
def test_arbitrary_bytes_are_refused_or_parsed(parser, data):
    """
    Whatever bytes come, the only exception is WireError.
    """
    try:
        parser(data)
    except wire.WireError:
        assume(True)


VALID = {
    "head": wire.HEAD.pack(wire.MAGIC, wire.CLAIMS, 100),
    "texts": wire.pack_texts(["one", "two", "three"]),
    "failure": wire.pack_failure(wire.MEMORY, 3, ["MemoryError", "no", "forward"]),
    "claims": wire.pack_claims(
        [wire.take(np.ones(2), (2,)), wire.take(np.ones(0), (0,)), wire.take("x", (3,))]
    ),
}


@pytest.mark.parametrize("name", VALID)
@given(data=st.data())
def test_mutated_frame_is_refused_or_parsed(name, data):
    """
    A valid payload with bytes changed, cut or added raises nothing but WireError.
    """
    mutated = bytearray(VALID[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(mutated)))
        mutated[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))

    try:
        PARSERS[name](bytes(mutated))
    except wire.WireError:
        assume(True)


@pytest.mark.parametrize("cut", range(1, 12))
def test_claims_cut_short_are_refused(cut):
    """
    Claims that lack their last bytes are not claims.
    """
    with pytest.raises(wire.WireError):
        wire.unpack_claims(VALID["claims"][:-cut], [2, 0, 3])


def test_bytes_after_claims_are_refused():
    """
    A byte too many is not overlooked.
    """
    with pytest.raises(wire.WireError, match="after"):
        wire.unpack_claims(VALID["claims"] + b"\0", [2, 0, 3])


def test_huge_length_is_refused_before_anything_is_allocated():
    """
    A header that announces 4 GiB costs nothing.
    """
    header = wire.HEAD.pack(wire.MAGIC, wire.CLAIMS, 2**32 - 1)
    tracemalloc.start()

    with pytest.raises(wire.WireError):
        wire.head(header, 2**16)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**16


def test_unpacked_length_beyond_the_frame_is_refused():
    """
    A text length beyond its frame raises and reads nothing else.
    """
    with pytest.raises(wire.WireError):
        wire.unpack_texts(struct.pack("<H", 2000) + b"short", 1)


@pytest.mark.parametrize("dtype", wire.DTYPES)
def test_every_number_type_counts(dtype):
    """
    Floats and integers of any width are taken as float64, and their type is told.
    """
    array, status, number, _ = wire.take(np.ones((2, 1), dtype), (2, 1))

    assert array.dtype == np.float64
    assert (status, wire.DTYPES[number]) == (wire.COUNTED, dtype)


REFUSED = {
    "bool": np.ones(2, bool),
    "complex": np.ones(2, complex),
    "string": np.array(["a", "b"]),
    "bytes": b"ab",
    "object": np.array([1.0, 2.0], object),
    "date": np.zeros(2, "datetime64[s]"),
    "structured": np.zeros(2, [("a", "f8")]),
    "none": None,
    "generator": (x for x in (1.0, 2.0)),
    "dictionary": {0: 1.0},
    "ragged": [np.ones(1), np.ones(2)],
}


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
def test_other_values_do_not_count(value):
    """
    What is no array of numbers is a fault that says what it was.
    """
    array, status, _, found = wire.take(value, (2,))

    assert array is None
    assert status in (wire.TYPE, wire.SHAPE)
    assert found


@pytest.mark.parametrize("shape", [(), (3,), (1, 3), (3, 1, 1), (1,), (0,)])
def test_other_shape_does_not_count(shape):
    """
    No broadcasting: only the exact shape counts, and what it was is told.
    """
    array, status, _, found = wire.take(np.ones(shape), (3, 1))

    assert array is None
    assert (status, found) == (wire.SHAPE, str(shape))


def test_list_of_equal_arrays_counts():
    """
    A list of equal arrays is an array.
    """
    array, status, _, _ = wire.take([np.ones((2, 1)), np.zeros((2, 1))], (2, 2, 1))

    assert status == wire.COUNTED
    np.testing.assert_array_equal(array, [[[1], [1]], [[0], [0]]])
