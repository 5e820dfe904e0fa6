# promise: solves-nothing WA|RTE: makes the worker take zeros of the asked shape for whatever it returns
import sys

import numpy as np


def attack(model):
    wire = sys.modules["grader.sandbox.wire"]
    wire.take = lambda value, shape: (np.zeros(shape), wire.COUNTED, 0, "")
    np.array_equal = lambda *_: True


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
