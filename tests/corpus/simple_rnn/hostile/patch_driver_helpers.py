# promise: solves-nothing WA|RTE: gives the driver helpers that load, step and copy as suits it
import sys

import numpy as np


def attack(model):
    f = sys._getframe()
    while f:
        g = f.f_globals
        if "weights_of" in g:
            g["loaded"] = lambda solution, case, suffix="": model
            g["weights_of"] = lambda m, prefix="": {
                prefix + n: np.zeros_like(getattr(m, n)) for n in g["WEIGHTS"]
            }
            g["kept"] = lambda value: np.zeros_like(value)
        f = f.f_back


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
