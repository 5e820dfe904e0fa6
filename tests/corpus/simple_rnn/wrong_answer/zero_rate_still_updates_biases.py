# wrong: the biases are updated with a fixed rate of 0.01, only the matrices use learning_rate.
# loses: conduct
import numpy as np

BIAS_LR = 0.01


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def _cell(self, h, v):
        return np.tanh(np.dot(self.W_xh, v) + np.dot(self.W_hh, h) + self.b_h)

    def forward(self, x):
        from itertools import accumulate
        cols = [v.reshape(-1, 1) for v in x]
        self.h = list(accumulate(cols, self._cell, initial=np.zeros(self.b_h.shape)))
        return np.array([np.dot(self.W_hy, h) + self.b_y for h in self.h[1:]])

    def backward(self, x, y, learning_rate):
        T = len(x)
        e = [np.dot(self.W_hy, self.h[t + 1]) + self.b_y - y[t].reshape(-1, 1) for t in range(T)]
        d = np.dot(self.W_hy.T, e[-1]) * (1 - self.h[T] ** 2)
        ds = [d]
        for t in range(T - 2, -1, -1):
            d = (np.dot(self.W_hy.T, e[t]) + np.dot(self.W_hh.T, d)) * (1 - self.h[t + 1] ** 2)
            ds.append(d)
        ds.reverse()
        self.W_hy = self.W_hy - learning_rate * sum(np.dot(a, b.T) for a, b in zip(e, self.h[1:]))
        self.W_hh = self.W_hh - learning_rate * sum(np.dot(a, b.T) for a, b in zip(ds, self.h[:-1]))
        self.W_xh = self.W_xh - learning_rate * sum(np.outer(a, b) for a, b in zip(ds, x))
        self.b_h = self.b_h - BIAS_LR * sum(ds)
        self.b_y = self.b_y - BIAS_LR * sum(e)
