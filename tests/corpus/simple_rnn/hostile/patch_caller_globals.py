# promise: solves-nothing WA|RTE|TLE: replaces every function in the globals of the calling frames by one that returns nothing
import sys

import numpy as np


def sabotage():
    frame = sys._getframe(1)
    while frame is not None:
        for name, value in list(frame.f_globals.items()):
            if callable(value) and not name.startswith("__") and frame.f_globals is not globals():
                frame.f_globals[name] = lambda *a, **k: {}
        frame = frame.f_back


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        sabotage()
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.ones((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        return None
