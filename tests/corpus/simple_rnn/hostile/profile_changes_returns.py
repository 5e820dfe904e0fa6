# promise: solves-nothing WA|RTE|TLE: sets a profile function that writes zeros into every array that a function returns
import sys

import numpy as np


def profile(frame, event, value):
    if event == "return" and isinstance(value, dict):
        for v in value.values():
            if isinstance(v, np.ndarray) and v.flags.writeable:
                v[...] = 0


def attack(model):
    sys.setprofile(profile)


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
