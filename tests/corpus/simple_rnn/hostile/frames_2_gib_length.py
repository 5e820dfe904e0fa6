# promise: solves-nothing RTE|TLE: announces a frame of just under 2 GiB and sends nothing more
import os
import struct
import time

import numpy as np


def forge():
    for fd in range(3, 256):
        for form in (">I", "<Q"):
            try:
                os.write(fd, struct.pack(form, (1 << 31) - 1))
            except OSError:
                break
    while True:
        try:
            time.sleep(60)
        except Exception:
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
