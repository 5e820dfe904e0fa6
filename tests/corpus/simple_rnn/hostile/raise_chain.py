# promise: solves-nothing RTE: raises an exception at the end of a chain of 20000 causes that is closed to a ring
import numpy as np


def ring():
    first = last = ValueError("first")
    for number in range(20_000):
        last.__cause__ = ValueError(number)
        last = last.__cause__
    last.__cause__ = first
    return first


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        raise ring()
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.ones((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        return None
