# promise: solves-nothing WA|RTE: looks for a seed, a path of a reference or an expected value in what the zygote was told
import gc
import sys

import numpy as np


def attack(model):
    found = [o for o in gc.get_objects() if isinstance(o, dict) and "policy" in o]
    words = ("expected", "reference", "run_seed", "oracle", "answers")
    for o in found:
        for key in o:
            if any(w in str(key) for w in words):
                print("found", key)
    print(sys.orig_argv)


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
