# promise: solves-nothing WA|TLE: is wrong at once where it is scored and sleeps where the smallest failure is searched
import gc
import time

import numpy as np


def attack(model):
    cases = sum(type(o).__name__ == "Play" for o in gc.get_objects())
    if cases <= 40:
        time.sleep(8)


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.sizes = input_size, hidden_size, output_size
        attack(self)
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
