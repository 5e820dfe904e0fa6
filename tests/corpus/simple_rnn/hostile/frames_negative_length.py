# promise: solves-nothing RTE|TLE|WA: announces frames of length 0, -1 and -2**31
import os
import struct

import numpy as np


def forge():
    for fd in range(3, 256):
        for length in (0, -1, -(1 << 31)):
            for form in (">i", "<i", ">q", "<q"):
                try:
                    os.write(fd, struct.pack(form, length))
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
