# wrong: all outputs are the same array, overwritten at each step, so forward returns the last output T times.
# loses: forward
import numpy as np


class SimpleRNN:
    def __init__(self, in_dim, hid_dim, out_dim):
        self.W_xh = np.random.randn(hid_dim, in_dim) * 0.01
        self.W_hh = np.random.randn(hid_dim, hid_dim) * 0.01
        self.W_hy = np.random.randn(out_dim, hid_dim) * 0.01
        self.b_h = np.zeros((hid_dim, 1))
        self.b_y = np.zeros((out_dim, 1))

    def forward(self, x):
        y = np.empty_like(self.b_y)
        h = np.zeros_like(self.b_h)
        self.h, outputs = [h], []
        for t in range(len(x)):
            h = np.tanh(self.W_xh.dot(x[t, :, None]) + self.W_hh.dot(h) + self.b_h)
            np.dot(self.W_hy, h, out=y)
            y += self.b_y
            self.h.append(h)
            outputs.append(y)
        return np.array(outputs)

    def backward(self, x, y, learning_rate):
        n = len(x)
        err = [self.W_hy.dot(self.h[t + 1]) + self.b_y - y[t, :, None] for t in range(n)]
        delta = [None] * (n + 1)
        delta[n] = np.zeros_like(self.b_h)
        for t in range(n)[::-1]:
            delta[t] = (1 - self.h[t + 1] ** 2) * (self.W_hy.T.dot(err[t]) + self.W_hh.T.dot(delta[t + 1]))
        new = [
            self.W_xh - learning_rate * sum(delta[t] * x[t] for t in range(n)),
            self.W_hh - learning_rate * sum(delta[t] * self.h[t].T for t in range(n)),
            self.W_hy - learning_rate * sum(err[t] * self.h[t + 1].T for t in range(n)),
            self.b_h - learning_rate * sum(delta[:n]),
            self.b_y - learning_rate * sum(err),
        ]
        self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y = new
