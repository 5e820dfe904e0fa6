# The numbers live in array.array buffers of the standard library; NumPy only looks at them through frombuffer.
from array import array

import numpy as np


def store(shape, values=None):
    n = shape[0] * shape[1]
    raw = array("d", [0.0]) * n if values is None else array("d", values)
    return np.frombuffer(raw, dtype=float).reshape(shape)


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        gauss = np.random.randn
        self.W_xh = store((hidden_size, input_size), (0.01 * gauss() for _ in range(hidden_size * input_size)))
        self.W_hh = store((hidden_size, hidden_size), (0.01 * gauss() for _ in range(hidden_size ** 2)))
        self.W_hy = store((output_size, hidden_size), (0.01 * gauss() for _ in range(output_size * hidden_size)))
        self.b_h = store((hidden_size, 1))
        self.b_y = store((output_size, 1))

    def forward(self, x):
        H, O = len(self.b_h), len(self.b_y)
        self.hidden = array("d", bytes(8 * H))
        self.output = array("d")
        for row in x:
            h = np.frombuffer(self.hidden, count=H, offset=8 * (len(self.hidden) - H)).copy()
            h = np.tanh(self.W_xh @ row + self.W_hh @ h + self.b_h[:, 0])
            self.hidden.frombytes(h.tobytes())
            self.output.frombytes((self.W_hy @ h + self.b_y[:, 0]).tobytes())
        return np.array(self.output).reshape(-1, O, 1)

    def backward(self, x, y, learning_rate):
        h = np.array(self.hidden).reshape(len(x) + 1, -1)
        e = np.array(self.output).reshape(y.shape) - y
        p = np.zeros_like(h)
        for t in range(len(x), 0, -1):
            after = self.W_hh.T @ p[t + 1] if t < len(x) else 0
            p[t] = (1 - h[t] ** 2) * (self.W_hy.T @ e[t - 1] + after)
        p = p[1:]
        self.W_xh -= learning_rate * sum(map(np.outer, p, x))
        self.W_hh -= learning_rate * sum(map(np.outer, p, h[:-1]))
        self.W_hy -= learning_rate * sum(map(np.outer, e, h[1:]))
        self.b_h -= learning_rate * p.sum(0, keepdims=True).T
        self.b_y -= learning_rate * e.sum(0, keepdims=True).T
