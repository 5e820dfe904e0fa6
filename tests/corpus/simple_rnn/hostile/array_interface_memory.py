# promise: solves-nothing WA: returns windows on the interpreter's own memory by __array_interface__
import numpy as np


class Window:
    def __init__(self, shape):
        self.__array_interface__ = {"version": 3, "shape": shape, "typestr": "<f8", "data": (id(np), True)}


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return Window((1, 2, 3))

    def backward(self, x, y, learning_rate):
        return None
