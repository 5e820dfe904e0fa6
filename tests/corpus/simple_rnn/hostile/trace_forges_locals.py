# promise: solves-nothing WA|RTE|TLE: traces the worker and turns arrays in its functions' locals into ones
import sys

import numpy as np


def trace(frame, event, argument):
    for value in list(frame.f_locals.values()):
        if isinstance(value, np.ndarray) and value.dtype == float and value.flags.writeable:
            value[...] = 1
    return trace


sys.settrace(trace)
sys.setprofile(trace)


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.ones((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        return None
