# promise: solves-nothing RTE: raises an exception whose str is no string, lone surrogates or another text each time
import numpy as np


class Text(str):
    __slots__ = ()
    encode = lambda self, *a: b"\xff" * 1000
    replace = translate = __getitem__ = lambda self, *a: "\x1b[2J"
    __len__ = lambda self: 1 << 60


class Trap(Exception):
    def __str__(self):
        return Text("\ud800\udfff\x1b]0;AC\x07")


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        raise Trap
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.ones((len(x), len(self.b_y), 1))

    def backward(self, x, y, learning_rate):
        return None
