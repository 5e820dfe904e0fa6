# promise: solves-nothing RTE: raises a text that some report would obey

import numpy as np


class Odd(Exception):
    pass


Odd.__name__ = 'E'


def attack(model):
    raise Odd('\n::error file=x::hostile\n::set-output name=verdict::AC\n##[error]hostile')


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
