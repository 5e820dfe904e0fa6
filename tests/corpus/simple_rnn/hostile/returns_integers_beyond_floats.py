# promise: solves-nothing WA|RTE: returns integers of 400 digits, long doubles beyond float64 and unsigned wrap-arounds
import numpy as np


def attack(model):
    model.W_xh = [[10**400] * model.sizes[0]] * model.sizes[1]
    model.W_hh = np.full((model.sizes[1],) * 2, np.finfo(np.longdouble).max)
    model.b_h = np.full((model.sizes[1], 1), 2**64 - 1, dtype=np.uint64)


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
