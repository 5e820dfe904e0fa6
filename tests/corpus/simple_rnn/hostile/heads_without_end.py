# promise: solves-nothing RTE|TLE|WA: sends valid empty frames of every kind as fast as it can
import os
import struct

import numpy as np


def frame(kind, payload, length=None):
    return struct.pack("<4sBI", b"RJ1\n", kind, len(payload) if length is None else length) + payload


def attack(model):
    while True:
        for kind in range(16, 22):
            os.write(3, frame(kind, b""))


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
