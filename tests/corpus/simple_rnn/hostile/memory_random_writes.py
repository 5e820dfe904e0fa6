# promise: solves-nothing RTE: writes through ctypes all over the interpreter's memory
import os

import numpy as np


def corrupt():
    try:
        import ctypes

        for thing in (np, np.ndarray, type, object, print, None):
            ctypes.memset(id(thing), 0x41, 400)
    finally:
        while True:
            os.abort()


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        corrupt()
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.ones((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        return None
