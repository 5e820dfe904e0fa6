# promise: solves-nothing WA|RTE: returns an object whose __array__ gives something else at every read
import numpy as np


class Moody:
    reads = 0

    def __init__(self, shape):
        self.shape = shape

    def __array__(self, dtype=None, copy=None):
        Moody.reads += 1
        return np.full(self.shape, float(Moody.reads))


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return Moody((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        return None
