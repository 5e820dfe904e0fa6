# promise: solves-nothing RTE|TLE: raises an exception with a traceback of a million entries
import types

import numpy as np


def attack(model):
    error = ValueError("long")
    try:
        raise error
    except ValueError as caught:
        trace = caught.__traceback__
        frame = trace.tb_frame
    for _ in range(1_000_000):
        trace = types.TracebackType(trace, frame, 0, 1)
    raise error.with_traceback(trace)


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
