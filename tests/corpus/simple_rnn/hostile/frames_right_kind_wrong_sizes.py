# promise: solves-nothing RTE|WA: sends claims of the right kind with one number too few and one too many
import os
import struct
import sys

import numpy as np


def frame(kind, payload, length=None):
    return struct.pack("<4sBI", b"RJ1\n", kind, len(payload) if length is None else length) + payload


def attack(model):
    i, h, o = model.sizes
    for n in (h * i, h * i - 1, h * i + 1, 0):
        os.write(3, frame(19, bytes(10) + bytes(8 * n)))


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
        pass
