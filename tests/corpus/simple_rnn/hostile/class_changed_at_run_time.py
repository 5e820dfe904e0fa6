# promise: solves-nothing WA|RTE: becomes an instance of another class at each call, with weights as class attributes
import numpy as np


class Other:
    W_xh = W_hh = W_hy = b_h = b_y = property(lambda self: np.ones((1, 1)))

    def forward(self, x):
        self.__class__ = SimpleRNN
        return x

    def backward(self, *_):
        self.__class__ = SimpleRNN


def attack(model):
    model.__class__ = Other


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
