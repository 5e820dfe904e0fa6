# promise: solves-nothing WA: returns structured, string and datetime arrays in turn
import numpy as np


TYPES = [
    np.dtype("f8,f8"),
    np.dtype("U8"),
    np.dtype("M8[s]"),
    np.dtype("V16"),
    np.dtype("S5"),
    np.dtype("c16"),
    np.dtype("?"),
]


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.zeros((len(x), len(self.b_y), 1), TYPES[len(x) % len(TYPES)])

    def backward(self, x, y, learning_rate):
        return None
