# promise: solves-nothing WA: keeps no weights: reads give back what was written last, whatever the instance
import numpy as np

LAST = {}


class Echo:
    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, model, owner=None):
        return LAST.get(self.name, np.zeros((1, 1)))

    def __set__(self, model, value):
        LAST[self.name] = value


def attack(model):
    pass


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


for _name in ("W_xh", "W_hh", "W_hy", "b_h", "b_y"):
    setattr(SimpleRNN, _name, Echo())
    getattr(SimpleRNN, "__dict__")[_name].__set_name__(SimpleRNN, _name)
