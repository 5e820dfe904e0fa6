# promise: exhaust MLE|WA|RTE: fills memory, keeps it, and goes on until nothing more can be received

import numpy as np


KEPT = []


def attack(model):
    try:
        while True:
            KEPT.append(bytearray(2**16))
    except MemoryError:
        pass
    try:
        while True:
            KEPT.append(bytearray(64))
    except MemoryError:
        pass


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
        attack(self)
