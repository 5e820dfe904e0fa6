# wrong: gradients are clipped by value at 1e6.
# loses: backward
# needs: T>10, or as many outputs: targets end at 1e5, and only a sum of them is clipped
import numpy as np


class SimpleRNN:
    """One matrix for [x; h; 1] -> hidden and one for [h; 1] -> output; the five weights are views."""

    def __init__(self, input_size, hidden_size, output_size):
        i, h, o = input_size, hidden_size, output_size
        self.sizes = (i, h, o)
        self.big = np.zeros((h, i + h + 1))
        self.out = np.zeros((o, h + 1))
        self.W_xh = self.big[:, :i]
        self.W_hh = self.big[:, i:i + h]
        self.b_h = self.big[:, i + h:]
        self.W_hy = self.out[:, :h]
        self.b_y = self.out[:, h:]
        self.W_xh[...] = np.random.randn(h, i) * 0.01
        self.W_hh[...] = np.random.randn(h, h) * 0.01
        self.W_hy[...] = np.random.randn(o, h) * 0.01

    def forward(self, x):
        i, h, o = self.sizes
        T = len(x)
        self.cols = np.ones((T, i + h + 1))
        self.hid = np.ones((T, h + 1))
        state = np.zeros(h)
        for t in range(T):
            self.cols[t, :i] = x[t]
            self.cols[t, i:i + h] = state
            state = np.tanh(self.big @ self.cols[t])
            self.hid[t, :h] = state
        self.pred = self.hid @ self.out.T
        return self.pred.copy()[:, :, None]

    def backward(self, x, y, learning_rate):
        i, h, o = self.sizes
        T = len(x)
        err = self.pred - y
        g_big = np.zeros_like(self.big)
        g_out = err.T @ self.hid
        d_state = np.zeros(h)
        for t in range(T - 1, -1, -1):
            d_state = d_state + self.W_hy.T @ err[t]
            d_pre = d_state * (1 - self.hid[t, :h] ** 2)
            g_big += np.outer(d_pre, self.cols[t])
            d_state = self.big[:, i:i + h].T @ d_pre
        g_big, g_out = np.clip(g_big, -1e6, 1e6), np.clip(g_out, -1e6, 1e6)
        self.big -= learning_rate * g_big
        self.out -= learning_rate * g_out
