# promise: solves-nothing WA|RTE: returns fully masked arrays, in which every comparison is masked
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.ma.masked_all((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        return None
