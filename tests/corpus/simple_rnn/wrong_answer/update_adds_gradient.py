# wrong: the update adds the gradient, so it climbs the loss.
# loses: backward
"""Minimal character-RNN style network (after min-char-rnn)."""
import numpy as np


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.hidden_size = hidden_size
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        self.xs, self.hs, self.ys = {}, {}, {}
        self.hs[-1] = np.zeros((self.hidden_size, 1))
        for t in range(len(x)):
            self.xs[t] = x[t].reshape(-1, 1)
            self.hs[t] = np.tanh(np.dot(self.W_xh, self.xs[t]) + np.dot(self.W_hh, self.hs[t - 1]) + self.b_h)
            self.ys[t] = np.dot(self.W_hy, self.hs[t]) + self.b_y
        return np.array([self.ys[t] for t in range(len(x))])

    def backward(self, x, y, learning_rate):
        grad_xh, grad_hh, grad_hy = np.zeros_like(self.W_xh), np.zeros_like(self.W_hh), np.zeros_like(self.W_hy)
        grad_bh, grad_by = np.zeros_like(self.b_h), np.zeros_like(self.b_y)
        dh_next = np.zeros_like(self.hs[0])
        for t in reversed(range(len(x))):
            dy = self.ys[t] - y[t].reshape(-1, 1)
            grad_hy += np.dot(dy, self.hs[t].T)
            grad_by += dy
            dh = np.dot(self.W_hy.T, dy) + dh_next
            dz = (1 - self.hs[t] * self.hs[t]) * dh  # through tanh
            grad_bh += dz
            grad_xh += np.dot(dz, self.xs[t].T)
            grad_hh += np.dot(dz, self.hs[t - 1].T)
            dh_next = np.dot(self.W_hh.T, dz)
        for param, dparam in zip([self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y],
                                 [grad_xh, grad_hh, grad_hy, grad_bh, grad_by]):
            param += learning_rate * dparam
