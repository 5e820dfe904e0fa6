# promise: solves-nothing RTE: raises an exception whose str, repr and name end the process or raise again
import os

import numpy as np


class Meta(type):
    __name__ = property(lambda cls: os._exit(0))
    __module__ = property(lambda cls: 1 / 0)


class Trap(Exception, metaclass=Meta):
    __str__ = __repr__ = lambda self: os._exit(0)
    args = property(lambda self: 1 / 0)
    __cause__ = property(lambda self: 1 / 0)


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        raise Trap
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.ones((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        return None
