# promise: solves-nothing WA|RTE: returns an object whose __array__ exits, raises and recurses in turn
import numpy as np


class Trap:
    reads = 0

    def __array__(self, dtype=None, copy=None):
        Trap.reads += 1
        raise (SystemExit(0), KeyboardInterrupt(), GeneratorExit(), StopIteration())[Trap.reads % 4]


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return Trap()

    def backward(self, x, y, learning_rate):
        return None
