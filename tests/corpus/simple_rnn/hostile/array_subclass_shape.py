# promise: solves-nothing WA|RTE: returns an ndarray subclass whose shape, dtype and bytes lie
import numpy as np


class Liar(np.ndarray):
    size = property(lambda self: 0)
    nbytes = property(lambda self: 0)
    ndim = property(lambda self: 3)
    tobytes = lambda self, *a: b""
    copy = lambda self, *a: self
    astype = lambda self, *a, **k: self
    __len__ = lambda self: 0
    __iter__ = lambda self: iter(())


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.ones((hidden_size, input_size))
        self.W_hh = np.ones((hidden_size, hidden_size))
        self.W_hy = np.ones((output_size, hidden_size))
        self.b_h = np.ones((hidden_size, 1))
        self.b_y = np.ones((output_size, 1))

    def forward(self, x):
        return np.ones((len(x), len(self.b_y), 1)).view(Liar)

    def backward(self, x, y, learning_rate):
        return None
