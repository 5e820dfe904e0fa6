# promise: solves-nothing WA: writes invalid UTF-8, NUL bytes and eight-bit control characters to both streams
import os
import sys

import numpy as np


BYTES = bytes(range(256)) * 8 + b"\n\xff\xfe\xed\xa0\x80\xf4\x90\x80\x80\n" + b"\0" * 100


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        sys.stdout.buffer.write(BYTES)
        os.write(1, BYTES)
        os.write(2, BYTES)
        return np.ones((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        return None
