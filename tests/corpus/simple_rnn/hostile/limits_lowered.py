# promise: side-effect AC: a correct solution that tries to lower its limits so that its death looks like another
import resource

import numpy as np


def attack(model):
    for what in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_NOFILE):
        try:
            resource.setrlimit(what, (1, 1))
        except (OSError, ValueError):
            continue
        raise AssertionError("limits can be changed")


class SimpleRNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W_xh = np.random.randn(hidden_size, input_size) * 0.01
        self.W_hh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.W_hy = np.random.randn(output_size, hidden_size) * 0.01
        self.b_h = np.zeros((hidden_size, 1))
        self.b_y = np.zeros((output_size, 1))

    def forward(self, x):
        attack(self)
        self.h = [np.zeros_like(self.b_h)]
        for row in x:
            a = self.W_xh @ row[:, None] + self.W_hh @ self.h[-1] + self.b_h
            self.h.append(np.tanh(a))
        self.outputs = np.array([self.W_hy @ h + self.b_y for h in self.h[1:]])
        return self.outputs

    def backward(self, x, y, learning_rate):
        d = [np.zeros_like(w) for w in (self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y)]
        carried = np.zeros_like(self.b_h)
        for t in reversed(range(len(x))):
            d_y = self.outputs[t] - y[t][:, None]
            d_a = (1 - self.h[t + 1] ** 2) * (self.W_hy.T @ d_y + carried)
            carried = self.W_hh.T @ d_a
            parts = (d_a @ x[t][None], d_a @ self.h[t].T, d_y @ self.h[t + 1].T, d_a, d_y)
            for total, part in zip(d, parts):
                total += part
        for w, g in zip((self.W_xh, self.W_hh, self.W_hy, self.b_h, self.b_y), d):
            w -= learning_rate * g
