# wrong: the update is Adagrad instead of plain gradient descent.
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
        self.memory = None

    def forward(self, x):
        self.xs, self.hs, self.ys = {}, {}, {}
        self.hs[-1] = np.zeros((self.hidden_size, 1))
        for t in range(len(x)):
            self.xs[t] = x[t].reshape(-1, 1)
            self.hs[t] = np.tanh(np.dot(self.W_xh, self.xs[t]) + np.dot(self.W_hh, self.hs[t - 1]) + self.b_h)
            self.ys[t] = np.dot(self.W_hy, self.hs[t]) + self.b_y
        return np.array([self.ys[t] for t in range(len(x))])

    def backward(self, x, y, learning_rate):
        dWxh, dWhh, dWhy = np.zeros_like(self.W_xh), np.zeros_like(self.W_hh), np.zeros_like(self.W_hy)
        dbh, dby = np.zeros_like(self.b_h), np.zeros_like(self.b_y)
        dhnext = np.zeros_like(self.hs[0])
        for t in reversed(range(len(x))):
            dy = self.ys[t] - y[t].reshape(-1, 1)
            dWhy += np.dot(dy, self.hs[t].T)
            dby += dy
            dh = np.dot(self.W_hy.T, dy) + dhnext
            dhraw = (1 - self.hs[t] * self.hs[t]) * dh  # through tanh
            dbh += dhraw
            dWxh += np.dot(dhraw, self.xs[t].T)
            dWhh += np.dot(dhraw, self.hs[t - 1].T)
            dhnext = np.dot(self.W_hh.T, dhraw)
        params = [self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y]
        if self.memory is None:
            self.memory = [np.zeros_like(p) for p in params]
        for param, dparam, mem in zip(params, [dWxh, dWhh, dWhy, dbh, dby], self.memory):
            mem += dparam * dparam
            param += -learning_rate * dparam / np.sqrt(mem + 1e-8)
