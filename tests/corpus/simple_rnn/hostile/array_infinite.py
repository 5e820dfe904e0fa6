# promise: solves-nothing WA: returns infinities and sets infinite weights, hoping for inf - inf
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.full((len(x), len(self.b_y), 1), np.inf)

    def backward(self, x, y, learning_rate):
        for name in ("W_xh", "W_hh", "W_hy", "b_h", "b_y"):
            setattr(self, name, getattr(self, name) * np.inf)
        return None
