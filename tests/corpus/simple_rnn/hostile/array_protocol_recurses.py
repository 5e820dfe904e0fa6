# promise: solves-nothing WA|RTE|MLE: returns objects whose __array__ and __len__ recurse without end
import numpy as np


class Deep:
    def __array__(self, dtype=None, copy=None):
        return np.asarray(self)

    def __len__(self):
        return len([*self])

    def __iter__(self):
        return iter(self)


def attack(model):
    model.W_hy = Deep()
    model.b_y = [Deep()]


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
