# promise: solves-nothing WA|RTE|TLE|CE: makes len, isinstance, zip, all, any, abs and max of builtins lie
import builtins

import numpy as np


truth = lambda *a, **k: True
for name in ("all", "any", "callable", "hasattr", "isinstance", "issubclass"):
    setattr(builtins, name, truth)
builtins.zip = lambda *a, **k: iter(())
builtins.max = builtins.abs = lambda *a, **k: 0


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.ones((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        return None
