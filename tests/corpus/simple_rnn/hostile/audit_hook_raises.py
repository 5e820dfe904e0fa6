# promise: solves-nothing WA|RTE: installs an audit hook that refuses every event, the worker's too
import sys

import numpy as np


def hook(event, arguments):
    if ARMED:
        raise RuntimeError("AC")


ARMED = []
sys.addaudithook(hook)


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        ARMED.append(1)
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.ones((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        return None
