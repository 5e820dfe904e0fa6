# promise: solves-nothing WA|RTE: registers a collector callback that overwrites every array in the process
import gc

import numpy as np


def change(phase, info):
    for o in gc.get_objects():
        if isinstance(o, list):
            for v in o:
                if type(v) is np.ndarray and v.flags.writeable and v.dtype == float:
                    v[...] = 0


gc.callbacks.append(change)


def attack(model):
    gc.collect()


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
