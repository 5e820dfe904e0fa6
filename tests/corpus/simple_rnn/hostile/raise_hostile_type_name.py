# promise: solves-nothing RTE: raises exceptions whose type and function names are control sequences and markup
import numpy as np


def thrower():
    raise type("\x1b[2J\r\n::error::<b>=1+1", (Exception,), {})("\x1b]0;owned\x07\u202e\u2066")


thrower.__code__ = thrower.__code__.replace(co_name="\x1b[31m<script>\n::set-output name=x::AC")


def attack(model):
    thrower()


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
