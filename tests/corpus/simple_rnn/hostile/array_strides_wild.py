# promise: solves-nothing RTE: returns an array whose strides leave its memory by terabytes
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        np.lib.stride_tricks.as_strided(np.ones(1), (4, 4), (1 << 45, 1 << 43)).sum()
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.lib.stride_tricks.as_strided(np.ones(1), (len(x), len(self.b_y), 1), (1 << 45, 1 << 43, 8))

    def backward(self, x, y, learning_rate):
        return None
