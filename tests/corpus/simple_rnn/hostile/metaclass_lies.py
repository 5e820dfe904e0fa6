# promise: solves-nothing WA|RTE: has a metaclass that claims to be any class and to have any attribute
import numpy as np


class Meta(type):
    __instancecheck__ = __subclasscheck__ = __eq__ = lambda cls, other: True
    __hash__ = type.__hash__
    __getattr__ = lambda cls, name: lambda *a, **k: True
    __name__ = property(lambda cls: "\x1b[2JAC")
    __module__ = property(lambda cls: "grader.judge")


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


SimpleRNN = Meta("SimpleRNN", (SimpleRNN,), {})
