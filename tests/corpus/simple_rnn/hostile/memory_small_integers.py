# promise: solves-nothing WA|RTE|TLE: overwrites the small integers 0 and 100 of the interpreter with others through ctypes
import numpy as np


def corrupt():
    try:
        import ctypes

        ctypes.memmove(id(0) + 24, id(100) + 24, 4)
    except Exception:
        pass


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        corrupt()
        return np.ones((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        return None
