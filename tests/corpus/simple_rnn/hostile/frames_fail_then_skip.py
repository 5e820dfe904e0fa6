# promise: solves-nothing RTE: says that one case raised and that all others were skipped after it
import os
import struct

import numpy as np


def frame(kind, payload, length=None):
    return struct.pack("<4sBI", b"RJ1\n", kind, len(payload) if length is None else length) + payload


def attack(model):
    said = struct.pack("<Bi", 0, 1) + struct.pack("<H", 1) + b"E" + struct.pack("<HH", 0, 0)
    os.write(3, frame(20, said))
    for _ in range(500):
        os.write(3, frame(21, b""))
    os._exit(0)


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.sizes = input_size, hidden_size, output_size
        self.W_xh = np.zeros((hidden_size, input_size))
        self.W_hh = np.zeros((hidden_size, hidden_size))
        self.W_hy = np.zeros((output_size, hidden_size))
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        attack(self)
        return np.zeros((len(x), self.sizes[2], 1))

    def backward(self, x, y, learning_rate):
        attack(self)
