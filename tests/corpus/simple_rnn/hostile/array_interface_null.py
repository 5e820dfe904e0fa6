# promise: solves-nothing RTE: returns an object whose __array_interface__ points at address 8
import numpy as np


class Pointer:
    def __init__(self, shape):
        self.__array_interface__ = {"version": 3, "shape": shape, "typestr": "<f8", "data": (8, True)}


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        np.asarray(Pointer((input_size,))).sum()
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.ones((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        return None
