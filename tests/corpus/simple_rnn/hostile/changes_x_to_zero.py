# promise: solves-nothing WA|RTE: overwrites its arguments with zeros, for which a network without biases is easy
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        x[...] = 0
        return np.zeros((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        x[...] = 0
        y[...] = 0
        return None
